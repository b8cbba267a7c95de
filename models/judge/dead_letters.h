// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/fleet.h"

namespace quorate {

/// Takes the dead letters that there are now for known: of one queue, or of all.
void acceptDeadLetters(ClusterState &cluster, const QString &queue, const Time &now);

/// What was accepted, or is configured as known, falls with the dead letters, once every endpoint that tells them has told fewer in three
/// refreshes that count (JUDGE section 6). Another number in the configuration counts again as it is written there.
void letBaselinesFall(ClusterState &cluster, const Time &now);

} // namespace quorate
