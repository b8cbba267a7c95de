// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/cli/arguments.h"
#include "models/status/status.h"

namespace quorate {

/// `quorate status`: one round, or with --watch again and again until Ctrl-C. Returns the exit code.
[[nodiscard]] int runStatus(const Arguments &arguments);

/// 0 Ok, 1 Warning, 2 Critical, 3 Unknown: what nagios and scripts expect.
[[nodiscard]] int exitCodeOf(Severity severity);

/// The report that the arguments ask for; empty with --quiet.
[[nodiscard]] QByteArray reportFor(const Arguments &arguments, const FleetStatus &fleet, const Time &now);

} // namespace quorate
