// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "tests/faults/flood.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QTcpServer>

namespace quorate {

/// An HTTP proxy on loopback that leads every name to one port of this machine.
class TinyProxy final : public QObject {
    Q_OBJECT
public:
    enum class Manner {
        PassesOn, ///< GET by absolute URL, CONNECT for TLS
        WantsCredentials, ///< 407, until they are those of `credentials`; then it passes on
        Refuses, ///< 403, with a page
        Hangs, ///< takes the request and says nothing
        Closes, ///< as soon as the request is there
        Floods, ///< headers without an end
    };
    TinyProxy(Manner manner, quint16 target);

    [[nodiscard]] quint16 port() const { return m_listener.serverPort(); }
    /// "GET http://db-1.example:9089/-/status HTTP/1.1", …
    [[nodiscard]] const QList<QByteArray> &asked() const { return m_asked; }
    [[nodiscard]] const Flooded &flooded() const { return m_flooded; }
    void close() { m_listener.close(); }

    static constexpr char user[] = "agent", password[] = "pr0xy-s3cret";

private:
    struct Connection;
    void serve(QTcpSocket *client);
    void answer(Connection &connection, const QByteArray &head);
    void passOn(Connection &connection, const QByteArray &head);

    Manner m_manner;
    quint16 m_target;
    QTcpServer m_listener;
    QList<QByteArray> m_asked;
    Flooded m_flooded;
};

} // namespace quorate
