// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/fleet.h"

namespace quorate {

// What changes the fleet beside observations.

/// A new configuration: state is kept by cluster name (of the same system) and by endpoint URL.
[[nodiscard]] QList<Event> configure(Fleet &fleet, const FleetSpec &spec, const Time &now);
void remember(Fleet &fleet, const Memory &memory);
/// Only clusters that are concerned become dirty; the caller judges them.
[[nodiscard]] QList<Event> applyIntent(Fleet &fleet, const Intent &intent, const Time &now);
/// What rested on another configuration, memory or intent is made anew.
void invalidate(ClusterState &cluster);
/// And what is not found any more by those was never wrong: nothing has to be heard to clear it.
void applyOtherRules(ClusterState &cluster);

} // namespace quorate
