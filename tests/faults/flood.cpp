// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/flood.h"

#include <QSslSocket>

namespace quorate {

namespace {
constexpr qint64 ahead = 512 * 1024; ///< bytes kept ready in a flooded socket
} // namespace

void flood(QTcpSocket *socket, const QByteArray &start, const QByteArray &more, Flooded &account)
{
    auto *secure = qobject_cast<QSslSocket *>(socket); // what it has encrypted waits in a buffer of its own
    const auto fill = [socket, secure, more] {
        while (socket->state() == QAbstractSocket::ConnectedState
            && socket->bytesToWrite() + (secure ? secure->encryptedBytesToWrite() : 0) < ahead)
            socket->write(more);
    };
    const auto taken = [&account, fill](qint64 bytes) {
        account.bytes += bytes;
        fill();
    };
    if (secure)
        QObject::connect(secure, &QSslSocket::encryptedBytesWritten, socket, taken, Qt::QueuedConnection);
    else
        QObject::connect(socket, &QIODevice::bytesWritten, socket, taken, Qt::QueuedConnection);
    QObject::connect(socket, &QAbstractSocket::disconnected, socket, [&account] { account.closed = true; });
    socket->write(start);
    fill();
}

} // namespace quorate
