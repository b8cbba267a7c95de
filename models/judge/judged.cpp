// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/endpoint_state.h"
#include "models/judge/maintenance.h"
#include "models/judge/raft/rows.h"
#include "models/judge/rows.h"

namespace quorate {

namespace {
/// Nothing here can outlive the engine: there is nothing but Unknown.
constexpr Milliseconds always = std::chrono::hours(24 * 365 * 100);
} // namespace

ClusterStatus judged(const ClusterState &cluster, JudgeMode mode, const Time &now)
{
    const Verdict verdict = verdictOf(cluster, mode, now);
    ClusterStatus status;
    status.name = cluster.spec.name;
    status.system = cluster.spec.system;
    status.group = cluster.spec.group;
    status.paused = cluster.paused();
    if (const auto maintenance = clusterMaintenance(cluster, now.wall)) {
        status.maintenanceUntil = maintenance->until;
        status.maintenanceNote = maintenance->note;
    }
    status.severity = verdict.severity;
    status.since = verdict.since;
    status.reasons = verdict.reasons;
    status.pending = verdict.pending;
    status.checking = verdict.checking;
    const std::optional<Time> newest = newestAttempt(cluster);
    if (newest) {
        status.observed = newest->wall;
        status.observedBoot = newest->boot;
    }
    const bool nothing = cluster.paused() || cluster.endpoints.isEmpty();
    status.validUntil = nothing ? now.boot + always : newest.value_or(cluster.configured).boot + evidenceLimit(cluster.spec);

    const QList<EndpointView> views = viewsOf(cluster, mode, now);
    status.endpoints.reserve(views.size());
    for (const EndpointView &view : views)
        status.endpoints.append(endpointRow(cluster, view, verdict.raft, mode, now));
    status.components = componentRows(views, cluster.spec.limits);
    if (verdict.raft) {
        status.raft = {verdict.raft->status};
        if (mode == JudgeMode::OverTime) {
            cluster.raftHistory.describe(status.raft.first(), now);
            raft::holdPeers(status.raft.first(), verdict.reasons, verdict.checking, status.endpoints);
        }
    }
    addWork(status, cluster, views);
    return status;
}

} // namespace quorate
