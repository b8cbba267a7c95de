// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pages/raft_sheet.h"

#include "models/tables/limits.h"
#include "models/tables/peers.h"
#include "models/wording/phrase.h"
#include "models/wording/wording.h"
#include "views/delegates/reason_list.h"
#include "views/delegates/table_view.h"
#include "views/pages/pane.h"
#include "views/pages/thin_splitter.h"
#include "views/pages/what_if_strip.h"

#include <QAction>
#include <QKeyEvent>
#include <QMenu>
#include <QStackedWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quorate {
namespace {

using Column = PeerModel::Column;

/// Voters whose loss is asked for: those in touch count.
bool isLive(const PeerStatus &peer)
{
    return peer.voter && (peer.state == PeerState::Live || peer.state == PeerState::Lagging || peer.state == PeerState::Slow);
}

void choose(TableView &table, const QStringList &ids)
{
    QItemSelection rows;
    for (int row = 0; row < table.proxy()->rowCount(); ++row) {
        const QModelIndex index = table.proxy()->index(row, 0);
        if (ids.contains(index.data(IdRole).toString()))
            rows.select(index, index);
    }
    table.selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

} // namespace

RaftSheet::RaftSheet(QWidget *parent)
    : ClusterSheet(parent)
    , m_table(new TableView)
    , m_matrixTable(new TableView)
    , m_limitTable(new TableView)
    , m_reasonList(new ReasonList)
    , m_why(new QStackedWidget)
    , m_peerPane(new Pane(parent))
    , m_matrixPane(new Pane)
    , m_whyPane(new Pane)
    , m_lower(new ThinSplitter(Qt::Horizontal, parent))
    , m_whatIf(new WhatIfStrip)
    , m_wholeCluster(new QAction(tr("Whole cluster"), this))
    , m_askWhatIf(new QAction(tr("What if these fail?"), this))
{
    setParts(m_peerPane, m_lower, m_table);
    makeTables();
    m_peerPane->setView(m_table);
    m_peerPane->setBand(m_whatIf);
    m_peerPane->addAction(m_askWhatIf);
    m_askWhatIf->setToolTip(tr("What would be left without the selected servers (Ctrl+I)"));
    m_matrixPane->setView(m_matrixTable);
    m_why->addWidget(m_reasonList);
    m_why->addWidget(m_limitTable);
    m_whyPane->setView(m_why);
    m_whyPane->addAction(m_wholeCluster);
    m_wholeCluster->setToolTip(tr("Why the cluster is as it is (Esc in the table of peers)"));
    m_lower->addWidget(m_matrixPane);
    m_lower->addWidget(m_whyPane);
    m_lower->setStretchFactor(0, 15);
    m_lower->setStretchFactor(1, 13);
    m_lower->setSizes({1500, 1300});
    connectParts();
}

void RaftSheet::connectParts()
{
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        showTitles();
        showWhy();
        showWhatIf();
    });
    connect(m_matrixTable->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (m_whatIf->isAsked() && m_matrixTable->hasFocus())
            choose(*m_table, m_matrixTable->selectedIds());
    });
    connect(m_askWhatIf, &QAction::triggered, this, &RaftSheet::askWhatIf);
    connect(m_whatIf, &WhatIfStrip::left, this, &RaftSheet::leaveWhatIf);
    connect(m_table, &TableView::inOrderChanged, this, &RaftSheet::showTitles);
    connect(m_wholeCluster, &QAction::triggered, m_table, [this] { m_table->clearSelection(); });
    connect(m_table, &TableView::idActivated, this, [this](const QString &id) {
        const PeerStatus *peer = peerWithId(m_raft, id);
        if (peer && peer->hasEndpoint)
            Q_EMIT endpointWanted(peer->endpoint);
    });
    for (TableView *table : {m_table, m_matrixTable}) {
        table->setContextMenuPolicy(Qt::ActionsContextMenu);
        table->addAction(m_askWhatIf);
        table->installEventFilter(this);
    }
    m_table->addAction(m_table->columnMenu()->menuAction());
    m_whatIf->installEventFilter(this);
}

