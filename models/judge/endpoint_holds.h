// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/hold.h"

namespace quorate {

struct ClusterState;
struct EndpointState;

/// A cause at one endpoint, over time.
struct HeldFinding {
    Finding finding; ///< as it was last found
    Hold hold;
    int otherwise = 0; ///< attempts since that failed in another way, which is no evidence of the contrary
    bool recovers = false; ///< it counts, but the newest evidence says the contrary
    bool first = false; ///< the first that was ever heard of this: there is no severity to keep, so it is Unknown until decided
};

/// What is wrong with one endpoint, over time.
struct EndpointVerdict {
    QList<Finding> counted; ///< at the severities that count now
    QList<Finding> expected; ///< what it comes to once everything is decided; the same list while nothing is being checked
    QList<HeldFinding> holds; ///< what is being checked, what counts, what recovers; none where nothing is wrong
    bool known = false; ///< there is a past: it answered or was decided to be bad, and nobody stopped looking since
    bool undecided = false; ///< ask it again soon
    Milliseconds until{-1}; ///< boot clock: after it, it must be made anew
};

/// One step of time: `newest` is what its newest replies say. Looking twice at the same replies changes nothing.
[[nodiscard]] EndpointVerdict judgeEndpoint(
    const ClusterState &cluster, const EndpointState &endpoint, QList<Finding> newest, Milliseconds until, const Time &now);

/// The newest evidence against a cause that is not found any more: parsed, and speaking of it. Absent: silence.
[[nodiscard]] std::optional<Time> evidenceAgainst(const Finding &finding, const EndpointState &endpoint);

/// From `before` to another severity: the hold that decides it soonest seen. Absent: nothing like it is being checked.
[[nodiscard]] std::optional<Pending> pendingOf(
    const EndpointVerdict &verdict, const Limits &limits, Severity before, Severity expected, const QString *subject = nullptr);

} // namespace quorate
