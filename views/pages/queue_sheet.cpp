// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pages/queue_sheet.h"

#include "models/wording/wording.h"
#include "views/pages/component_tree.h"
#include "views/pages/pane.h"
#include "views/pages/thin_splitter.h"
#include "views/theme/metrics.h"

#include <QAction>
#include <QMenu>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quorate {

namespace {
using Column = QueueModel::Column;
} // namespace

QueueSheet::QueueSheet(QWidget *parent)
    : ClusterSheet(parent)
    , m_table(new TableView)
    , m_agentTable(new TableView)
    , m_tree(new ComponentTree(&m_components))
    , m_queuePane(new Pane(parent))
    , m_componentPane(new Pane)
    , m_agentPane(new Pane)
    , m_lower(new ThinSplitter(Qt::Horizontal, parent))
    , m_accept(new QAction(this))
{
    setParts(m_queuePane, m_lower, m_table);
    makeQueues();
    m_agentTable->setObjectName(u"agents"_s);
    m_agentTable->setAccessibleName(tr("Agents and processes"));
    m_agentTable->setEmptyText(tr("No agents are listed"));
    m_agentTable->setTable(&m_agents, {});
    showAgentColumns();
    m_agentTable->sortBy(int(AgentModel::Column::State), Qt::DescendingOrder);

    m_queuePane->setView(m_table);
    m_componentPane->setView(m_tree);
    m_agentPane->setView(m_agentTable);
    m_lower->addWidget(m_componentPane);
    m_lower->addWidget(m_agentPane);
    m_lower->setStretchFactor(0, 32);
    m_lower->setStretchFactor(1, 68);
    m_lower->setSizes({900, 1900});
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->addActions({m_accept, m_table->columnMenu()->menuAction()});
    connect(m_accept, &QAction::triggered, this, &QueueSheet::acceptSelected);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &QueueSheet::showAcceptSelected);
    connect(m_table, &TableView::inOrderChanged, this, &QueueSheet::showTitles);
    showAcceptSelected();
}

void QueueSheet::makeQueues()
{
    m_table->setObjectName(u"queues"_s);
    m_table->setAccessibleName(tr("Queues"));
    m_table->setTable(&m_queues, {});
    showColumns();
    m_table->sortBy(int(Column::State), Qt::DescendingOrder);
}

void QueueSheet::showColumns()
{
    const QStringList names = longestTexts(m_queues, int(Column::Queue), {u"job-queue"_s});
    QStringList widest = names;
    QList<TableColumn> columns{
        {.column = int(Column::State), .specimens = severityWords(), .shape = true, .worstFirst = true},
        {.column = int(Column::Queue), .specimens = names},
    };
    const auto texts = [&](Column column, const QStringList &specimens) {
        const QStringList longest = longestTexts(m_queues, int(column), specimens);
        widest += longest;
        return longest;
    };
    for (const Column column : {Column::Waiting, Column::Running, Column::Done, Column::Failed, Column::Other, Column::Total}) {
        columns += TableColumn{.column = int(column), .specimens = texts(column, {u"8,888"_s}), .worstFirst = true};
    }
    columns += TableColumn{.column = int(Column::Share), .stretch = true, .atLeast = 8};
    columns += TableColumn{.column = int(Column::Dead), .specimens = texts(Column::Dead, {u"888"_s}), .worstFirst = true};
    columns += TableColumn{.column = int(Column::Backlog1), .specimens = {u"+888.8"_s}, .dropOrder = 3, .worstFirst = true};
    columns += TableColumn{.column = int(Column::Backlog5), .specimens = {u"+888.8"_s}, .dropOrder = 2, .worstFirst = true};
    columns += TableColumn{.column = int(Column::Backlog15), .specimens = {u"+888.8"_s}, .dropOrder = 1, .worstFirst = true};
    columns += TableColumn{.column = int(Column::Drains), .specimens = {wording::duration(9.0 * 3600 + 180)}, .worstFirst = true};
    if (widest == m_widest)
        return;
    m_widest = widest;
    m_table->setColumns(columns);
}

QList<TableColumn> agentColumns(const AgentModel &agents)
{
    using AgentColumn = AgentModel::Column;
    const auto texts = [&](AgentColumn column, const QStringList &specimens) { return longestTexts(agents, int(column), specimens); };
    QList<TableColumn> columns{
        {.column = int(AgentColumn::State), .specimens = texts(AgentColumn::State, severityWords()), .shape = true, .worstFirst = true},
        {.column = int(AgentColumn::Host), .specimens = texts(AgentColumn::Host, {u"web-03"_s})},
        {.column = int(AgentColumn::Kind), .specimens = texts(AgentColumn::Kind, {u"controller"_s})},
        {.column = int(AgentColumn::Conditions), .stretch = true, .atLeast = 11},
    };
    if (agents.isUsed(AgentColumn::Labels))
        columns += TableColumn{.column = int(AgentColumn::Labels), .specimens = {u"group=web.prod, env=prod"_s}, .dropOrder = 1};
    if (agents.isUsed(AgentColumn::Cpu))
        columns
            += TableColumn{.column = int(AgentColumn::Cpu), .specimens = {wording::percent(188.8, 1)}, .dropOrder = 3, .worstFirst = true};
    if (agents.isUsed(AgentColumn::Memory))
        columns += TableColumn{
            .column = int(AgentColumn::Memory), .specimens = {u"888 MiB"_s}, .drawing = 3.4, .dropOrder = 4, .worstFirst = true};
    if (agents.isUsed(AgentColumn::Heartbeat))
        columns += TableColumn{.column = int(AgentColumn::Heartbeat), .specimens = {wording::duration(59 * 60)}, .worstFirst = true};
    if (agents.isUsed(AgentColumn::UpFor))
        columns += TableColumn{.column = int(AgentColumn::UpFor), .specimens = {wording::duration(23 * 3600 + 55 * 60)}, .dropOrder = 2};
    return columns;
}

