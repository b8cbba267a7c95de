// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/cli/arguments.h"
#include "app/cli/selection.h"

namespace quorate {

/// `status --watch`: polls and judges over time and prints a report each period, until Ctrl-C, SIGTERM or a reader that has gone. Returns
/// the exit code of the last verdict; 3 (Unknown) before there was one.
[[nodiscard]] int watchStatus(const Arguments &arguments, const Selection &selection);

} // namespace quorate
