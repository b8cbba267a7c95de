// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/peer_model.h"

#include "models/tables/cells.h"
#include "models/tables/peers.h"
#include "models/tables/row_ids.h"
#include "models/tables/sample.h"
#include "models/wording/over_time.h"
#include "models/wording/wording.h"

using namespace Qt::StringLiterals;

namespace quorate {

bool operator==(const PeerRow &a, const PeerRow &b)
{
    return a.id == b.id && a.peer == b.peer && a.leads == b.leads && a.term == b.term && a.contactLimit == b.contactLimit
        && a.trailingLimit == b.trailingLimit && sameSeries(a.trailing, b.trailing);
}

QList<PeerRow> peerRows(const ClusterStatus &cluster, const RaftStatus &raft, const Recent &recent)
{
    QList<PeerRow> rows;
    RowIds ids;
    for (const PeerStatus &peer : raft.peers) {
        PeerRow row{.id = ids.unique(peerId(peer)), .peer = peer, .trailing = {}};
        row.leads = peer.role == PeerRole::Leader;
        if (peer.term && raft.term && *peer.term != *raft.term)
            row.term = reasonOf(cluster, ReasonCode::RaftPeerTerm, peer) || raft.agreement == Agreement::Split ? Severity::Warning
                                                                                                               : Severity::Ok;
        row.contactLimit = raft.lastContactLimit;
        row.trailingLimit = raft.trailingLimit;
        const QString key = recentKey(cluster.name, u"trailing"_s, row.id);
        row.trailing = recent.points(key);
        rows.append(row);
    }
    return rows;
}

namespace {

bool silent(const PeerStatus &peer) { return peer.hasEndpoint && peer.reach != Reach::Answered; }
bool overContact(const PeerRow &row) { return row.peer.lastContact && *row.peer.lastContact > row.contactLimit; }
/// A leader that trails no other has nobody to be behind of.
bool leadsAll(const PeerRow &row) { return row.leads && row.peer.trailing.value_or(0) == 0; }
bool overTrailing(const PeerRow &row) { return row.peer.trailing && *row.peer.trailing > row.trailingLimit; }

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
        return !row.peer.trailing || leadsAll(row) || silent(row.peer);
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
        return silent(row.peer) ? Severity::Ok : row.term; // what it was in when it was last heard of
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

} // namespace

QString PeerModel::title(int column) const
{
    switch (Column(column)) {
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

ColumnKind PeerModel::kind(int column) const
{
    switch (Column(column)) {
    case Column::Behind:
        return ColumnKind::Drawing;
    case Column::LastContact:
    case Column::Applied:
    case Column::Term:
    case Column::Latency:
        return ColumnKind::Number;
    default:
        return ColumnKind::Text;
    }
}

QString PeerModel::text(const PeerRow &row, int column) const
{
    const PeerStatus &peer = row.peer;
    switch (Column(column)) {
    case Column::State:
        return peer.pending && peer.severity == Severity::Ok ? wording::checking(*peer.pending) : wording::severityWord(peer.severity);
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
            return peer.role == PeerRole::Unknown ? orDash({}) : wording::roleWord(peer.role);
        }
    case Column::LastContact:
        return wording::lastContact(peer);
    case Column::Behind:
        return wording::trailing(peer);
    case Column::CatchesUp:
        return overTrailing(row) ? wording::catchesUp(peer) : QString(); // a few entries come and go with every write
    case Column::Applied:
        return wording::count(peer.applied);
    case Column::Term:
        return wording::count(peer.term);
    case Column::Latency:
        if (!peer.hasEndpoint)
            return tr("not asked");
        return silent(peer) ? wording::reachWord(peer.reach).toLower() : wording::latency(peer.latency);
    case Column::Version:
        return orDash(peer.version);
    case Column::Address:
        return peer.address;
    case Column::Count:
        break;
    }
    return {};
}

QVariant PeerModel::sortValue(const PeerRow &row, int column) const
{
    const PeerStatus &peer = row.peer;
    switch (Column(column)) {
    case Column::State:
        return int(peer.severity);
    case Column::LastContact:
        return row.leads ? QVariant() : known(peer.lastContact);
    case Column::Behind:
        return leadsAll(row) ? QVariant() : known(peer.trailing);
    case Column::Applied:
        return known(peer.applied);
    case Column::Term:
        return known(peer.term);
    case Column::Latency:
        return silent(peer) ? QVariant() : known(peer.latency);
    default:
        return text(row, column);
    }
}

QVariant PeerModel::cell(const PeerRow &row, int section, int role) const
{
    const auto column = Column(section);
    switch (role) {
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        if (column == Column::State && row.peer.pending)
            return u"%1, %2"_s.arg(wording::severityWord(row.peer.severity), wording::checking(*row.peer.pending));
        return {};
    case PendingRole:
        return column == Column::State && row.peer.pending.has_value();
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
        return column == Column::Behind && !leadsAll(row) ? sparklineToNewest(row.trailing, double(row.trailingLimit)) : QVariant();
    default:
        return {};
    }
}

bool PeerModel::looksChanged(const PeerRow &before, const PeerRow &after, int column) const
{
    // With every write the index of every peer moves on. What is worth a look is one that moves against the leader's.
    if (Column(column) == Column::Applied)
        return !after.leads && before.peer.applied != after.peer.applied && before.peer.trailing != after.peer.trailing;
    if (Column(column) == Column::State) // how far a check has come is no news
        return before.peer.severity != after.peer.severity;
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
