// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/fetcher.h"

#include <QPointer>

#include <algorithm>
#include <utility>
#include <vector>

namespace quorate {

namespace {
constexpr Milliseconds looksEvery{100}; ///< a reply that takes longer is overdue
} // namespace

Fetcher::Fetcher(NameLookup lookup, QObject *parent)
    : QObject(parent)
    , m_resolver(std::move(lookup), this)
    , m_transports(this)
    , m_looks(this)
{
    m_looks.setInterval(looksEvery);
    connect(&m_looks, &QTimer::timeout, this, &Fetcher::lookForFloods);
}

Fetcher::~Fetcher() { stop(); }

FetchId Fetcher::fetch(FetchOrder order, Done done)
{
    const FetchId id = ++m_lastId;
    Job job;
    job.origin = originOf(order.url);
    job.order = std::move(order);
    job.done = std::move(done);
    const QString origin = job.origin;
    m_jobs.emplace(id, std::move(job));
    m_origins[origin].queue.enqueue(id);
    // From the event loop, so that a caller never meets its answer inside this call; once for all that are asked for together.
    if (m_asked.isEmpty())
        QMetaObject::invokeMethod(this, &Fetcher::pumpAsked, Qt::QueuedConnection);
    m_asked.append(origin);
    return id;
}

void Fetcher::pumpAsked()
{
    const QStringList asked = std::exchange(m_asked, {});
    for (const QString &origin : asked)
        pump(origin);
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
    job.begun = true;
    FetchRoute route = m_transports.routeOf(job.order, job.origin);
    if (!route.error.isEmpty()) {
        Reply reply;
        reply.reach = Reach::TlsFailed;
        reply.tls = TlsProblem::Other;
        reply.error = route.error;
        QMetaObject::invokeMethod(
            this, [this, id, reply] { ended(id, reply); }, Qt::QueuedConnection);
        return;
    }
    job.fetch = new Fetch(
        job.order, std::move(route), m_resolver, [this, id](const Reply &reply) { ended(id, reply); }, this);
    job.fetch->start();
    if (!m_looks.isActive())
        m_looks.start();
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
    if (!job.begun)
        return; // still queued
    delete job.fetch;
    --m_origins[job.origin].inFlight;
    pump(job.origin);
}

void Fetcher::lookForFloods()
{
    QHash<Peer, qint64> overdue;
    bool anySent = false;
    for (const auto &[id, job] : m_jobs) {
        anySent = anySent || job.fetch;
        if (!job.fetch || !job.fetch->isOverdue(looksEvery))
            continue;
        for (const Peer &peer : job.fetch->peers())
            overdue[peer] = std::max(overdue.value(peer), job.fetch->mostToCome());
    }
    const QSet<Peer> ended = m_floods.look(overdue);
    if (!ended.isEmpty())
        endFlooded(ended);
    if (!anySent)
        m_looks.stop();
}

void Fetcher::endFlooded(const QSet<Peer> &peers)
{
    QList<QPointer<Fetch>> flooded;
    for (const auto &[id, job] : m_jobs) {
        if (!job.fetch || !peers.intersects(job.fetch->peers()))
            continue;
        flooded.append(job.fetch);
        m_transports.setApart(job.order, job.origin);
    }
    for (const QPointer<Fetch> &fetch : std::as_const(flooded)) {
        if (fetch) // whoever hears of one may cancel the others
            fetch->endFlooded();
    }
}

void Fetcher::retain(const QList<ClusterConfig> &inUse) { m_transports.retain(inUse); }

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
    m_transports.clear();
}

} // namespace quorate
