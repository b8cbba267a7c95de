// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace quorate::bench {

/// CPU seconds (user and system) this process has used so far, all threads.
[[nodiscard]] double cpuSeconds();
/// Resident memory of this process, in MiB.
[[nodiscard]] double residentMebibytes();
/// As many open files as the system allows: a thousand endpoints are two thousand sockets.
void raiseFileLimit();

} // namespace quorate::bench
