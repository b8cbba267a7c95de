// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QTcpSocket>

namespace quorate {

/// A connection that is flooded: how much of it was taken, and whether its far end is gone.
struct Flooded {
    qint64 bytes = 0;
    bool closed = false;
};

/// Sends `start` and then `more` again and again, as long as somebody takes it.
void flood(QTcpSocket *socket, const QByteArray &start, const QByteArray &more, Flooded &account);

} // namespace quorate
