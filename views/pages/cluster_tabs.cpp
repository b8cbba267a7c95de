// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pages/cluster_tabs.h"

#include "models/wording/wording.h"
#include "views/delegates/table_view.h"
#include "views/pages/component_tree.h"
#include "views/pages/maintenance_menu.h"
#include "views/pages/queue_sheet.h"
#include "views/pages/raw_reply_view.h"
#include "views/theme/metrics.h"

#include <QAction>
#include <QPlainTextEdit>
#include <QTabBar>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quorate {

using Column = EndpointModel::Column;

ClusterTabs::ClusterTabs(QWidget *parent)
    : QTabWidget(parent)
    , m_maintenance(new MaintenanceMenu(this))
    , m_endpointTable(new TableView)
    , m_storageTable(new TableView)
    , m_agentTable(new TableView)
    , m_tree(new ComponentTree(&m_components))
    , m_raw(new RawReplyView)
{
    setObjectName(u"clusterTabs"_s);
    setDocumentMode(true);
    tabBar()->setExpanding(false);
    makeTables();
    makeEndpointMenu();
    addTab(m_storageTable, tr("Streams and buckets"));
    addTab(m_endpointTable, tr("Endpoints"));
    addTab(m_tree, tr("Components"));
    addTab(m_agentTable, tr("Agents"));
    addTab(m_raw, tr("Raw reply"));
    for (const Tab tab : {Tab::Storage, Tab::Components, Tab::Agents})
        setShown(tab, false);
    connect(m_endpointTable, &TableView::idActivated, this, [this](const QString &id) { Q_EMIT endpointWanted(EndpointUrl(id)); });
}

void ClusterTabs::makeTables()
{
    m_endpointTable->setObjectName(u"endpoints"_s);
    m_endpointTable->setAccessibleName(tr("Endpoints"));
    m_endpointTable->setTable(&m_endpoints, {});
    showEndpointColumns();
    m_endpointTable->sortBy(int(Column::Reach), Qt::DescendingOrder);
    m_storageTable->setObjectName(u"storage"_s);
    m_storageTable->setAccessibleName(tr("Streams and buckets"));
    m_storageTable->setTable(&m_storage, {});
    m_storageTable->setEmptyText(tr("No streams, buckets or consumers are reported"));
    m_storageTable->sortBy(int(StorageModel::Column::Kind), Qt::AscendingOrder);
    m_agentTable->setObjectName(u"agentTab"_s);
    m_agentTable->setAccessibleName(tr("Agents and processes"));
    m_agentTable->setTable(&m_agents, {});
    m_agentTable->sortBy(int(AgentModel::Column::State), Qt::DescendingOrder);
}

void ClusterTabs::makeEndpointMenu()
{
    auto *reply = new QAction(tr("&Raw reply"), this);
    connect(reply, &QAction::triggered, this, [this] {
        if (const QString id = m_endpointTable->currentId(); !id.isEmpty())
            Q_EMIT endpointWanted(EndpointUrl(id));
    });
    m_endpointTable->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_endpointTable->addActions({reply, m_maintenance->menuAction(), m_endpointTable->columnMenu()->menuAction()});
    connect(m_endpointTable, &TableView::currentIdChanged, this, &ClusterTabs::showMaintenance);
    connect(m_maintenance, &MaintenanceMenu::begun, this, &ClusterTabs::maintenanceBegun);
    connect(m_maintenance, &MaintenanceMenu::ended, this, &ClusterTabs::maintenanceEnded);
    connect(m_maintenance, &MaintenanceMenu::untilAsked, this, &ClusterTabs::maintenanceUntilAsked);
    showMaintenance();
}

void ClusterTabs::showMaintenance()
{
    const QString id = m_endpointTable->currentId();
    const int row = m_endpoints.rowOf(id);
    const auto until = row < 0 ? std::nullopt : m_endpoints.row(row).endpoint.maintenanceUntil;
    m_maintenance->setSubject(row < 0 ? ClusterName() : m_cluster, EndpointUrl(id), until, m_endpoints.now());
}

