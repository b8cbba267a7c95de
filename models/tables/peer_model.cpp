// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/peer_model.h"

#include "models/tables/peers.h"
#include "models/tables/row_ids.h"
#include "models/tables/sample.h"
#include "models/wording/wording.h"

using namespace Qt::StringLiterals;

namespace quorate {

bool operator==(const PeerRow &a, const PeerRow &b)
{
    // Of the points, their number and the time of the last one say whether there is a new one.
    return a.id == b.id && a.peer == b.peer && a.leads == b.leads && a.term == b.term && a.contactLimit == b.contactLimit
        && a.trailingLimit == b.trailingLimit && a.trailing.size() == b.trailing.size() && a.sampled == b.sampled;
}

QList<PeerRow> peerRows(const ClusterStatus &cluster, const RaftStatus &raft, const Recent &recent)
{
    QList<PeerRow> rows;
    RowIds ids;
    for (const PeerStatus &peer : raft.peers) {
        PeerRow row{.id = ids.unique(peerId(peer)), .peer = peer, .trailing = {}, .slope = {}};
        row.leads = peer.role == PeerRole::Leader;
        if (peer.term && raft.term && *peer.term != *raft.term)
            row.term = reasonOf(cluster, ReasonCode::RaftPeerTerm, peer) || raft.agreement == Agreement::Split ? Severity::Warning
                                                                                                               : Severity::Ok;
        row.contactLimit = raft.lastContactLimit;
        row.trailingLimit = raft.trailingLimit;
        const QString key = recentKey(cluster.name, u"trailing"_s, row.id);
        row.trailing = recent.points(key);
        row.slope = recent.slope(key);
        row.sampled = row.trailing.isEmpty() ? 0 : row.trailing.last().at;
        rows.append(row);
    }
    return rows;
}

namespace {

bool silent(const PeerStatus &peer) { return peer.hasEndpoint && peer.reach != Reach::Answered; }
bool overContact(const PeerRow &row) { return row.peer.lastContact && *row.peer.lastContact > row.contactLimit; }
bool overTrailing(const PeerRow &row) { return row.peer.trailing && *row.peer.trailing > row.trailingLimit; }

QVariant sortValue(const PeerRow &row, PeerModel::Column column, const QString &text)
{
    const PeerStatus &peer = row.peer;
    const auto number = [](const auto &value) { return value ? QVariant::fromValue(*value) : QVariant(); };
    switch (column) {
    case PeerModel::Column::State:
        return int(peer.severity);
    case PeerModel::Column::LastContact:
        return row.leads ? QVariant() : number(peer.lastContact);
    case PeerModel::Column::Behind:
        return number(peer.trailing);
    case PeerModel::Column::Applied:
        return number(peer.applied);
    case PeerModel::Column::Term:
        return number(peer.term);
    case PeerModel::Column::Latency:
        return silent(peer) ? QVariant() : number(peer.latency);
    case PeerModel::Column::Role:
    case PeerModel::Column::Server:
    case PeerModel::Column::CatchesUp:
    case PeerModel::Column::Version:
    case PeerModel::Column::Address:
    case PeerModel::Column::Count:
        break;
    }
    return text;
}

bool quiet(const PeerRow &row, PeerModel::Column column)
{
    switch (column) {
    case PeerModel::Column::State:
        return row.peer.severity == Severity::Ok;
    case PeerModel::Column::Server:
        return silent(row.peer) || row.peer.state == PeerState::Missing;
    case PeerModel::Column::Role:
        return !row.leads;
    case PeerModel::Column::CatchesUp:
    case PeerModel::Column::Version:
    case PeerModel::Column::Address:
        return true;
    case PeerModel::Column::LastContact:
        return !row.peer.lastContact || row.leads || silent(row.peer);
    case PeerModel::Column::Behind:
        return !row.peer.trailing || silent(row.peer);
    case PeerModel::Column::Applied:
    case PeerModel::Column::Term:
        return silent(row.peer) || !row.peer.term;
    case PeerModel::Column::Latency:
        return !row.peer.hasEndpoint;
    case PeerModel::Column::Count:
        break;
    }
    return false;
}

/// How bad the value itself is; the judge's severity of the peer says which ink.
Severity ink(const PeerRow &row, PeerModel::Column column)
{
    const Severity own = row.peer.severity == Severity::Ok ? Severity::Ok : row.peer.severity;
    switch (column) {
    case PeerModel::Column::State:
        return own;
    case PeerModel::Column::LastContact:
        return overContact(row) ? own : Severity::Ok;
    case PeerModel::Column::Behind:
        return overTrailing(row) ? own : Severity::Ok;
    case PeerModel::Column::Term:
        return row.term;
    case PeerModel::Column::Latency:
        return silent(row.peer) ? own : Severity::Ok;
    case PeerModel::Column::Role:
        return row.peer.state == PeerState::Isolated || row.peer.state == PeerState::Missing || row.peer.state == PeerState::Down
                || row.peer.state == PeerState::Ghost
            ? own
            : Severity::Ok;
    default:
        return Severity::Ok;
    }
}

bool strong(const PeerRow &row, PeerModel::Column column)
{
    switch (column) {
    case PeerModel::Column::State:
        return row.peer.severity != Severity::Ok;
    case PeerModel::Column::Server:
        return true;
    case PeerModel::Column::Role:
        return row.leads;
    case PeerModel::Column::LastContact:
        return overContact(row) && row.peer.severity != Severity::Ok;
    case PeerModel::Column::Behind:
        return overTrailing(row) && row.peer.severity != Severity::Ok;
    default:
        return false;
    }
}

int alignmentOf(PeerModel::Column column)
{
    switch (column) {
    case PeerModel::Column::LastContact:
    case PeerModel::Column::Behind:
    case PeerModel::Column::Applied:
    case PeerModel::Column::Term:
    case PeerModel::Column::Latency:
        return int(Qt::AlignRight | Qt::AlignVCenter);
    default:
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    }
}

} // namespace

int PeerModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(Column::Count); }

