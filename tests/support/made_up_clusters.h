// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"

namespace quorate::made_up {

// Statuses as the judge would make them, for tests of models and pages, and for pictures. The moment is always the same:
// 2026-11-20 03:12:40 UTC, 10 h after boot.

[[nodiscard]] Time now();

/// Five Consul servers, node-4 trails by 1,204 entries and is slow to be contacted: Warning for 6 min.
[[nodiscard]] ClusterStatus consulLagging();
/// The same group when all is well.
[[nodiscard]] ClusterStatus consulCalm();
/// Five Consul servers of which two lead and one is silent: Critical for 14 s.
[[nodiscard]] ClusterStatus consulSplit();
/// Five Consul servers, of which three were killed in turn and removed by Consul: two voters, none may fail. Led for 3 h 12 min.
[[nodiscard]] ClusterStatus consulShrunk();
/// The calm group; node-3 did not answer once, which is being checked.
[[nodiscard]] ClusterStatus consulChecking();
/// Three brokers, object_storage fails on two, one runs another version: Critical for 14 min.
[[nodiscard]] ClusterStatus bufstreamFailing();
/// Many brokers; object_storage fails on `failing` of them.
[[nodiscard]] ClusterStatus bufstreamMany(int brokers, int failing);
/// One OSAPI controller with dead letters and an agent gone: Warning for 31 min.
[[nodiscard]] ClusterStatus osapiWarning();
/// The same with 14 dead letters, 10 of them known, in a queue where nothing moves; a second queue drains.
[[nodiscard]] ClusterStatus osapiStuck();
/// Any of these while work on it goes on, until 05:00.
[[nodiscard]] ClusterStatus inMaintenance(ClusterStatus status);
/// Configured, nothing asked yet.
[[nodiscard]] ClusterStatus neverPolled();
/// Every endpoint answers 401.
[[nodiscard]] ClusterStatus unauthorised();

} // namespace quorate::made_up
