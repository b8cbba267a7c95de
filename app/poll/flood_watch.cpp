// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/flood_watch.h"

#include <charconv>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

#include <dirent.h>
#include <fcntl.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace quorate {

namespace {
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

qint64 receivedBy(int descriptor)
{
    tcp_info info{};
    socklen_t size = sizeof info;
    return ::getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) == 0 ? qint64(info.tcpi_bytes_received) : 0;
}

std::optional<OpenConnection> connectionOf(int descriptor)
{
    const auto peer = peerOf(descriptor);
    struct stat about { };
    if (!peer || ::fstat(descriptor, &about) != 0)
        return std::nullopt;
    return OpenConnection{*peer, about.st_ino, 0};
}

bool is(int descriptor, const OpenConnection &connection)
{
    const auto own = connectionOf(descriptor);
    return own && own->number == connection.number && own->peer == connection.peer;
}
} // namespace

bool operator==(const Peer &one, const Peer &other)
{
    const Q_IPV6ADDR a = one.address.toIPv6Address(); // an IPv4 address is mapped
    const Q_IPV6ADDR b = other.address.toIPv6Address();
    return one.port == other.port && std::memcmp(&a, &b, sizeof a) == 0;
}

size_t qHash(const Peer &peer, size_t seed)
{
    const Q_IPV6ADDR address = peer.address.toIPv6Address();
    return qHashMulti(seed, qHashBits(&address, sizeof address, seed), peer.port);
}

QList<OpenConnection> connectionsTo(const QSet<Peer> &peers)
{
    QList<OpenConnection> open;
    if (peers.isEmpty())
        return open;
    for (const int descriptor : openDescriptors()) {
        auto connection = connectionOf(descriptor);
        if (!connection || !peers.contains(connection->peer))
            continue;
        connection->received = receivedBy(descriptor);
        open.append(*connection);
    }
    return open;
}

bool shutDown(const OpenConnection &connection)
{
    for (const int descriptor : openDescriptors()) {
        if (!is(descriptor, connection))
            continue;
        // A copy stays this connection, whatever its owner does with the descriptor meanwhile: so it is asked again.
        const int copy = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
        if (copy < 0)
            return false;
        const bool done = is(copy, connection) && ::shutdown(copy, SHUT_RDWR) == 0;
        ::close(copy);
        return done;
    }
    return false;
}

QSet<Peer> FloodWatch::look(const QHash<Peer, qint64> &overdue)
{
    QSet<Peer> ended;
    QHash<quint64, qint64> received;
    const QList<OpenConnection> open = connectionsTo({overdue.keyBegin(), overdue.keyEnd()});
    for (const OpenConnection &connection : open) {
        const qint64 before = m_receivedBefore.value(connection.number, connection.received);
        if (connection.received - before > overdue.value(connection.peer) && shutDown(connection))
            ended.insert(connection.peer);
        else
            received.insert(connection.number, before);
    }
    m_receivedBefore = received;
    return ended;
}

} // namespace quorate
