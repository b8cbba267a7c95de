// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/fleet.h"

namespace quorate {

/// 2 × interval + timeout: after it nobody was looking (attempts), or what was said counts for nothing (facts).
[[nodiscard]] Milliseconds evidenceLimit(const ClusterSpec &spec);

/// Takes an observation into the state of its endpoint. False: it is older than what is known of that request, and changed nothing.
bool observe(EndpointState &endpoint, const Observation &observation, Milliseconds limit);

/// The poll under way was cancelled.
void forgetPoll(EndpointState &endpoint);

/// The newest concluded attempt; before there is one, what is known of the first. Null: nothing was heard yet.
[[nodiscard]] const Observation *attemptOf(const EndpointState &endpoint);
[[nodiscard]] ReachClass classOf(const Observation &attempt);
/// Concluded, answered, understood, and not too old: what every Ok must rest on (JUDGE section 1).
[[nodiscard]] bool isAnswering(const EndpointState &endpoint, Milliseconds limit, const Time &now);

/// Facts that still count, the newest of each member; and all facts whatever their age, for showing them dimmed.
[[nodiscard]] Facts freshFacts(const EndpointState &endpoint, Milliseconds limit, const Time &now);
[[nodiscard]] Facts allFacts(const EndpointState &endpoint);
/// When its parts were last listed.
[[nodiscard]] std::optional<Time> newestList(const EndpointState &endpoint);
/// When the newest reply was understood.
[[nodiscard]] std::optional<Time> newestFactsAt(const EndpointState &endpoint);

} // namespace quorate
