// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/raft.h"
#include "models/judge/raft/group.h"

namespace quorate::raft {

/// The group as it is shown: its numbers, and a row for every member and every missing server, by address.
[[nodiscard]] RaftStatus statusOf(const Group &group, const QList<Reason> &reasons);

/// Over time a peer is as bad as what counts against it, and what is only suspected is marked, as of its endpoint that may not be reached;
/// its state stays what is seen now.
void holdPeers(RaftStatus &status, const QList<Reason> &counted, const QList<Reason> &checking, const QList<EndpointStatus> &endpoints);

/// What the endpoint table says of each endpoint.
[[nodiscard]] QHash<EndpointUrl, RaftVerdict::Endpoint> endpointsOf(const Group &group, const QList<Reason> &reasons);

} // namespace quorate::raft
