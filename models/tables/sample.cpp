// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/sample.h"

#include "models/tables/peers.h"

#include <limits>

using namespace Qt::StringLiterals;

namespace quorate {

QString recentKey(const ClusterName &cluster, const QString &what, const QString &id)
{
    const QString prefix = cluster.text() + u'\n';
    return what.isEmpty() ? prefix : prefix + what + u'\n' + id;
}

std::optional<qint64> observedAt(const ClusterStatus &cluster, const EndpointStatus &endpoint)
{
    if (!endpoint.observed || !cluster.observed)
        return std::nullopt;
    return (cluster.observedBoot - (*cluster.observed - *endpoint.observed)).count();
}

void sample(Recent &recent, const ClusterStatus &cluster)
{
    if (!cluster.observed)
        return;
    const double none = std::numeric_limits<double>::quiet_NaN();
    for (const EndpointStatus &endpoint : cluster.endpoints) {
        const auto at = observedAt(cluster, endpoint);
        if (at && endpoint.reach != Reach::NotPolled)
            recent.add(recentKey(cluster.name, u"latency"_s, endpoint.url.text()), *at,
                endpoint.http > 0 && endpoint.latency ? *endpoint.latency : none);
    }
    const qint64 at = cluster.observedBoot.count();
    for (const RaftStatus &raft : cluster.raft) {
        for (const PeerStatus &peer : raft.peers) {
            if (peer.trailing)
                recent.add(recentKey(cluster.name, u"trailing"_s, peerId(peer)), at, double(*peer.trailing));
        }
        const PeerStatus *leader = peerAt(raft, electedLeader(raft));
        if (leader && leader->commit)
            recent.add(recentKey(cluster.name, u"commit"_s), at, double(*leader->commit));
    }
    if (cluster.agents) {
        for (const AgentStatus &agent : cluster.agents->list) {
            if (agent.facts.memoryBytes)
                recent.add(
                    recentKey(cluster.name, u"memory"_s, agent.facts.kind + u'/' + agent.facts.name), at, double(*agent.facts.memoryBytes));
        }
    }
}

} // namespace quorate
