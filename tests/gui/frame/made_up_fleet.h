// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"

namespace quorate::test {

/// Fri 20 Nov 2026, 02:12:21 UTC.
[[nodiscard]] Time pictureTime();

/// Twelve clusters of three systems: one Critical, one Unknown, two Warnings, eight Ok.
[[nodiscard]] QList<ClusterStatus> madeUpClusters(const Time &now);

/// The same as a first update; `calm` turns every severity to Ok and takes the reasons away.
[[nodiscard]] FleetUpdate madeUpUpdate(const Time &now, bool calm = false);

/// Nothing has been polled yet.
[[nodiscard]] FleetUpdate unpolledUpdate(const Time &now);

} // namespace quorate::test
