// SPDX-License-Identifier: GPL-3.0-or-later
// What speaks of queues and agents, and what speaks against what is held about them.
#include "models/judge/cluster_holds.h"
#include "models/judge/endpoint_state.h"

#include <algorithm>

namespace quorate {

bool isListed(const Facts &facts, const Reason &reason)
{
    switch (reason.code) {
    case ReasonCode::QueueDeadLetters:
    case ReasonCode::QueueStuck:
    case ReasonCode::QueueBacklog:
        return facts.queues && std::any_of(facts.queues->cbegin(), facts.queues->cend(), [&](const QueueFact &queue) {
            return queue.name == reason.subject
                && (reason.code == ReasonCode::QueueDeadLetters ? queue.dead : queue.unprocessed).has_value();
        });
    case ReasonCode::AgentCondition:
        return facts.agents && std::any_of(facts.agents->list.cbegin(), facts.agents->list.cend(), [&](const AgentFact &agent) {
            return agent.name == reason.subject;
        });
    default:
        return facts.agents.has_value();
    }
}

QList<ReasonKey> wellInWork(const ClusterState &cluster, const QList<Reason> &found, const Time &now)
{
    const Milliseconds limit = evidenceLimit(cluster.spec);
    QList<ReasonKey> well;
    for (const HeldReason &held : cluster.holds.list) {
        if (scopeOf(held.reason.code) != Scope::Shared || std::any_of(found.cbegin(), found.cend(), [&](const Reason &reason) {
                return reason.code == held.reason.code && reason.subject == held.reason.subject;
            }))
            continue;
        const bool listed = std::any_of(cluster.endpoints.cbegin(), cluster.endpoints.cend(), [&](const EndpointState &endpoint) {
            return isAnswering(endpoint, limit, now)
                && std::any_of(endpoint.understood.cbegin(), endpoint.understood.cend(), [&](const EndpointState::Seen &seen) {
                       return (cluster.holds.rulesChanged || seen.at.boot > held.hold.lastBad.boot) && seen.at.boot + limit >= now.boot
                           && isListed(seen.facts, held.reason);
                   });
        });
        if (listed)
            well.append({held.reason.code, held.reason.subject});
    }
    return well;
}

} // namespace quorate
