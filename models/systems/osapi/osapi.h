// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/systems/system.h"

namespace quorate {

/// OSAPI: GET /api/health or /health finds the generation's prefix, GET <prefix>/health/status with the bearer token has everything; 503
/// carries the same document as 200.
[[nodiscard]] const System &osapiSystem();

} // namespace quorate
