// SPDX-License-Identifier: GPL-3.0-or-later
// Who is in touch with the leader, how many more may fail, and who is missing.
#include "models/judge/raft/group.h"

#include <algorithm>

namespace quorate::raft {
using namespace Qt::StringLiterals;

namespace {
bool isInTouch(double seconds) { return seconds >= 0 && seconds <= inTouchSeconds; }

Touch touchOf(bool live) { return live ? Touch::Live : Touch::NotLive; }

/// What autopilot says. It counts only while calls by way of the leader go through: a report from before an election tells nothing.
Touch reportedTouch(const Peer &peer, const Group &group)
{
    if (!peer.reported || !group.forwarded.succeeded)
        return Touch::NoEvidence;
    const bool gone = peer.reported->serfStatus == "failed"_L1 || peer.reported->serfStatus == "left"_L1;
    if (gone || peer.reported->unreachable)
        return Touch::NotLive;
    return peer.reported->lastContactSeconds ? touchOf(isInTouch(*peer.reported->lastContactSeconds)) : Touch::NoEvidence;
}

Touch leadersTouch(const Peer &peer, const Group &group)
{
    if (group.confirmed)
        return Touch::Live;
    return peer.answers() || peer.isEndpointDown() ? Touch::NotLive : Touch::NoEvidence;
}

/// A server that answers us: what it says of itself is newer than what autopilot says of it.
Touch answeringTouch(const Peer &peer, const Group &group)
{
    const RaftView &view = peer.server->view;
    const bool follows = view.leader == group.leader && view.state != "Candidate"_L1;
    if (!follows)
        return Touch::NotLive;
    if (view.lastContactSeconds)
        return touchOf(isInTouch(*view.lastContactSeconds));
    if (view.neverContacted)
        return Touch::NotLive;
    if (view.headerLastContactSeconds && view.knownLeader == true)
        return touchOf(isInTouch(*view.headerLastContactSeconds));
    return reportedTouch(peer, group);
}

Touch touchUnder(const Peer &peer, const Group &group)
{
    if (peer.member.unknownToGossip || (peer.server && peer.server->isShutDown()))
        return Touch::NotLive;
    if (peer.member.address == group.leader)
        return leadersTouch(peer, group);
    if (peer.answers())
        return answeringTouch(peer, group);
    const Touch reported = reportedTouch(peer, group);
    return reported == Touch::NoEvidence && peer.isEndpointDown() ? Touch::NotLive : reported;
}

/// Without a leader nobody is in touch with it: live are those that answer and take part.
Touch touchWithoutLeader(const Peer &peer)
{
    if (peer.server && peer.server->isShutDown())
        return Touch::NotLive;
    if (peer.answers())
        return Touch::Live;
    return peer.isEndpointDown() || peer.member.unknownToGossip ? Touch::NotLive : Touch::NoEvidence;
}

/// Endpoints whose server can't be told apart, while nobody leads: each is one of the voters that no endpoint is known of.
void countNameless(Group &group)
{
    int answering = 0, down = 0;
    for (const Server *server : std::as_const(group.outside)) {
        const bool nameless = server->id.isEmpty() && server->address.isEmpty();
        answering += nameless && server->answers ? 1 : 0;
        down += nameless && server->reachClass == ReachClass::Down ? 1 : 0;
    }
    const int live = std::min(answering, group.withoutEvidence);
    group.live += live;
    group.withoutEvidence -= live;
    group.withoutEvidence -= std::min(down, group.withoutEvidence);
}

/// Configured servers that may vote: a non-voter is none of them, nor is a server of another group.
int configuredServers(const Group &group)
{
    return int(std::count_if(group.servers.begin(), group.servers.end(), [&](const Server &server) {
        const Peer *peer = group.peerOf(server);
        return !server.shared && !server.foreign && (!peer || peer->member.voter);
    }));
}

/// Who of the configured servers is lacking. One that told who it is and is no member surely is; of those that never told, all or none can
/// be named: which of several it is, nobody knows.
QList<const Server *> missingOf(const Group &group)
{
    const qsizetype gone = std::max(0, group.gone());
    QList<const Server *> told, nameless;
    for (const Server *server : group.outside)
        (server->id.isEmpty() && server->address.isEmpty() ? nameless : told).append(server);
    QList<const Server *> missing = told.first(std::min(gone, told.size()));
    if (missing.size() + nameless.size() <= gone)
        missing += nameless;
    return missing;
}

std::optional<int> marginOf(const Group &group)
{
    const bool toldByNobody = !group.votersKnown || group.voters == 0 || group.withoutEvidence > 0;
    // A leader that is in touch has a quorum: a count below it only shows that the evidence is not enough. Of two leaders one has none.
    const bool contradicted = group.confirmed && group.named.size() < 2 && group.live < group.quorum;
    return toldByNobody || contradicted ? std::nullopt : std::optional(group.live - group.quorum);
}
} // namespace

std::optional<double> Peer::lastContact() const
{
    if (answers()) {
        const RaftView &view = server->view;
        if (view.lastContactSeconds || view.neverContacted)
            return view.lastContactSeconds;
        if (view.headerLastContactSeconds)
            return view.headerLastContactSeconds;
    }
    return reported && !reported->unreachable ? reported->lastContactSeconds : std::nullopt;
}

std::optional<quint64> Peer::term() const
{
    if (answers() && server->view.term)
        return server->view.term;
    return reported && !reported->unreachable ? reported->lastTerm : std::nullopt;
}

void chooseLimits(Group &group, const ClusterSpec &spec)
{
    RaftLimits told;
    for (const Server &server : std::as_const(group.servers)) {
        const bool leads = !server.address.isEmpty() && server.address == group.leader;
        if (!server.limits || server.foreign)
            continue;
        if (leads || !told.lastContactSeconds)
            told.lastContactSeconds = server.limits->lastContactSeconds;
        if (leads || !told.trailingEntries)
            told.trailingEntries = server.limits->trailingEntries;
        if (leads)
            break;
    }
    const RaftLimits usual{0.2, 250}; // Consul's own, where it may not be asked
    const auto chosen = [](const auto &own, const auto &said, const auto &otherwise) { return own ? *own : said ? *said : *otherwise; };
    group.lastContactLimit = chosen(spec.limits.lastContactSeconds, told.lastContactSeconds, usual.lastContactSeconds);
    group.trailingLimit = chosen(spec.limits.trailingEntries, told.trailingEntries, usual.trailingEntries);
}

int Group::gone() const { return anybodyAnswers() && !peers.isEmpty() ? expected - voters : 0; }

void countVoters(Group &group, const ClusterSpec &spec, const ClusterMemory &memory)
{
    for (Peer &peer : group.peers) {
        peer.touch = group.leader.isEmpty() ? touchWithoutLeader(peer) : touchUnder(peer, group);
        if (!peer.member.voter)
            continue;
        ++group.voters;
        group.live += peer.touch == Touch::Live ? 1 : 0;
        group.withoutEvidence += peer.touch == Touch::NoEvidence ? 1 : 0;
    }
    if (group.isLeaderless())
        countNameless(group);
    group.quorum = group.voters == 0 ? 0 : group.voters / 2 + 1;
    group.margin = group.anybodyAnswers() ? marginOf(group) : std::nullopt;
    const bool accepted = spec.endpoints.size() <= memory.acceptedOf;
    const int largest = std::max({group.voters, memory.largestVoters, accepted ? 0 : configuredServers(group)});
    group.expected = spec.expectedVoters.value_or(largest);
    group.missing = missingOf(group);
}

} // namespace quorate::raft
