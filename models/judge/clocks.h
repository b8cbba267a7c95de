// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/fleet.h"

namespace quorate {

// Three clocks (JUDGE section 4), compared from step to step. Over time only: one shot has no past.

/// Every step begins with it.
/// - boot − monotonic grew by 2 s or more: this machine slept until now.
/// - wall − boot jumped by 2 s or more: the wall clock was set. One event `clock-stepped`, its name the seconds: "+3600". All that was kept
///   by the old clock is moved along, so that "since 6 min" stays so. NTP's slewing is far less between two steps.
/// - Monotonic time went on for 10 s or more without a step: the program did not run. Attempts grow stale; nobody is told of that.
[[nodiscard]] QList<Event> takeTime(Fleet &fleet, const Time &now);

/// This machine slept until now: what was seen before says nothing, and the first failures are the network's, which takes its time.
void takeWake(Fleet &fleet, const Time &now);

} // namespace quorate
