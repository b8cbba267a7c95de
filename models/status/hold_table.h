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
    /// What it counts for in the second half of its hold: Ok for nearly all of them, Warning for those that are Critical when they last.
    Severity meanwhile = Severity::Ok;
    /// Its rule looks back by itself, over `needed` refreshes in a row, and finds it only when it has lasted: nothing is held back here.
    bool ownHistory = false;
    bool note = false; ///< shown in the meantime, as a note
};
/// By code as in JUDGE section 7.
[[nodiscard]] std::span<const HoldRow> holdTable();
/// Null: judged at once.
[[nodiscard]] const HoldRow *holdRow(ReasonCode code);

/// As set, else as in the table; a single sample for a code without a row.
[[nodiscard]] HoldLimit limitOf(const Limits &limits, ReasonCode code);

/// A hold of more samples than this can't be kept.
inline constexpr int mostHeldSamples = 32;

} // namespace quorate
