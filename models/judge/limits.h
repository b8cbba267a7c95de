// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/hold_table.h"

namespace quorate {

/// Absent: judged at once, or by a rule that looks back by itself.
[[nodiscard]] std::optional<HoldLimit> holdOf(const Limits &limits, ReasonCode code);

// JUDGE section 2.
inline constexpr int goodSamples = 2; ///< in a row, and
inline constexpr Milliseconds goodLeast{5'000}; ///< since the last bad one: then it is over
inline constexpr Milliseconds checkedEvery{5'000}; ///< what is undecided is asked at least this often

} // namespace quorate
