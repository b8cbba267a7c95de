// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/connection.h"

namespace quorate {

namespace {
constexpr qint64 readAhead = 64 * 1024;
constexpr qint64 idleLimit = 90'000; ///< ms; a middle box may have forgotten an older one, and that costs a whole deadline
constexpr qsizetype mostIdle = 4;
} // namespace

Connection::Connection(const ConnectionTarget &target, QObject *parent)
    : QObject(parent)
    , m_target(target)
    , m_socket(target.tls ? new QSslSocket(this) : new QTcpSocket(this))
    , m_secure(qobject_cast<QSslSocket *>(m_socket))
{
    m_socket->setReadBufferSize(readAhead);
    m_socket->setProxy(target.proxy);
    connect(m_socket, &QIODevice::readyRead, this, &Connection::arrived);
    connect(m_socket, &QAbstractSocket::disconnected, this, &Connection::end);
    connect(m_socket, &QAbstractSocket::errorOccurred, this, &Connection::end);
    connect(m_socket, &QAbstractSocket::connected, this, &Connection::connected);
    if (m_secure) {
        watchTls();
        return;
    }
    connect(m_socket, &QAbstractSocket::connected, this, [this] {
        m_ready = true;
        Q_EMIT ready();
    });
}

void Connection::watchTls()
{
    connect(m_secure, &QSslSocket::encrypted, this, [this] {
        m_ready = true;
        m_certificate = m_secure->peerCertificate();
        Q_EMIT ready();
    });
    connect(m_secure, &QSslSocket::sslErrors, this, [this](const QList<QSslError> &errors) {
        for (const QSslError &error : errors)
            m_tlsErrors.append(error.error());
        m_certificate = m_secure->peerCertificate();
    });
    connect(m_secure, &QSslSocket::alertReceived, this, [this](QSsl::AlertLevel level, QSsl::AlertType type) {
        if (level == QSsl::AlertLevel::Fatal)
            m_alert = type;
    });
}

Connection::~Connection()
{
    m_socket->disconnect(this);
    m_socket->abort();
}

void Connection::open()
{
    if (!m_secure) {
        m_socket->connectToHost(m_target.host, m_target.port);
        return;
    }
    m_secure->setSslConfiguration(*m_target.tls);
    const QString name = m_target.serverName.isEmpty() ? m_target.host : m_target.serverName;
    m_secure->connectToHostEncrypted(m_target.host, m_target.port, name);
}

void Connection::send(const QByteArray &bytes) { m_socket->write(bytes); }

QByteArray Connection::read() { return m_socket->isOpen() ? m_socket->readAll() : QByteArray(); }

void Connection::end()
{
    m_ready = false;
    if (std::exchange(m_ended, true))
        return;
    Q_EMIT ended();
}

ConnectionPool::ConnectionPool(ConnectionTarget target, QObject *owner)
    : m_target(std::move(target))
    , m_owner(owner)
{
}

ConnectionPool::~ConnectionPool()
{
    for (Connection *connection : std::as_const(m_idle))
        connection->deleteLater();
}

Connection *ConnectionPool::fresh() { return new Connection(m_target, m_owner); }

Connection *ConnectionPool::take()
{
    while (!m_idle.isEmpty()) {
        Connection *connection = m_idle.takeLast();
        if (connection->isIdle() && connection->idle.elapsed() < idleLimit)
            return connection;
        connection->deleteLater();
    }
    return fresh();
}

void ConnectionPool::give(Connection *connection)
{
    connection->used = true;
    connection->idle.start();
    m_idle.append(connection);
    if (m_idle.size() > mostIdle)
        m_idle.takeFirst()->deleteLater();
}

} // namespace quorate
