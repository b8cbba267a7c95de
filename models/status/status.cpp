// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/status/status.h"

#include <array>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
template <class Enum, size_t N>
std::optional<Enum> find(const std::array<QLatin1String, N> &names, QStringView text)
{
    for (size_t i = 0; i < N; ++i) {
        if (names.at(i) == text)
            return static_cast<Enum>(i);
    }
    return std::nullopt;
}
constexpr std::array agreements{"agreed"_L1, "partial"_L1, "split"_L1, "leaderless"_L1, "unconfirmed"_L1, "single-view"_L1, "unseen"_L1};
constexpr std::array roles{"leader"_L1, "follower"_L1, "candidate"_L1, "non-voter"_L1, "unknown"_L1};
constexpr std::array states{"live"_L1, "lagging"_L1, "slow"_L1, "isolated"_L1, "down"_L1, "missing"_L1, "ghost"_L1, "unseen"_L1};
} // namespace

QLatin1String name(Agreement agreement) { return agreements.at(static_cast<size_t>(agreement)); }
QLatin1String name(PeerRole role) { return roles.at(static_cast<size_t>(role)); }
QLatin1String name(PeerState state) { return states.at(static_cast<size_t>(state)); }
std::optional<Agreement> agreementFromName(QStringView text) { return find<Agreement>(agreements, text); }
std::optional<PeerRole> peerRoleFromName(QStringView text) { return find<PeerRole>(roles, text); }
std::optional<PeerState> peerStateFromName(QStringView text) { return find<PeerState>(states, text); }

Severity worst(const QList<ClusterStatus> &clusters)
{
    if (clusters.isEmpty())
        return Severity::Unknown;
    Severity result = Severity::Ok;
    for (const ClusterStatus &cluster : clusters)
        result = worst(result, cluster.severity);
    return result;
}

ClusterStatus expired(const ClusterStatus &status, const Time &now)
{
    if (now.boot <= status.validUntil)
        return status;
    ClusterStatus old = status;
    old.severity = Severity::Unknown;
    old.pending.reset();
    Reason stale;
    stale.code = ReasonCode::Stale;
    stale.severity = Severity::Unknown;
    stale.clusterSeverity = Severity::Unknown;
    stale.since = status.observed;
    stale.derived = true;
    old.since = now.wall;
    old.reasons = {stale};
    for (EndpointStatus &endpoint : old.endpoints) {
        endpoint.stale = true;
        endpoint.severity = Severity::Unknown;
    }
    for (ComponentStatus &component : old.components)
        component.severity = component.derived = Severity::Unknown;
    for (RaftStatus &raft : old.raft) {
        for (PeerStatus &peer : raft.peers)
            peer.severity = Severity::Unknown;
    }
    if (old.queues) {
        for (QueueStatus &queue : *old.queues)
            queue.severity = Severity::Unknown;
    }
    if (old.agents) {
        for (AgentStatus &agent : old.agents->list)
            agent.severity = Severity::Unknown;
    }
    return old;
}

} // namespace quorate
