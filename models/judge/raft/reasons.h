// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/raft/group.h"
#include "models/status/status.h"

namespace quorate::raft {

/// Entries behind the leader: from autopilot's own numbers, else by the leader's index at the time at which the follower told its own.
/// Indexes that were asked for one by one can't be compared otherwise.
[[nodiscard]] std::optional<ComparedLag> trailingOf(const Peer &peer, const Group &group);

// Each at the severity that it has once its hold is over.
[[nodiscard]] QList<Reason> endpointReasons(const Group &group); ///< duplicate, shared, foreign
[[nodiscard]] QList<Reason> peerReasons(const Group &group); ///< raft-peer-*
[[nodiscard]] QList<Reason> leaderReasons(const Group &group); ///< who leads
[[nodiscard]] QList<Reason> sizeReasons(const Group &group); ///< how many vote, how many may fail

/// Autopilot says "unhealthy" and none of `found` says why.
[[nodiscard]] QList<Reason> reportedReasons(const Group &group, const QList<Reason> &found);

/// Of the reasons that are watched and not found, those that the group speaks against.
[[nodiscard]] QList<ReasonKey> contraryTo(const Group &group, const QList<Reason> &found, const QList<ReasonKey> &watched);

/// Sets `foldedUnder` where raft-quorum-lost explains (JUDGE section 7), and sorts.
void foldAndSort(QList<Reason> &reasons);

[[nodiscard]] Reason reason(ReasonCode code, Severity severity, Severity clusterSeverity, const QString &subject = {});
[[nodiscard]] Reason note(ReasonCode code);

} // namespace quorate::raft
