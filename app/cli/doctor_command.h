// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/cli/arguments.h"

namespace quorate {

/// `quorate doctor`: walks to each endpoint, asks each request once and explains; with --save-replies keeps the replies, without secrets.
/// Returns 0 when the examination could be made, whatever it found.
[[nodiscard]] int runDoctor(const Arguments &arguments);

} // namespace quorate