void RaftSheet::apply(const ClusterStatus &cluster, const Recent &recent, const Time &now, bool fresh)
{
    m_cluster = cluster;
    m_raft = cluster.raft.value(0);
    m_now = now;
    if (fresh) {
        m_table->clearSelection();
        m_whatIf->ask(false);
    }
    m_peers.setNow(now);
    m_peers.merge(peerRows(cluster, m_raft, recent), now);
    m_matrix.apply(matrix(cluster, m_raft), now);
    showColumns();
    showMatrixColumns();
    m_table->setNeverScrolls(m_peers.rowCount() <= 7);
    m_matrixTable->setNeverScrolls(m_matrix.rowCount() <= 7);
    if (fresh) {
        m_table->sortNow();
        const QModelIndex worstRow = m_table->proxy()->index(0, 0);
        if (m_cluster.severity != Severity::Ok && worstRow.data(SeverityRole).value<Severity>() >= Severity::Warning
            && !m_raft.peers.isEmpty())
            m_table->setCurrentId(worstRow.data(IdRole).toString());
    }
    showTitles();
    showWhy();
    showWhatIf();
}

void RaftSheet::addAcceptActions(const QList<QAction *> &actions)
{
    m_whyPane->addAction(actions.at(int(Acceptance::Kind::Size)));
    m_reasonList->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_reasonList->addActions(actions);
    m_table->addActions(actions);
}

void RaftSheet::askWhatIf()
{
    if (m_whatIf->isAsked()) {
        leaveWhatIf();
        return;
    }
    if (m_matrixTable->hasFocus() && m_matrixTable->selectionModel()->hasSelection())
        choose(*m_table, m_matrixTable->selectedIds());
    else if (!m_matrixTable->hasFocus())
        m_table->setFocus();
    m_whatIf->ask(true);
    showWhatIf();
    showTitles();
    Q_EMIT heightsChanged();
}

void RaftSheet::leaveWhatIf()
{
    m_whatIf->ask(false);
    showTitles();
    m_table->setFocus();
    Q_EMIT heightsChanged();
}

void RaftSheet::showWhatIf()
{
    if (!m_whatIf->isAsked())
        return;
    QStringList without;
    for (const QString &id : m_table->selectedIds()) {
        if (const PeerStatus *peer = peerWithId(m_raft, id))
            without += peer->address.isEmpty() ? id : peer->address;
    }
    m_whatIf->show(m_raft, without);
}

void RaftSheet::setNow(const Time &now)
{
    m_now = now;
    m_peers.setNow(now);
    m_reasons.setNow(now);
    if (m_why->currentWidget() == m_limitTable)
        showWhy(); // "stable for" grows
}

const PeerStatus *RaftSheet::selected() const
{
    const QStringList ids = m_table->selectedIds();
    return ids.size() == 1 ? peerWithId(m_raft, ids.first()) : nullptr;
}