void ClusterTabs::showEndpointColumns()
{
    QStringList reaches;
    for (const Reach reach : {Reach::Answered, Reach::TimedOut, Reach::Unauthorised, Reach::ServerError, Reach::Unreachable,
             Reach::Malformed, Reach::DnsFailed, Reach::Closed, Reach::ProxyFailed})
        reaches += wording::reachWord(reach);
    const QStringList urls = longestTexts(m_endpoints, int(Column::Endpoint), {u"http://10.1.10.10:8500"_s});
    const QStringList says = longestTexts(m_endpoints, int(Column::Says), {u"follower"_s});
    const QStringList versions = longestTexts(m_endpoints, int(Column::Version), {u"1.8.7"_s});
    const QStringList asked = longestTexts(m_endpoints, int(Column::Asked), {u"leader, peers"_s});
    const QStringList widest = urls + says + versions + asked;
    if (widest == m_widestEndpoint)
        return;
    m_widestEndpoint = widest;
    m_endpointTable->setColumns({
        {.column = int(Column::Reach), .specimens = reaches, .shape = true, .worstFirst = true},
        {.column = int(Column::Endpoint), .specimens = urls},
        {.column = int(Column::Http), .specimens = {u"888"_s}},
        {.column = int(Column::Latency), .specimens = {wording::latency(0.888)}, .drawing = 4.4, .worstFirst = true},
        {.column = int(Column::Says), .specimens = says},
        {.column = int(Column::Version), .specimens = versions, .dropOrder = 2},
        {.column = int(Column::Asked), .specimens = asked, .dropOrder = 1},
        {.column = int(Column::Error), .stretch = true, .atLeast = 14},
        {.column = int(Column::Age), .specimens = {wording::duration(23 * 3600 + 55 * 60)}, .worstFirst = true},
    });
}

void ClusterTabs::showStorageColumns()
{
    using StorageColumn = StorageModel::Column;
    QList<TableColumn> columns{
        {.column = int(StorageColumn::Kind), .specimens = {tr("object store")}},
        {.column = int(StorageColumn::Name), .stretch = true, .atLeast = 12},
    };
    QStringList widest{QString::number(columns.size())}; // never like the one before the first, even without any storage
    for (const StorageColumn column : {StorageColumn::Messages, StorageColumn::Consumers, StorageColumn::Keys, StorageColumn::Pending,
             StorageColumn::Unacknowledged, StorageColumn::Redelivered, StorageColumn::Size}) {
        if (!m_storage.isUsed(column))
            continue;
        columns += TableColumn{.column = int(column), .specimens = longestTexts(m_storage, int(column), {u"8,888"_s}), .worstFirst = true};
        widest += QString::number(int(column)) + columns.last().specimens.join(u'|');
    }
    if (widest == m_widestStorage)
        return;
    m_widestStorage = widest;
    m_storageTable->setColumns(columns);
}

void ClusterTabs::apply(const ClusterStatus &cluster, const Recent &recent, const Time &now, const ClusterSheet &sheet)
{
    m_cluster = cluster.name;
    setNow(now);
    m_endpoints.merge(endpointRows(cluster, recent), now);
    m_storage.merge(storageRows(cluster), now);
    m_components.merge(sheet.showsComponents() ? QList<ComponentGroup>() : componentGroups(cluster));
    m_agents.merge(sheet.showsAgents() ? QList<AgentRow>() : agentRows(cluster, recent), now);
    showMaintenance();
    showEndpointColumns();
    showStorageColumns();
    m_tree->layOut();
    setShown(Tab::Storage, hasStorage(cluster));
    setShown(Tab::Components, m_components.rowCount() > 0);
    setShown(Tab::Agents, m_agents.rowCount() > 0);
    if (m_agents.rowCount() > 0)
        m_agentTable->setColumns(agentColumns(m_agents));
}

void ClusterTabs::setNow(const Time &now)
{
    m_endpoints.setNow(now);
    m_agents.setNow(now);
    showMaintenance();
}

void ClusterTabs::setShown(Tab tab, bool shown)
{
    if (isTabVisible(int(tab)) != shown)
        setTabVisible(int(tab), shown);
}

void ClusterTabs::select(Tab tab)
{
    if (isTabVisible(int(tab)))
        setCurrentIndex(int(tab));
}

ClusterTabs::Tab ClusterTabs::current() const { return Tab(currentIndex()); }

int ClusterTabs::wantedHeight() const
{
    const Metrics metrics(font());
    const int rows = std::clamp(std::max(m_endpoints.rowCount(), m_storage.rowCount()), 3, 6);
    return tabBar()->sizeHint().height() + metrics.header() + rows * metrics.row() + metrics.px(0.4);
}

QString ClusterTabs::copyText(bool markdown) const
{
    switch (current()) {
    case Tab::Storage:
        return m_storageTable->copyText(markdown);
    case Tab::Endpoints:
        return m_endpointTable->copyText(markdown);
    case Tab::Components:
        return m_tree->copyText(markdown);
    case Tab::Agents:
        return m_agentTable->copyText(markdown);
    case Tab::RawReply:
        break;
    }
    const QString selected = m_raw->text()->textCursor().selectedText().replace(QChar::ParagraphSeparator, u'\n');
    return selected.isEmpty() ? m_raw->text()->toPlainText() : selected;
}

QVariantMap ClusterTabs::saved() const { return {{u"endpoints"_s, m_endpointTable->saved()}, {u"storage"_s, m_storageTable->saved()}}; }

void ClusterTabs::restore(const QVariantMap &state)
{
    m_endpointTable->restore(state.value(u"endpoints"_s).toMap());
    m_storageTable->restore(state.value(u"storage"_s).toMap());
}

} // namespace quorate
