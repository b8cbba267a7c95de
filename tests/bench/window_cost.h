// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>

namespace quorate::bench {

/// Writes a configuration of clusters of ten endpoints and gives its path.
[[nodiscard]] QString writeConfig(const QString &folder, const QStringList &urls, const QString &interval);

/// In a child: tells when the window of the configuration at argv[2] has painted for the first time ("first-paint": its frame), then its
/// menus, bars and tables ("first-content") and then their rows ("first-rows"), in ms since the spawn, and the CPU ms of all threads until
/// the first paint ("cpu") and until the rows ("cpu-rows").
int measureFirstPaint(int &argc, char **argv);

enum class ShownPage { Overview, Cluster };
/// In a child: the window at 1920×1080 while so many endpoints are polled every second. Tells stalls of the GUI's event loop in ms: the
/// longest in each tenth of a second as "median", "p99" and "longest"; "busiest": the most CPU time of the GUI thread in one
/// of them; "idle": the longest stall of a thread beside it that does nothing, so the machine's own; "over": in how many tenths the GUI was
/// away for more than 16 ms; "own": in how many of those the idle thread was in time; "load": CPU of the GUI thread in percent; "event
/// Class type": the CPU ms of the dearest event of a kind, where it is more than 2; "memory": MiB at the end.
int measureStalls(int &argc, char **argv, ShownPage page, int endpoints, int seconds);

} // namespace quorate::bench
