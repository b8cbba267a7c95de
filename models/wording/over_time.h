// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/event.h"
#include "models/status/what_if.h"

namespace quorate::wording {

// What is only known over time, and what would be. Empty where nothing is to be said.

[[nodiscard]] QString lagDirection(const PeerStatus &peer); ///< "catches up in about 40 s", "falling behind", "not catching up"
[[nodiscard]] QString catchesUp(const PeerStatus &peer); ///< the same in a column of that name: "in about 40 s", "falling behind", "no"
[[nodiscard]] QString tenure(const RaftStatus &raft, const Time &now); ///< "leader for 9 h", "leader for at least 9 h"
[[nodiscard]] QString leaderChanges(const RaftStatus &raft); ///< "2 leader changes in the last hour"
[[nodiscard]] QString ledFor(const RaftStatus &raft, const Time &now); ///< "for 9 h", "for at least 9 h"
[[nodiscard]] QString reportedVerdict(const RaftStatus &raft); ///< beside ours: "the system itself reports healthy, 1 more may fail"
/// When it happened, as close as the interval lets it be known: "at 03:05:10", "between 03:05 and 03:10" where more than 30 s lie between.
[[nodiscard]] QString happened(const Event &event, const Time &now);
[[nodiscard]] QString whatIf(const WhatIf &result); ///< "Without a, b: quorum lost · 1 of 3 voters live · 2 needed"
[[nodiscard]] QString whatIfOutcome(const WhatIf &result); ///< the same without the names
[[nodiscard]] QString checking(
    const Pending &pending); ///< "checking, 1 of 2", "checking for Ok, 1 of 2"; no numbers when only time is missing
[[nodiscard]] QString checkingSince(const Pending &pending); ///< "checking, 1 of 2"; "checking since 02:58:21" when only time is missing
/// What is being checked of the whole cluster: "checking, 1 of 2: node-4 is down"; empty: nothing is.
[[nodiscard]] QString checkingLine(const ClusterStatus &cluster);

} // namespace quorate::wording
