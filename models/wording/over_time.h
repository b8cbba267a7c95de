// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"
#include "models/status/what_if.h"

namespace quorate::wording {

// What is only known over time, and what would be. Empty where nothing is to be said.

[[nodiscard]] QString lagDirection(const PeerStatus &peer); ///< "catches up in about 40 s", "falling behind", "not catching up"
[[nodiscard]] QString tenure(const RaftStatus &raft, const Time &now); ///< "leader for 9 h", "leader for at least 9 h"
[[nodiscard]] QString leaderChanges(const RaftStatus &raft); ///< "2 leader changes in the last hour"
[[nodiscard]] QString whatIf(const WhatIf &result); ///< "Without a and b: quorum lost · 1 of 3 voters live · 2 needed"

} // namespace quorate::wording
