// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/changes.h"

#include "models/judge/folding.h"

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
            if (counts(reason))
                keys.append({reason.code, reason.subject});
        }
        std::sort(keys.begin(), keys.end());
        return keys;
    };
    return counted(a) == counted(b);
}

/// Named by every view that can name one, and answering as such.
bool isSettled(const RaftStatus &raft)
{
    return !raft.leader.isEmpty()
        && (raft.agreement == Agreement::Agreed || raft.agreement == Agreement::Partial || raft.agreement == Agreement::SingleView);
}

QString peerName(const RaftStatus &raft, const QString &address)
{
    const auto peer = std::find_if(raft.peers.cbegin(), raft.peers.cend(), [&](const PeerStatus &p) { return p.address == address; });
    return peer == raft.peers.cend() || peer->name.isEmpty() ? address : peer->name;
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
    event.names = {peerName(raft, before), peerName(raft, raft.leader)};
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
            event.names.append(u'+' + peerName(raft, address));
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
    if (facts.uptimeSeconds && before->facts.uptimeSeconds && *facts.uptimeSeconds < *before->facts.uptimeSeconds)
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
