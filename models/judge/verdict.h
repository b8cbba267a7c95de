// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/fleet.h"
#include "models/judge/raft.h"

namespace quorate {

/// A cluster judged, without the rows that are only for showing.
struct Verdict {
    Severity severity = Severity::Unknown;
    std::optional<Instant> since; ///< first evidence of this severity
    QList<Reason> reasons; ///< as ClusterStatus has them
    bool settled = false; ///< no endpoint waits for its first poll
    Severity present = Severity::Unknown; ///< what it would be if it did not flap
    Severity expected = Severity::Unknown; ///< what it comes to once everything is decided
    std::optional<Instant> expectedSince; ///< first evidence of that
    std::optional<Pending> pending; ///< while both differ, and that is being checked
    QList<Reason> checking; ///< as ClusterStatus has them
    ClusterHolds holds; ///< for the next step
    std::optional<RaftVerdict> raft; ///< when any endpoint has ever shown a Raft view
};

/// Whatever goes wrong inside, it is never Ok: `internal-error`, Unknown.
[[nodiscard]] Verdict verdictOf(const ClusterState &cluster, JudgeMode mode, const Time &now);

/// It flaps: it counts for the worst it was, whatever it is now (JUDGE section 2).
void addFlapping(Verdict &verdict, const ClusterState &cluster, const Time &now);

/// The findings of an endpoint as they stand now: those of the last step, made anew when something became too old since.
[[nodiscard]] EndpointVerdict currentVerdict(const ClusterState &cluster, const EndpointState &endpoint, JudgeMode mode, const Time &now);

/// The newest concluded attempt of any endpoint.
[[nodiscard]] std::optional<Time> newestAttempt(const ClusterState &cluster);

} // namespace quorate
