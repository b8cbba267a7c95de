// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/cluster_spec.h"
#include "models/status/severity.h"

#include <span>

namespace quorate {

/// A row of JUDGE section 7: how long a reason is held back. A reason without a row is judged at once.
struct HoldRow {
    ReasonCode code;
    int needed, of;
    Milliseconds least;
    /// What it counts for in the meantime: Ok for nearly all of them, Warning for those that are Critical only when they last.
    Severity meanwhile = Severity::Ok;
    bool ownHistory = false; ///< its rule looks back by itself and finds it only when it has lasted: nothing is held back here
};
/// By code as in JUDGE section 7.
[[nodiscard]] std::span<const HoldRow> holdTable();
[[nodiscard]] const HoldRow *holdRow(ReasonCode code);

/// Absent: judged at once.
[[nodiscard]] std::optional<HoldLimit> holdOf(const Limits &limits, ReasonCode code);

/// A hold of more samples than this can't be kept.
inline constexpr int mostHeldSamples = 32;

// JUDGE section 2.
inline constexpr int goodSamples = 2; ///< in a row, and
inline constexpr Milliseconds goodLeast{5'000}; ///< since the last bad one: then it is over
inline constexpr Milliseconds checkedEvery{5'000}; ///< what is undecided is asked at least this often

} // namespace quorate