void RaftSheet::showTitles()
{
    const PeerStatus *peer = selected();
    QString note;
    if (m_cluster.raft.size() > 1)
        note = tr("%1 of %2", "name of one, how many there are")
                   .arg(m_raft.group, wording::plural(m_cluster.raft.size(), QUORATE_PLURAL("%1 Raft group", "%1 Raft groups")));
    else if (!m_table->isInOrder())
        note = tr("order changed · F5 sorts");
    else if (peer && !m_whatIf->isAsked() && m_raft.margin && *m_raft.margin >= 0 && isLive(*peer)) {
        const int margin = *m_raft.margin - 1;
        const QString left = margin >= 0 ? tr("can lose %1 more").arg(margin) : tr("the quorum is lost");
        note = tr("without %1: %2 of %3, %4").arg(peerName(*peer)).arg(m_raft.live - 1).arg(m_raft.voters).arg(left);
    } else if (m_raft.views.answered < m_raft.views.asked)
        note = tr("expected %1: %2 answer").arg(m_raft.expected).arg(m_raft.views.answered);
    else
        note = tr("%1, quorum is %2").arg(wording::plural(m_raft.voters, QUORATE_PLURAL("%1 voter", "%1 voters"))).arg(m_raft.quorum);
    m_peerPane->setTitle(tr("Raft peers"), note);

    Severity ink = Severity::Ok;
    for (const ReasonCode code : {ReasonCode::RaftTwoLeaders, ReasonCode::RaftLeaderSplit, ReasonCode::RaftLeaderless,
             ReasonCode::RaftLeaderUnconfirmed, ReasonCode::RaftQuorumLost}) {
        if (const Reason *reason = reasonOf(m_cluster, code))
            ink = worst(ink, reason->clusterSeverity);
    }
    m_matrixPane->setTitle(tr("Agreement"), wording::agreementSentence(m_cluster, m_raft));
    m_matrixPane->setNoteInk(ink);
}

void RaftSheet::showWhy()
{
    const PeerStatus *peer = selected();
    m_wholeCluster->setVisible(peer);
    m_wholeCluster->setEnabled(peer);
    const bool explained = !m_cluster.reasons.isEmpty() || !m_cluster.checking.isEmpty();
    if (!peer && explained) {
        m_reasons.show(m_cluster, m_now);
        m_why->setCurrentWidget(m_reasonList);
        m_whyPane->setTitle(whyTitle(m_cluster.name.text(), m_cluster.severity, m_cluster.paused), reasonCounts(m_cluster));
        return;
    }
    const auto rows = peer ? peerLimits(m_cluster, m_raft, *peer, m_now) : groupLimits(m_cluster, m_raft);
    m_limits.merge(rows, m_now);
    m_why->setCurrentWidget(m_limitTable);
    const int bad = failed(rows);
    const QString all = wording::plural(rows.size(), QUORATE_PLURAL("%1 rule", "%1 rules"));
    const auto pending = std::count_if(rows.cbegin(), rows.cend(), [](const LimitRow &row) { return row.pending; });
    const QString note = bad > 0 ? tr("%1 of %2 failed").arg(wording::count(qint64(bad)), all)
        : pending > 0            ? tr("%1 of %2 being checked").arg(wording::count(qint64(pending)), all)
                                 : tr("%1 hold").arg(all);
    m_whyPane->setTitle(peer ? whyTitle(peerName(*peer), peer->severity) : whyTitle(m_cluster.name.text(), m_cluster.severity), note);
}

bool RaftSheet::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress || static_cast<QKeyEvent *>(event)->key() != Qt::Key_Escape)
        return ClusterSheet::eventFilter(watched, event);
    if (m_whatIf->isAsked()) {
        leaveWhatIf();
        return true;
    }
    if (watched == m_table && m_table->selectionModel()->hasSelection()) {
        m_table->clearSelection();
        return true;
    }
    return ClusterSheet::eventFilter(watched, event);
}

int RaftSheet::upperHeight() const { return paneHeight(m_peerPane, std::clamp(m_peers.rowCount(), 3, 12)) + m_whatIf->stripHeight(); }

/// Room for the rules of a peer always: selecting one moves nothing.
int RaftSheet::lowerHeight() const { return paneHeight(m_lower, std::clamp(m_matrix.rowCount(), 6, 12)); }

QVariantMap RaftSheet::saved() const { return {{u"peers"_s, m_table->saved()}, {u"lower"_s, m_lower->saveState()}}; }

void RaftSheet::restore(const QVariantMap &state)
{
    m_table->restore(state.value(u"peers"_s).toMap());
    m_lower->restore(state.value(u"lower"_s).toByteArray());
}

} // namespace quorate
