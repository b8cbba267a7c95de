// SPDX-License-Identifier: GPL-3.0-or-later
// Who belongs to the group, and which of them the configured endpoints are.
#include "models/judge/raft/group.h"

#include <algorithm>
#include <tuple>

namespace quorate::raft {

namespace {
/// How much a server's word counts for the membership: the leader's, then that of the highest term, then of the longest commit.
auto rank(const Server &server)
{
    return std::tuple(server.callsItselfLeader(), !server.shared, server.view.term.value_or(0), server.view.commit.value_or(0),
        bool(server.view.membership));
}

bool tellsMembers(const Server &server) { return server.answers && !server.foreign && (server.view.membership || server.view.peers); }

QList<RaftMember> membersOf(const RaftView &view)
{
    if (view.membership)
        return *view.membership;
    QList<RaftMember> members;
    for (const QString &address : view.peers.value_or(QStringList())) {
        RaftMember member;
        member.address = address;
        members.append(member);
    }
    return members;
}

/// Names and identities that another answer knows.
void enrich(RaftMember &member, const Group &group)
{
    const auto take = [&](const QString &id, const QString &name, const QString &address) {
        const bool same = address == member.address && (member.id.isEmpty() || id.isEmpty() || id == member.id);
        if (same && member.id.isEmpty())
            member.id = id;
        if (same && member.name.isEmpty() && !member.unknownToGossip)
            member.name = name;
    };
    for (const Server &server : group.servers) {
        if (server.answers && !server.foreign)
            take(server.id, server.name, server.address);
        for (const RaftMember &other : server.view.membership.value_or(QList<RaftMember>()))
            take(other.id, other.unknownToGossip ? QString() : other.name, other.address);
    }
    if (group.forwarded.autopilot) {
        for (const AutopilotServer &other : group.forwarded.autopilot->servers.value_or(QList<AutopilotServer>()))
            take(other.id, other.name, other.address);
    }
}

std::optional<AutopilotServer> reportOf(const Group &group, const RaftMember &member)
{
    if (!group.forwarded.autopilot || !group.forwarded.autopilot->servers)
        return std::nullopt;
    const auto &servers = *group.forwarded.autopilot->servers;
    const auto found = std::find_if(servers.begin(), servers.end(), [&](const AutopilotServer &server) {
        return !member.id.isEmpty() && !server.id.isEmpty() ? server.id == member.id : server.address == member.address;
    });
    return found == servers.end() ? std::nullopt : std::optional(*found);
}

/// By identity or address; a server that never told either, by its host where just one member has that.
const Server *serverOf(const QList<Server> &servers, const QList<RaftMember> &members, const RaftMember &member)
{
    for (const Server &server : servers) {
        if (server.shared || server.foreign)
            continue;
        const bool same = !server.id.isEmpty() && !member.id.isEmpty() ? server.id == member.id
                                                                       : !server.address.isEmpty() && server.address == member.address;
        if (same)
            return &server;
    }
    const QString host = hostOf(member.address);
    const auto isHost = [&](const Server &server) { return server.id.isEmpty() && server.address.isEmpty() && server.host == host; };
    const auto membersThere = std::count_if(members.begin(), members.end(), [&](const RaftMember &m) { return hostOf(m.address) == host; });
    const auto serversThere = std::count_if(servers.begin(), servers.end(), isHost);
    const auto found = std::find_if(servers.begin(), servers.end(), isHost);
    return membersThere == 1 && serversThere == 1 && !found->shared && !found->foreign ? &*found : nullptr;
}

/// Nobody tells: those that were members when somebody last did, so that they can be shown as not seen.
QList<RaftMember> lastMembers(const QList<Server> &servers)
{
    const auto found = std::find_if(servers.begin(), servers.end(), [](const Server &server) { return server.lastMembers.has_value(); });
    return found == servers.end() ? QList<RaftMember>() : *found->lastMembers;
}

void nameSubjects(QList<Peer> &peers)
{
    for (Peer &peer : peers) {
        const auto same
            = std::count_if(peers.begin(), peers.end(), [&](const Peer &other) { return other.member.name == peer.member.name; });
        peer.subject = peer.member.name.isEmpty() || same > 1 ? peer.member.address : peer.member.name;
    }
}
} // namespace

void chooseMembership(Group &group)
{
    const Server *best = nullptr;
    for (const Server &server : std::as_const(group.servers)) {
        if (tellsMembers(server) && (!best || rank(server) > rank(*best)))
            best = &server;
    }
    QList<RaftMember> members = best ? membersOf(best->view) : lastMembers(group.servers);
    group.membersKnown = best;
    group.votersKnown = best && best->view.membership;
    for (RaftMember &member : members)
        enrich(member, group);
    std::sort(
        members.begin(), members.end(), [](const auto &a, const auto &b) { return std::tie(a.address, a.id) < std::tie(b.address, b.id); });
    for (const RaftMember &member : std::as_const(members)) {
        Peer peer;
        peer.member = member;
        peer.server = serverOf(group.servers, members, member);
        peer.reported = reportOf(group, member);
        group.peers.append(peer);
    }
    nameSubjects(group.peers);
    for (Server &server : group.servers) {
        const Peer *peer = group.peerOf(server);
        if (peer && server.address.isEmpty())
            server.address = peer->member.address;
        if (!peer && !server.shared && !server.foreign)
            group.outside.append(&server);
    }
}

const Peer *Group::peerAt(const QString &address) const
{
    const auto found = std::find_if(peers.begin(), peers.end(), [&](const Peer &peer) { return peer.member.address == address; });
    return found == peers.end() ? nullptr : &*found;
}

const Peer *Group::peerOf(const Server &server) const
{
    const auto found = std::find_if(peers.begin(), peers.end(), [&](const Peer &peer) { return peer.server == &server; });
    return found == peers.end() ? nullptr : &*found;
}

QString Group::subjectOf(const Server &server) const
{
    if (const Peer *peer = peerOf(server))
        return peer->subject;
    const QString name = server.displayName();
    const bool ofPeer = std::any_of(peers.begin(), peers.end(), [&](const Peer &peer) { return peer.member.name == name; });
    const auto alike = std::count_if(servers.begin(), servers.end(), [&](const Server &other) { return other.displayName() == name; });
    if (!ofPeer && alike <= 1)
        return name;
    return server.address.isEmpty() ? server.urls.first().text() : server.address;
}

QString Group::nameOf(const QString &address) const
{
    const Peer *peer = peerAt(address);
    return peer ? peer->subject : address;
}

} // namespace quorate::raft
