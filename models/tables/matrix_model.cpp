// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/matrix_model.h"

#include "models/tables/cells.h"
#include "models/tables/peers.h"
#include "models/tables/row_ids.h"
#include "models/wording/wording.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quorate {
namespace {

constexpr qsizetype smallGroup = 7;

QList<MatrixColumn> columnsOf(const RaftStatus &raft)
{
    const QString elected = electedLeader(raft);
    QStringList named;
    for (const PeerStatus &peer : raft.peers) {
        if (peer.believesLeader && !peer.believesLeader->isEmpty() && !named.contains(*peer.believesLeader))
            named += *peer.believesLeader;
    }
    if (!elected.isEmpty() && !named.contains(elected))
        named += elected;
    QList<MatrixColumn> columns;
    for (const PeerStatus &peer : raft.peers) {
        const bool known
            = std::any_of(columns.cbegin(), columns.cend(), [&](const MatrixColumn &column) { return column.id == peer.address; });
        if (known || peer.address.isEmpty() || (raft.peers.size() > smallGroup && !named.contains(peer.address)))
            continue;
        columns.append({peer.address, peerName(peer), peer.address == elected});
        named.removeOne(peer.address);
    }
    for (const QString &address : std::as_const(named)) // named, but no member
        columns.append({address, address, address == elected});
    return columns;
}

QString saysOf(const PeerStatus &peer, const ClusterStatus &cluster)
{
    if (!peer.hasEndpoint)
        return MatrixModel::tr("not asked");
    if (peer.reach != Reach::Answered) {
        const QString word = wording::reachWord(peer.reach).toLower();
        return peer.latency ? u"%1, %2"_s.arg(word, wording::latency(peer.latency)) : word;
    }
    QString own = peer.role == PeerRole::Unknown ? QString() : wording::roleWord(peer.role);
    for (const EndpointStatus &endpoint : cluster.endpoints) {
        if (own.isEmpty() && endpoint.url == peer.endpoint)
            own = endpoint.reported;
    }
    own = orDash(own);
    const bool plain = peer.state == PeerState::Live || peer.state == PeerState::Unseen;
    return plain ? own : u"%1, %2"_s.arg(own, wording::peerStateWord(peer.state).toLower());
}

} // namespace

Matrix matrix(const ClusterStatus &cluster, const RaftStatus &raft)
{
    Matrix result{.columns = columnsOf(raft), .rows = {}};
    const QString elected = electedLeader(raft);
    const Reason *split = reasonOf(cluster, ReasonCode::RaftLeaderSplit);
    QList<MatrixRow> notAsked;
    RowIds ids;
    for (const PeerStatus &peer : raft.peers) {
        MatrixRow row{.id = ids.unique(peerId(peer)),
            .name = peerName(peer),
            .address = peer.address,
            .names = {},
            .term = {},
            .says = saysOf(peer, cluster)};
        row.asked = peer.hasEndpoint;
        row.silent = peer.hasEndpoint && !peer.believesLeader;
        row.names = peer.believesLeader;
        row.leads = peer.role == PeerRole::Leader && peer.believesLeader == peer.address;
        row.right = !elected.isEmpty() && peer.believesLeader == elected;
        row.young = split && split->clusterSeverity == Severity::Warning;
        row.term = row.silent ? std::nullopt : peer.term;
        if (row.term && raft.term && *row.term != *raft.term)
            row.termInk = Severity::Warning;
        if (peer.hasEndpoint && peer.reach == Reach::Answered && !row.silent) {
            if (row.leads && !row.right)
                row.saysInk = Severity::Critical;
            else if (peer.state != PeerState::Live)
                row.saysInk = peer.severity;
        }
        (row.asked ? result.rows : notAsked).append(row);
    }
    result.rows += notAsked;
    return result;
}

void MatrixModel::apply(const Matrix &matrix, const Time &at)
{
    mergeColumns(m_columns, matrix.columns, 1);
    merge(matrix.rows, at);
}

QString MatrixModel::title(int column) const
{
    if (column == 0)
        return {};
    if (column <= leaders())
        return m_columns.at(column - 1).title;
    if (column == nobodyColumn())
        return tr("nobody");
    return column == termColumn() ? tr("Term") : tr("Says of itself");
}

QVariant MatrixModel::headerCell(int column, int role) const
{
    return column == 0 && role == Qt::AccessibleTextRole ? QVariant(tr("Server")) : QVariant();
}

ColumnKind MatrixModel::kind(int column) const
{
    if (isMark(column))
        return ColumnKind::Mark;
    return column == termColumn() ? ColumnKind::Number : ColumnKind::Text;
}

MatrixMark MatrixModel::mark(const MatrixRow &row, int column) const
{
    if (!row.names || row.silent || !row.asked)
        return MatrixMark::None;
    if (column == nobodyColumn())
        return row.names->isEmpty() ? MatrixMark::NamesNobody : MatrixMark::None;
    if (m_columns.at(column - 1).id != *row.names)
        return MatrixMark::None;
    if (row.right)
        return row.leads ? MatrixMark::Leads : MatrixMark::Names;
    if (row.young)
        return MatrixMark::SplitYoung;
    return row.leads ? MatrixMark::LeadsOther : MatrixMark::NamesOther;
}

QString MatrixModel::spoken(const MatrixRow &row, int column) const
{
    if (!row.asked)
        return tr("not asked");
    if (row.silent)
        return tr("no answer");
    if (mark(row, column) == MatrixMark::None)
        return {};
    return row.leads ? tr("leads") : tr("names");
}

QString MatrixModel::text(const MatrixRow &row, int column) const
{
    if (column == 0)
        return row.name;
    if (column == termColumn())
        return wording::count(row.term);
    return isMark(column) ? QString() : row.says;
}

QVariant MatrixModel::sortValue(const MatrixRow &row, int column) const
{
    if (column == termColumn())
        return known(row.term);
    return isMark(column) ? QVariant(int(mark(row, column))) : text(row, column);
}

QVariant MatrixModel::cell(const MatrixRow &row, int column, int role) const
{
    const bool drawn = isMark(column);
    switch (role) {
    case Qt::AccessibleTextRole:
        return drawn ? spoken(row, column) : QVariant();
    case MarkRole:
        return drawn && row.asked && !row.silent ? QVariant::fromValue(mark(row, column)) : QVariant();
    case SilentRole:
        return drawn && row.silent;
    case LeaderRole:
        return column >= 1 && column <= leaders() && m_columns.at(column - 1).elected;
    case InkRole:
        return QVariant::fromValue(column == termColumn() ? row.termInk : column == saysColumn() ? row.saysInk : Severity::Ok);
    case QuietRole:
        if (column == saysColumn())
            return !row.leads && row.saysInk == Severity::Ok;
        return column == 0 && !row.asked;
    default:
        return {};
    }
}

} // namespace quorate
