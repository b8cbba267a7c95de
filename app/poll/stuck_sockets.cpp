// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/stuck_sockets.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace quorate {

namespace {
constexpr size_t received = 16 * 1024 * 1024; ///< more than a socket holds

std::vector<int> openDescriptors()
{
    std::vector<int> descriptors;
    DIR *folder = ::opendir("/proc/self/fd");
    if (!folder)
        return descriptors;
    while (const dirent *entry = ::readdir(folder)) {
        const std::string_view text = entry->d_name;
        int descriptor = -1;
        if (std::from_chars(text.data(), text.data() + text.size(), descriptor).ec == std::errc() && descriptor != ::dirfd(folder))
            descriptors.push_back(descriptor);
    }
    ::closedir(folder);
    return descriptors;
}

/// Nothing when it is no connected TCP socket.
std::optional<Peer> peerOf(int descriptor)
{
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    auto *address = reinterpret_cast<sockaddr *>(&storage);
    if (::getpeername(descriptor, address, &size) != 0)
        return std::nullopt;
    if (storage.ss_family == AF_INET)
        return Peer{QHostAddress(address), ntohs(reinterpret_cast<const sockaddr_in *>(address)->sin_port)};
    if (storage.ss_family == AF_INET6)
        return Peer{QHostAddress(address), ntohs(reinterpret_cast<const sockaddr_in6 *>(address)->sin6_port)};
    return std::nullopt;
}

std::optional<OpenConnection> connectionOf(int descriptor)
{
    const auto peer = peerOf(descriptor);
    struct stat about { };
    if (!peer || ::fstat(descriptor, &about) != 0)
        return std::nullopt;
    return OpenConnection{*peer, about.st_ino};
}

bool isOneOf(int descriptor, const QList<OpenConnection> &connections)
{
    const auto own = connectionOf(descriptor);
    return own && std::any_of(connections.begin(), connections.end(), [&](const OpenConnection &one) {
        return one.number == own->number && one.peer == own->peer;
    });
}

bool shutDownIfBusy(int descriptor, const QList<OpenConnection> &connections)
{
    if (!isOneOf(descriptor, connections))
        return false;
    // A copy stays this connection, whatever its owner does with the descriptor meanwhile: so it is asked again.
    const int copy = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    if (copy < 0)
        return false;
    int waiting = 0;
    const bool busy = isOneOf(copy, connections) && ::ioctl(copy, FIONREAD, &waiting) == 0 && waiting > 0;
    const bool done = busy && ::shutdown(copy, SHUT_RDWR) == 0;
    // What was received before would be read on for a while, a byte at a time: thrown away here.
    while (done && ::recv(copy, nullptr, received, MSG_TRUNC | MSG_DONTWAIT) > 0) { }
    ::close(copy);
    return done;
}
} // namespace

bool operator==(const Peer &one, const Peer &other)
{
    const Q_IPV6ADDR a = one.address.toIPv6Address(); // an IPv4 address is mapped
    const Q_IPV6ADDR b = other.address.toIPv6Address();
    return one.port == other.port && std::memcmp(&a, &b, sizeof a) == 0;
}

QList<OpenConnection> connectionsTo(const QList<Peer> &peers)
{
    QList<OpenConnection> open;
    if (peers.isEmpty())
        return open;
    for (const int descriptor : openDescriptors()) {
        const auto connection = connectionOf(descriptor);
        if (connection && peers.contains(connection->peer))
            open.append(*connection);
    }
    return open;
}

QList<Peer> shutDownBusy(const QList<OpenConnection> &connections)
{
    QList<Peer> ended;
    if (connections.isEmpty())
        return ended;
    for (const int descriptor : openDescriptors()) {
        const auto peer = peerOf(descriptor);
        if (peer && shutDownIfBusy(descriptor, connections) && !ended.contains(*peer))
            ended.append(*peer);
    }
    return ended;
}

} // namespace quorate
