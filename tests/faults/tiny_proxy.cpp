// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/tiny_proxy.h"

#include <QHostAddress>
#include <QTcpSocket>

#include <memory>

namespace quorate {

namespace {
/// "GET http://db-1.example:9089/-/status HTTP/1.1" as the server itself is asked.
QByteArray inOriginForm(const QByteArray &head)
{
    const qsizetype scheme = head.indexOf("://");
    const qsizetype path = scheme < 0 ? -1 : head.indexOf('/', scheme + 3);
    return path < 0 ? head : head.first(head.indexOf(' ') + 1) + head.sliced(path);
}

QByteArray reply(const QByteArray &status, const QByteArray &headers, const QByteArray &body)
{
    return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Type: text/html\r\nContent-Length: " + QByteArray::number(body.size())
        + "\r\n\r\n" + body;
}
} // namespace

struct TinyProxy::Connection {
    QTcpSocket *client = nullptr;
    QTcpSocket *server = nullptr; ///< once it is known where to
    QByteArray buffer;
    bool tunnel = false;
};

TinyProxy::TinyProxy(Manner manner, quint16 target)
    : m_manner(manner)
    , m_target(target)
{
    if (!m_listener.listen(QHostAddress::LocalHost))
        qFatal("no port to listen on");
    connect(&m_listener, &QTcpServer::newConnection, this, [this] { serve(m_listener.nextPendingConnection()); });
}

void TinyProxy::serve(QTcpSocket *client)
{
    auto connection = std::make_shared<Connection>();
    connection->client = client;
    connect(client, &QAbstractSocket::disconnected, client, &QObject::deleteLater);
    connect(client, &QIODevice::readyRead, this, [this, connection] {
        if (connection->tunnel) {
            connection->server->write(connection->client->readAll());
            return;
        }
        connection->buffer += connection->client->readAll();
        for (qsizetype end = 0; !connection->tunnel && (end = connection->buffer.indexOf("\r\n\r\n")) >= 0;) {
            const QByteArray head = connection->buffer.first(end + 4);
            connection->buffer.remove(0, end + 4);
            answer(*connection, head);
        }
    });
}

void TinyProxy::answer(Connection &connection, const QByteArray &head)
{
    m_asked.append(head.first(head.indexOf('\r')));
    const QByteArray credentials = "Basic " + (QByteArray(user) + ':' + password).toBase64();
    switch (m_manner) {
    case Manner::WantsCredentials:
        if (!head.contains(credentials)) {
            connection.client->write(
                reply("407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"gate\"\r\n", "<h1>Who are you?</h1>"));
            return;
        }
        [[fallthrough]];
    case Manner::PassesOn:
        passOn(connection, head);
        return;
    case Manner::Refuses:
        connection.client->write(reply("403 Forbidden", "Connection: close\r\n", "<title>Blocked by policy</title>"));
        return;
    case Manner::Hangs:
        return;
    case Manner::Closes:
        connection.client->disconnectFromHost();
        return;
    case Manner::Floods:
        flood(connection.client, "HTTP/1.1 200 OK\r\n", QByteArray("X-More: and more and more and more\r\n").repeated(1'000), m_flooded);
        return;
    }
}

void TinyProxy::passOn(Connection &connection, const QByteArray &head)
{
    QTcpSocket *client = connection.client;
    if (!connection.server) {
        QTcpSocket *server = connection.server = new QTcpSocket(client);
        server->connectToHost(QHostAddress::LocalHost, m_target);
        connect(server, &QIODevice::readyRead, client, [client, server] { client->write(server->readAll()); });
        connect(server, &QAbstractSocket::disconnected, client, [client] { client->disconnectFromHost(); });
    }
    connection.tunnel = head.startsWith("CONNECT ");
    if (connection.tunnel)
        client->write("HTTP/1.1 200 Connection established\r\n\r\n");
    else
        connection.server->write(inOriginForm(head));
}

} // namespace quorate
