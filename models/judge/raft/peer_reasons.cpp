// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/raft/reasons.h"

#include <algorithm>

namespace quorate::raft {
using namespace Qt::StringLiterals;

namespace {
Reason warning(ReasonCode code, const Peer &peer) { return reason(code, Severity::Warning, Severity::Warning, peer.subject); }

QStringList urlsOf(const Server *server)
{
    QStringList urls;
    for (const EndpointUrl &url : server ? server->urls : QList<EndpointUrl>())
        urls.append(url.text());
    return urls;
}

std::optional<Reason> down(const Peer &peer, const Group &group)
{
    if (peer.answers() || peer.member.unknownToGossip)
        return std::nullopt;
    const bool reported = group.forwarded.succeeded && peer.reported && peer.touch != Touch::Live
        && (peer.reported->unreachable || peer.reported->serfStatus == "failed"_L1 || peer.reported->serfStatus == "left"_L1);
    const bool unvouched = peer.isEndpointDown() && peer.touch != Touch::Live;
    if (!reported && !unvouched)
        return std::nullopt;
    Reason found = reason(ReasonCode::RaftPeerDown, Severity::Critical, Severity::Warning, peer.subject);
    found.derived = !reported;
    found.endpoints = urlsOf(peer.server);
    found.detail = peer.isEndpointDown() ? peer.server->error : QString();
    return found;
}

/// It answers us, but it sees no leader while the group has one, or its Raft has stopped: cut off from its peers.
std::optional<Reason> isolated(const Peer &peer, const Group &group)
{
    if (!peer.answers())
        return std::nullopt;
    const RaftView &view = peer.server->view;
    const bool stopped = peer.server->isShutDown();
    const bool seesNone = view.leader == QString() || view.state == "Candidate"_L1;
    if (!stopped && (!seesNone || !group.confirmed || group.settling || peer.member.address == group.leader))
        return std::nullopt;
    Reason found = reason(ReasonCode::RaftPeerIsolated, Severity::Critical, Severity::Warning, peer.subject);
    found.endpoints = urlsOf(peer.server);
    if (stopped)
        found.names = {u"raft-stopped"_s};
    if (view.term && group.term) {
        found.value = double(*view.term);
        found.limit = double(*group.term);
    }
    return found;
}

/// It was down a moment ago, or has heard from no leader since its start: what it says of itself is not yet worth judging.
bool isJustStarted(const Peer &peer)
{
    return peer.answers() && (peer.server->justRestarted || peer.server->view.neverContacted || peer.server->view.commit == quint64(0));
}

std::optional<ComparedLag> reportedLag(const Peer &peer, const Group &group)
{
    const Peer *leader = group.peerAt(group.leader);
    if (!leader || !leader->reported || !leader->reported->lastIndex || !peer.reported || !peer.reported->lastIndex)
        return std::nullopt;
    if (peer.reported->unreachable)
        return std::nullopt;
    const quint64 ahead = *leader->reported->lastIndex, own = *peer.reported->lastIndex;
    constexpr auto most = quint64(std::numeric_limits<qint64>::max());
    return ComparedLag{ahead > own ? qint64(std::min(ahead - own, most)) : 0, group.forwarded.at};
}

std::optional<Reason> contact(const Peer &peer, const Group &group)
{
    const auto seconds = peer.lastContact();
    if (!seconds || *seconds <= group.lastContactLimit)
        return std::nullopt;
    Reason found = warning(ReasonCode::RaftPeerContact, peer);
    found.value = seconds;
    found.limit = group.lastContactLimit;
    found.unit = u"s"_s;
    return found;
}

std::optional<Reason> lagging(const Peer &peer, const Group &group)
{
    const auto trailing = trailingOf(peer, group);
    if (!trailing || trailing->entries <= group.trailingLimit)
        return std::nullopt;
    Reason found = warning(ReasonCode::RaftPeerLagging, peer);
    found.value = double(trailing->entries);
    found.limit = double(group.trailingLimit);
    found.unit = u"entries"_s;
    return found;
}

std::optional<Reason> term(const Peer &peer, const Group &group)
{
    const auto own = peer.term();
    if (!own || !group.term || *own == *group.term)
        return std::nullopt;
    // Terms of the last entries compare with each other only.
    const Peer *leader = group.peerAt(group.leader);
    const bool ownWord = peer.answers() && peer.server->view.term;
    if (!ownWord && (!leader || !leader->reported || leader->reported->lastTerm == own))
        return std::nullopt;
    Reason found = warning(ReasonCode::RaftPeerTerm, peer);
    found.value = double(*own);
    found.limit = double(*group.term);
    return found;
}

/// How well a peer that is there follows. Not judged while no leader is proven or one was just elected, nor of the leader itself.
QList<Reason> following(const Peer &peer, const Group &group)
{
    QList<Reason> found;
    if (!group.confirmed || group.settling || peer.member.address == group.leader || peer.member.unknownToGossip || isJustStarted(peer))
        return found;
    for (const auto &one : {contact(peer, group), lagging(peer, group), term(peer, group)}) {
        if (one)
            found.append(*one);
    }
    return found;
}

QList<Reason> missing(const Group &group)
{
    QList<Reason> found;
    for (const Server *server : group.missing) {
        Reason one = reason(ReasonCode::RaftPeerMissing, Severity::Warning, Severity::Warning, group.subjectOf(*server));
        one.endpoints = urlsOf(server);
        one.detail = server->reachClass == ReachClass::Down ? server->error : QString();
        found.append(one);
    }
    // More are expected than can be told by name: one row for all of them.
    if (group.gone() > group.missing.size()) {
        Reason rest = reason(ReasonCode::RaftPeerMissing, Severity::Warning, Severity::Warning);
        rest.count = int(group.gone() - group.missing.size());
        rest.of = group.expected;
        found.append(rest);
    }
    return found;
}
} // namespace

std::optional<ComparedLag> trailingOf(const Peer &peer, const Group &group)
{
    if (group.forwarded.succeeded && group.forwarded.autopilot && group.forwarded.autopilot->servers)
        return reportedLag(peer, group);
    const Peer *leader = group.peerAt(group.leader);
    const bool compared = leader && leader->server && peer.answers() && leader->server->callsItselfLeader();
    if (!compared || leader == &peer)
        return std::nullopt;
    return lagBetween(leader->server->indexes, peer.server->indexes, group.freshFrom);
}

QList<Reason> peerReasons(const Group &group)
{
    QList<Reason> found;
    for (const Peer &peer : group.peers) {
        const auto isDown = down(peer, group);
        const auto isIsolated = isolated(peer, group);
        if (isDown)
            found.append(*isDown);
        else if (isIsolated)
            found.append(*isIsolated);
        else
            found += following(peer, group);
        if (peer.member.unknownToGossip)
            found.append(warning(ReasonCode::RaftPeerGhost, peer));
        if (!peer.member.voter)
            found.append(warning(ReasonCode::RaftPeerNonvoter, peer));
    }
    for (Reason &one : found) {
        const bool reported = one.code == ReasonCode::RaftPeerGhost || one.code == ReasonCode::RaftPeerNonvoter;
        one.derived = one.derived && !reported;
    }
    return found + missing(group);
}

} // namespace quorate::raft
