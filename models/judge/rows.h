// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/verdict.h"

namespace quorate {

/// One endpoint while its rows are made: what it ever said, and whether that still counts.
struct EndpointView {
    const EndpointState *state = nullptr;
    qsizetype index = 0; ///< as configured
    bool answering = false;
    Facts facts; ///< all, the newest of each member
    Facts fresh; ///< those that count
    std::optional<Time> factsAt;
};
[[nodiscard]] QList<EndpointView> viewsOf(const ClusterState &cluster, const Time &now);

// Rows of a ClusterStatus. What does not rest on a fresh, understood answer is Unknown at best; its words stay, to be shown dimmed.

[[nodiscard]] EndpointStatus endpointRow(
    const ClusterState &cluster, const EndpointView &view, const std::optional<RaftVerdict> &raft, JudgeMode mode, const Time &now);
/// By name, then group, then endpoint as configured.
[[nodiscard]] QList<ComponentStatus> componentRows(const QList<EndpointView> &views);
/// Queues, streams, buckets, object stores, consumers, NATS and agents: each section of the endpoint that told it last.
void addWork(ClusterStatus &status, const ClusterState &cluster, const QList<EndpointView> &views);

} // namespace quorate
