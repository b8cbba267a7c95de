// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/absence.h"
#include "models/judge/changes.h"
#include "models/judge/clocks.h"
#include "models/judge/configuration.h"
#include "models/judge/dead_letters.h"
#include "models/judge/endpoint_state.h"
#include "models/judge/findings.h"
#include "models/judge/hold.h"
#include "models/judge/machine.h"
#include "models/judge/maintenance.h"

#include <algorithm>

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
    Verdict verdict = verdictOf(cluster, mode, now);
    if (mode == JudgeMode::OverTime)
        watchFlapping(cluster, verdict, now);
    QList<Event> events = verdictChanges(cluster, verdict, now);
    muteAbsence(cluster, verdict, events, now);
    cluster.last = LastVerdict{verdict.severity, verdict.since, verdict.reasons, verdict.settled, verdict.expected, verdict.expectedSince,
        maintenanceInForce(cluster, now.wall)};
    cluster.holds = verdict.holds;
    cluster.hasRaft = verdict.raft.has_value();
    cluster.judgedBoot = now.boot;
    cluster.dirty = false;
    cluster.judgeAgain = cluster.holds.until < Milliseconds(0) ? Milliseconds::max() : cluster.holds.until;
    cluster.judgeAgain = std::min(cluster.judgeAgain, cluster.flapping.until(Flapping::span(cluster.spec)));
    if (cluster.told && cluster.told->waits >= Milliseconds(0))
        cluster.judgeAgain = std::min(cluster.judgeAgain, cluster.told->waits + evidenceLimit(cluster.spec));
    if (cluster.absence)
        cluster.judgeAgain = std::min(cluster.judgeAgain, cluster.absence->until);
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

QList<Event> judgeAll(Fleet &fleet, const Time &now)
{
    QList<Event> events;
    for (ClusterState &cluster : fleet.clusters) {
        const bool grows = cluster.hasRaft && now.boot - cluster.judgedBoot >= contactGrows;
        cluster.memory.maintenance.removeIf([&](const Maintenance &maintenance) { return isForgotten(maintenance, now.wall); });
        const bool maintenanceEnds = cluster.last && cluster.last->inForce != maintenanceInForce(cluster, now.wall);
        if (cluster.dirty || grows || maintenanceEnds || now.boot > cluster.judgeAgain)
            events += judgeNow(cluster, fleet.mode, now);
    }
    return events;
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
    if (std::any_of(events.cbegin(), events.cend(), [](const Event &event) { return event.kind == EventKind::Restarted; }))
        endpoint->restarted = observation.at;
    takeAnswer(fleet, *cluster, *endpoint, observation);
    const bool otherwiseSeen = judgeMachine(fleet, now); // before anything is judged by what may be this machine's own fault
    if (observation.facts.queues)
        letBaselinesFall(*cluster, now);
    if (observation.facts.version)
        endpoint->version = *observation.facts.version;
    const bool roundEnds = observation.endpointDone && endRound(*cluster, *endpoint);
    const EndpointVerdict before = endpoint->verdict;
    refresh(*cluster, *endpoint, fleet.mode, now);
    cluster->judgeAgain = std::min(cluster->judgeAgain, endpoint->verdict.until);
    const bool sameVerdict
        = sameCauses(before.counted, endpoint->verdict.counted) && sameCauses(before.expected, endpoint->verdict.expected);
    if (otherwiseSeen) {
        cluster->dirty = true;
        return events + judgeAll(fleet, now);
    }
    if (sameView && cluster->last && sameVerdict && !roundEnds)
        return events;
    cluster->dirty = true;
    const bool due = cluster->endpoints.size() <= fewEndpoints || now.boot - cluster->judgedBoot >= judgedAtMost;
    return due ? events + judgeNow(*cluster, fleet.mode, now) : events;
}
} // namespace

QList<Event> step(Fleet &fleet, const Input &input, const Time &now)
{
    QList<Event> events = takeTime(fleet, now);
    if (const auto *observation = std::get_if<Observation>(&input))
        return events + take(fleet, *observation, now);
    if (const auto *spec = std::get_if<FleetSpec>(&input))
        events += configure(fleet, *spec, now);
    else if (const auto *memory = std::get_if<Memory>(&input))
        remember(fleet, *memory);
    else if (const auto *intent = std::get_if<Intent>(&input))
        events += applyIntent(fleet, *intent, now);
    else if (const auto *evidence = std::get_if<NetworkEvidence>(&input))
        takeEvidence(fleet, *evidence, now);
    else if (std::holds_alternative<Wake>(input))
        takeWake(fleet, now);
    if (!std::holds_alternative<Tick>(input))
        fleet.machine.lookAgain = true; // what is asked may be another
    (void)judgeMachine(fleet, now); // what it changes is judged anyway
    return events + judgeAll(fleet, now);
}

} // namespace quorate
