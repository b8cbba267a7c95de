// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/made_up_clusters.h"
#include "tests/support/made_up_parts.h"

#include <array>

using namespace Qt::StringLiterals;

namespace quorate::made_up {
namespace {

/// A live voter as its own endpoint and the leader tell of it.
PeerStatus voter(const EndpointStatus &server, const QString &address, bool leads, quint64 index)
{
    PeerStatus peer;
    peer.id = server.id;
    peer.name = server.label;
    peer.address = address;
    peer.role = leads ? PeerRole::Leader : PeerRole::Follower;
    peer.state = PeerState::Live;
    peer.severity = Severity::Ok;
    peer.commit = peer.applied = peer.lastLog = index;
    if (!leads)
        peer.trailing = 0;
    peer.stableSince = ago(32'580);
    peer.reach = Reach::Answered;
    peer.hasEndpoint = true;
    peer.endpoint = server.url;
    peer.latency = server.latency;
    peer.version = server.version;
    return peer;
}

/// A Raft group of Consul servers at 10.`net`.10 and up, all well, led by the second.
ClusterStatus consulGroup(const QString &name, const QString &nodes, const QString &net, int first, quint64 term, quint64 index)
{
    ClusterStatus status = cluster(name, u"consul"_s, Severity::Ok, 32'580);
    RaftStatus raft;
    raft.term = term;
    raft.agreement = Agreement::Agreed;
    raft.expected = raft.voters = raft.live = 5;
    raft.quorum = 3;
    raft.margin = 2;
    raft.views = {.asked = 5, .answered = 5, .naming = 5};
    raft.reported = RaftReported{.healthy = true, .failureTolerance = 2};
    constexpr std::array latency{0.0029, 0.0032, 0.0031, 0.014, 0.0030};
    constexpr std::array contact{0.038, 0.0, 0.041, 0.044, 0.035};
    raft.leaderSince = ago(32'580);
    raft.leaderSinceExact = true;
    raft.leaderChanges = 0;
    const QString leader = u"%1.%2:8300"_s.arg(net).arg(first + 1);
    raft.leader = leader;
    for (int i = 0; i < 5; ++i) {
        const QString host = u"%1.%2"_s.arg(net).arg(first + i);
        EndpointStatus server = endpoint(u"http://%1:8500"_s.arg(host), u"%1-%2"_s.arg(nodes).arg(i + 1), latency[size_t(i)], i + 1);
        server.id = u"id-%1"_s.arg(i);
        server.version = u"1.8.7"_s;
        server.reported = i == 1 ? u"leader"_s : u"follower"_s;
        server.requests = {request(u"/v1/status/leader"_s, latency[size_t(i)]), request(u"/v1/status/peers"_s, 0.002),
            request(u"/v1/agent/self"_s, 0.005)};
        status.endpoints += server;
        raft.peers += voter(server, host + u":8300"_s, i == 1, index);
        raft.peers.last().lastContact = contact[size_t(i)];
        raft.peers.last().believesLeader = leader;
        raft.peers.last().term = term;
    }
    status.raft = {raft};
    return status;
}

/// The last two stay with a new leader, the first two with the older one, in an older term.
void splitBetween(RaftStatus &raft)
{
    raft.leader = raft.peers[3].address;
    raft.leaderSince = ago(14);
    raft.leaderChanges = 1;
    raft.agreement = Agreement::Split;
    raft.live = 2;
    raft.margin = -1;
    raft.views = {.asked = 5, .answered = 4, .naming = 2};
    raft.reported.reset();
    const QString older = raft.peers[0].address;
    for (PeerStatus &peer : raft.peers) {
        peer.role = PeerRole::Follower;
        peer.believesLeader = raft.leader;
    }
    raft.peers[3].role = raft.peers[0].role = PeerRole::Leader;
    for (const int i : {0, 1, 4})
        raft.peers[i].term = 5'117;
    for (const int i : {0, 1}) {
        raft.peers[i].believesLeader = older;
        raft.peers[i].applied = 88'415;
        raft.peers[i].trailing = 6;
    }
    raft.peers[0].severity = Severity::Critical;
    raft.peers[0].lastContact = 0;
    raft.peers[1].severity = Severity::Warning;
    raft.peers[1].lastContact = 0.039;
    raft.peers[1].reasons = {ReasonCode::RaftPeerTerm};
    raft.peers[3].trailing.reset();
}

/// The last server answers nobody.
void silenceLast(ClusterStatus &status)
{
    PeerStatus &silent = status.raft.first().peers[4];
    silent.severity = Severity::Critical;
    silent.state = PeerState::Down;
    silent.applied = 88'402;
    silent.reach = Reach::TimedOut;
    silent.latency = 8.0;
    silent.believesLeader.reset();
    silent.lastContact.reset();
    silent.trailing.reset();
    silent.reasons = {ReasonCode::EndpointDown, ReasonCode::RaftPeerDown};
    EndpointStatus &down = status.endpoints[4];
    down.reach = Reach::TimedOut;
    down.http = 0;
    down.latency = 8.0;
    down.severity = Severity::Critical;
    down.error = u"no answer from 10.3.1.15:8500 within 8 s"_s;
    down.reported.clear();
}

} // namespace

ClusterStatus consulCalm() { return consulGroup(u"consul-prod"_s, u"node"_s, u"10.1.10"_s, 10, 103'796, 111'098); }

ClusterStatus consulLagging()
{
    ClusterStatus status = consulCalm();
    status.severity = Severity::Warning;
    status.since = ago(390);
    RaftStatus &raft = status.raft.first();
    raft.reported = RaftReported{.healthy = false, .failureTolerance = 2};
    PeerStatus &peer = raft.peers[3];
    peer.severity = Severity::Warning;
    peer.state = PeerState::Lagging;
    peer.trailing = 1'204;
    peer.trailingPerSecond = 2.5;
    peer.applied = 109'894;
    peer.lastContact = 0.412;
    peer.reasons = {ReasonCode::RaftPeerContact, ReasonCode::RaftPeerLagging};
    raft.peers[4].trailing = 2;
    raft.peers[4].applied = 111'096;
    Reason lag = reason(ReasonCode::RaftPeerLagging, Severity::Warning, u"node-4"_s, 390, true);
    lag.value = 1204;
    lag.limit = 250;
    lag.unit = u"entries"_s;
    Reason contact = reason(ReasonCode::RaftPeerContact, Severity::Warning, u"node-4"_s, 360, true);
    contact.value = 0.412;
    contact.limit = 0.2;
    contact.unit = u"s"_s;
    status.reasons = {contact, lag};
    return status;
}

ClusterStatus consulSplit()
{
    ClusterStatus status = consulGroup(u"consul-fra"_s, u"fra-c"_s, u"10.3.1"_s, 11, 5'118, 88'421);
    status.severity = Severity::Critical;
    status.since = ago(14);
    RaftStatus &raft = status.raft.first();
    splitBetween(raft);
    silenceLast(status);
    const EndpointStatus &down = status.endpoints.at(4);
    Reason two = reason(ReasonCode::RaftTwoLeaders, Severity::Critical, {}, 14, true);
    two.names = {raft.leader, raft.peers.first().address};
    two.count = 2;
    Reason dead = reason(ReasonCode::EndpointDown, Severity::Warning, down.url.text(), 21, false);
    dead.severity = Severity::Critical;
    dead.endpoints = {down.url.text()};
    dead.count = 1;
    dead.of = 5;
    dead.detail = down.error;
    Reason term = reason(ReasonCode::RaftPeerTerm, Severity::Warning, u"fra-c-2"_s, 14, true);
    term.value = 5'117;
    term.limit = 5'118;
    status.reasons = {two, dead, term};
    return status;
}

} // namespace quorate::made_up