void QueueSheet::showAgentColumns()
{
    const QList<TableColumn> columns = agentColumns(m_agents);
    QStringList widest;
    for (const TableColumn &column : columns)
        widest += QString::number(column.column) + column.specimens.join(u'|');
    if (widest == m_widestAgent)
        return;
    m_widestAgent = widest;
    m_agentTable->setColumns(columns);
}

void QueueSheet::apply(const ClusterStatus &cluster, const Recent &recent, const Time &now, bool fresh)
{
    m_cluster = cluster;
    if (fresh) {
        m_table->clearSelection();
        m_agentTable->clearSelection();
        m_tree->clearSelection();
    }
    setNow(now);
    m_queues.merge(queueRows(cluster), now);
    m_components.merge(componentGroups(cluster));
    m_agents.merge(agentRows(cluster, recent), now);
    m_table->setNeverScrolls(m_queues.rowCount() <= 7);
    showColumns();
    showAgentColumns();
    m_tree->layOut();
    if (fresh) {
        m_table->sortNow();
        m_agentTable->sortNow();
    }
    showTitles();
    showAcceptSelected();
}

void QueueSheet::addAcceptActions(const QList<QAction *> &actions)
{
    QAction *letters = actions.at(int(Acceptance::Kind::DeadLetters)), *agents = actions.at(int(Acceptance::Kind::Agents));
    m_queuePane->addAction(letters);
    m_agentPane->addAction(agents);
    m_table->addAction(letters);
    m_agentTable->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_agentTable->addActions({agents, m_agentTable->columnMenu()->menuAction()});
}

/// Of the selected queues, in the table's menu; all queues together are offered in the pane's title.
void QueueSheet::showAcceptSelected()
{
    QList<Acceptance> offered;
    for (const QString &id : m_table->selectedIds()) {
        if (const auto acceptance = acceptanceOf(m_queues.row(m_queues.rowOf(id)).queue))
            offered += *acceptance;
    }
    if (!offered.isEmpty())
        m_accept->setText(offered.size() == 1 ? offered.first().offer : tr("Accept the dead letters of these queues"));
    m_accept->setVisible(!offered.isEmpty());
}

void QueueSheet::acceptSelected()
{
    for (const QString &id : m_table->selectedIds()) {
        if (const auto acceptance = acceptanceOf(m_queues.row(m_queues.rowOf(id)).queue))
            Q_EMIT acceptWanted(*acceptance);
    }
}

void QueueSheet::setNow(const Time &now)
{
    m_queues.setNow(now);
    m_agents.setNow(now);
}

void QueueSheet::showTitles()
{
    const QString absent = tr("not reported");
    QString queues = m_cluster.queues ? tr("counted over the jobs that are kept, so numbers may fall") : absent;
    if (m_cluster.queues && m_cluster.queues->isEmpty())
        queues = tr("none");
    m_queuePane->setTitle(tr("Queues"), m_table->isInOrder() ? queues : tr("order changed · F5 sorts"));
    m_table->setVisible(m_cluster.queues && !m_cluster.queues->isEmpty());

    QList<ComponentLeaf> leaves;
    for (const ComponentGroup &group : componentGroups(m_cluster))
        leaves += group.leaves;
    m_componentPane->setTitle(tr("Components"), leaves.isEmpty() ? absent : tr("%1, as reported").arg(componentSummary(leaves)));
    QString agents = absent;
    if (m_cluster.agents)
        agents = m_cluster.agents->list.isEmpty() ? tr("%1 reported, without a list").arg(wording::count(m_cluster.agents->total))
                                                  : agentSummary(*m_cluster.agents);
    m_agentPane->setTitle(tr("Agents and processes"), agents);
}

int QueueSheet::upperHeight() const
{
    if (m_queues.rowCount() == 0)
        return paneHeight(m_queuePane, 0, 1.5, false);
    // Half a row of air: a table of one line should not look cut.
    return paneHeight(m_queuePane, std::clamp(m_queues.rowCount(), 1, 7)) + Metrics(m_queuePane->font()).px(0.75);
}

int QueueSheet::lowerHeight() const
{
    const int tree = paneHeight(m_lower, std::clamp(m_tree->rowsShown(), 4, 17), 1.28);
    return std::max(tree, paneHeight(m_lower, std::clamp(m_agents.rowCount(), 4, 12)));
}

int QueueSheet::lowerLeast() const { return std::min(lowerHeight(), Metrics(m_lower->font()).px(14)); }

QVariantMap QueueSheet::saved() const
{
    return {{u"queues"_s, m_table->saved()}, {u"agents"_s, m_agentTable->saved()}, {u"lower"_s, m_lower->saveState()}};
}

void QueueSheet::restore(const QVariantMap &state)
{
    m_table->restore(state.value(u"queues"_s).toMap());
    m_agentTable->restore(state.value(u"agents"_s).toMap());
    m_lower->restore(state.value(u"lower"_s).toByteArray());
}

} // namespace quorate
