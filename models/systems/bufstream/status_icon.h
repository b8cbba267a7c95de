// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/systems/bufstream/html_table.h"
#include "models/systems/bufstream/probes.h"

namespace quorate::bufstream {

/// The state that a status cell of the page shows: by its word, else by what its icon is called (title, alt, aria-label), else by how the
/// icon looks (class, colour, file name). An icon that says nothing, or two things, is not understood.
[[nodiscard]] Reading readStatusCell(const HtmlCell &cell);

} // namespace quorate::bufstream
