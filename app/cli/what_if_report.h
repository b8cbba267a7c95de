// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/cli/arguments.h"
#include "models/status/status.h"

namespace quorate {

/// `quorate status --what-if`: one line for every cluster that has one of the peers. A peer that no cluster has is an error. Returns the
/// exit code; with --exit-code 0 while more may fail, 1 when none may, 2 when the quorum would be lost, 3 when that is not known.
[[nodiscard]] int reportWhatIf(const Arguments &arguments, const FleetStatus &fleet);

} // namespace quorate
