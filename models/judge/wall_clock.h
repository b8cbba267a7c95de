// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/fleet.h"

namespace quorate {

/// The wall clock was set by so much: all instants that are kept of it move along, so that ages stay what they are. Those that others said
/// (a certificate's end, a person's "until") stay.
void moveWallClock(Fleet &fleet, Milliseconds by);

} // namespace quorate
