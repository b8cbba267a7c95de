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

#include <QAction>
#include <QHeaderView>
#include <QKeyEvent>
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
    , m_wholeCluster(new QAction(tr("Whole cluster"), this))
{
    setParts(m_peerPane, m_lower, m_table);
    makeTables();
    m_peerPane->setView(m_table);
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

    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        showTitles();
        showWhy();
    });
    connect(m_table, &TableView::inOrderChanged, this, &RaftSheet::showTitles);
    connect(m_wholeCluster, &QAction::triggered, m_table, [this] { m_table->clearSelection(); });
    connect(m_table, &TableView::idActivated, this, [this](const QString &id) {
        const PeerStatus *peer = peerWithId(m_raft, id);
        if (peer && peer->hasEndpoint)
            Q_EMIT endpointWanted(peer->endpoint);
    });
    m_table->installEventFilter(this);
}

void RaftSheet::makeTables()
{
    m_table->setObjectName(u"peers"_s);
    m_table->setAccessibleName(tr("Raft peers"));
    m_table->setTable(&m_peers, {});
    showColumns();
    m_table->sortBy(int(Column::State), Qt::DescendingOrder);

    m_matrixTable->setObjectName(u"matrix"_s);
    m_matrixTable->setAccessibleName(tr("Who believes whom"));
    m_matrixTable->setTable(&m_matrix, {});
    m_limitTable->setObjectName(u"limits"_s);
    m_limitTable->setAccessibleName(tr("Rules with their limits"));
    m_limitTable->setTable(&m_limits,
        {
            {.column = int(LimitModel::Column::Rule), .specimens = {tr("Voters in touch, quorum")}, .shape = true},
            {.column = int(LimitModel::Column::Value),
                .specimens = {wording::measured(88'888, u"entries"_s)},
                .drawing = 4,
                .stretch = true,
                .atLeast = 10},
            {.column = int(LimitModel::Column::Limit), .specimens = {wording::measured(888, u"entries"_s)}},
            {.column = int(LimitModel::Column::Over), .specimens = {u"+88,888"_s, u"+"_s + wording::latency(0.888), tr("differs")}},
        });
    for (TableView *table : {m_matrixTable, m_limitTable}) { // their order says something: rules that failed come first
        table->horizontalHeader()->setSectionsClickable(false);
        table->horizontalHeader()->setSortIndicatorShown(false);
        table->setColumnMenu(false);
        table->setSelectionMode(QAbstractItemView::SingleSelection);
    }
    m_reasonList->setObjectName(u"reasons"_s);
    m_reasonList->setAccessibleName(tr("Reasons"));
    m_reasonList->setModel(&m_reasons);
}

void RaftSheet::showColumns()
{
    const auto texts = [this](Column column, const QStringList &specimens) { return longestTexts(m_peers, int(column), specimens); };
    const QStringList server = texts(Column::Server, {u"server-1"_s}), applied = texts(Column::Applied, {u"888,888"_s}),
                      term = texts(Column::Term, {u"8,888"_s});
    const QStringList widest = server + applied + term;
    if (widest == m_widest)
        return;
    m_widest = widest;
    QStringList roles;
    for (const PeerRole role : {PeerRole::Leader, PeerRole::Follower, PeerRole::Candidate, PeerRole::NonVoter})
        roles += wording::roleWord(role);
    m_table->setColumns({
        {.column = int(Column::State), .specimens = severityWords(), .shape = true, .worstFirst = true},
        {.column = int(Column::Server), .specimens = server},
        {.column = int(Column::Role), .specimens = roles},
        {.column = int(Column::LastContact), .specimens = {wording::latency(0.888)}, .worstFirst = true},
        {.column = int(Column::Behind), .specimens = {u"88,888"_s}, .drawing = 6.3, .worstFirst = true},
        {.column = int(Column::CatchesUp), .specimens = {tr("falling behind")}},
        {.column = int(Column::Applied), .specimens = applied},
        {.column = int(Column::Term), .specimens = term, .dropOrder = 2},
        {.column = int(Column::Latency), .specimens = {wording::latency(0.888), tr("not asked")}, .worstFirst = true},
        {.column = int(Column::Version), .specimens = {u"1.88.88"_s}, .dropOrder = 1},
        {.column = int(Column::Address), .stretch = true, .atLeast = 11},
    });
}

void RaftSheet::showMatrixColumns()
{
    QStringList widest = longestTexts(m_matrix, 0);
    for (int column = 1; column <= m_matrix.leaders(); ++column)
        widest += m_matrix.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    widest += longestTexts(m_matrix, m_matrix.termColumn());
    if (widest == m_widestMatrix)
        return;
    m_widestMatrix = widest;
    QList<TableColumn> columns{{.column = 0, .specimens = longestTexts(m_matrix, 0)}};
    for (int column = 1; column <= m_matrix.nobodyColumn(); ++column)
        columns += TableColumn{.column = column};
    columns += TableColumn{.column = m_matrix.termColumn(), .specimens = longestTexts(m_matrix, m_matrix.termColumn(), {u"8,888"_s})};
    columns += TableColumn{.column = m_matrix.saysColumn(), .stretch = true, .atLeast = 8};
    m_matrixTable->setColumns(columns);
}

void RaftSheet::apply(const ClusterStatus &cluster, const Recent &recent, const Time &now, bool fresh)
{
    m_cluster = cluster;
    m_raft = cluster.raft.value(0);
    m_now = now;
    if (fresh)
        m_table->clearSelection();
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
    else if (peer && m_raft.margin && *m_raft.margin >= 0 && isLive(*peer)) {
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
    const bool explained = !m_cluster.reasons.isEmpty();
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
    const QString note = bad > 0 ? tr("%1 of %2 failed").arg(wording::count(qint64(bad)), all) : tr("%1 hold").arg(all);
    m_whyPane->setTitle(peer ? whyTitle(peerName(*peer), peer->severity) : whyTitle(m_cluster.name.text(), m_cluster.severity), note);
}

bool RaftSheet::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape
        && m_table->selectionModel()->hasSelection()) {
        m_table->clearSelection();
        return true;
    }
    return ClusterSheet::eventFilter(watched, event);
}

int RaftSheet::upperHeight() const { return paneHeight(m_peerPane, std::clamp(m_peers.rowCount(), 3, 12)); }
/// Room for the rules of a peer always: selecting one moves nothing.
int RaftSheet::lowerHeight() const { return paneHeight(m_lower, std::clamp(m_matrix.rowCount(), 6, 12)); }

QVariantMap RaftSheet::saved() const { return {{u"peers"_s, m_table->saved()}, {u"lower"_s, m_lower->saveState()}}; }

void RaftSheet::restore(const QVariantMap &state)
{
    m_table->restore(state.value(u"peers"_s).toMap());
    m_lower->restore(state.value(u"lower"_s).toByteArray());
}

} // namespace quorate
