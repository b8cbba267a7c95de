// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/verdict.h"

namespace quorate {

// From one state to the next: the events of a step.

/// With the cluster's last severity before and after it, and muted in its maintenance.
[[nodiscard]] Event eventOf(const ClusterState &cluster, EventKind kind, Instant since, const Time &now);

/// Before `observation` is taken in: `restarted` (uptime went down) and `version-changed`, against the last answer to the same request.
[[nodiscard]] QList<Event> serverChanges(
    const ClusterState &cluster, const EndpointState &endpoint, const Observation &observation, const Time &now);

/// The verdict against the last one: `verdict-changed` (severity, or the set of counted reasons), `leader-changed`, `membership-changed`.
/// While it flaps only a severity that is worse than the worst so far is a change. Many endpoints that fail together are one change: what
/// is not Critical is told when nothing that is being checked would change it again, and not later than evidence counts.
/// Keeps what the next verdict is compared with, and the largest membership that held for an hour.
[[nodiscard]] QList<Event> verdictChanges(ClusterState &cluster, const Verdict &verdict, const Time &now);

/// Does the verdict keep changing? Before its changes are told: one that begins to flap is told as that.
void watchFlapping(ClusterState &cluster, Verdict &verdict, const Time &now);

/// The same causes count: numbers and times apart, and without what is not decided yet.
[[nodiscard]] bool sameCounted(const QList<Reason> &a, const QList<Reason> &b);

/// A Raft view that says something else than before, counters apart: worth judging the group at once.
[[nodiscard]] bool saysAnother(const RaftView &before, const RaftView &after);

} // namespace quorate
