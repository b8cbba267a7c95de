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
    HoldLimit limit; ///< of its code, or shorter without a past; one sample is enough for a code without one
    int otherwise = 0; ///< attempts since that failed in another way, which is no evidence of the contrary
    bool recovers = false; ///< it counts, but the newest evidence says the contrary
    bool pending = false; ///< undecided, and a change of severity that it brings is shown as such
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
    std::optional<Time> answered; ///< end of the newest poll that was answered: evidence of the contrary for what it did not tell
    std::optional<Over> over; ///< what ended last
};

/// One step of time: `newest` is what its newest replies say. Looking twice at the same replies changes nothing.
[[nodiscard]] EndpointVerdict judgeEndpoint(
    const ClusterState &cluster, const EndpointState &endpoint, QList<Finding> newest, Milliseconds until, const Time &now);

/// One at most at a time: how the endpoint was reached. Each is contradicted by an answer alone, not by another of them.
[[nodiscard]] bool isReachCode(ReasonCode code);

/// The newest evidence against a cause that is not found any more: parsed, and speaking of it. Absent: silence.
[[nodiscard]] std::optional<Time> evidenceAgainst(const Finding &finding, const EndpointState &endpoint);

/// From `before` to `expected`: the hold that was begun first. Where both are the same, of what makes it Unknown until it is decided.
/// Absent: nothing like it is being checked.
[[nodiscard]] std::optional<Pending> pendingOf(
    const EndpointVerdict &verdict, Severity before, Severity expected, const QString *subject = nullptr);

} // namespace quorate
