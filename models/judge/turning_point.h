// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/verdict.h"

namespace quorate {

/// When something turned: between two looks at it.
struct TurningPoint {
    Instant since{}; ///< first evidence
    std::optional<Instant> notBefore; ///< last evidence of the contrary before it, where there is any
};

/// Of the verdict, where it is another one than was told last: by its severity, else by what is new in it or gone from it.
[[nodiscard]] TurningPoint turningPointOf(const ClusterState &cluster, const Verdict &verdict, const Time &now);

} // namespace quorate
