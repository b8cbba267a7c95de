// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"
#include "models/tables/merge_table.h"
#include "models/tables/recent.h"

namespace quorate {

/// An agent or process; or one that is gone, which only a reason names.
struct AgentRow {
    QString id; ///< kind and host
    AgentStatus agent;
    bool gone = false;
    QList<Sparkline::Point> memory; ///< last 10 min
    friend bool operator==(const AgentRow &a, const AgentRow &b);
};

[[nodiscard]] QList<AgentRow> agentRows(const ClusterStatus &cluster, const Recent &recent);
/// "registry: 4 agents, 1 controller, 1 nats"; empty without a list.
[[nodiscard]] QString agentSummary(const AgentsStatus &agents);

class AgentModel final : public MergeTable<AgentRow> {
    Q_OBJECT
public:
    enum class Column { State, Host, Kind, Conditions, Labels, Cpu, Memory, Heartbeat, UpFor, Count };
    Q_ENUM(Column)
    using MergeTable::MergeTable;

    /// False: no row has anything to say there, the view hides the column.
    [[nodiscard]] bool isUsed(Column column) const;

protected:
    [[nodiscard]] int columns() const override { return int(Column::Count); }
    [[nodiscard]] QString title(int column) const override;
    [[nodiscard]] ColumnKind kind(int column) const override;
    [[nodiscard]] QString text(const AgentRow &row, int column) const override;
    [[nodiscard]] QVariant sortValue(const AgentRow &row, int column) const override;
    [[nodiscard]] QVariant cell(const AgentRow &row, int column, int role) const override;
    [[nodiscard]] bool lightsUp(int column) const override { return Column(column) <= Column::Labels; }
};

} // namespace quorate
