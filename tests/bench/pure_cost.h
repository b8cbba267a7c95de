// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace quorate::bench {

/// In a child: wall microseconds of decoding the largest replies, of step() for one observation, and of merging into tables of 10,000 rows,
/// each told under the words that the table shows. Steps that have a target begin with "step".
int measurePure();

} // namespace quorate::bench
