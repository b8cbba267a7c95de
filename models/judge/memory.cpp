// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/memory.h"

#include "models/judge/maintenance.h"

#include <algorithm>
#include <tuple>

namespace quorate {

namespace {
/// What a person accepted wins over what was there before; within one acceptance the size only grows, and what is excused only shrinks.
void mergeSize(ClusterMemory &to, const ClusterMemory &from)
{
    if (from.sizeAccepted > to.sizeAccepted) {
        to.sizeAccepted = from.sizeAccepted;
        to.largestVoters = from.largestVoters;
        to.acceptedOf = from.acceptedOf;
    } else if (from.sizeAccepted == to.sizeAccepted) {
        to.largestVoters = std::max(to.largestVoters, from.largestVoters);
        to.acceptedOf = std::min(to.acceptedOf, from.acceptedOf);
    }
}

template <class T>
void take(QMap<QString, T> &to, const QMap<QString, T> &from, const QString &key)
{
    to.remove(key);
    if (const auto value = from.constFind(key); value != from.cend())
        to.insert(key, *value);
}

/// By queue the newer baseline; of two of the same time the lower one, which hides less.
void mergeDeadLetters(ClusterMemory &to, const ClusterMemory &from)
{
    for (auto queue = from.deadLettersKnown.cbegin(); queue != from.deadLettersKnown.cend(); ++queue) {
        const auto rank = [&](const ClusterMemory &memory) {
            return std::tuple(memory.deadLettersSince.value(queue.key(), Instant::min()), -memory.deadLettersKnown.value(queue.key()),
                memory.deadLettersInstead.value(queue.key()));
        };
        if (to.deadLettersKnown.contains(queue.key()) && rank(to) >= rank(from))
            continue;
        to.deadLettersKnown.insert(queue.key(), *queue);
        take(to.deadLettersSince, from.deadLettersSince, queue.key());
        take(to.deadLettersInstead, from.deadLettersInstead, queue.key());
    }
}

auto verdictOf(const ClusterMemory &memory) { return std::tuple(memory.lastSeen, memory.lastSince, memory.lastSeverity); }

void mergeCluster(ClusterMemory &to, const ClusterMemory &from)
{
    mergeSize(to, from);
    mergeDeadLetters(to, from);
    to.agentsAccepted = std::max(to.agentsAccepted, from.agentsAccepted);
    to.maintenance = mergedMaintenance(to.maintenance, from.maintenance);
    const bool newer = verdictOf(from) > verdictOf(to);
    for (auto endpoint = from.remembered.cbegin(); endpoint != from.remembered.cend(); ++endpoint) {
        const auto own = to.remembered.constFind(endpoint.key());
        const bool tied = verdictOf(from) == verdictOf(to);
        if (own == to.remembered.cend() || newer || (tied && *endpoint > *own))
            to.remembered.insert(endpoint.key(), *endpoint);
    }
    if (newer)
        std::tie(to.lastSeen, to.lastSince, to.lastSeverity) = verdictOf(from);
}
} // namespace

Memory merged(const Memory &a, const Memory &b)
{
    Memory memory = a;
    for (auto cluster = b.cbegin(); cluster != b.cend(); ++cluster) {
        const auto own = memory.find(cluster.key());
        if (own == memory.end())
            memory.insert(cluster.key(), *cluster);
        else
            mergeCluster(*own, *cluster);
    }
    return memory;
}

} // namespace quorate
