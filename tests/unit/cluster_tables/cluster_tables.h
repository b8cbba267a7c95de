// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/tables/agent_model.h"
#include "models/tables/component_model.h"
#include "models/tables/endpoint_model.h"
#include "models/tables/limit_model.h"
#include "models/tables/matrix_model.h"
#include "models/tables/peer_model.h"
#include "models/tables/probe_model.h"
#include "models/tables/queue_model.h"
#include "models/tables/sample.h"
#include "models/tables/storage_model.h"
#include "tests/support/made_up_clusters.h"

namespace quorate::test {

/// All tables of a cluster page, merged together as the page does it.
struct Tables {
    PeerModel peers;
    MatrixModel matrix;
    ProbeModel probes;
    QueueModel queues;
    ComponentModel components;
    AgentModel agents;
    StorageModel storage;
    EndpointModel endpoints;
    LimitModel limits;
    Recent recent;

    [[nodiscard]] QList<QAbstractItemModel *> all()
    {
        return {&peers, &matrix, &probes, &queues, &components, &agents, &storage, &endpoints, &limits};
    }

    void apply(const ClusterStatus &cluster, const Time &at = made_up::now());
};

/// The display texts of a row, "·" between them.
[[nodiscard]] QString line(const QAbstractItemModel &model, int row);
[[nodiscard]] Severity severity(const QModelIndex &index, int role);

} // namespace quorate::test
