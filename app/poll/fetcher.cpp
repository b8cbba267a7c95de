// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/fetcher.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace quorate {

namespace {
/// A thread that is busy with one connection finds the flood of the next only when it is free.
constexpr std::array<Milliseconds, 5> looksAfter{Milliseconds(0), Milliseconds(5), Milliseconds(20), Milliseconds(100), Milliseconds(500)};

QList<Peer> peersOf(const FetchRoute &route)
{
    QList<Peer> peers;
    for (const QHostAddress &address : addressesOf(route.peer))
        peers.append({address, route.peerPort});
    return peers;
}

bool isOneOf(const FetchRoute &route, const QList<Peer> &peers)
{
    const QList<Peer> own = peersOf(route);
    return std::any_of(own.begin(), own.end(), [&](const Peer &peer) { return peers.contains(peer); });
}
} // namespace

Fetcher::Fetcher(NameLookup lookup, QObject *parent)
    : QObject(parent)
    , m_resolver(std::move(lookup), this)
    , m_transports(this)
    , m_nextLook(this)
{
    m_nextLook.setSingleShot(true);
    connect(&m_nextLook, &QTimer::timeout, this, &Fetcher::freeThreads);
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
}

void Fetcher::ended(FetchId id, const Reply &reply)
{
    const auto found = m_jobs.find(id);
    if (found == m_jobs.end())
        return;
    if (found->second.cutByUs && !found->second.again && found->second.fetch->wasBrokenOff()) {
        askAgain(id, found->second);
        return;
    }
    const Job job = std::move(found->second);
    m_jobs.erase(found);
    if (job.fetch) {
        if (job.fetch->passedDeadline())
            suspect(job);
        job.fetch->deleteLater(); // we are in its slot
    }
    --m_origins[job.origin].inFlight;
    pump(job.origin);
    job.done(reply);
}

/// What it came to was our doing. A GET may be asked twice; its deadline begins anew.
void Fetcher::askAgain(FetchId id, Job &job)
{
    job.again = true;
    job.begun = false;
    std::exchange(job.fetch, nullptr)->deleteLater(); // we are in its slot
    const QString origin = job.origin;
    Origin &place = m_origins[origin];
    --place.inFlight;
    place.queue.prepend(id);
    pump(origin);
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
    if (job.fetch)
        suspect(job);
    delete job.fetch;
    --m_origins[job.origin].inFlight;
    pump(job.origin);
}

void Fetcher::suspect(const Job &job)
{
    if (!job.fetch->isSent())
        return;
    m_suspects.append({{job.order.url, {}, job.order.tls, job.order.timeout}, job.origin, job.fetch->route(), 0, {}});
    m_nextLook.start(looksAfter.front()); // many end in the same turn: the descriptors are looked through once for all of them
}

bool Fetcher::isUsed(const QString &proxy) const
{
    return std::any_of(
        m_jobs.begin(), m_jobs.end(), [&](const auto &entry) { return entry.second.fetch && entry.second.fetch->route().proxy == proxy; });
}

/// Through a proxy all connections go to the same place, and which of them is the one cannot be told: as long as others go there it stays.
void Fetcher::findConnections()
{
    QList<Peer> peers;
    const auto isNew
        = [this](const Suspect &suspect) { return suspect.looks == 0 && (suspect.route.proxy.isEmpty() || !isUsed(suspect.route.proxy)); };
    for (const Suspect &suspect : std::as_const(m_suspects)) {
        if (isNew(suspect))
            peers += peersOf(suspect.route);
    }
    const QList<OpenConnection> open = connectionsTo(peers);
    for (Suspect &suspect : m_suspects) {
        if (!isNew(suspect))
            continue;
        for (const OpenConnection &connection : open) {
            if (isOneOf(suspect.route, {connection.peer}))
                suspect.connections.append(connection);
        }
    }
}

void Fetcher::freeThreads()
{
    findConnections();
    QList<OpenConnection> suspected;
    for (const Suspect &suspect : std::as_const(m_suspects))
        suspected += suspect.connections;
    const QList<Peer> ended = shutDownBusy(suspected);
    for (Suspect &suspect : m_suspects) {
        ++suspect.looks;
        if (!isOneOf(suspect.route, ended))
            continue;
        suspect.route.transport->wasStuck = true;
        m_transports.setApart(suspect.order, suspect.origin);
    }
    if (!ended.isEmpty()) {
        for (auto &[id, job] : m_jobs)
            job.cutByUs = job.cutByUs || (job.fetch && isOneOf(job.fetch->route(), ended));
    }
    planNextLook();
}

void Fetcher::planNextLook()
{
    m_suspects.removeIf([](const Suspect &suspect) { return suspect.looks >= looksAfter.size(); });
    const auto least = std::min_element(
        m_suspects.begin(), m_suspects.end(), [](const Suspect &one, const Suspect &other) { return one.looks < other.looks; });
    if (least != m_suspects.end())
        m_nextLook.start(looksAfter.at(least->looks));
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
        if (job.fetch)
            suspect(job);
        delete job.fetch;
    }
    freeThreads(); // or deleting their managers would wait for them
    for (const Suspect &suspect : std::as_const(m_suspects))
        suspect.route.transport->wasStuck = true; // who knows: not at once
    m_transports.clear();
}

} // namespace quorate
