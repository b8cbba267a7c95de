// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"

namespace quorate::test {

// Clusters as the judge makes them, small enough to read. Times are around 2026-11-20 03:12:31 UTC, `sampleTime()`.

[[nodiscard]] Time sampleTime();
/// One row; severity and cluster severity are the same.
[[nodiscard]] Reason sampleReason(ReasonCode code, Severity severity, const QString &subject = {});
/// Five servers node-1 … node-5, led by node-2, all well.
[[nodiscard]] ClusterStatus calmConsul();
/// The same; node-4 trails by 1,204 entries.
[[nodiscard]] ClusterStatus laggingConsul();
/// Three brokers, all well: etcd, kafka_server, object_storage.
[[nodiscard]] ClusterStatus calmBufstream();
/// object_storage failed on two of the three; etcd has 2 of 3 members.
[[nodiscard]] ClusterStatus failingBufstream();
/// One controller: components in groups, a queue, two agents.
[[nodiscard]] ClusterStatus calmOsapi();
/// Three dead letters, and an agent that is not ready.
[[nodiscard]] ClusterStatus warningOsapi();
/// Two endpoints; one refuses, the other's token is rejected.
[[nodiscard]] ClusterStatus silentOsapi();
/// Every text is hostile: quotes, bars, line breaks, right-to-left marks, markup, terminal escapes.
[[nodiscard]] ClusterStatus hostileCluster();
/// All of them but the hostile one.
[[nodiscard]] FleetStatus sampleFleet();

} // namespace quorate::test
