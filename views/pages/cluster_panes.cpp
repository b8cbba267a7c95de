// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pages/cluster_panes.h"

#include "views/delegates/reason_list.h"
#include "views/delegates/table_view.h"
#include "views/pages/cluster_tabs.h"
#include "views/pages/pane.h"
#include "views/pages/plain_sheet.h"
#include "views/pages/probe_sheet.h"
#include "views/pages/queue_sheet.h"
#include "views/pages/raft_sheet.h"
#include "views/pages/raw_reply_view.h"
#include "views/pages/thin_splitter.h"
#include "views/theme/metrics.h"

#include <QApplication>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quorate {

ClusterPanes::ClusterPanes(QWidget *parent)
    : QWidget(parent)
    , m_raft(new RaftSheet(this))
    , m_probes(new ProbeSheet(this))
    , m_queues(new QueueSheet(this))
    , m_plain(new PlainSheet(this))
    , m_sheets{m_raft, m_probes, m_queues, m_plain}
    , m_splitter(new ThinSplitter(Qt::Vertical, this))
    , m_bottom(new ThinSplitter(Qt::Horizontal, this))
    , m_tabs(new ClusterTabs(this))
    , m_why(new ReasonList(this))
    , m_whyPane(new Pane(this))
{
    m_why->setObjectName(u"reasons"_s);
    m_why->setAccessibleName(tr("Reasons"));
    m_why->setModel(&m_reasons);
    m_whyPane->setView(m_why);
    m_bottom->addWidget(m_tabs);
    m_bottom->addWidget(m_whyPane);
    m_bottom->setStretchFactor(0, 66);
    m_bottom->setStretchFactor(1, 34);
    m_bottom->setSizes({1900, 980});
    for (ClusterSheet *sheet : std::as_const(m_sheets)) {
        m_splitter->addWidget(sheet->upper());
        sheet->upper()->hide();
        if (sheet->lower()) {
            m_splitter->addWidget(sheet->lower());
            sheet->lower()->hide();
        }
    }
    m_splitter->addWidget(m_bottom);
    m_splitter->setStretchFactor(m_splitter->count() - 1, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);
    connectParts();
    showSheet(m_plain);
}

void ClusterPanes::connectParts()
{
    for (const ClusterSheet *sheet : std::as_const(m_sheets)) {
        connect(sheet, &ClusterSheet::endpointWanted, this, &ClusterPanes::showReply);
        connect(sheet, &ClusterSheet::acceptWanted, this, &ClusterPanes::acceptWanted);
        connect(sheet, &ClusterSheet::heightsChanged, this, &ClusterPanes::layOut);
    }
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] { m_movedByHand = true; });
    connect(m_tabs, &ClusterTabs::endpointWanted, this, &ClusterPanes::showReply);
    connect(m_tabs, &ClusterTabs::maintenanceBegun, this, &ClusterPanes::maintenanceBegun);
    connect(m_tabs, &ClusterTabs::maintenanceEnded, this, &ClusterPanes::maintenanceEnded);
    connect(m_tabs, &ClusterTabs::maintenanceUntilAsked, this, &ClusterPanes::maintenanceUntilAsked);
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
        if (isRawReplyShown())
            Q_EMIT rawReplyShown();
    });
}

ClusterSheet *ClusterPanes::sheetFor(const ClusterStatus &cluster) const
{
    if (!cluster.raft.isEmpty() && !cluster.raft.first().peers.isEmpty())
        return m_raft;
    const bool grouped = std::any_of(cluster.components.cbegin(), cluster.components.cend(),
        [](const ComponentStatus &component) { return !component.group.isEmpty(); });
    if (cluster.queues || cluster.agents || grouped)
        return m_queues;
    return cluster.components.isEmpty() ? static_cast<ClusterSheet *>(m_plain) : m_probes;
}

void ClusterPanes::showSheet(ClusterSheet *sheet)
{
    if (sheet == m_sheet)
        return;
    for (ClusterSheet *other : std::as_const(m_sheets)) {
        other->upper()->setVisible(other == sheet);
        if (other->lower())
            other->lower()->setVisible(other == sheet);
    }
    m_sheet = sheet;
    m_heights.clear();
    setFilterText(m_filter);
}

void ClusterPanes::apply(const ClusterStatus &cluster, const Recent &recent, const Time &now, bool fresh)
{
    ClusterSheet *sheet = sheetFor(cluster);
    const bool other = sheet != m_sheet;
    showSheet(sheet);
    m_sheet->apply(cluster, recent, now, fresh || other);
    m_tabs->apply(cluster, recent, now, *m_sheet);
    if (fresh)
        m_tabs->select(m_tabs->isTabVisible(int(ClusterTabs::Tab::Storage)) ? ClusterTabs::Tab::Storage : ClusterTabs::Tab::Endpoints);
    const bool explain = !m_sheet->showsReasons() && (!cluster.reasons.isEmpty() || !cluster.checking.isEmpty());
    if (explain) {
        m_reasons.show(cluster, now);
        m_whyPane->setTitle(whyTitle(cluster.name.text(), cluster.severity, cluster.paused), reasonCounts(cluster));
    }
    m_whyPane->setVisible(explain);
    layOut();
}

void ClusterPanes::setNow(const Time &now)
{
    m_sheet->setNow(now);
    m_tabs->setNow(now);
    m_reasons.setNow(now);
}

