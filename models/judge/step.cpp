// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/changes.h"
#include "models/judge/configuration.h"
#include "models/judge/dead_letters.h"
#include "models/judge/endpoint_state.h"
#include "models/judge/findings.h"
#include "models/judge/hold.h"

namespace quorate {

namespace {
constexpr qsizetype fewEndpoints = 64; ///< judged in well under 100 µs
constexpr Milliseconds judgedAtMost{100}; ///< between two verdicts of a cluster with more of them
constexpr Milliseconds contactGrows{1'000}; ///< a Raft group is judged by ages of seconds

void refresh(ClusterState &cluster, EndpointState &endpoint, JudgeMode mode, const Time &now)
{
    endpoint.verdict.until = Milliseconds(-1);
    endpoint.verdict = currentVerdict(cluster, endpoint, mode, now);
}

QList<Event> judgeNow(ClusterState &cluster, JudgeMode mode, const Time &now)
{
    for (EndpointState &endpoint : cluster.endpoints) {
        if (now.boot > endpoint.verdict.until)
            refresh(cluster, endpoint, mode, now);
    }
    const Verdict verdict = verdictOf(cluster, mode, now);
    const QList<Event> events = verdictChanges(cluster, verdict, now);
    cluster.last = LastVerdict{verdict.severity, verdict.since, verdict.reasons, verdict.settled, verdict.expected, verdict.expectedSince};
    cluster.holds = verdict.holds;
    cluster.hasRaft = verdict.raft.has_value();
    cluster.judgedBoot = now.boot;
    cluster.dirty = false;
    cluster.judgeAgain = cluster.holds.until < Milliseconds(0) ? Milliseconds::max() : cluster.holds.until;
    for (const EndpointState &endpoint : std::as_const(cluster.endpoints))
        cluster.judgeAgain = std::min(cluster.judgeAgain, endpoint.verdict.until);
    return events;
}

/// The poll of an endpoint has ended. True: a round of the cluster is complete that something is to be judged by.
bool endRound(ClusterState &cluster, EndpointState &endpoint)
{
    const qint64 before = completeRound(cluster);
    if (endpoint.round == cluster.round) {
        ++cluster.round;
        cluster.polledInRound = 0;
    }
    endpoint.round = cluster.round;
    ++cluster.polledInRound;
    return completeRound(cluster) > before && (cluster.hasRaft || !cluster.holds.list.isEmpty() || !cluster.holds.known);
}

bool isLikeBefore(const EndpointState &endpoint, const Observation &observation)
{
    if (!observation.facts.raft)
        return true;
    const auto before = endpoint.understood.constFind(observation.request);
    return before != endpoint.understood.cend() && before->facts.raft && !saysAnother(*before->facts.raft, *observation.facts.raft);
}

QList<Event> take(Fleet &fleet, const Observation &observation, const Time &now)
{
    ClusterState *cluster = clusterNamed(fleet, observation.cluster);
    EndpointState *endpoint = cluster ? endpointNamed(*cluster, observation.endpoint) : nullptr;
    if (!endpoint)
        return {}; // asked before the configuration changed
    const bool sameView = isLikeBefore(*endpoint, observation);
    QList<Event> events = serverChanges(*cluster, *endpoint, observation, now);
    if (!observe(*endpoint, observation, evidenceLimit(cluster->spec)))
        return {};
    letBaselinesFall(*cluster, now);
    if (observation.facts.version)
        endpoint->version = *observation.facts.version;
    const bool roundEnds = observation.endpointDone && endRound(*cluster, *endpoint);
    const EndpointVerdict before = endpoint->verdict;
    refresh(*cluster, *endpoint, fleet.mode, now);
    cluster->judgeAgain = std::min(cluster->judgeAgain, endpoint->verdict.until);
    const bool sameVerdict
        = sameCauses(before.counted, endpoint->verdict.counted) && sameCauses(before.expected, endpoint->verdict.expected);
    if (sameView && cluster->last && sameVerdict && !roundEnds)
        return events;
    cluster->dirty = true;
    const bool due = cluster->endpoints.size() <= fewEndpoints || now.boot - cluster->judgedBoot >= judgedAtMost;
    return due ? events + judgeNow(*cluster, fleet.mode, now) : events;
}

/// The engine has cancelled what was under way: the next request belongs to another poll.
void wake(Fleet &fleet)
{
    for (ClusterState &cluster : fleet.clusters) {
        for (EndpointState &endpoint : cluster.endpoints)
            forgetPoll(endpoint);
        invalidate(cluster);
    }
}

QList<Event> judgeAll(Fleet &fleet, const Time &now)
{
    QList<Event> events;
    for (ClusterState &cluster : fleet.clusters) {
        const bool grows = cluster.hasRaft && now.boot - cluster.judgedBoot >= contactGrows;
        if (cluster.dirty || grows || now.boot > cluster.judgeAgain)
            events += judgeNow(cluster, fleet.mode, now);
    }
    return events;
}
} // namespace

QList<Event> step(Fleet &fleet, const Input &input, const Time &now)
{
    if (const auto *observation = std::get_if<Observation>(&input))
        return take(fleet, *observation, now);
    QList<Event> events;
    if (const auto *spec = std::get_if<FleetSpec>(&input))
        events = configure(fleet, *spec, now);
    else if (const auto *memory = std::get_if<Memory>(&input))
        remember(fleet, *memory);
    else if (const auto *intent = std::get_if<Intent>(&input))
        events = applyIntent(fleet, *intent, now);
    else if (std::holds_alternative<Wake>(input))
        wake(fleet);
    return events + judgeAll(fleet, now);
}

} // namespace quorate
