// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace quorate::bench {

/// In a child: a fleet of all systems is told 1,000,000 observations that never stop changing: servers restart, leaders change, names of
/// components, queues and agents come and go. Tells the KiB that its memory takes after each tenth, and the µs of one observation.
int measureJudgeMemory();

} // namespace quorate::bench
