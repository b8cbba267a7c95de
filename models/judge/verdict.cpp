// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/verdict.h"

#include "models/judge/endpoint_state.h"
#include "models/judge/findings.h"
#include "models/judge/folding.h"
#include "models/judge/hold.h"
#include "models/judge/told.h"
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

/// Of what counts for the severity that the verdict has.
std::optional<Instant> firstEvidence(const Verdict &verdict)
{
    std::optional<Instant> first;
    for (const Reason &reason : verdict.reasons) {
        if (counts(reason) && reason.clusterSeverity == verdict.severity && reason.since)
            first = first ? std::min(*first, *reason.since) : *reason.since;
    }
    return first;
}

/// A severity that lasts keeps its time; one that the durable memory knows from before a restart goes on, unless it is Ok: nobody looked.
Instant sinceOf(const ClusterState &cluster, const Verdict &verdict, Instant evidence)
{
    if (cluster.last && cluster.last->severity == verdict.severity && cluster.last->since)
        return *cluster.last->since;
    if (verdict.expected == verdict.severity && verdict.expectedSince) // the first evidence of what is decided by now
        evidence = *verdict.expectedSince;
    else
        evidence = firstEvidence(verdict).value_or(evidence);
    const bool firstVerdict = !cluster.last || !cluster.last->settled;
    const ClusterMemory &memory = cluster.memory;
    if (firstVerdict && verdict.settled && verdict.severity != Severity::Ok && verdict.severity == memory.lastSeverity && memory.lastSince)
        return std::min(*memory.lastSince, evidence);
    return evidence;
}

/// The last look, by nothing but the state itself: is there anything that Ok could rest on?
bool okIsProven(const ClusterState &cluster, bool checked, Milliseconds limit, const Time &now)
{
    bool any = false;
    for (const EndpointState &endpoint : cluster.endpoints) {
        const bool answering = isAnswering(endpoint, limit, now);
        if (!answering && attemptOf(endpoint) && !(checked && endpoint.verdict.undecided))
            return false;
        any = any || answering || checked;
    }
    return any && !cluster.paused();
}

/// The reasons in the order and the folds in which they are shown, and what they come to.
void finish(Verdict &verdict, const ClusterState &cluster, Instant evidence)
{
    keepSince(verdict.reasons, cluster.last, evidence);
    if (verdict.raft)
        foldDownServers(verdict.reasons, *verdict.raft);
    foldVanished(verdict.reasons);
    showWhatCountsForMore(verdict.reasons);
    verdict.severity = worstOf(verdict.reasons);
}

void addExpected(Verdict &verdict, const Told &told, const ClusterState &cluster, Instant evidence)
{
    verdict.expected = worstOf(told.expected);
    const bool lasts = cluster.last && cluster.last->expected == verdict.expected && cluster.last->expectedSince;
    verdict.expectedSince = lasts ? *cluster.last->expectedSince : evidence;
    verdict.pending = pendingOf(told, verdict.severity, verdict.reasons, verdict.expected);
    if (told.undecided)
        verdict.checking = checkedIn(told);
    verdict.holds = told.holds;
}

QList<ReasonKey> watchedBy(const ClusterState &cluster)
{
    QList<ReasonKey> watched;
    for (const HeldReason &held : cluster.holds.list)
        watched.append({held.reason.code, held.reason.subject});
    return watched;
}

/// In one shot there is none: whoever was named while half of the answers were in never led.
const RaftHistory *pastOf(const ClusterState &cluster, JudgeMode mode)
{
    return mode == JudgeMode::OverTime ? &cluster.raftHistory : nullptr;
}

Verdict judge(const ClusterState &cluster, JudgeMode mode, const Time &now)
{
    const Milliseconds limit = evidenceLimit(cluster.spec);
    const std::optional<Time> newest = newestAttempt(cluster);
    const bool nothing = cluster.endpoints.isEmpty() || cluster.paused();
    Verdict verdict;
    if (hasRaft(cluster))
        verdict.raft = judgeRaft(cluster.spec, cluster.endpoints, cluster.memory, now, watchedBy(cluster), pastOf(cluster, mode));
    verdict.settled
        = nothing || std::all_of(cluster.endpoints.cbegin(), cluster.endpoints.cend(), [](const auto &e) { return e.attempt.has_value(); });
    Told told;
    if (nothing)
        told.counted = told.expected = {unknown(ReasonCode::NothingToObserve)};
    else if (cluster.unseen)
        told.counted = told.expected = {*cluster.unseen};
    else
        told = toldBy(cluster, verdict.raft, mode, now);
    if (cluster.unseen)
        told.holds = cluster.holds; // nothing was seen that speaks for or against it
    verdict.reasons = told.counted;
    const Instant evidence = nothing ? now.wall : newestEvidence(cluster, verdict.reasons, newest);
    finish(verdict, cluster, evidence);
    addExpected(verdict, told, cluster, evidence);
    if (verdict.severity == Severity::Ok && !okIsProven(cluster, verdict.pending.has_value(), limit, now)) {
        Reason reason = unknown(ReasonCode::InternalError, evidence);
        reason.detail = u"nothing was found wrong, but nothing proves that all is well"_s;
        verdict.reasons.append(reason);
        verdict.severity = Severity::Unknown;
    }
    verdict.present = verdict.severity;
    if (!nothing && !cluster.unseen && cluster.flapping.lasts(Flapping::span(cluster.spec), now))
        addFlapping(verdict, cluster, now);
    else
        sortReasons(verdict.reasons);
    verdict.since = sinceOf(cluster, verdict, evidence);
    // While the very first samples are checked, nothing is known yet that could be compared or remembered.
    verdict.settled = verdict.settled && !cluster.unseen
        && std::none_of(verdict.reasons.cbegin(), verdict.reasons.cend(),
            [](const Reason &reason) { return reason.pending && reason.clusterSeverity == Severity::Unknown; });
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

void addFlapping(Verdict &verdict, const ClusterState &cluster, const Time &now)
{
    const Reason flapping = cluster.flapping.reason(Flapping::span(cluster.spec), now);
    verdict.reasons.append(flapping);
    sortReasons(verdict.reasons);
    verdict.severity = worst(verdict.severity, flapping.clusterSeverity);
    verdict.expected = worst(verdict.expected, flapping.clusterSeverity);
    if (verdict.expected == verdict.severity) // what is being checked changes nothing
        verdict.pending.reset();
}

EndpointVerdict currentVerdict(const ClusterState &cluster, const EndpointState &endpoint, JudgeMode mode, const Time &now)
{
    if (now.boot <= endpoint.verdict.until)
        return endpoint.verdict;
    EndpointFindings made = findingsOf(cluster, endpoint, mode, now);
    if (mode == JudgeMode::OverTime)
        return judgeEndpoint(cluster, endpoint, std::move(made.list), made.until, now);
    EndpointVerdict verdict;
    verdict.counted = verdict.expected = hold(endpoint.verdict.counted, std::move(made.list));
    verdict.until = made.until;
    return verdict;
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
