// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/verdict.h"

#include "models/judge/endpoint_state.h"
#include "models/judge/findings.h"
#include "models/judge/folding.h"
#include "models/judge/hold.h"
#include "models/judge/share.h"
#include "models/judge/vanished.h"

#include <algorithm>
#include <exception>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
Reason unknown(ReasonCode code, std::optional<Instant> since = std::nullopt)
{
    Reason reason;
    reason.code = code;
    reason.since = since;
    reason.derived = true;
    return reason;
}

bool hasRaft(const ClusterState &cluster)
{
    return std::any_of(cluster.endpoints.cbegin(), cluster.endpoints.cend(), [](const EndpointState &endpoint) {
        return std::any_of(endpoint.understood.cbegin(), endpoint.understood.cend(),
            [](const EndpointState::Seen &seen) { return seen.facts.raft.has_value(); });
    });
}

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
    Reason reason = unknown(ReasonCode::VersionMixed);
    reason.severity = reason.clusterSeverity = Severity::Ok;
    reason.names = versions;
    reason.endpoints = endpoints;
    reason.count = static_cast<int>(versions.size());
    return reason;
}

/// Reasons that come without a past get the time of their first evidence from the last verdict.
void keepSince(QList<Reason> &reasons, const std::optional<LastVerdict> &last, Instant evidence)
{
    for (Reason &reason : reasons) {
        if (last && !reason.since) {
            const auto before = std::find_if(last->reasons.cbegin(), last->reasons.cend(),
                [&](const Reason &old) { return old.code == reason.code && old.subject == reason.subject; });
            if (before != last->reasons.cend())
                reason.since = before->since;
        }
        if (!reason.since)
            reason.since = evidence;
    }
}

/// When the newest piece of evidence came: a reply, or the moment at which something became too old.
Instant newestEvidence(const ClusterState &cluster, const QList<Reason> &reasons, const std::optional<Time> &newest)
{
    Instant evidence = newest ? newest->wall : cluster.configured.wall;
    for (const Reason &reason : reasons) {
        if (reason.code == ReasonCode::Stale && reason.since)
            evidence = std::max(evidence, *reason.since);
    }
    return evidence;
}

/// A severity that lasts keeps its time; one that the durable memory knows from before a restart goes on, unless it is Ok: nobody looked.
Instant sinceOf(const ClusterState &cluster, const Verdict &verdict, Instant evidence)
{
    if (cluster.last && cluster.last->severity == verdict.severity && cluster.last->since)
        return *cluster.last->since;
    const bool firstVerdict = !cluster.last || !cluster.last->settled;
    const ClusterMemory &memory = cluster.memory;
    if (firstVerdict && verdict.settled && verdict.severity != Severity::Ok && verdict.severity == memory.lastSeverity && memory.lastSince)
        return std::min(*memory.lastSince, evidence);
    return evidence;
}

/// The last look, by nothing but the state itself: is there anything that Ok could rest on?
bool okIsProven(const ClusterState &cluster, Milliseconds limit, const Time &now)
{
    bool any = false;
    for (const EndpointState &endpoint : cluster.endpoints) {
        const bool answering = isAnswering(endpoint, limit, now);
        if (!answering && attemptOf(endpoint))
            return false;
        any = any || answering;
    }
    return any && !cluster.paused();
}

QList<EndpointPart> partsOf(const ClusterState &cluster, JudgeMode mode, Milliseconds limit, const Time &now)
{
    QList<EndpointPart> parts;
    parts.reserve(cluster.endpoints.size());
    for (const EndpointState &endpoint : cluster.endpoints)
        parts.append({endpoint.url, isAnswering(endpoint, limit, now), currentFindings(cluster, endpoint, mode, now)});
    return parts;
}

QList<Reason> reasonsOf(const ClusterState &cluster, const std::optional<RaftVerdict> &raft, JudgeMode mode, const Time &now)
{
    const Milliseconds limit = evidenceLimit(cluster.spec);
    QList<Reason> reasons = foldByShare(partsOf(cluster, mode, limit, now), cluster.spec.criticalShare, raft && raft->leaderLive);
    if (const std::optional<Reason> mixed = mixedVersions(cluster, limit, now))
        reasons.append(*mixed);
    if (!raft)
        return reasons;
    reasons += raft->reasons;
    return mode == JudgeMode::OverTime ? reasons + cluster.raftHistory.reasons(now) : reasons;
}

Verdict judge(const ClusterState &cluster, JudgeMode mode, const Time &now)
{
    const Milliseconds limit = evidenceLimit(cluster.spec);
    const std::optional<Time> newest = newestAttempt(cluster);
    const bool nothing = cluster.endpoints.isEmpty() || cluster.paused();
    Verdict verdict;
    if (hasRaft(cluster))
        verdict.raft = judgeRaft(cluster.spec, cluster.endpoints, cluster.memory, now);
    verdict.settled
        = nothing || std::all_of(cluster.endpoints.cbegin(), cluster.endpoints.cend(), [](const auto &e) { return attemptOf(e); });
    verdict.reasons = nothing ? QList<Reason>{unknown(ReasonCode::NothingToObserve)} : reasonsOf(cluster, verdict.raft, mode, now);
    const Instant evidence = nothing ? now.wall : newestEvidence(cluster, verdict.reasons, newest);
    keepSince(verdict.reasons, cluster.last, evidence);
    if (verdict.raft)
        foldDownServers(verdict.reasons, *verdict.raft);
    foldVanished(verdict.reasons);
    showWhatCountsForMore(verdict.reasons);
    verdict.severity = worstOf(verdict.reasons);
    if (verdict.severity == Severity::Ok && !okIsProven(cluster, limit, now)) {
        Reason reason = unknown(ReasonCode::InternalError, evidence);
        reason.detail = u"nothing was found wrong, but nothing proves that all is well"_s;
        verdict.reasons.append(reason);
        verdict.severity = Severity::Unknown;
    }
    sortReasons(verdict.reasons);
    verdict.since = sinceOf(cluster, verdict, evidence);
    return verdict;
}
} // namespace

std::optional<Time> newestAttempt(const ClusterState &cluster)
{
    std::optional<Time> newest;
    for (const EndpointState &endpoint : cluster.endpoints) {
        const Observation *attempt = attemptOf(endpoint);
        if (attempt && (!newest || newest->boot < attempt->at.boot))
            newest = attempt->at;
    }
    return newest;
}

QList<Finding> currentFindings(const ClusterState &cluster, const EndpointState &endpoint, JudgeMode mode, const Time &now)
{
    if (now.boot <= endpoint.findingsUntil)
        return endpoint.findings;
    return hold(endpoint.findings, findingsOf(cluster, endpoint, mode, now).list);
}

Verdict verdictOf(const ClusterState &cluster, JudgeMode mode, const Time &now)
{
    try {
        return judge(cluster, mode, now);
    } catch (const std::exception &error) {
        Verdict verdict;
        Reason reason = unknown(ReasonCode::InternalError, now.wall);
        reason.detail = QString::fromUtf8(error.what());
        verdict.reasons = {reason};
        verdict.since = now.wall;
        return verdict;
    }
}

} // namespace quorate
