// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/dead_letters.h"

#include "models/judge/configuration.h"
#include "models/judge/endpoint_state.h"
#include "models/judge/findings.h"

#include <algorithm>

namespace quorate {

namespace {
constexpr qsizetype mostBaselines = 1'000; ///< that fall by themselves: names of queues come from servers, and are kept for good

/// From now on instead of what is configured.
void keep(ClusterState &cluster, const QString &queue, qint64 letters, Instant since)
{
    ClusterMemory &memory = cluster.memory;
    memory.deadLettersKnown.insert(queue, letters);
    memory.deadLettersSince.insert(queue, since);
    memory.deadLettersInstead.remove(queue);
    if (const qint64 configured = cluster.spec.deadLettersKnown.value_or(0); configured > 0)
        memory.deadLettersInstead.insert(queue, configured);
}

/// Those with a baseline that could fall.
QStringList queuesOf(const ClusterState &cluster)
{
    QStringList queues = cluster.memory.deadLettersKnown.keys();
    if (cluster.spec.deadLettersKnown.value_or(0) == 0)
        return queues;
    for (const EndpointState &endpoint : cluster.endpoints) {
        for (const EndpointState::Seen &seen : endpoint.understood) {
            for (const QueueFact &queue : seen.facts.queues.value_or(QList<QueueFact>())) {
                if (!queues.contains(queue.name))
                    queues.append(queue.name);
            }
        }
    }
    return queues;
}

/// The most that any of them has settled at; absent while one of them has not.
std::optional<qint64> settledAt(const ClusterState &cluster, const QString &queue, const Time &now)
{
    const Milliseconds limit = evidenceLimit(cluster.spec);
    const auto since = cluster.memory.deadLettersSince.constFind(queue);
    std::optional<qint64> most;
    for (const EndpointState &endpoint : cluster.endpoints) {
        const QueueHistory *history = isAnswering(endpoint, limit, now) ? endpoint.work.queue(queue) : nullptr;
        if (!history)
            continue;
        const auto settled = history->settledDead(since == cluster.memory.deadLettersSince.cend() ? std::nullopt : std::optional(*since));
        if (!settled)
            return std::nullopt;
        most = std::max(most.value_or(0), *settled);
    }
    return most;
}
} // namespace

void acceptDeadLetters(ClusterState &cluster, const QString &queue, const Time &now)
{
    QMap<QString, std::pair<Milliseconds, qint64>> newest; // of several endpoints, the one that told it last
    for (const EndpointState &endpoint : std::as_const(cluster.endpoints)) {
        for (const EndpointState::Seen &seen : endpoint.understood) {
            for (const QueueFact &fact : seen.facts.queues.value_or(QList<QueueFact>())) {
                if (!fact.dead || (!queue.isEmpty() && fact.name != queue))
                    continue;
                const auto known = newest.constFind(fact.name);
                if (known == newest.cend() || known->first < seen.at.boot)
                    newest.insert(fact.name, {seen.at.boot, *fact.dead});
            }
        }
    }
    for (auto fact = newest.cbegin(); fact != newest.cend(); ++fact)
        keep(cluster, fact.key(), fact->second, now.wall);
}

void letBaselinesFall(ClusterState &cluster, const Time &now)
{
    const QStringList queues = queuesOf(cluster);
    for (const QString &queue : queues) {
        const qint64 known = deadLetterBaseline(cluster.spec, cluster.memory, queue);
        const auto settled = known == 0 ? std::nullopt : settledAt(cluster, queue, now);
        const QMap<QString, qint64> &kept = cluster.memory.deadLettersKnown;
        if (settled && *settled < known && (kept.contains(queue) || kept.size() < mostBaselines)) {
            keep(cluster, queue, *settled, now.wall);
            invalidate(cluster);
        }
    }
}

} // namespace quorate
