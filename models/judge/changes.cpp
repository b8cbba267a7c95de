// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/changes.h"

#include "models/judge/folding.h"
#include "models/judge/raft_history.h"

#include <algorithm>
#include <chrono>

namespace quorate {

namespace {
constexpr Milliseconds membershipHolds = std::chrono::hours(1); // JUDGE section 5, Expected

Event eventOf(const ClusterState &cluster, EventKind kind, Instant since, const Time &now)
{
    Event event;
    event.kind = kind;
    event.cluster = cluster.spec.name;
    event.at = now;
    event.since = since;
    event.before = event.after = cluster.last ? cluster.last->severity : Severity::Unknown;
    return event;
}

bool sameCounted(const QList<Reason> &a, const QList<Reason> &b)
{
    const auto counted = [](const QList<Reason> &reasons) {
        QList<std::pair<ReasonCode, QString>> keys;
        for (const Reason &reason : reasons) {
            // Nothing is decided by these: a single bad sample is no event (JUDGE section 1).
            const bool undecided = reason.code == ReasonCode::NotPolled || (reason.pending && reason.clusterSeverity == Severity::Unknown);
            if (counts(reason) && !undecided)
                keys.append({reason.code, reason.subject});
        }
        std::sort(keys.begin(), keys.end());
        return keys;
    };
    return counted(a) == counted(b);
}

std::optional<Event> leaderChange(ClusterState &cluster, const RaftStatus &raft, Instant since, const Time &now)
{
    if (!isSettled(raft) || raft.leader == cluster.leader)
        return std::nullopt;
    const QString before = std::exchange(cluster.leader, raft.leader);
    if (before.isEmpty())
        return std::nullopt;
    Event event = eventOf(cluster, EventKind::LeaderChanged, since, now);
    event.subject = raft.leader;
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

/// It has run for less long than before, or for less long than the two answers are apart: it may have been down and up between two polls.
bool hasNewUptime(const EndpointState::Seen &before, const Observation &observation)
{
    const auto &uptime = observation.facts.uptimeSeconds;
    if (!uptime || !before.facts.uptimeSeconds)
        return false;
    constexpr double rounding = 2; // servers tell whole seconds
    const double apart = std::chrono::duration<double>(observation.at.boot - before.at.boot).count();
    return *uptime < *before.facts.uptimeSeconds || *uptime + observation.latencySeconds + rounding < apart;
}

/// What a Raft server has committed and applied never falls while it runs, nor does it forget that it ever heard from a leader. Another
/// identity is another server behind the same URL.
bool hasNewRaft(const RaftView &before, const RaftView &after)
{
    if (before.id != after.id || before.name != after.name)
        return false;
    const auto fell = [](const std::optional<quint64> &from, const std::optional<quint64> &to) { return from && to && *to < *from; };
    return fell(before.commit, after.commit) || fell(before.applied, after.applied)
        || (after.neverContacted && !before.neverContacted && before.lastContactSeconds);
}

bool hasRestarted(const EndpointState::Seen &before, const Observation &observation)
{
    const auto &then = before.facts.raft, &now = observation.facts.raft;
    return hasNewUptime(before, observation) || (then && now && hasNewRaft(*then, *now));
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

QList<Event> serverChanges(const ClusterState &cluster, const EndpointState &endpoint, const Observation &observation, const Time &now)
{
    const auto before = endpoint.understood.constFind(observation.request);
    if (observation.reach != Reach::Answered || before == endpoint.understood.cend() || before->at.boot > observation.at.boot)
        return {};
    QList<Event> events;
    const auto add = [&](EventKind kind, const QStringList &names) {
        Event event = eventOf(cluster, kind, observation.at.wall, now);
        event.subject = endpoint.url.text();
        event.names = names;
        events.append(event);
    };
    const Facts &facts = observation.facts;
    if (hasRestarted(*before, observation))
        add(EventKind::Restarted, {});
    if (facts.version && before->facts.version && *facts.version != *before->facts.version)
        add(EventKind::VersionChanged, {*before->facts.version, *facts.version});
    return events;
}

QList<Event> verdictChanges(ClusterState &cluster, const Verdict &verdict, const Time &now)
{
    QList<Event> events;
    const Instant since = verdict.since.value_or(now.wall);
    if (cluster.last && (cluster.last->severity != verdict.severity || !sameCounted(cluster.last->reasons, verdict.reasons))) {
        const bool sameSeverity = cluster.last->severity == verdict.severity;
        Event event = eventOf(cluster, EventKind::VerdictChanged, sameSeverity ? now.wall : since, now);
        event.after = verdict.severity;
        event.reasons = verdict.reasons;
        events.append(event);
    }
    if (verdict.raft) {
        const RaftStatus &raft = verdict.raft->status;
        if (const auto event = leaderChange(cluster, raft, now.wall, now))
            events.append(*event);
        if (const auto event = membershipChange(cluster, raft, now.wall, now))
            events.append(*event);
        keepLargestMembership(cluster, *verdict.raft, now);
        cluster.raftHistory.take(raft, verdict.raft->reportedAt, now);
    }
    return events;
}

bool saysAnother(const RaftView &before, const RaftView &after)
{
    const auto withoutCounters = [](RaftView view) {
        view.commit = view.applied = view.lastLog = view.fsmPending = std::nullopt;
        view.lastContactSeconds = view.headerLastContactSeconds = std::nullopt;
        if (view.membership) {
            for (RaftMember &member : *view.membership)
                member.lastIndex.reset();
        }
        if (view.autopilot && view.autopilot->servers) {
            for (AutopilotServer &server : *view.autopilot->servers) {
                server.lastIndex.reset();
                server.lastContact.reset();
                server.lastContactSeconds.reset();
            }
        }
        return view;
    };
    return withoutCounters(before) != withoutCounters(after);
}

} // namespace quorate
