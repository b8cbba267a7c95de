// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/limits.h"

#include "models/tables/cells.h"
#include "models/tables/peers.h"
#include "models/wording/wording.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace quorate {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(quorate::Limits)
};

QString plus(const QString &amount) { return u'+' + amount; }

QString difference(quint64 value, quint64 limit)
{
    return value >= limit ? plus(wording::count(value - limit)) : QChar(0x2212) + wording::count(limit - value);
}

/// The judge's word where it has one; a value over its limit without it is still being checked.
void judged(LimitRow &row, const Reason *reason, bool over)
{
    if (reason)
        row.severity = reason->severity;
    else if (over) {
        row.severity = Severity::Warning;
        row.pending = true;
    }
}

void unknown(LimitRow &row)
{
    row.unknown = true;
    row.value = orDash({});
}

/// A number against its greatest allowed value. Bullets of one kind share no scale: each is as wide as 1.1 times the larger of both.
void atMost(LimitRow &row, double value, double limit, const QString &valueText, const QString &limitText, const QString &overText)
{
    row.value = valueText;
    row.limit = limitText;
    row.number = value;
    row.against = limit;
    row.maximum = std::max(value * 1.15, limit * 1.6);
    if (value > limit) {
        row.overBy = value - limit;
        row.over = overText;
    }
}

LimitRow sameLeader(const ClusterStatus &cluster, const RaftStatus &raft, const PeerStatus &peer)
{
    LimitRow row{.id = u"leader"_s, .rule = Text::tr("Same leader"), .limit = nameAt(raft, electedLeader(raft))};
    if (!peer.believesLeader) {
        unknown(row);
        return row;
    }
    row.value = peer.believesLeader->isEmpty() ? Text::tr("nobody") : nameAt(raft, *peer.believesLeader);
    const bool differs = *peer.believesLeader != electedLeader(raft);
    if (differs || peer.believesLeader->isEmpty()) {
        const Reason *reason = reasonOf(cluster, ReasonCode::RaftPeerIsolated, peer);
        for (const ReasonCode code :
            {ReasonCode::RaftTwoLeaders, ReasonCode::RaftLeaderSplit, ReasonCode::RaftLeaderless, ReasonCode::RaftQuorumLost}) {
            if (!reason)
                reason = reasonOf(cluster, code);
        }
        judged(row, reason, true);
        if (differs)
            row.over = Text::tr("differs");
    }
    return row;
}

LimitRow sameTerm(const ClusterStatus &cluster, const RaftStatus &raft, const PeerStatus &peer)
{
    LimitRow row{.id = u"term"_s, .rule = Text::tr("Same term"), .limit = wording::count(raft.term)};
    if (!peer.term) {
        unknown(row);
        return row;
    }
    row.value = wording::count(peer.term);
    row.number = double(*peer.term);
    if (raft.term && *peer.term != *raft.term) {
        const Reason *reason = reasonOf(cluster, ReasonCode::RaftPeerTerm, peer);
        judged(row, reason ? reason : reasonOf(cluster, ReasonCode::RaftTwoLeaders), true);
        row.over = difference(*peer.term, *raft.term);
    }
    return row;
}

LimitRow behindLeader(const ClusterStatus &cluster, const RaftStatus &raft, const PeerStatus &peer)
{
    LimitRow row{
        .id = u"trailing"_s, .rule = Text::tr("Behind leader"), .limit = wording::measured(double(raft.trailingLimit), u"entries"_s)};
    if (!peer.trailing) {
        unknown(row);
        return row;
    }
    const auto value = double(*peer.trailing), limit = double(raft.trailingLimit);
    atMost(row, value, limit, wording::measured(value, u"entries"_s), row.limit, plus(wording::count(*peer.trailing - raft.trailingLimit)));
    judged(row, reasonOf(cluster, ReasonCode::RaftPeerLagging, peer), value > limit);
    return row;
}

LimitRow lastContact(const ClusterStatus &cluster, const RaftStatus &raft, const PeerStatus &peer)
{
    LimitRow row{.id = u"contact"_s, .rule = Text::tr("Last contact"), .limit = wording::latency(raft.lastContactLimit)};
    const Reason *reason = reasonOf(cluster, ReasonCode::RaftPeerContact, peer);
    const Reason *down = reasonOf(cluster, ReasonCode::RaftPeerDown, peer);
    if (!peer.lastContact) {
        unknown(row);
        if (!peer.hasEndpoint) // then its own silence says it
            judged(row, down ? down : reason, false);
        return row;
    }
    const double value = *peer.lastContact, limit = raft.lastContactLimit;
    atMost(row, value, limit, wording::latency(value), row.limit, plus(wording::latency(value - limit)));
    judged(row, reason ? reason : down, value > limit);
    return row;
}

LimitRow answers(const ClusterStatus &cluster, const PeerStatus &peer)
{
    LimitRow row{.id = u"answers"_s, .rule = Text::tr("Answers")};
    const auto reason = std::find_if(cluster.reasons.cbegin(), cluster.reasons.cend(), [&](const Reason &candidate) {
        static const QList<ReasonCode> codes{ReasonCode::EndpointDown, ReasonCode::EndpointTlsFailed, ReasonCode::EndpointUnauthorised,
            ReasonCode::EndpointNotUnderstood, ReasonCode::EndpointSlow, ReasonCode::Stale, ReasonCode::SecretUnavailable};
        return codes.contains(candidate.code) && candidate.endpoints.contains(peer.endpoint.text());
    });
    if (reason != cluster.reasons.cend())
        row.severity = reason->severity;
    if (peer.reach != Reach::Answered) {
        row.value = wording::reachWord(peer.reach);
        if (row.severity == Severity::Ok)
            row.severity = Severity::Unknown;
        return row;
    }
    row.value = wording::latency(peer.latency);
    if (peer.latency && reason != cluster.reasons.cend() && reason->limit)
        atMost(row, *peer.latency, *reason->limit, row.value, wording::latency(reason->limit),
            plus(wording::latency(*peer.latency - *reason->limit)));
    return row;
}

