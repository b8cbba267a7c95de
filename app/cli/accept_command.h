// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/cli/arguments.h"

namespace quorate {

/// `quorate accept CLUSTER`: polls it once, takes its size and its dead letters for right, and keeps that in the state file. Returns the
/// exit code: 0, also when there was nothing to accept; exitUsage when it could not be asked or kept.
[[nodiscard]] int runAccept(const Arguments &arguments);

} // namespace quorate
