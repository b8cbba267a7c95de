// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/cli/arguments.h"

namespace quorate {

/// Usage and configuration errors, always.
inline constexpr int exitUsage = 3;

/// Prints the error and the hint at the help to stderr; returns exitUsage.
int refuse(const UsageError &error);

/// What Qt and Quorate log to stderr; call before anything else. QT_LOGGING_RULES still wins.
void setLogLevel(LogLevel level);

/// Everything but the window: runs the command to its end and returns the exit code. A QCoreApplication must exist, except for --help,
/// --version and --schema, which do without.
[[nodiscard]] int runCommand(const Arguments &arguments);

/// Ends the process now, with everything written. Use it instead of returning from main(): ~QCoreApplication waits for name lookups that
/// hang, for minutes (PROOFS a).
[[noreturn]] void leave(int code);

} // namespace quorate
