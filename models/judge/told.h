// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/fleet.h"
#include "models/judge/raft.h"

namespace quorate {

/// The endpoints as they are judged now, and what they come to together.
struct Told {
    QList<Reason> counted;
    QList<Reason> expected; ///< what it comes to once everything is decided
    QList<EndpointVerdict> endpoints;
    ClusterHolds holds; ///< for the next step
    bool undecided = false;
};
[[nodiscard]] Told toldBy(const ClusterState &cluster, const std::optional<RaftVerdict> &raft, JudgeMode mode, const Time &now);

/// The newest reply of any request, or how it failed.
[[nodiscard]] Time newestReply(const ClusterState &cluster);

/// Of the cluster, whose verdict is `severity` because of `counted`: absent only when that is decided, or when what is being checked has a
/// longer hold than a severity may be pending (see hold.h).
[[nodiscard]] std::optional<Pending> pendingOf(const Told &told, Severity severity, const QList<Reason> &counted, Severity expected);

/// What would be a reason once its hold is over, each with how far that is.
[[nodiscard]] QList<Reason> checkedIn(const Told &told);

} // namespace quorate
