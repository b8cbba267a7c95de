// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/verdict.h"

namespace quorate {

// From one state to the next: the events of a step.

/// Before `observation` is taken in: `restarted` (uptime went down) and `version-changed`, against the last answer to the same request.
[[nodiscard]] QList<Event> serverChanges(
    const ClusterState &cluster, const EndpointState &endpoint, const Observation &observation, const Time &now);

/// The verdict against the last one: `verdict-changed` (severity, or the set of counted reasons), `leader-changed`, `membership-changed`.
/// Keeps what the next verdict is compared with, and the largest membership that held for an hour.
[[nodiscard]] QList<Event> verdictChanges(ClusterState &cluster, const Verdict &verdict, const Time &now);

/// A Raft view that says something else than before, counters apart: worth judging the group at once.
[[nodiscard]] bool saysAnother(const RaftView &before, const RaftView &after);

} // namespace quorate
