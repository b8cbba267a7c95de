// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/config/config.h"
#include "models/status/observation.h"

#include <QHash>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QProcessEnvironment>

#include <memory>

namespace quorate {

/// What is to be fetched with one GET. `headers` hold the credential: an order is never logged, shown or kept.
struct FetchOrder {
    QUrl url;
    Headers headers;
    TlsSettings tls;
    Milliseconds timeout{10'000}; ///< total: name, connect, handshake, reply
};

/// How a request leaves this machine.
struct FetchRoute {
    std::shared_ptr<QNetworkAccessManager> manager; ///< null: nothing may be sent, see `error`
    QNetworkRequest request; ///< all of it but URL and headers of the order
    QString error; ///< a TLS file that cannot be used
    QString proxy; ///< host:port of it, empty without one
    QString peer; ///< the name that must have an address first: the server's, or the proxy's
    quint16 peerPort = 0;
};

/// Chooses the QNetworkAccessManager of each request, by TLS identity and proxy: its connection cache knows neither and would answer as the
/// identity before. A manager lives as long as its identity is in use or a request is under way by it.
class Transports {
public:
    explicit Transports(QObject *owner);

    [[nodiscard]] FetchRoute routeOf(const FetchOrder &order, const QString &origin);
    /// Its server sent without an end. What came in one turn of the thread's event loop made the others wait: it gets a thread of its own.
    void setApart(const FetchOrder &order, const QString &origin);
    /// Forgets what these clusters do not use.
    void retain(const QList<ClusterConfig> &inUse);
    void clear() { m_identities.clear(); }

    static constexpr qsizetype mostApart = 64; ///< of an identity

private:
    /// One TLS identity by one proxy.
    struct Identity {
        bool secure = false; ///< speaks TLS, with these settings
        TlsSettings settings;
        QNetworkProxy proxy;
        QNetworkRequest request;
        QString error;
        std::shared_ptr<QNetworkAccessManager> manager;
        QHash<QString, std::shared_ptr<QNetworkAccessManager>> apart; ///< by origin
    };
    [[nodiscard]] QNetworkProxy proxyOf(const QUrl &url, const QString &origin);
    [[nodiscard]] Identity &identityOf(const FetchOrder &order, const QString &origin);

    QObject *m_owner;
    QProcessEnvironment m_environment;
    QHash<QString, QNetworkProxy> m_proxies; ///< by origin
    QHash<QString, std::shared_ptr<Identity>> m_identities;
};

/// "https://10.1.2.3:8500"
[[nodiscard]] QString originOf(const QUrl &url);

} // namespace quorate