void ClusterPanes::addAcceptActions(const QList<QAction *> &actions)
{
    for (ClusterSheet *sheet : std::as_const(m_sheets))
        sheet->addAcceptActions(actions);
    m_why->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_why->addActions(actions);
}

bool ClusterPanes::canAskWhatIf() const { return m_sheet->canAskWhatIf(); }
void ClusterPanes::askWhatIf() { m_sheet->askWhatIf(); }

void ClusterPanes::layOut()
{
    const int upper = m_sheet->upperHeight(), lower = m_sheet->lower() ? m_sheet->lowerHeight() : 0, tabs = m_tabs->wantedHeight();
    const QList<int> heights{upper, lower, tabs, m_splitter->height()};
    if (m_movedByHand || heights == m_heights || m_splitter->height() < upper)
        return;
    m_heights = heights;
    // Everything is shown when it fits, and what is left goes to the tabs. Else long lists in the middle give way, then the tabs.
    const int room = m_splitter->height() - upper - 2;
    const int least = m_sheet->lower() ? std::min(m_sheet->lowerLeast(), room - Metrics(font()).px(6)) : 0;
    const int middle = std::clamp(room - tabs, std::max(0, least), std::max(0, std::max(least, lower)));
    QList<int> sizes;
    for (int i = 0; i < m_splitter->count(); ++i) {
        const QWidget *widget = m_splitter->widget(i);
        sizes += widget == m_sheet->upper() ? upper : widget == m_sheet->lower() ? middle : widget == m_bottom ? room - middle : 0;
    }
    m_splitter->setSizes(sizes);
}

void ClusterPanes::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layOut();
}

void ClusterPanes::setReplies(const QList<RawReply> &replies, const Time &now)
{
    m_tabs->raw()->setReplies(replies, now);
    if (!replies.isEmpty() && !m_wantedReply.isEmpty()) {
        m_tabs->raw()->choose(m_wantedReply);
        m_wantedReply = {};
    }
}

void ClusterPanes::showReply(const EndpointUrl &endpoint)
{
    m_wantedReply = endpoint;
    m_tabs->raw()->choose(endpoint);
    showRawReply();
}

void ClusterPanes::showRawReply()
{
    if (isRawReplyShown())
        Q_EMIT rawReplyShown();
    m_tabs->select(ClusterTabs::Tab::RawReply);
    m_tabs->raw()->setFocus();
}

bool ClusterPanes::isRawReplyShown() const { return m_tabs->current() == ClusterTabs::Tab::RawReply; }
RawReplyView *ClusterPanes::raw() const { return m_tabs->raw(); }

void ClusterPanes::setFilterText(const QString &text)
{
    m_filter = text;
    for (ClusterSheet *sheet : std::as_const(m_sheets)) {
        if (TableView *table = sheet->mainTable())
            table->setFilterText(sheet == m_sheet ? text : QString());
    }
}

QString ClusterPanes::selected() const { return m_sheet->mainTable() ? m_sheet->mainTable()->selectedIds().value(0) : QString(); }
int ClusterPanes::tab() const { return m_tabs->currentIndex(); }

void ClusterPanes::select(const QString &row, int tab)
{
    if (TableView *table = m_sheet->mainTable()) {
        if (row.isEmpty())
            table->clearSelection();
        else
            table->setCurrentId(row);
    }
    if (tab >= 0)
        m_tabs->select(ClusterTabs::Tab(tab));
}

void ClusterPanes::sortNow()
{
    if (m_sheet->mainTable())
        m_sheet->mainTable()->sortNow();
}

QWidget *ClusterPanes::mainView() const
{
    TableView *table = m_sheet->mainTable();
    return table && !table->isHidden() ? static_cast<QWidget *>(table) : m_sheet->upper();
}

void ClusterPanes::focusMain() { mainView()->setFocus(); }

QString ClusterPanes::copyFocused(bool markdown) const
{
    QWidget *focused = QApplication::focusWidget();
    if (const auto *table = qobject_cast<TableView *>(focused); table && isAncestorOf(table) && !table->selectedIds().isEmpty())
        return table->copyText(markdown);
    if (const auto *list = qobject_cast<ReasonList *>(focused); list && isAncestorOf(list))
        return list->copyText(markdown);
    return focused && m_tabs->isAncestorOf(focused) ? m_tabs->copyText(markdown) : QString();
}

QString ClusterPanes::copyMain(bool markdown) const
{
    const TableView *table = m_sheet->mainTable();
    return table && table->model()->rowCount() > 0 ? table->copyText(markdown) : QString();
}

QVariantMap ClusterPanes::saved() const
{
    QVariantMap state{{u"raft"_s, m_raft->saved()}, {u"probes"_s, m_probes->saved()}, {u"queues"_s, m_queues->saved()},
        {u"tabs"_s, m_tabs->saved()}, {u"bottom"_s, m_bottom->saveState()}};
    if (m_movedByHand)
        state.insert(u"splitter"_s, m_splitter->saveState());
    return state;
}

void ClusterPanes::restore(const QVariantMap &state)
{
    m_raft->restore(state.value(u"raft"_s).toMap());
    m_probes->restore(state.value(u"probes"_s).toMap());
    m_queues->restore(state.value(u"queues"_s).toMap());
    m_tabs->restore(state.value(u"tabs"_s).toMap());
    m_bottom->restore(state.value(u"bottom"_s).toByteArray());
    m_movedByHand = m_splitter->restore(state.value(u"splitter"_s).toByteArray());
}

} // namespace quorate
