// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/config/table_reader.h"

namespace quorate {

/// `maintenance = [ { until = 2026-11-20T18:00:00Z, endpoints = ["…"], note = "…" } ]` of a cluster with these endpoints. One that is over
/// is no mistake: nobody tidies up at that moment.
[[nodiscard]] QList<Maintenance> readMaintenance(TableReader &cluster, const QList<EndpointUrl> &endpoints, Mistakes &mistakes);

} // namespace quorate
