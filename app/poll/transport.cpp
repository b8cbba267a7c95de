// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/transport.h"

#include "app/poll/outcome.h"
#include "app/poll/proxy.h"
#include "app/poll/tls_identity.h"

#include <QPointer>
#include <QSet>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
bool isTls(const QUrl &url) { return url.scheme() == "https"_L1; }

QString nameOf(const QNetworkProxy &proxy)
{
    return proxy.type() == QNetworkProxy::NoProxy ? QString() : u"%1:%2"_s.arg(proxy.hostName()).arg(proxy.port());
}

/// Answers each question for a proxy with "none", in a way that makes Qt 6.4 buffer what it reads: when it is told so by setProxy() it
/// reads the head of a reply with one system call a byte, which doubles the cost of a small one and, under a flood of headers, keeps the
/// thread of all connections in a loop that sees no abort().
class Direct final : public QNetworkProxyFactory {
public:
    Direct() { QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy); } // what the default stands for, also on a desktop that has one
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &) override { return {QNetworkProxy(QNetworkProxy::DefaultProxy)}; }
};

/// Deleted from the event loop: the last request by it may end in a signal of one of its replies. Gone with its owner, when that goes
/// first.
std::shared_ptr<QNetworkAccessManager> newManager(const QNetworkProxy &proxy, QObject *owner)
{
    auto *manager = new QNetworkAccessManager(owner);
    manager->setAutoDeleteReplies(false);
    manager->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    if (proxy.type() == QNetworkProxy::NoProxy)
        manager->setProxyFactory(new Direct);
    else
        manager->setProxy(proxy);
    return {manager, [guarded = QPointer(manager)](QNetworkAccessManager *) {
                if (guarded)
                    guarded->deleteLater();
            }};
}

/// Nothing is followed, unpacked, kept or taken from a cache.
QNetworkRequest requestFor(const TlsSettings &settings)
{
    QNetworkRequest request;
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy); // tokens would follow
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    // At most four requests are under way an origin, each on a connection of its own: HTTP/2 has nothing to give, and its one connection
    // would let a reply that is not read hold up the others.
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setRawHeader("Cache-Control", "no-cache"); // for caches on the way
    // With this header Qt decompresses nothing: no bombs, no half of a gzip that looks whole.
    request.setRawHeader("Accept-Encoding", "identity");
    request.setRawHeader("Accept-Language", "en");
    request.setRawHeader("User-Agent", "quorate/" QUORATE_VERSION);
    if (!settings.serverName.isEmpty())
        request.setPeerVerifyName(settings.serverName);
    return request;
}
} // namespace

QString originOf(const QUrl &url) { return url.scheme() + "://"_L1 + hostAndPort(url); }

Transports::Transports(QObject *owner)
    : m_owner(owner)
    , m_environment(QProcessEnvironment::systemEnvironment())
{
}

QNetworkProxy Transports::proxyOf(const QUrl &url, const QString &origin)
{
    const auto known = m_proxies.constFind(origin);
    return known != m_proxies.constEnd() ? *known : *m_proxies.insert(origin, proxyFor(url, m_environment));
}

Transports::Identity &Transports::identityOf(const FetchOrder &order, const QString &origin)
{
    const QNetworkProxy proxy = proxyOf(order.url, origin);
    const bool secure = isTls(order.url);
    const QString key = secure ? quorate::identityOf(order.tls) + u'\n' + nameOf(proxy) : nameOf(proxy);
    const auto known = m_identities.constFind(key);
    if (known != m_identities.constEnd())
        return **known;
    // Its files changed: the identity before must answer for nothing any more.
    m_identities.removeIf([&](const auto &other) {
        return secure && other.value()->secure && other.value()->settings == order.tls && other.value()->proxy == proxy;
    });
    auto identity = std::make_shared<Identity>();
    identity->secure = secure;
    identity->proxy = proxy;
    identity->request = requestFor(secure ? order.tls : TlsSettings());
    // Qt answers the challenge of a proxy for a tunnel only: here it was told to keep no credentials.
    if (!secure && proxy.type() == QNetworkProxy::HttpProxy && !proxy.user().isEmpty())
        identity->request.setRawHeader("Proxy-Authorization", "Basic " + (proxy.user() + u':' + proxy.password()).toUtf8().toBase64());
    if (secure) { // even an empty QSslConfiguration would load the TLS library
        identity->settings = order.tls;
        const auto tls = loadTls(order.tls);
        if (tls)
            identity->request.setSslConfiguration(tls.value());
        else
            identity->error = tls.error().text;
    }
    return **m_identities.insert(key, identity);
}

FetchRoute Transports::routeOf(const FetchOrder &order, const QString &origin)
{
    Identity &identity = identityOf(order, origin);
    FetchRoute route;
    route.error = identity.error;
    if (!route.error.isEmpty())
        return route;
    if (!identity.manager)
        identity.manager = newManager(identity.proxy, m_owner);
    route.manager = identity.apart.value(origin, identity.manager);
    route.request = identity.request;
    route.proxy = nameOf(identity.proxy);
    const bool direct = route.proxy.isEmpty();
    route.peer = direct ? order.url.host() : identity.proxy.hostName();
    route.peerPort = direct ? quint16(order.url.port(identity.secure ? 443 : 80)) : identity.proxy.port();
    return route;
}

void Transports::setApart(const FetchOrder &order, const QString &origin)
{
    Identity &identity = identityOf(order, origin);
    if (!identity.apart.contains(origin) && identity.apart.size() < mostApart)
        identity.apart.insert(origin, newManager(identity.proxy, m_owner));
}

void Transports::retain(const QList<ClusterConfig> &inUse)
{
    QSet<QString> origins;
    QList<TlsSettings> settings;
    for (const ClusterConfig &cluster : inUse) {
        settings.append(cluster.tls);
        for (const EndpointUrl &endpoint : cluster.spec.endpoints)
            origins.insert(originOf(QUrl(endpoint.text())));
    }
    m_identities.removeIf([&](const auto &entry) { return entry.value()->secure && !settings.contains(entry.value()->settings); });
    for (const auto &identity : std::as_const(m_identities))
        identity->apart.removeIf([&](const auto &entry) { return !origins.contains(entry.key()); });
    m_proxies.removeIf([&](const auto &entry) { return !origins.contains(entry.key()); });
}

} // namespace quorate
