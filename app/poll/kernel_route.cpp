// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/kernel_route.h"

#include "app/poll/network_evidence.h"

#include <QtEndian>

#include <cerrno>
#include <cstring>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace quorate {

namespace {
constexpr quint16 anyPort = 9;
constexpr uint reject = 0x0200; // RTF_REJECT
constexpr uint local = 0x80000000; // RTF_LOCAL: an address of this machine

/// Connecting a datagram socket makes the kernel look for a route, and does nothing else.
template <class Address>
bool connects(int family, const Address &address)
{
    const int socket = ::socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket < 0)
        return false; // a kernel without that family has no route in it either
    const bool found = ::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) == 0
        || (errno != ENETUNREACH && errno != EHOSTUNREACH && errno != ENETDOWN && errno != EADDRNOTAVAIL);
    ::close(socket);
    return found;
}

uint flagsOf(const QByteArray &hex)
{
    bool isNumber = false;
    const uint flags = hex.toUInt(&isNumber, 16);
    return isNumber ? flags : reject;
}

bool leadsAnywhere(const QByteArray &device, uint flags) { return device != "lo" && (flags & (reject | local)) == 0; }
} // namespace

bool kernelHasRoute(const QHostAddress &address)
{
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        sockaddr_in target{};
        target.sin_family = AF_INET;
        target.sin_port = qToBigEndian(anyPort);
        target.sin_addr.s_addr = qToBigEndian(address.toIPv4Address());
        return connects(AF_INET, target);
    }
    if (!address.scopeId().isEmpty())
        return true; // it names its interface itself
    sockaddr_in6 target{};
    target.sin6_family = AF_INET6;
    target.sin6_port = qToBigEndian(anyPort);
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    std::memcpy(&target.sin6_addr, &bytes, sizeof(bytes));
    return connects(AF_INET6, target);
}

bool hasRoute(const QByteArray &ipv4, const QByteArray &ipv6)
{
    const QList<QByteArray> lines = ipv4.split('\n').mid(1); // the first one names the columns
    for (const QByteArray &line : lines) {
        const QList<QByteArray> words = line.simplified().split(' ');
        constexpr int linkLocal = 0xfea9; // 169.254 as the file writes it
        if (words.size() > 3 && leadsAnywhere(words.at(0), flagsOf(words.at(3))) && (words.at(1).toUInt(nullptr, 16) & 0xffff) != linkLocal)
            return true;
    }
    const QList<QByteArray> lines6 = ipv6.split('\n');
    for (const QByteArray &line : lines6) {
        const QList<QByteArray> words = line.simplified().split(' ');
        if (words.size() > 9 && leadsAnywhere(words.at(9), flagsOf(words.at(8))) && !words.at(0).startsWith("fe80")
            && !words.at(0).startsWith("ff"))
            return true;
    }
    return false;
}

} // namespace quorate
