// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/peers.h"

#include <QSet>

#include <algorithm>

namespace quorate {

QString peerId(const PeerStatus &peer)
{
    if (!peer.id.isEmpty())
        return peer.id;
    return peer.address.isEmpty() ? peer.name : peer.address;
}

QString peerName(const PeerStatus &peer) { return peer.name.isEmpty() ? peer.address : peer.name; }

const PeerStatus *peerAt(const RaftStatus &raft, const QString &address)
{
    const auto it = std::find_if(raft.peers.cbegin(), raft.peers.cend(), [&](const PeerStatus &peer) { return peer.address == address; });
    return it == raft.peers.cend() || address.isEmpty() ? nullptr : &*it;
}

QString nameAt(const RaftStatus &raft, const QString &address)
{
    const PeerStatus *peer = peerAt(raft, address);
    return peer ? peerName(*peer) : address;
}

const PeerStatus *peerWithId(const RaftStatus &raft, const QString &id)
{
    const auto it = std::find_if(raft.peers.cbegin(), raft.peers.cend(), [&](const PeerStatus &peer) { return peerId(peer) == id; });
    return it == raft.peers.cend() || id.isEmpty() ? nullptr : &*it;
}

QString electedLeader(const RaftStatus &raft)
{
    if (!raft.leader.isEmpty())
        return raft.leader;
    QSet<QString> named;
    for (const PeerStatus &peer : raft.peers) {
        if (peer.believesLeader && !peer.believesLeader->isEmpty())
            named.insert(*peer.believesLeader);
    }
    return named.size() == 1 ? *named.cbegin() : QString();
}

const Reason *reasonOf(const ClusterStatus &cluster, ReasonCode code, const PeerStatus &peer)
{
    const auto it = std::find_if(cluster.reasons.cbegin(), cluster.reasons.cend(), [&](const Reason &reason) {
        return reason.code == code && !reason.subject.isEmpty() && (reason.subject == peer.name || reason.subject == peer.address);
    });
    return it == cluster.reasons.cend() ? nullptr : &*it;
}

const Reason *reasonOf(const ClusterStatus &cluster, ReasonCode code)
{
    const auto it
        = std::find_if(cluster.reasons.cbegin(), cluster.reasons.cend(), [&](const Reason &reason) { return reason.code == code; });
    return it == cluster.reasons.cend() ? nullptr : &*it;
}

} // namespace quorate
