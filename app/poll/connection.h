// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QElapsedTimer>
#include <QNetworkProxy>
#include <QObject>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>
#include <QSslSocket>
#include <QTcpSocket>

#include <optional>

namespace quorate {

/// Where connections of one origin and TLS identity go.
struct ConnectionTarget {
    QString host;
    quint16 port = 0;
    std::optional<QSslConfiguration> tls; ///< absent: plain TCP. Even an empty one would load the TLS library
    QString serverName; ///< to be checked instead of `host`; empty: `host`
    QNetworkProxy proxy = QNetworkProxy::NoProxy; ///< the tunnel; a plain request through an HTTP proxy goes to the proxy as `host` instead
};

/// One TCP connection, with TLS where asked. Reads no further than its user does, so that a flood stays in the kernel and every turn of
/// the event loop is short.
class Connection final : public QObject {
    Q_OBJECT
public:
    explicit Connection(const ConnectionTarget &target, QObject *parent = nullptr);
    ~Connection() override;

    void open();
    [[nodiscard]] bool isReady() const { return m_ready; }
    /// It can carry a request: open, and nothing came that nobody asked for.
    [[nodiscard]] bool isIdle() const { return m_ready && m_socket->bytesAvailable() == 0; }
    void send(const QByteArray &bytes);
    [[nodiscard]] QByteArray read();
    [[nodiscard]] QAbstractSocket::SocketError error() const { return m_socket->error(); }
    [[nodiscard]] const QList<QSslError::SslError> &tlsErrors() const { return m_tlsErrors; }
    [[nodiscard]] std::optional<QSsl::AlertType> alert() const { return m_alert; } ///< the fatal one that the server sent
    [[nodiscard]] const std::optional<QSslCertificate> &certificate() const { return m_certificate; } ///< the server's, with TLS

    bool used = false; ///< it carried a whole reply before
    QElapsedTimer idle; ///< since it was given back

Q_SIGNALS:
    void connected(); ///< TCP stands, TLS begins
    void ready();
    void arrived();
    void ended(); ///< closed or failed: nothing more comes

private:
    void watchTls();
    void end();

    ConnectionTarget m_target;
    QTcpSocket *m_socket;
    QSslSocket *m_secure; ///< the same; null for plain TCP, where not even the TLS library is loaded
    QList<QSslError::SslError> m_tlsErrors;
    std::optional<QSsl::AlertType> m_alert;
    std::optional<QSslCertificate> m_certificate;
    bool m_ready = false;
    bool m_ended = false;
};

/// Connections of one target that wait for their next request. Which pool a request takes from is decided by its whole TLS identity.
class ConnectionPool {
public:
    ConnectionPool(ConnectionTarget target, QObject *owner);
    ~ConnectionPool();
    Q_DISABLE_COPY_MOVE(ConnectionPool)

    /// One that is still open, else a fresh one that open() has to be called of. Owned by the caller until it is given back.
    [[nodiscard]] Connection *take();
    [[nodiscard]] Connection *fresh();
    void give(Connection *connection);

private:
    ConnectionTarget m_target;
    QObject *m_owner;
    QList<Connection *> m_idle;
};

} // namespace quorate
