// SPDX-License-Identifier: GPL-3.0-or-later
// RaftSheet: its tables and their columns.
#include "models/wording/over_time.h"
#include "models/wording/wording.h"
#include "views/delegates/reason_list.h"
#include "views/delegates/table_view.h"
#include "views/pages/raft_sheet.h"

#include <QHeaderView>

using namespace Qt::StringLiterals;

namespace quorate {

using Column = PeerModel::Column;

namespace {
/// A follower whose lag changes so fast.
PeerStatus behind(double entriesPerSecond)
{
    PeerStatus peer;
    peer.trailing = 55;
    peer.trailingPerSecond = entriesPerSecond;
    return peer;
}
} // namespace

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
    }
    m_limitTable->setSelectionMode(QAbstractItemView::SingleSelection);
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
        {.column = int(Column::State),
            .specimens = severityWords() + QStringList{wording::checking({.since = {}, .seen = 8, .needed = 8})},
            .shape = true,
            .worstFirst = true},
        {.column = int(Column::Server), .specimens = server},
        {.column = int(Column::Role), .specimens = roles},
        {.column = int(Column::LastContact), .specimens = {wording::latency(0.888)}, .worstFirst = true},
        {.column = int(Column::Behind), .specimens = {u"88,888"_s}, .drawing = 6.3, .worstFirst = true},
        {.column = int(Column::CatchesUp), .specimens = {wording::catchesUp(behind(1)), wording::catchesUp(behind(-1))}},
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

} // namespace quorate
