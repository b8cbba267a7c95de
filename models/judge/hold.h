// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/finding.h"

namespace quorate {

/// The stage between what an endpoint's newest replies say and what counts: the place of holds (JUDGE section 2). Every finding counts from
/// its first sample; what is kept over time is the moment of the first evidence of a cause that lasts.
[[nodiscard]] QList<Finding> hold(const QList<Finding> &before, QList<Finding> newest);

} // namespace quorate
