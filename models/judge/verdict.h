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
    std::optional<RaftVerdict> raft; ///< when any endpoint has ever shown a Raft view
};

/// Whatever goes wrong inside, it is never Ok: `internal-error`, Unknown.
[[nodiscard]] Verdict verdictOf(const ClusterState &cluster, JudgeMode mode, const Time &now);

/// The findings of an endpoint as they stand now: those of the last step, made anew when something became too old since.
[[nodiscard]] QList<Finding> currentFindings(const ClusterState &cluster, const EndpointState &endpoint, JudgeMode mode, const Time &now);

/// The newest concluded attempt of any endpoint.
[[nodiscard]] std::optional<Time> newestAttempt(const ClusterState &cluster);

} // namespace quorate
