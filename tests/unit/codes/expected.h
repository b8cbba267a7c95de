// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/severity.h"

#include <optional>
#include <span>

namespace quorate::test {

/// What the scenario of a reason code comes to (JUDGE section 7).
struct Expected {
    /// When it is there for sure, at a poll a minute.
    enum When {
        Soon, ///< after five, and from then on
        Late, ///< after twelve
        Once, ///< after five; then it is over, without a cure
    };
    const char *code;
    Severity severity; ///< of the cluster
    Severity part; ///< of what the reason is about
    const char *counted; ///< every code that counts, sorted
    const char *beside = ""; ///< notes, and what is folded ("endpoint-down<raft-peer-down")
    const char *well = ""; ///< notes while nothing is wrong
    When when = Soon;
    /// In one shot, where that is another: what looks back is not judged.
    std::optional<Severity> onceSeverity = {};
    const char *onceCounted = nullptr;
};

/// Every code that a server or a configuration can raise, as JUDGE section 7 has them.
[[nodiscard]] std::span<const Expected> expectedCodes();

} // namespace quorate::test
