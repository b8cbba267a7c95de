// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/raft/rows.h"

#include "models/judge/raft/reasons.h"

#include <algorithm>
#include <tuple>

namespace quorate::raft {
using namespace Qt::StringLiterals;

namespace {
PeerRole roleOf(const Peer &peer, const Group &group)
{
    const bool isLeader = peer.member.address == group.leader;
    if (peer.answers()) {
        const RaftView &view = peer.server->view;
        if (peer.server->callsItselfLeader())
            return PeerRole::Leader;
        if (peer.server->isShutDown())
            return PeerRole::Unknown;
        if (view.state == "Candidate"_L1)
            return PeerRole::Candidate;
        if (!peer.member.voter)
            return PeerRole::NonVoter;
        return view.state == "Follower"_L1 || !isLeader ? PeerRole::Follower : PeerRole::Unknown;
    }
    if (isLeader && group.confirmed)
        return PeerRole::Leader;
    if (!peer.member.voter)
        return PeerRole::NonVoter;
    return peer.touch == Touch::Live ? PeerRole::Follower : PeerRole::Unknown;
}

PeerState stateOf(const Peer &peer, const QList<ReasonCode> &codes)
{
    static constexpr std::pair<ReasonCode, PeerState> states[]{{ReasonCode::RaftPeerGhost, PeerState::Ghost},
        {ReasonCode::RaftPeerDown, PeerState::Down}, {ReasonCode::RaftPeerIsolated, PeerState::Isolated}};
    static constexpr std::pair<ReasonCode, PeerState> liveStates[]{
        {ReasonCode::RaftPeerLagging, PeerState::Lagging}, {ReasonCode::RaftPeerContact, PeerState::Slow}};
    for (const auto &[code, state] : states) {
        if (codes.contains(code))
            return state;
    }
    const bool leads = peer.server && peer.server->callsItselfLeader(); // one of two: its own reason tells
    if (peer.touch == Touch::NotLive && !leads) // it may answer us, and does not count: nobody sees it with the leader
        return PeerState::Unseen;
    for (const auto &[code, state] : liveStates) {
        if (codes.contains(code))
            return state;
    }
    return peer.answers() || peer.touch == Touch::Live ? PeerState::Live : PeerState::Unseen;
}

/// What a server shows of itself, in a row.
void readServer(PeerStatus &row, const Server &server)
{
    row.hasEndpoint = true;
    row.endpoint = server.urls.first();
    row.reach = server.reach;
    row.latency = server.latency;
    row.version = server.version;
    if (!server.answers)
        return;
    row.commit = server.view.commit;
    row.applied = server.view.applied;
    row.lastLog = server.view.lastLog;
    row.believesLeader = server.view.leader;
}

void readReport(PeerStatus &row, const AutopilotServer &reported)
{
    row.stableSince = reported.stableSince;
    if (row.version.isEmpty())
        row.version = reported.version;
    if (!row.lastLog)
        row.lastLog = reported.lastIndex;
}

/// The reasons about a peer; and for one that leads beside the leader, that it does.
void judgeRow(PeerStatus &row, const QString &subject, const QList<Reason> &reasons, bool leadsToo)
{
    Severity severity = Severity::Ok;
    for (const Reason &one : reasons) {
        const bool ofPeer = one.subject == subject && name(one.code).startsWith("raft-peer-"_L1);
        if (!ofPeer && !(leadsToo && one.code == ReasonCode::RaftTwoLeaders))
            continue;
        row.reasons.append(one.code);
        severity = worst(severity, one.severity);
    }
    row.severity = severity;
}

PeerStatus peerRow(const Peer &peer, const Group &group, const QList<Reason> &reasons)
{
    PeerStatus row;
    row.id = peer.member.id;
    row.name = peer.member.name;
    row.address = peer.member.address;
    row.voter = peer.member.voter;
    row.role = roleOf(peer, group);
    if (peer.server)
        readServer(row, *peer.server);
    if (peer.reported)
        readReport(row, *peer.reported);
    row.term = peer.term();
    if (const auto trailing = trailingOf(peer, group))
        row.trailing = trailing->entries;
    row.lastContact = row.role == PeerRole::Leader && peer.answers() ? std::optional(0.0) : peer.lastContact();
    const bool leadsToo = peer.server && peer.server->callsItselfLeader() && peer.member.address != group.leader;
    judgeRow(row, peer.subject, reasons, leadsToo);
    row.state = stateOf(peer, row.reasons);
    if (row.state == PeerState::Unseen)
        row.severity = worst(row.severity, Severity::Unknown);
    if (group.isLeaderless()) // it answers, but without a leader no server does its work
        row.severity = worst(row.severity, Severity::Warning);
    return row;
}

PeerStatus missingRow(const Server &server, const QString &subject, const QList<Reason> &reasons)
{
    PeerStatus row;
    row.id = server.id;
    row.name = server.displayName();
    row.address = server.address;
    row.voter = false;
    row.state = PeerState::Missing;
    readServer(row, server);
    if (server.answers) {
        row.term = server.view.term;
        row.lastContact = server.view.lastContactSeconds;
        row.role = server.view.state == "Candidate"_L1 ? PeerRole::Candidate : PeerRole::Unknown;
    }
    judgeRow(row, subject, reasons, false);
    return row;
}

QString reportedRole(const Server &server)
{
    if (!server.answers)
        return {};
    if (server.shared)
        return u"client agent"_s;
    if (server.view.state)
        return server.view.state->toLower();
    return server.callsItselfLeader() ? u"leader"_s : QString();
}
} // namespace

RaftStatus statusOf(const Group &group, const QList<Reason> &reasons)
{
    RaftStatus status;
    status.leader = group.leader;
    status.term = group.term;
    status.agreement = group.agreement;
    status.expected = group.expected;
    status.voters = group.voters;
    status.live = group.live;
    status.quorum = group.quorum;
    status.margin = group.margin;
    status.views = group.views;
    status.lastContactLimit = group.lastContactLimit;
    status.trailingLimit = group.trailingLimit;
    if (group.forwarded.succeeded && group.forwarded.autopilot)
        status.reported = RaftReported{group.forwarded.autopilot->healthy, group.forwarded.autopilot->failureTolerance};
    for (const Peer &peer : group.peers)
        status.peers.append(peerRow(peer, group, reasons));
    for (const Server *server : group.missing) {
        status.missing.append(server->displayName());
        status.peers.append(missingRow(*server, group.subjectOf(*server), reasons));
    }
    status.missing.sort();
    std::stable_sort(status.peers.begin(), status.peers.end(),
        [](const PeerStatus &a, const PeerStatus &b) { return std::tie(a.address, a.name) < std::tie(b.address, b.name); });
    return status;
}

QHash<EndpointUrl, RaftVerdict::Endpoint> endpointsOf(const Group &group, const QList<Reason> &reasons)
{
    QHash<EndpointUrl, RaftVerdict::Endpoint> endpoints;
    for (const Server &server : group.servers) {
        const Peer *peer = group.peerOf(server);
        const QString subject = group.subjectOf(server);
        RaftVerdict::Endpoint shown;
        shown.label = server.name.isEmpty() && peer ? peer->member.name : server.name;
        shown.id = !server.id.isEmpty() ? server.id : peer && !peer->member.id.isEmpty() ? peer->member.id : shown.label;
        shown.reported = reportedRole(server);
        shown.shared = server.shared;
        for (const Reason &one : reasons) {
            const bool aboutServer = one.code == ReasonCode::RaftPeerDown || one.code == ReasonCode::RaftPeerMissing;
            if (aboutServer && one.subject == subject) {
                shown.explainedBy = one.code;
                shown.explainedSubject = one.subject;
            }
        }
        for (const EndpointUrl &url : server.urls)
            endpoints.insert(url, shown);
    }
    return endpoints;
}

} // namespace quorate::raft