LimitRow votes(const ClusterStatus &cluster, const PeerStatus &peer, const Time &now)
{
    LimitRow row{.id = u"voter"_s, .rule = Text::tr("Voter"), .value = peer.voter ? Text::tr("yes") : Text::tr("no")};
    if (peer.voter && peer.stableSince) {
        const double stable = double((now.wall - *peer.stableSince).count()) / 1000;
        row.rule = Text::tr("Voter, stable");
        row.value = wording::duration(stable);
        row.number = stable;
    }
    judged(row, reasonOf(cluster, ReasonCode::RaftPeerNonvoter, peer), false);
    for (const ReasonCode code : {ReasonCode::RaftPeerGhost, ReasonCode::RaftPeerMissing}) {
        if (const Reason *reason = reasonOf(cluster, code, peer)) {
            judged(row, reason, false);
            row.value = wording::peerStateWord(peer.state);
            row.number.reset();
        }
    }
    return row;
}

LimitRow atLeast(const QString &id, const QString &rule, std::optional<int> value, int limit, const Reason *reason)
{
    LimitRow row{.id = id, .rule = rule, .limit = u"≥ "_s + wording::count(qint64(limit))};
    if (!value) {
        unknown(row);
        return row;
    }
    row.value = wording::count(qint64(*value));
    row.number = *value;
    judged(row, reason, false);
    if (*value < limit) {
        row.over = QChar(0x2212) + wording::count(qint64(limit - *value));
        row.overBy = limit - *value;
    }
    return row;
}

LimitRow namedLeader(const ClusterStatus &cluster, const RaftStatus &raft)
{
    LimitRow row{.id = u"leader"_s,
        .rule = Text::tr("Leader, named by"),
        .limit = Text::tr("%1 of %2").arg(raft.views.naming).arg(raft.views.asked)};
    const QString leader = electedLeader(raft);
    row.value = leader.isEmpty() ? Text::tr("nobody") : nameAt(raft, leader);
    for (const ReasonCode code : {ReasonCode::RaftLeaderUnknown, ReasonCode::RaftLeaderUnconfirmed, ReasonCode::RaftLeaderSplit,
             ReasonCode::RaftTwoLeaders, ReasonCode::RaftLeaderless, ReasonCode::RaftQuorumLost})
        judged(row, reasonOf(cluster, code), false);
    return row;
}

LimitRow ownReport(const ClusterStatus &cluster, const RaftStatus &raft)
{
    LimitRow row{.id = u"reported"_s, .rule = Text::tr("Servers' own report")};
    if (!raft.reported || !raft.reported->healthy) {
        unknown(row);
        return row;
    }
    row.value = *raft.reported->healthy ? Text::tr("healthy") : Text::tr("unhealthy");
    if (raft.reported->failureTolerance)
        row.limit = Text::tr("can lose %1").arg(wording::count(raft.reported->failureTolerance));
    judged(row, reasonOf(cluster, ReasonCode::RaftReportedUnhealthy), false);
    return row;
}

/// Failed rules first, in the order of the rules; unknown values last among the others.
void order(QList<LimitRow> &rows)
{
    const auto rank = [](const LimitRow &row) {
        if (row.severity != Severity::Ok)
            return row.pending ? -1 : -1 - int(row.severity);
        return row.unknown ? 1 : 0;
    };
    std::stable_sort(rows.begin(), rows.end(), [&](const LimitRow &a, const LimitRow &b) { return rank(a) < rank(b); });
}

} // namespace

QList<LimitRow> peerLimits(const ClusterStatus &cluster, const RaftStatus &raft, const PeerStatus &peer, const Time &now)
{
    const bool leads = peer.role == PeerRole::Leader && peer.address == electedLeader(raft);
    QList<LimitRow> rows;
    if (peer.hasEndpoint)
        rows += sameLeader(cluster, raft, peer);
    rows += sameTerm(cluster, raft, peer);
    if (!leads) {
        rows += behindLeader(cluster, raft, peer);
        if (peer.role != PeerRole::Leader) // another that calls itself leader has nobody to be in touch with
            rows += lastContact(cluster, raft, peer);
    }
    if (peer.hasEndpoint)
        rows += answers(cluster, peer);
    rows += votes(cluster, peer, now);
    order(rows);
    return rows;
}

QList<LimitRow> groupLimits(const ClusterStatus &cluster, const RaftStatus &raft)
{
    const auto known = [&](int value) { return raft.views.answered > 0 ? std::optional(value) : std::nullopt; };
    QList<LimitRow> rows;
    rows += namedLeader(cluster, raft);
    rows += atLeast(
        u"quorum"_s, Text::tr("Voters in touch, quorum"), known(raft.live), raft.quorum, reasonOf(cluster, ReasonCode::RaftQuorumLost));
    rows += atLeast(u"margin"_s, Text::tr("Can lose"), raft.margin, 1, reasonOf(cluster, ReasonCode::RaftMarginZero));
    rows += atLeast(
        u"members"_s, Text::tr("Voters, expected"), known(raft.voters), raft.expected, reasonOf(cluster, ReasonCode::RaftPeerMissing));
    rows += ownReport(cluster, raft);
    order(rows);
    return rows;
}

int failed(const QList<LimitRow> &rows)
{
    return int(std::count_if(rows.cbegin(), rows.cend(), [](const LimitRow &row) { return row.severity != Severity::Ok && !row.pending; }));
}

} // namespace quorate
