// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/cli/arguments.h"

namespace quorate {

/// `quorate demo-server`: the simulated clusters until Ctrl-C or SIGTERM. The configuration for them goes to standard output (their URLs
/// as comments), so that it can be redirected into a file.
[[nodiscard]] int runDemoServer(const Arguments &arguments);

} // namespace quorate
