// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/fleet.h"

namespace quorate {

/// Two memories of the same fleet, kept by two programs at the same time: for each fact of each cluster the newer one wins. The order does
/// not matter, nor how often it is done.
[[nodiscard]] Memory merged(const Memory &a, const Memory &b);

} // namespace quorate
