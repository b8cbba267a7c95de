// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/config/config.h"
#include "models/status/observation.h"

#include <QHash>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QPointer>
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

/// One QNetworkAccessManager with its connections and its HTTP thread. Lives as long as a fetch or its origin needs it.
class Transport {
public:
    Transport(const QNetworkProxy &proxy, QObject *owner);
    /// The manager is deleted from the event loop: the last fetch may end in a signal of one of its replies.
    ~Transport();
    Q_DISABLE_COPY_MOVE(Transport)
    [[nodiscard]] QNetworkAccessManager &manager() const { return *m_manager; }

    int origins = 0; ///< served by it
    bool wasStuck = false; ///< a server may hold its thread: deleting the manager now would wait for it, up to 5 s

private:
    QPointer<QNetworkAccessManager> m_manager; ///< gone with its owner, when that goes first
};

/// How a request leaves this machine.
struct FetchRoute {
    std::shared_ptr<Transport> transport; ///< null: nothing may be sent, see `error`
    QNetworkRequest request; ///< all of it but URL and headers of the order
    QString error; ///< a TLS file that cannot be used
    QString proxy; ///< host:port of it, empty without one
    QString peer; ///< the name that must have an address first: the server's, or the proxy's
    quint16 peerPort = 0;
};

/// Chooses the transport of each request. A QNetworkAccessManager is chosen by three things:
/// - the TLS identity and the proxy, because its connection cache knows neither: it answers as the identity before;
/// - the origin. All requests of a manager share one HTTP thread, and in Qt 6.4 a server that sends headers without an end keeps that
///   thread busy past any abort(). So each origin has a manager of its own, up to `mostShared` of an identity (a thread and 70 KB each);
///   beyond that origins share the least loaded, and one that held a thread up once is set apart.
class Transports {
public:
    explicit Transports(QObject *owner);

    [[nodiscard]] FetchRoute routeOf(const FetchOrder &order, const QString &origin);
    /// The origin held its thread up: its next request goes by another transport if it shared this one.
    void setApart(const FetchOrder &order, const QString &origin);
    /// Forgets what these clusters do not use.
    void retain(const QList<ClusterConfig> &inUse);
    void clear() { m_identities.clear(); }

    static constexpr qsizetype mostShared = 64; ///< transports of an identity that may serve several origins
    static constexpr qsizetype mostApart = 64; ///< transports of an identity for those that held a thread up

private:
    /// One TLS identity by one proxy.
    struct Identity {
        bool secure = false; ///< speaks TLS, with these settings
        TlsSettings settings;
        QNetworkProxy proxy;
        QNetworkRequest request;
        QString error;
        QHash<QString, std::shared_ptr<Transport>> ofOrigin;
        QList<std::weak_ptr<Transport>> shared;
        QList<std::weak_ptr<Transport>> apart;
    };
    [[nodiscard]] QNetworkProxy proxyOf(const QUrl &url, const QString &origin);
    [[nodiscard]] Identity &identityOf(const FetchOrder &order, const QString &origin);
    [[nodiscard]] std::shared_ptr<Transport> leastLoaded(Identity &identity);

    QObject *m_owner;
    QProcessEnvironment m_environment;
    QHash<QString, QNetworkProxy> m_proxies; ///< by origin
    QHash<QString, std::shared_ptr<Identity>> m_identities;
};

/// "https://10.1.2.3:8500"
[[nodiscard]] QString originOf(const QUrl &url);

} // namespace quorate
