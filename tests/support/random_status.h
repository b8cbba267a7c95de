// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"

#include <random>

namespace quorate::test {

/// Any status that schema 1 can carry, in its order: every optional present or absent, every word of every vocabulary, texts with quotes,
/// bars, line breaks, markup and other scripts. What the schema does not carry has its default. The same seed gives the same status.
[[nodiscard]] FleetStatus randomFleet(std::mt19937_64 &random);

} // namespace quorate::test
