// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/fetcher.h"

#include "app/poll/proxy.h"
#include "app/poll/tls_identity.h"

#include <utility>
#include <vector>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
bool isTls(const QUrl &url) { return url.scheme() == "https"_L1; }

QString nameOf(const QNetworkProxy &proxy)
{
    return proxy.type() == QNetworkProxy::NoProxy ? QString() : u"%1:%2"_s.arg(proxy.hostName()).arg(proxy.port());
}
} // namespace

Fetcher::Fetcher(NameLookup lookup, QObject *parent)
    : QObject(parent)
    , m_resolver(std::move(lookup), this)
    , m_environment(QProcessEnvironment::systemEnvironment())
{
}

Fetcher::~Fetcher() { stop(); }

FetchId Fetcher::fetch(FetchOrder order, Done done)
{
    const FetchId id = ++m_lastId;
    const QString origin = order.url.scheme() + "://"_L1 + hostAndPort(order.url);
    m_jobs.emplace(id, Job{std::move(order), std::move(done), origin, {}, nullptr});
    m_origins[origin].queue.enqueue(id);
    // From the event loop, so that a caller never meets its answer inside this call.
    QMetaObject::invokeMethod(
        this, [this, origin] { pump(origin); }, Qt::QueuedConnection);
    return id;
}

void Fetcher::pump(const QString &origin)
{
    const auto place = m_origins.find(origin);
    if (place == m_origins.end())
        return;
    while (place->inFlight < mostInFlight && !place->queue.isEmpty()) {
        const FetchId id = place->queue.dequeue();
        const auto job = m_jobs.find(id);
        if (job == m_jobs.end())
            continue; // cancelled while it waited
        ++place->inFlight;
        begin(id, job->second);
    }
    if (place->inFlight == 0)
        m_origins.erase(place);
}

void Fetcher::begin(FetchId id, Job &job)
{
    job.identity = identityFor(job.order);
    if (!job.identity->error.isEmpty()) {
        Reply reply;
        reply.reach = Reach::TlsFailed;
        reply.tls = TlsProblem::Other;
        reply.error = job.identity->error;
        QMetaObject::invokeMethod(
            this, [this, id, reply] { ended(id, reply); }, Qt::QueuedConnection);
        return;
    }
    job.fetch = new Fetch(
        job.order, routeOf(job), m_resolver, [this, id](const Reply &reply) { ended(id, reply); }, this);
    job.fetch->start();
}

void Fetcher::ended(FetchId id, const Reply &reply)
{
    const auto found = m_jobs.find(id);
    if (found == m_jobs.end())
        return;
    const Job job = std::move(found->second);
    m_jobs.erase(found);
    if (job.fetch)
        job.fetch->deleteLater(); // we are in its slot
    --m_origins[job.origin].inFlight;
    pump(job.origin);
    job.done(reply);
}

void Fetcher::cancel(FetchId id)
{
    const auto found = m_jobs.find(id);
    if (found == m_jobs.end())
        return;
    const Job job = std::move(found->second);
    m_jobs.erase(found);
    if (!job.identity)
        return; // still queued
    delete job.fetch;
    --m_origins[job.origin].inFlight;
    pump(job.origin);
}

std::shared_ptr<Fetcher::Identity> Fetcher::identityFor(const FetchOrder &order)
{
    const bool secure = isTls(order.url);
    const QString key = secure ? identityOf(order.tls) : QString();
    const auto known = m_identities.constFind(key);
    if (known != m_identities.constEnd())
        return *known;
    // Its files changed: the identity before must answer for nothing any more.
    m_identities.removeIf([&](const auto &other) { return secure && other.value()->secure && other.value()->settings == order.tls; });
    auto identity = std::make_shared<Identity>();
    if (secure) {
        identity->secure = true;
        identity->settings = order.tls;
        const auto tls = loadTls(order.tls);
        if (tls)
            identity->tls = tls.value();
        else
            identity->error = tls.error().text;
    }
    return *m_identities.insert(key, identity);
}

FetchRoute Fetcher::routeOf(const Job &job)
{
    const QUrl &url = job.order.url;
    const QNetworkProxy proxy = proxyFor(url, m_environment);
    FetchRoute route;
    route.proxy = nameOf(proxy);
    route.lookUp = route.proxy.isEmpty() ? url.host() : proxy.hostName();
    ConnectionTarget target{url.host(), quint16(url.port(isTls(url) ? 443 : 80)), job.identity->tls, job.order.tls.serverName, proxy};
    if (proxy.type() == QNetworkProxy::HttpProxy && !isTls(url)) {
        // Plain requests are said to the proxy itself: most allow a tunnel to port 443 only.
        route.absolute = true;
        if (!proxy.user().isEmpty())
            route.proxyCredential = "Basic " + (proxy.user() + u':' + proxy.password()).toUtf8().toBase64();
        target.host = proxy.hostName();
        target.port = proxy.port();
        target.proxy = QNetworkProxy::NoProxy;
    }
    std::shared_ptr<ConnectionPool> &pool = job.identity->pools[job.origin];
    if (!pool)
        pool = std::make_shared<ConnectionPool>(target, this);
    route.pool = pool;
    return route;
}

void Fetcher::retain(const QList<TlsSettings> &inUse)
{
    m_identities.removeIf([&](const auto &entry) { return entry.value()->secure && !inUse.contains(entry.value()->settings); });
}

void Fetcher::dropConnections()
{
    std::vector<FetchId> ids;
    for (const auto &[id, job] : m_jobs)
        ids.push_back(id);
    m_origins.clear(); // nothing that waits may start meanwhile
    for (const FetchId id : ids) {
        const Job job = std::move(m_jobs.at(id));
        m_jobs.erase(id);
        delete job.fetch;
    }
    m_identities.clear();
}

} // namespace quorate