QVariant PeerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) // a drawing begins at the left, its number ends at the right
        return Column(section) == Column::Behind ? int(Qt::AlignLeft | Qt::AlignVCenter) : alignmentOf(Column(section));
    if (role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case Column::State:
        return tr("State");
    case Column::Server:
        return tr("Server");
    case Column::Role:
        return tr("Role");
    case Column::LastContact:
        return tr("Last contact");
    case Column::Behind:
        return tr("Behind leader, 10 min");
    case Column::CatchesUp:
        return tr("Catches up");
    case Column::Applied:
        return tr("Applied");
    case Column::Term:
        return tr("Term");
    case Column::Latency:
        return tr("Answered in");
    case Column::Version:
        return tr("Version");
    case Column::Address:
        return tr("Address");
    case Column::Count:
        break;
    }
    return {};
}

QString PeerModel::text(const PeerRow &row, Column column) const
{
    const PeerStatus &peer = row.peer;
    switch (column) {
    case Column::State:
        return wording::severityWord(peer.severity);
    case Column::Server:
        return peerName(peer);
    case Column::Role:
        switch (peer.state) {
        case PeerState::Isolated:
        case PeerState::Down:
        case PeerState::Missing:
        case PeerState::Ghost:
            return wording::peerStateWord(peer.state);
        default:
            return peer.role == PeerRole::Unknown ? u"–"_s : wording::roleWord(peer.role);
        }
    case Column::LastContact:
        return row.leads ? u"–"_s : wording::latency(peer.lastContact);
    case Column::Behind:
        return row.leads && !peer.trailing ? u"–"_s : wording::count(peer.trailing);
    case Column::CatchesUp:
        if (!overTrailing(row) || !row.slope)
            return {};
        return *row.slope >= 0 ? tr("falling behind") : tr("in %1").arg(wording::duration(double(*peer.trailing) / -*row.slope));
    case Column::Applied:
        return wording::count(peer.applied);
    case Column::Term:
        return wording::count(peer.term);
    case Column::Latency:
        if (!peer.hasEndpoint)
            return tr("not asked");
        return silent(peer) ? wording::reachWord(peer.reach).toLower() : wording::latency(peer.latency);
    case Column::Version:
        return peer.version.isEmpty() ? u"–"_s : peer.version;
    case Column::Address:
        return peer.address;
    case Column::Count:
        break;
    }
    return {};
}

QVariant PeerModel::cell(const PeerRow &row, int section, int role) const
{
    const auto column = Column(section);
    switch (role) {
    case Qt::DisplayRole:
        return text(row, column);
    case Qt::TextAlignmentRole:
        return alignmentOf(column);
    case SortRole:
        return sortValue(row, column, text(row, column));
    case SeverityRole:
        return column == Column::State ? QVariant::fromValue(row.peer.severity) : QVariant();
    case RowTintRole:
        return QVariant::fromValue(row.peer.severity);
    case InkRole:
        return QVariant::fromValue(ink(row, column));
    case StrongRole:
        return strong(row, column);
    case QuietRole:
        return quiet(row, column);
    case SparklineRole:
        return column == Column::Behind && row.trailing.size() > 1
            ? QVariant::fromValue(sparkline(row.trailing, row.sampled, double(row.trailingLimit)))
            : QVariant();
    default:
        return {};
    }
}

bool PeerModel::looksChanged(const PeerRow &before, const PeerRow &after, int column) const
{
    // With every write the index of every peer moves on. What is worth a look is one that moves against the leader's.
    if (Column(column) == Column::Applied)
        return !after.leads && before.peer.applied != after.peer.applied && before.peer.trailing != after.peer.trailing;
    return MergeTable::looksChanged(before, after, column);
}

bool PeerModel::lightsUp(int column) const
{
    switch (Column(column)) {
    case Column::Latency: // different in every reply
    case Column::LastContact:
    case Column::Behind:
    case Column::CatchesUp:
        return false;
    default:
        return true;
    }
}

} // namespace quorate
