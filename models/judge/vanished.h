// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"

namespace quorate {

/// A component that failed explains what its endpoints leave out: `section-vanished` and `component-vanished` are shown under it (JUDGE
/// section 7, Folding).
void foldVanished(QList<Reason> &reasons);

} // namespace quorate
