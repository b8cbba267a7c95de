// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"
#include "models/tables/recent.h"

namespace quorate {

/// Key of a number of a cluster in `Recent`; all keys of a cluster begin with recentKey(cluster, {}).
[[nodiscard]] QString recentKey(const ClusterName &cluster, const QString &what = {}, const QString &id = {});

/// Takes the numbers of a status that the page draws as lines: latency of endpoints ("latency", URL), lag of peers ("trailing", peer id),
/// commit index ("commit"), memory of processes ("memory", kind/host). Each once per attempt, at the time of the attempt.
void sample(Recent &recent, const ClusterStatus &cluster);

/// When an endpoint was last asked, on the boot clock, in ms: ages then survive a stepped wall clock. Absent: never.
[[nodiscard]] std::optional<qint64> observedAt(const ClusterStatus &cluster, const EndpointStatus &endpoint);

} // namespace quorate
