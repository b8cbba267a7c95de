// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/absence.h"

#include "models/judge/changes.h"
#include "models/judge/configuration.h"
#include "models/judge/endpoint_state.h"
#include "models/judge/maintenance.h"

#include <algorithm>

namespace quorate {

namespace {
/// As over a restart: a severity that turns out to last goes on.
void rememberVerdict(ClusterState &cluster)
{
    if (!cluster.last->settled)
        return;
    cluster.memory.lastSeverity = cluster.last->severity;
    cluster.memory.lastSince = cluster.last->since;
    std::optional<Time> seen;
    for (const EndpointState &endpoint : std::as_const(cluster.endpoints)) {
        if (endpoint.answered && (!seen || seen->boot < endpoint.answered->boot))
            seen = endpoint.answered;
    }
    if (!seen)
        seen = newestAttempt(cluster);
    if (seen)
        cluster.memory.lastSeen = seen->wall;
}

bool isLookedAt(const ClusterState &cluster, Milliseconds since)
{
    return std::all_of(cluster.endpoints.cbegin(), cluster.endpoints.cend(),
        [&](const EndpointState &endpoint) { return endpoint.attempt && endpoint.attempt->at.boot >= since; });
}

bool isDecided(const Verdict &verdict)
{
    return !verdict.pending && verdict.checking.isEmpty()
        && std::none_of(verdict.reasons.cbegin(), verdict.reasons.cend(), [](const Reason &reason) { return reason.pending.has_value(); });
}

/// The change that all of it comes to: the newest event, or one that repeats it.
void tellOf(const ClusterState &cluster, const Absence &absence, const Verdict &verdict, QList<Event> &events, const Time &now)
{
    const auto newest
        = std::find_if(events.rbegin(), events.rend(), [](const Event &event) { return event.kind == EventKind::VerdictChanged; });
    Event event;
    event.cluster = cluster.spec.name;
    event.at = now;
    event.since = verdict.since.value_or(now.wall);
    event.after = verdict.severity;
    event.reasons = verdict.reasons;
    if (newest != events.rend())
        event = *newest;
    event.before = absence.severity;
    event.muted = clusterMaintenance(cluster, now.wall) || isOfMaintenance(cluster, absence.reasons, verdict.reasons, now.wall);
    if (newest != events.rend())
        *newest = event;
    else
        events.append(event);
}
} // namespace

void beginAbsence(ClusterState &cluster, const Time &now)
{
    if (!cluster.last || cluster.paused())
        return;
    if (!cluster.absence) {
        rememberVerdict(cluster);
        if (!cluster.last->settled)
            return; // nothing was known, so nothing can have changed
        // What a person was told of last; a change that was still being checked has not been told.
        cluster.absence = cluster.told ? Absence{cluster.told->severity, cluster.told->reasons}
                                       : Absence{cluster.last->severity, cluster.last->reasons};
    }
    cluster.absence->since = now.boot;
    cluster.absence->until = Milliseconds::max();
}

void endAbsence(ClusterState &cluster, const Time &now)
{
    if (cluster.absence)
        cluster.absence->until = now.boot + evidenceLimit(cluster.spec);
}

void lookAnew(ClusterState &cluster, const Time &now)
{
    if (!cluster.told)
        return;
    if (!cluster.absence)
        cluster.absence = Absence{cluster.told->severity, cluster.told->reasons};
    cluster.absence->since = now.boot;
    endAbsence(cluster, now);
}

bool forgetReach(ClusterState &cluster, bool answering, const Time &now)
{
    bool forgotten = false;
    for (EndpointState &endpoint : cluster.endpoints) {
        forgetPoll(endpoint);
        endpoint.verdict.holds.removeIf([](const HeldFinding &held) { return isReachCode(held.finding.code); });
        endpoint.verdict.known = false;
        if (answering && endpoint.attempt && endpoint.attempt->reach == Reach::Answered)
            continue;
        forgotten = forgotten || endpoint.attempt;
        endpoint.attempt.reset();
        endpoint.attempted.reset();
        endpoint.newest.removeIf([](const auto &entry) { return entry.value().reach != Reach::Answered; });
    }
    cluster.configured = now; // looking begins anew
    invalidate(cluster);
    return forgotten;
}

void muteAbsence(ClusterState &cluster, const Verdict &verdict, QList<Event> &events, const Time &now)
{
    if (!cluster.absence && !cluster.unseen)
        return;
    for (Event &event : events)
        event.muted = event.muted || event.kind == EventKind::VerdictChanged;
    if (!cluster.absence || cluster.unseen)
        return;
    const bool known = isLookedAt(cluster, cluster.absence->since) && isDecided(verdict);
    const bool worse = verdict.severity == Severity::Critical && cluster.absence->severity != Severity::Critical;
    if (!known && !worse && now.boot <= cluster.absence->until)
        return;
    const Absence absence = *std::exchange(cluster.absence, std::nullopt);
    if (absence.severity != verdict.severity || !sameCounted(absence.reasons, verdict.reasons))
        tellOf(cluster, absence, verdict, events, now);
}

} // namespace quorate
