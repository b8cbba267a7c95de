// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"

#include <QStringList>

namespace quorate {

// The tables of one cluster for a terminal; each is empty where the cluster has nothing of the kind.

[[nodiscard]] QStringList peersSection(const ClusterStatus &cluster, const Time &now);
/// One endpoint: as the vendor shows them; up to four: probes × endpoints; more: one line a probe and word.
[[nodiscard]] QStringList componentsSection(const ClusterStatus &cluster);
[[nodiscard]] QStringList queuesSection(const ClusterStatus &cluster);
[[nodiscard]] QStringList agentsSection(const ClusterStatus &cluster);
/// Endpoints that did not answer, or all of them where nothing else is known.
[[nodiscard]] QStringList endpointsSection(const ClusterStatus &cluster);

} // namespace quorate
