// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/tables/agent_model.h"
#include "models/tables/component_model.h"
#include "models/tables/queue_model.h"
#include "views/delegates/table_view.h"
#include "views/pages/cluster_sheet.h"

namespace quorate {

class ComponentTree;
class Pane;
class ThinSplitter;

/// Queues, and under them components by group beside agents and processes. What a server does not report says so.
class QueueSheet final : public ClusterSheet {
    Q_OBJECT
public:
    explicit QueueSheet(QWidget *parent);

    void apply(const ClusterStatus &cluster, const Recent &recent, const Time &now, bool fresh) override;
    void setNow(const Time &now) override;
    [[nodiscard]] int upperHeight() const override;
    [[nodiscard]] int lowerHeight() const override;
    [[nodiscard]] int lowerLeast() const override;
    [[nodiscard]] bool showsReasons() const override { return false; }
    [[nodiscard]] bool showsComponents() const override { return true; }
    [[nodiscard]] bool showsAgents() const override { return true; }
    void addAcceptActions(const QList<QAction *> &actions) override;
    [[nodiscard]] QVariantMap saved() const override;
    void restore(const QVariantMap &state) override;

private:
    void makeQueues();
    void acceptSelected();
    void showAcceptSelected();
    void showColumns();
    void showAgentColumns();
    void showTitles();

    ClusterStatus m_cluster;
    QueueModel m_queues;
    ComponentModel m_components;
    AgentModel m_agents;
    TableView *m_table, *m_agentTable;
    ComponentTree *m_tree;
    Pane *m_queuePane, *m_componentPane, *m_agentPane;
    ThinSplitter *m_lower;
    QAction *m_accept; ///< the dead letters of the selected queues
    QStringList m_widest, m_widestAgent;
};

/// Columns of a table of agents: those that have something to say.
[[nodiscard]] QList<TableColumn> agentColumns(const AgentModel &agents);

} // namespace quorate
