// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/engine.h"

#include "app/poll/engine_private.h"
#include "models/judge/machine.h"

#include <QSysInfo>

namespace quorate {

Engine::Engine(EngineOptions options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(options), *this))
{
}

Engine::~Engine() { d->stop(); }

void Engine::setMemory(const Memory &memory)
{
    (void)step(d->fleet, memory, d->now()); // nothing is configured yet: no event
    d->kept = memoryOf(d->fleet);
}

void Engine::setConfig(const Config &config) { d->configure(config); }

void Engine::setNotices(const QList<Notice> &notices)
{
    if (d->notices == notices)
        return;
    d->notices = notices;
    d->updateDue = true;
    d->flushSoon();
}

void Engine::start()
{
    d->running = true;
    d->lastTick = d->now();
    d->ticks.start(std::chrono::seconds(1));
    d->schedulePolls();
}

void Engine::stop() { d->stop(); }

void Engine::pollNow(const ClusterName &cluster) { d->pollNow(cluster); }

void Engine::runOnce() { d->runOnce(); }

void Engine::wake() { d->wake(); }

void Engine::apply(const Intent &intent)
{
    d->take(intent);
    d->touch(intent.cluster);
    if (intent.kind == Intent::Kind::Resume)
        d->pollNow(intent.cluster);
    d->keepMemory(true); // a command that a person gives next must know of it
}

void Engine::taken()
{
    d->awaitingTaken = false;
    d->flushSoon();
}

void Engine::requestReplies(const ClusterName &cluster) { Q_EMIT repliesReady(cluster, replies(cluster)); }

FleetStatus Engine::status() const
{
    const Time now = d->now();
    FleetStatus status;
    status.time = now.wall;
    status.host = QSysInfo::machineHostName();
    status.notices = d->notices + machineNotices(d->fleet);
    for (const ClusterState &cluster : std::as_const(d->fleet.clusters))
        status.clusters.append(judged(cluster, d->fleet.mode, now));
    return status;
}

Memory Engine::memory() const { return memoryOf(d->fleet); }

bool Engine::isPolled(const ClusterName &cluster, const std::optional<EndpointUrl> &endpoint) const
{
    const ClusterPoller *poller = d->pollerOf(cluster);
    return poller && poller->isPolled(endpoint);
}

QList<StoredReply> Engine::replies(const ClusterName &cluster) const
{
    const ClusterPoller *poller = d->pollerOf(cluster);
    return poller ? poller->replies() : QList<StoredReply>();
}

} // namespace quorate
