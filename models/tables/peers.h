// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"

namespace quorate {

// How the parts of a Raft group are named on the cluster page. Pure.

/// What a row of a peer is known by over refreshes: server identity, else address, else name.
[[nodiscard]] QString peerId(const PeerStatus &peer);
/// Node name, else host:port of its address.
[[nodiscard]] QString peerName(const PeerStatus &peer);
/// The peer at an address; null when there is none.
[[nodiscard]] const PeerStatus *peerAt(const RaftStatus &raft, const QString &address);
/// Name of the server at an address, else the address itself.
[[nodiscard]] QString nameAt(const RaftStatus &raft, const QString &address);
/// The peer with that id; null when there is none.
[[nodiscard]] const PeerStatus *peerWithId(const RaftStatus &raft, const QString &id);
/// The server everyone should name: the group's leader, else the only one named, else empty.
[[nodiscard]] QString electedLeader(const RaftStatus &raft);
/// The reason of that code about that peer; null when there is none. A reason's subject is a node name, else an address.
[[nodiscard]] const Reason *reasonOf(const ClusterStatus &cluster, ReasonCode code, const PeerStatus &peer);
/// The reason of that code about the cluster or a group; null when there is none.
[[nodiscard]] const Reason *reasonOf(const ClusterStatus &cluster, ReasonCode code);

} // namespace quorate
