// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/changes.h"

#include "models/judge/endpoint_state.h"
#include "models/judge/folding.h"
#include "models/judge/maintenance.h"
#include "models/judge/raft_history.h"
#include "models/judge/told.h"
#include "models/judge/turning_point.h"

#include <algorithm>
#include <chrono>
#include <tuple>

namespace quorate {

namespace {
constexpr Milliseconds membershipHolds = std::chrono::hours(1); // JUDGE section 5, Expected

bool isFlapping(const QList<Reason> &reasons)
{
    return std::any_of(reasons.cbegin(), reasons.cend(), [](const Reason &reason) { return reason.code == ReasonCode::Flapping; });
}

/// Nobody looked, which says nothing of what it is.
bool isUnwatched(const Reason &reason) { return reason.code == ReasonCode::Stale || reason.code == ReasonCode::NotPolled; }

/// The endpoint of this peer.
bool isInMaintenance(const ClusterState &cluster, const RaftStatus &raft, const QString &address, const Time &now)
{
    return std::any_of(raft.peers.cbegin(), raft.peers.cend(), [&](const PeerStatus &peer) {
        return peer.address == address && !peer.endpoint.isEmpty() && endpointMaintenance(cluster, peer.endpoint, now.wall);
    });
}

/// It says something else than what was told last.
bool isAnother(const ClusterState &cluster, const Verdict &verdict)
{
    if (!cluster.told)
        return false;
    if (cluster.told->severity != verdict.severity)
        return true;
    const bool flaps = isFlapping(cluster.told->reasons) && isFlapping(verdict.reasons);
    return !flaps && !sameCounted(cluster.told->reasons, verdict.reasons);
}

/// It may be another one in a moment.
bool waits(const ClusterState &cluster, const Verdict &verdict, const Time &now)
{
    if (!cluster.told || !verdict.pending || !isAnother(cluster, verdict))
        return false;
    const bool tooLong = cluster.told->waits >= Milliseconds(0) && now.boot - cluster.told->waits > evidenceLimit(cluster.spec);
    return !tooLong && !(verdict.severity == Severity::Critical && cluster.told->severity != Severity::Critical);
}

Event verdictChange(const ClusterState &cluster, const Verdict &verdict, bool changed, bool untold, const Time &now)
{
    const TurningPoint turned
        = changed ? turningPointOf(cluster, verdict, now) : TurningPoint{verdict.since.value_or(now.wall), std::nullopt};
    Event event = eventOf(cluster, EventKind::VerdictChanged, turned.since, now);
    event.notBefore = turned.notBefore;
    event.before = cluster.told ? cluster.told->severity : Severity::Unknown;
    event.after = verdict.severity;
    event.reasons = verdict.reasons;
    event.muted = event.muted || (!untold && isOfMaintenance(cluster, cluster.told->reasons, verdict.reasons, now.wall));
    return event;
}

/// Between the last evidence that one led and the first that another does.
std::optional<Event> leaderChange(ClusterState &cluster, const RaftStatus &raft, Instant since, const Time &now)
{
    if (!isSettled(raft))
        return std::nullopt;
    const std::optional<Instant> seen = std::exchange(cluster.leaderSeen, since);
    if (raft.leader == cluster.leader)
        return std::nullopt;
    const QString before = std::exchange(cluster.leader, raft.leader);
    if (before.isEmpty())
        return std::nullopt;
    Event event = eventOf(cluster, EventKind::LeaderChanged, since, now);
    if (seen && *seen < since)
        event.notBefore = seen;
    event.subject = raft.leader;
    event.muted = event.muted || isInMaintenance(cluster, raft, before, now);
    event.names = {peerNameIn(raft, before), peerNameIn(raft, raft.leader)};
    return event;
}

std::optional<Event> membershipChange(ClusterState &cluster, const RaftStatus &raft, Instant since, const Time &now)
{
    if (!isSettled(raft))
        return std::nullopt;
    QStringList members;
    for (const PeerStatus &peer : raft.peers) {
        if (peer.state != PeerState::Missing && !peer.address.isEmpty())
            members.append(peer.address);
    }
    members.sort();
    if (members.isEmpty() || members == cluster.members)
        return std::nullopt;
    const QStringList before = std::exchange(cluster.members, members);
    if (before.isEmpty())
        return std::nullopt;
    Event event = eventOf(cluster, EventKind::MembershipChanged, since, now);
    for (const QString &address : std::as_const(members)) {
        if (!before.contains(address))
            event.names.append(u'+' + peerNameIn(raft, address));
    }
    for (const QString &address : before) {
        if (!members.contains(address))
            event.names.append(u'-' + address);
    }
    return event;
}

void keepLargestMembership(ClusterState &cluster, const RaftVerdict &raft, const Time &now)
{
    const int voters = raft.leaderLive ? raft.status.voters : 0;
    if (voters == 0)
        return;
    if (voters != cluster.votersHeld) {
        cluster.votersHeld = voters;
        cluster.votersSince = now;
    } else if (now.boot - cluster.votersSince.boot >= membershipHolds) {
        cluster.memory.largestVoters = std::max(cluster.memory.largestVoters, voters);
    }
}
} // namespace

Event eventOf(const ClusterState &cluster, EventKind kind, Instant since, const Time &now)
{
    Event event;
    event.kind = kind;
    event.cluster = cluster.spec.name;
    event.at = now;
    event.since = since;
    event.before = event.after = cluster.last ? cluster.last->severity : Severity::Unknown;
    event.muted = clusterMaintenance(cluster, now.wall).has_value();
    return event;
}

bool sameCounted(const QList<Reason> &a, const QList<Reason> &b)
{
    const auto counted = [](const QList<Reason> &reasons) {
        QList<std::tuple<ReasonCode, QString, std::optional<double>>> keys;
        for (const Reason &reason : reasons) {
            // Nothing is decided by these: a single bad sample is no event (JUDGE section 1).
            const bool undecided = reason.code == ReasonCode::NotPolled || (reason.pending && reason.clusterSeverity == Severity::Unknown);
            if (counts(reason) && !undecided)
                keys.append({reason.code, reason.subject, isToldAgain(reason.code) ? reason.limit : std::nullopt});
        }
        std::sort(keys.begin(), keys.end());
        return keys;
    };
    return counted(a) == counted(b);
}

void watchFlapping(ClusterState &cluster, Verdict &verdict, const Time &now)
{
    if (cluster.endpoints.isEmpty() || cluster.paused()) {
        cluster.flapping.forget();
        return;
    }
    const bool watched = std::none_of(verdict.reasons.cbegin(), verdict.reasons.cend(), isUnwatched);
    if (!verdict.settled || !watched || waits(cluster, verdict, now))
        return;
    const bool quiet = clusterMaintenance(cluster, now.wall)
        || (cluster.told && isOfMaintenance(cluster, cluster.told->reasons, verdict.reasons, now.wall));
    const Milliseconds span = Flapping::span(cluster.spec);
    const bool flaps = cluster.flapping.lasts(span, now);
    cluster.flapping.take(span, verdict.present, verdict.reasons, quiet, now);
    if (!flaps && cluster.flapping.lasts(span, now))
        addFlapping(verdict, cluster, now);
}

QList<Event> verdictChanges(ClusterState &cluster, const Verdict &verdict, const Time &now)
{
    QList<Event> events;
    const bool changed = isAnother(cluster, verdict);
    const bool untold = leavesUntold(cluster, verdict.reasons, now.wall);
    if (changed && !untold && waits(cluster, verdict, now)) {
        if (cluster.told->waits < Milliseconds(0))
            cluster.told->waits = now.boot;
    } else {
        if (changed || untold)
            events.append(verdictChange(cluster, verdict, changed, untold, now));
        cluster.told = ToldVerdict{verdict.severity, verdict.reasons};
    }
    if (verdict.raft) {
        RaftStatus raft = verdict.raft->status;
        if (raft.agreement == Agreement::SingleView && !verdict.raft->leaderLive)
            raft.agreement = Agreement::Unconfirmed; // the last one that answers still names a leader that is dead, in a term of its own
        const Instant evidence = newestReply(cluster).wall;
        if (const auto event = leaderChange(cluster, raft, evidence, now))
            events.append(*event);
        if (const auto event = membershipChange(cluster, raft, evidence, now))
            events.append(*event);
        keepLargestMembership(cluster, *verdict.raft, now);
        cluster.raftHistory.take(raft, verdict.raft->reportedAt, now, !maintenanceInForce(cluster, now.wall).isEmpty());
    }
    return events;
}

} // namespace quorate
