// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/cluster_tables/cluster_tables.h"

using namespace Qt::StringLiterals;

namespace quorate::test {

void Tables::apply(const ClusterStatus &cluster, const Time &at)
{
    sample(recent, cluster);
    const RaftStatus raft = cluster.raft.isEmpty() ? RaftStatus() : cluster.raft.first();
    peers.merge(peerRows(cluster, raft, recent), at);
    matrix.apply(quorate::matrix(cluster, raft), at);
    probes.apply(quorate::probes(cluster), at);
    queues.merge(queueRows(cluster), at);
    components.merge(componentGroups(cluster));
    agents.merge(agentRows(cluster, recent), at);
    storage.merge(storageRows(cluster), at);
    endpoints.merge(endpointRows(cluster, recent), at);
    limits.merge(raft.peers.isEmpty() ? groupLimits(cluster, raft) : peerLimits(cluster, raft, raft.peers.first(), at), at);
    endpoints.setNow(at);
}

QString line(const QAbstractItemModel &model, int row)
{
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column)
        cells += model.index(row, column).data().toString();
    return cells.join(u" · "_s).replace(QChar(0x00a0), u' ');
}

Severity severity(const QModelIndex &index, int role) { return index.data(role).value<Severity>(); }

} // namespace quorate::test
