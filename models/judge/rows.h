// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/verdict.h"

#include <algorithm>

namespace quorate {

/// One endpoint while its rows are made: what it ever said, and whether that still counts. Points into the cluster.
struct EndpointView {
    const EndpointState *state = nullptr;
    bool answering = false;
    Milliseconds freshFrom{}; ///< boot clock: what was said before counts for nothing
    std::optional<Time> factsAt;
    std::optional<EndpointVerdict> verdict; ///< over time
    std::optional<Facts> merged; ///< of several requests; one request's are taken as they are

    /// All it ever said, the newest of each member.
    [[nodiscard]] const Facts &facts() const;
    /// It answers, and told this section not too long ago.
    template <class T>
    [[nodiscard]] bool isFresh(std::optional<T> Facts::*section) const
    {
        return answering && std::any_of(state->understood.cbegin(), state->understood.cend(), [&](const EndpointState::Seen &seen) {
            return seen.at.boot >= freshFrom && (seen.facts.*section).has_value();
        });
    }
};
[[nodiscard]] QList<EndpointView> viewsOf(const ClusterState &cluster, JudgeMode mode, const Time &now);

// Rows of a ClusterStatus. What does not rest on a fresh, understood answer is Unknown at best; its words stay, to be shown dimmed.

[[nodiscard]] EndpointStatus endpointRow(
    const ClusterState &cluster, const EndpointView &view, const std::optional<RaftVerdict> &raft, JudgeMode mode, const Time &now);
/// By full name ("controller.api"), then endpoint as configured.
[[nodiscard]] QList<ComponentStatus> componentRows(const QList<EndpointView> &views, const Limits &limits);
/// Queues, streams, buckets, object stores, consumers, NATS and agents: each section of the endpoint that told it last.
void addWork(ClusterStatus &status, const ClusterState &cluster, const QList<EndpointView> &views);

} // namespace quorate
