// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QHostAddress>
#include <QList>

namespace quorate {

/// The far end of a TCP connection.
struct Peer {
    QHostAddress address;
    quint16 port = 0;

    /// An IPv4 address and the same one mapped to IPv6 are one.
    friend bool operator==(const Peer &one, const Peer &other);
};

/// A TCP connection of this process, by a number that no other one has.
struct OpenConnection {
    Peer peer;
    quint64 number = 0;
};

/// The connections of this process to exactly one of `peers`. Linux only.
[[nodiscard]] QList<OpenConnection> connectionsTo(const QList<Peer> &peers);

/// Ends those of `connections` on which bytes wait to be read, and says to which peers they went. Linux only.
///
/// Qt 6.4 reads a reply's head in a loop that ends when nothing is left to read. A server that sends headers without end, faster than Qt
/// reads them (1 MB/s), keeps it there: the thread of that QNetworkAccessManager sees no event, not even an abort(). No call of Qt reaches
/// it, so the connection is shut down and emptied under it: the loop comes to its end, the thread goes on and obeys.
/// A connection that is silent holds nobody and is left alone. A descriptor that is closed and given to somebody else meanwhile is safe.
QList<Peer> shutDownBusy(const QList<OpenConnection> &connections);

} // namespace quorate
