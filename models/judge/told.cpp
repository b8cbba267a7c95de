// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/told.h"

#include "models/judge/endpoint_state.h"
#include "models/judge/folding.h"
#include "models/judge/raft/reasons.h"
#include "models/judge/share.h"
#include "models/judge/verdict.h"

#include <algorithm>

namespace quorate {

namespace {
/// A note: a rolling update looks the same.
std::optional<Reason> mixedVersions(const ClusterState &cluster, Milliseconds limit, const Time &now)
{
    QStringList versions;
    QStringList endpoints;
    for (const EndpointState &endpoint : cluster.endpoints) {
        if (endpoint.version.isEmpty() || !isAnswering(endpoint, limit, now))
            continue;
        endpoints.append(endpoint.url.text());
        if (!versions.contains(endpoint.version))
            versions.append(endpoint.version);
    }
    if (versions.size() < 2)
        return std::nullopt;
    versions.sort();
    Reason reason;
    reason.code = ReasonCode::VersionMixed;
    reason.derived = true;
    reason.severity = reason.clusterSeverity = Severity::Ok;
    reason.names = versions;
    reason.endpoints = endpoints;
    reason.count = static_cast<int>(versions.size());
    return reason;
}

QList<EndpointPart> partsOf(
    const ClusterState &cluster, const QList<EndpointVerdict> &verdicts, QList<Finding> EndpointVerdict::*findings, const Time &now)
{
    const Milliseconds limit = evidenceLimit(cluster.spec);
    QList<EndpointPart> parts;
    parts.reserve(cluster.endpoints.size());
    for (qsizetype i = 0; i < cluster.endpoints.size(); ++i) {
        const EndpointState &endpoint = cluster.endpoints.at(i);
        parts.append({endpoint.url, isAnswering(endpoint, limit, now), verdicts.at(i).*findings});
    }
    return parts;
}

/// What all endpoints tell together moves from `rows` to the result.
QList<Reason> takeShared(QList<Reason> &rows)
{
    QList<Reason> shared;
    for (const Reason &row : std::as_const(rows)) {
        if (scopeOf(row.code) == Scope::Shared)
            shared.append(row);
    }
    rows.removeIf([](const Reason &row) { return scopeOf(row.code) == Scope::Shared; });
    return shared;
}

/// What is shown under another cause is being checked with it: an endpoint that may be down explains what is not known of its group. What
/// counted before goes on.
void waitForCauses(QList<Reason> &counted, const Told &told, const std::optional<LastVerdict> &last)
{
    const auto isIn = [](const QList<Reason> &reasons, ReasonCode code) {
        return std::any_of(reasons.cbegin(), reasons.cend(), [&](const Reason &reason) { return reason.code == code; });
    };
    counted.removeIf([&](const Reason &reason) {
        return reason.foldedUnder && !isIn(told.counted, *reason.foldedUnder) && isIn(told.expected, *reason.foldedUnder)
            && !(last && isIn(last->reasons, reason.code));
    });
}

/// Of the group, the queues, the agents and the versions: over time, by rounds.
void addHeld(Told &told, const ClusterState &cluster, QList<Reason> found, const std::optional<RaftVerdict> &raft, const Time &now)
{
    QList<ReasonKey> contrary = wellInWork(cluster, found, now);
    contrary.append({ReasonCode::VersionMixed, QString()});
    if (raft) {
        contrary += raft->contrary;
        found += raft->reasons + cluster.raftHistory.reasons(now);
    }
    HeldReasons held = judgeReasons(cluster, found, contrary, newestReply(cluster), now);
    raft::foldAndSort(held.counted);
    foldUnderDeadPeers(held.counted);
    waitForCauses(held.counted, told, cluster.last);
    told.counted += held.counted;
    told.expected += held.expected;
    told.undecided = told.undecided || held.holds.undecided;
    told.holds = held.holds;
}
} // namespace

Time newestReply(const ClusterState &cluster)
{
    Time newest = cluster.configured;
    for (const EndpointState &endpoint : cluster.endpoints) {
        for (const Observation &observation : endpoint.newest) {
            if (observation.at.boot > newest.boot)
                newest = observation.at;
        }
    }
    return newest;
}

Told toldBy(const ClusterState &cluster, const std::optional<RaftVerdict> &raft, JudgeMode mode, const Time &now)
{
    Told told;
    for (const EndpointState &endpoint : cluster.endpoints) {
        told.endpoints.append(currentVerdict(cluster, endpoint, mode, now));
        told.undecided = told.undecided || told.endpoints.last().undecided;
    }
    const auto folded = [&](QList<Finding> EndpointVerdict::*findings) {
        return foldByShare(partsOf(cluster, told.endpoints, findings, now), cluster.spec.criticalShare, raft && raft->leaderLive);
    };
    told.counted = folded(&EndpointVerdict::counted);
    QList<Reason> mixed;
    if (const std::optional<Reason> found = mixedVersions(cluster, evidenceLimit(cluster.spec), now))
        mixed.append(*found);
    if (mode == JudgeMode::OneShot) {
        told.counted += mixed;
        if (raft)
            told.counted += raft->reasons;
        told.expected = told.counted;
        return told;
    }
    const QList<Reason> shared = takeShared(told.counted);
    told.expected = told.undecided ? folded(&EndpointVerdict::expected) : told.counted;
    takeShared(told.expected);
    addHeld(told, cluster, shared + mixed, raft, now);
    return told;
}

} // namespace quorate
