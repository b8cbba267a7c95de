// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/cli/arguments.h"

namespace quorate {

/// `quorate check-config`: every mistake on standard output as FILE:LINE:COLUMN. 1 when there is one; warnings alone give 0; a file that
/// can't be read gives 3.
[[nodiscard]] int runCheckConfig(const Arguments &arguments);

} // namespace quorate
