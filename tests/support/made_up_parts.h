// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "tests/support/made_up_clusters.h"

// What the clusters of made_up_clusters.h are put together from. Ages in seconds before now().
namespace quorate::made_up {

[[nodiscard]] Instant ago(double seconds);
/// Without endpoints; last seen a second ago.
[[nodiscard]] ClusterStatus cluster(const QString &name, const QString &system, Severity severity, double since);
/// One that answers with 200 and is Ok.
[[nodiscard]] EndpointStatus endpoint(const QString &url, const QString &label, double latency, double age);
[[nodiscard]] RequestStatus request(const QString &path, double latency, int http = 200);
[[nodiscard]] Reason reason(ReasonCode code, Severity severity, const QString &subject, double since, bool derived);
/// "error" is Critical, "disabled" neutral, all else Ok.
[[nodiscard]] ComponentStatus component(
    const QString &group, const QString &name, const QString &url, const QString &reported, const QString &message);

} // namespace quorate::made_up
