// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QtGlobal>

namespace quorate::bench {

/// Nanoseconds on the monotonic clock: the same in every process.
[[nodiscard]] qint64 monotonicNanoseconds();
/// CPU seconds (user and system) this process has used so far, all threads.
[[nodiscard]] double cpuSeconds();
/// The same for the calling thread alone.
[[nodiscard]] double threadCpuSeconds();
/// Resident memory of this process, in MiB.
[[nodiscard]] double residentMebibytes();
/// As many open files as the system allows: a thousand endpoints are two thousand sockets.
void raiseFileLimit();

} // namespace quorate::bench
