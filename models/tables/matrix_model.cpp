// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/matrix_model.h"

#include "models/tables/merge_columns.h"
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
    if (own.isEmpty())
        own = u"–"_s;
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
    const bool renamed = mergeColumns(
        m_columns, matrix.columns, 1,
        [this](int section, auto change) {
            beginInsertColumns({}, section, section);
            change();
            endInsertColumns();
        },
        [this](int section, auto change) {
            beginRemoveColumns({}, section, section);
            change();
            endRemoveColumns();
        });
    if (renamed) {
        Q_EMIT headerDataChanged(Qt::Horizontal, 1, leaders());
        if (rowCount() > 0)
            Q_EMIT dataChanged(index(0, 1), index(rowCount() - 1, leaders()));
    }
    merge(matrix.rows, at);
}

int MatrixModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : leaders() + 4; }

QVariant MatrixModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section > saysColumn())
        return {};
    const bool leader = section >= 1 && section <= leaders();
    if (role == Qt::TextAlignmentRole) {
        if (leader || section == nobodyColumn())
            return int(Qt::AlignCenter);
        return int((section == termColumn() ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role == Qt::AccessibleTextRole && section == 0)
        return tr("Server");
    if (role != Qt::DisplayRole)
        return {};
    if (section == 0)
        return QString();
    if (leader)
        return m_columns.at(section - 1).title;
    if (section == nobodyColumn())
        return tr("nobody");
    return section == termColumn() ? tr("Term") : tr("Says of itself");
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

QVariant MatrixModel::cell(const MatrixRow &row, int column, int role) const
{
    const bool drawn = column >= 1 && column <= nobodyColumn();
    switch (role) {
    case Qt::DisplayRole:
        if (column == 0)
            return row.name;
        if (column == termColumn())
            return wording::count(row.term);
        return drawn ? QString() : row.says;
    case Qt::AccessibleTextRole:
        return drawn ? spoken(row, column) : QVariant();
    case Qt::TextAlignmentRole:
        return headerData(column, Qt::Horizontal, role);
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
    case SortRole:
        if (column == 0)
            return row.name;
        if (column == termColumn())
            return row.term ? QVariant(*row.term) : QVariant();
        return drawn ? QVariant(int(mark(row, column))) : QVariant(row.says);
    default:
        return {};
    }
}

} // namespace quorate
