// SPDX-License-Identifier: GPL-3.0-or-later
// What a group speaks against: a reason that is not found any more is over only where something parsed says so (JUDGE section 1).
#include "models/judge/raft/reasons.h"

#include <algorithm>

namespace quorate::raft {
using namespace Qt::StringLiterals;

namespace {
const Peer *peerCalled(const Group &group, const QString &subject)
{
    const auto peer = std::find_if(group.peers.begin(), group.peers.end(), [&](const Peer &each) { return each.subject == subject; });
    return peer == group.peers.end() ? nullptr : &*peer;
}

bool isThere(const Peer &peer) { return peer.answers() || peer.touch == Touch::Live; }

/// Who is no member can't be a bad one; whether it should be one, raft-peer-missing says.
bool speaksAgainstPeer(const Group &group, ReasonCode code, const QString &subject)
{
    if (code == ReasonCode::RaftPeerMissing)
        return group.anybodyAnswers() && !group.peers.isEmpty();
    const Peer *peer = peerCalled(group, subject);
    if (!peer)
        return group.membersKnown;
    const bool leads = peer->member.address == group.leader && group.confirmed;
    const bool follows = code == ReasonCode::RaftPeerIsolated || code == ReasonCode::RaftPeerContact || code == ReasonCode::RaftPeerLagging
        || code == ReasonCode::RaftPeerTerm;
    if (follows && !leads && (!group.confirmed || group.settling || (peer->server && peer->server->justRestarted)))
        return false; // not judged for the moment
    switch (code) {
    case ReasonCode::RaftPeerDown:
        return isThere(*peer);
    case ReasonCode::RaftPeerIsolated:
        return peer->answers() && group.confirmed;
    case ReasonCode::RaftPeerContact:
        return leads || (isThere(*peer) && !group.leader.isEmpty() && peer->lastContact());
    case ReasonCode::RaftPeerLagging:
        return leads || trailingOf(*peer, group).has_value();
    case ReasonCode::RaftPeerTerm:
        return leads || (isThere(*peer) && group.term && peer->term());
    default: // ghost, non-voter: the membership itself
        return group.membersKnown;
    }
}

bool speaksAgainst(const Group &group, ReasonCode code, const QString &subject)
{
    switch (code) {
    case ReasonCode::RaftPeerDown:
    case ReasonCode::RaftPeerIsolated:
    case ReasonCode::RaftPeerMissing:
    case ReasonCode::RaftPeerGhost:
    case ReasonCode::RaftPeerContact:
    case ReasonCode::RaftPeerLagging:
    case ReasonCode::RaftPeerTerm:
    case ReasonCode::RaftPeerNonvoter:
        return speaksAgainstPeer(group, code, subject);
    case ReasonCode::RaftForwardFailed:
        return group.forwarded.succeeded || group.isLeaderless();
    case ReasonCode::RaftReportedUnhealthy:
        return group.forwarded.succeeded && group.forwarded.autopilot;
    case ReasonCode::RaftMarginZero:
        return group.margin.has_value();
    case ReasonCode::RaftLeaderUnconfirmed:
        return group.confirmed || group.isLeaderless();
    default: // of the whole: whoever answers speaks of it
        return group.anybodyAnswers();
    }
}
} // namespace

QList<ReasonKey> contraryTo(const Group &group, const QList<Reason> &found, const QList<ReasonKey> &watched)
{
    QList<ReasonKey> contrary;
    for (const ReasonKey &key : watched) {
        const bool isFound = std::any_of(
            found.begin(), found.end(), [&](const Reason &one) { return one.code == key.first && one.subject == key.second; });
        if (!isFound && speaksAgainst(group, key.first, key.second))
            contrary.append(key);
    }
    return contrary;
}

} // namespace quorate::raft
