// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/engine_private.h"

#include "app/poll/proxy.h"
#include "app/poll/resolver.h"
#include "models/judge/machine.h"

#include <QUrl>

#include <utility>

// What the judge wants to know of this machine, and what it finds out about it (JUDGE section 4).
namespace quorate {

namespace {
constexpr qsizetype mostAddresses = 64; ///< that routes are looked up for: one is enough
constexpr Milliseconds evidenceEvery{1'000};
} // namespace

/// Empty where some host is reached through a proxy, or its address is not known: any route may be the one.
QList<QHostAddress> Engine::Private::addressesOutThere() const
{
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    QList<QHostAddress> all;
    for (const ClusterState &cluster : fleet.clusters) {
        for (const EndpointState &endpoint : cluster.endpoints) {
            if (cluster.paused() || endpoint.onThisMachine)
                continue;
            const QUrl url(endpoint.url.text());
            const QList<QHostAddress> addresses = addressesOf(url.host());
            if (addresses.isEmpty() || proxyFor(url, environment).type() != QNetworkProxy::NoProxy)
                return {};
            all += addresses;
            if (all.size() >= mostAddresses)
                return all;
        }
    }
    return all;
}

void Engine::Private::followMachine()
{
    if (fleet.machine.evidenceWanted)
        askEvidence();
    if (!fleet.machine.pollsWanted.isEmpty()) // from the event loop: whoever told us is not done yet
        QMetaObject::invokeMethod(
            &q, [this] { pollWanted(); }, Qt::QueuedConnection);
    for (const ClusterState &cluster : std::as_const(fleet.clusters)) {
        if (cluster.unseen.has_value() == unseen.contains(cluster.spec.name))
            continue;
        if (cluster.unseen)
            unseen.insert(cluster.spec.name);
        else
            unseen.remove(cluster.spec.name);
        touch(cluster.spec.name);
    }
    const QList<Notice> newest = machineNotices(fleet);
    if (newest == machineNotes)
        return;
    machineNotes = newest;
    updateDue = true;
    touch({});
}

void Engine::Private::askEvidence()
{
    const Milliseconds time = now().monotonic;
    const bool soon = evidenceAsked && time - *evidenceAsked < evidenceEvery;
    if (evidence.isAsking() || (!roundAsked && (!running || soon))) // the next tick comes back to it
        return;
    evidenceAsked = time;
    evidence.ask({reference, addressesOutThere()});
}

void Engine::Private::gathered(const NetworkEvidence &newest)
{
    take(newest);
    endRoundIfOver();
}

void Engine::Private::pollWanted()
{
    const QSet<ClusterName> wanted = std::exchange(fleet.machine.pollsWanted, {});
    for (const ClusterName &cluster : wanted) {
        ClusterPoller *poller = pollerOf(cluster);
        if (!running || !poller || isPaused(cluster))
            continue;
        schedule.polled(cluster, now().monotonic);
        poller->beginRound();
    }
    schedulePolls();
}

/// After sleep. What was under way belongs to connections that may be gone.
void Engine::Private::wake()
{
    for (const auto &[name, poller] : pollers)
        poller->cancel();
    fetcher.dropConnections();
    take(Wake{});
    pollNow({});
}

} // namespace quorate
