// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QObject>
#include <QPair>
#include <QSslConfiguration>
#include <QString>

#include <functional>
#include <memory>
#include <optional>

namespace quorate {

/// What a client asked.
struct StubRequest {
    QByteArray method;
    QByteArray path; ///< with query
    QList<QPair<QByteArray, QByteArray>> headers{};
    int connection = 0; ///< number of the connection, from 1
    QString clientName{}; ///< common name of the client's certificate; empty without one
};

/// Raw bytes, so that every fault can be said (PROOFS j): truncated, garbage, drip, hang, reset.
struct StubAnswer {
    QByteArray bytes{}; ///< status line, headers and body as they go out
    int delayMs = 0; ///< before the first byte
    int dripMs = 0; ///< > 0: one byte each so many milliseconds
    QByteArray repeat{}; ///< sent again and again after `bytes`, until the client leaves (endless headers, endless body)
    bool hang = false; ///< answer nothing more, keep the connection
    bool close = false; ///< close after the last byte
    bool reset = false; ///< RST instead of FIN

    /// A whole HTTP/1.1 reply with Content-Length.
    static StubAnswer http(int status, const QByteArray &body, const QByteArray &contentType = "application/json",
        const QList<QPair<QByteArray, QByteArray>> &headers = {});
};

/// A small HTTP server that says exactly what it is told, on loopback. One thread, with an event loop.
class StubServer final : public QObject {
    Q_OBJECT
public:
    using Answerer = std::function<StubAnswer(const StubRequest &)>;
    explicit StubServer(Answerer answerer, QObject *parent = nullptr);
    ~StubServer() override;

    /// Port 0 picks a free one. With `tls`, speaks TLS.
    bool listen(const QHostAddress &address = QHostAddress::LocalHost, quint16 port = 0, const std::optional<QSslConfiguration> &tls = {});
    /// Closes the port and every connection: the next connect is refused.
    void stop();
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] QString url() const; ///< "http://127.0.0.1:40123", without a trailing slash
    [[nodiscard]] QList<StubRequest> seen() const; ///< everything asked so far
    void clearSeen();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace quorate
