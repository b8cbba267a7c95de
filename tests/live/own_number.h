// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace quorate::live {

/// From 1 to 200, and of no other process that runs now: what servers of test programs side by side take their addresses from.
[[nodiscard]] int ownNumber();

} // namespace quorate::live
