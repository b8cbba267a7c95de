// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/systems/system.h"

namespace quorate {

/// Bufstream: GET /-/status of each broker's admin port; probes become components. Which representation a broker sends is not documented,
/// so JSON is asked for in two ways and the HTML page and the text table are read too (wire notes, Bufstream, section 1.3).
[[nodiscard]] const System &bufstreamSystem();

} // namespace quorate
