// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QHash>
#include <QHostAddress>
#include <QList>
#include <QSet>

namespace quorate {

/// The far end of a TCP connection.
struct Peer {
    QHostAddress address;
    quint16 port = 0;

    /// An IPv4 address and the same one mapped to IPv6 are one.
    friend bool operator==(const Peer &one, const Peer &other);
    friend size_t qHash(const Peer &peer, size_t seed);
};

/// A TCP connection of this process, by a number that no other one has.
struct OpenConnection {
    Peer peer;
    quint64 number = 0;
    qint64 received = 0; ///< bytes since it was made, read by us or not
};

/// The connections of this process to exactly one of `peers`. Linux only.
[[nodiscard]] QList<OpenConnection> connectionsTo(const QSet<Peer> &peers);

/// Ends a connection under its owner. One that was closed meanwhile is none, whoever has its descriptor now.
bool shutDown(const OpenConnection &connection);

/// Ends connections that receive without an end while a reply is overdue.
///
/// The body cap does not bound what Qt 6.4 keeps of a reply's head, of the size of a chunk and of what follows the last chunk: a server
/// that sends those without an end, as fast as they are read, fills the memory until the deadline. No signal tells of it and no call of Qt
/// bounds it, so what the kernel has counted is looked at.
class FloodWatch {
public:
    /// `overdue`: where replies come from that should have been there by now, and how many bytes they may take at most. Returns those whose
    /// connection was ended. The first look at a connection that is overdue remembers what it had received, the next ones compare.
    [[nodiscard]] QSet<Peer> look(const QHash<Peer, qint64> &overdue);

private:
    QHash<quint64, qint64> m_receivedBefore; ///< by the connection's number
};

} // namespace quorate
