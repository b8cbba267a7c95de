// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace quorate::bench {

/// In a child: tells when the window of 100 clusters (whose endpoints refuse) has painted for the first time ("first-paint"), and when its
/// rows have come ("first-rows"), in ms since the spawn.
int measureFirstPaint(int &argc, char **argv);

enum class ShownPage { Overview, Cluster };
/// In a child: the window at 1920×1080 while so many endpoints are polled every second. Tells stalls of the GUI's event loop in ms: the
/// longest in each tenth of a second as "median", "p99" and "longest"; "busiest": the most CPU time of the GUI thread in one of them;
/// "load": CPU of the GUI thread in percent; "memory": MiB at the end.
int measureStalls(int &argc, char **argv, ShownPage page, int endpoints, int seconds);

} // namespace quorate::bench
