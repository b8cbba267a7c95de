// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/config/config.h"
#include "models/judge/machine_state.h"

#include <QByteArray>
#include <QHostAddress>
#include <QList>

#include <functional>

namespace quorate {

/// What is asked of this machine.
struct NetworkQuestion {
    std::optional<ReferenceAddress> reference; ///< as configured
    QList<QHostAddress> addresses; ///< of all endpoints, where they are known; empty: they are not
};
using EvidenceSource = std::function<NetworkEvidence(const NetworkQuestion &)>;

/// Looks at this machine's interfaces and routes, asks its network service, and connects to the reference. Blocks for up to 4 s, so it is
/// for a thread that nobody waits for. Nothing is sent but the connection to the reference.
///
/// The network service is NetworkManager, asked over the system bus. Qt's own QNetworkInformation asks the same one, but with a call that
/// blocks for as long as the bus likes.
[[nodiscard]] NetworkEvidence networkEvidence(const NetworkQuestion &question);

/// An interface as far as it matters here.
struct InterfaceState {
    bool running = false; ///< up, and with a carrier
    bool loopback = false;
    QList<QHostAddress> addresses;
};
/// None but loopback runs with an address; link-local ones lead to no endpoint.
[[nodiscard]] bool isOnlyLoopback(const QList<InterfaceState> &interfaces);

/// As /proc/net/route and /proc/net/ipv6_route have it: some route leads over an interface to somewhere.
[[nodiscard]] bool hasRoute(const QByteArray &ipv4, const QByteArray &ipv6);

} // namespace quorate
