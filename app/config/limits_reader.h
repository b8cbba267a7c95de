// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/config/table_reader.h"

namespace quorate {

/// `[defaults.limits]`, `[cluster.limits]`: what is given, laid over `base` key by key. A key is a reason's code with its hold,
/// `endpoint-down = { bad = 2, of = 3, for = "10s" }`, or one of the plain limits. `system`: of the cluster, whose limits must be compared
/// with something; empty for the defaults of all.
[[nodiscard]] Limits readLimits(TableReader &parent, Limits base, const QString &system, Mistakes &mistakes);

/// The keys that are no reason's code, each with its default as it is written: "slow_share" "0.5".
[[nodiscard]] QList<std::pair<QString, QString>> plainLimits();

} // namespace quorate
