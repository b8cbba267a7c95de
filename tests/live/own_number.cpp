// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/own_number.h"

#include <QtGlobal>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace quorate::live {

namespace {
constexpr int numbers = 200;
constexpr in_port_t claimed = 8299; ///< none of Consul's ports

/// A number is claimed by listening on an address of its own; that ends with the process.
bool claim(int number)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(claimed);
    address.sin_addr.s_addr = htonl((127U << 24) | (static_cast<in_addr_t>(40 + number) << 16) | (255U << 8) | 1U);
    const bool free = ::bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0 && ::listen(socket, 1) == 0;
    if (!free)
        ::close(socket);
    return free;
}

int claimAny()
{
    const int first = static_cast<int>(::getpid() % numbers);
    for (int i = 0; i < numbers; ++i) {
        const int number = 1 + (first + i) % numbers;
        if (claim(number))
            return number;
    }
    qFatal("no number is free");
}
} // namespace

int ownNumber()
{
    static const int number = claimAny();
    return number;
}

} // namespace quorate::live
