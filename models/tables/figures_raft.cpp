// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/figure_parts.h"

#include "models/tables/peers.h"
#include "models/tables/sample.h"
#include "models/wording/over_time.h"
#include "models/wording/phrase.h"
#include "models/wording/wording.h"

#include <QMap>

using namespace Qt::StringLiterals;

namespace quorate::figure_parts {
namespace {

Figure agreement(const RaftStatus &raft, const ClusterStatus &cluster)
{
    QMap<QString, int> named;
    for (const PeerStatus &peer : raft.peers) {
        if (peer.believesLeader && !peer.believesLeader->isEmpty())
            ++named[*peer.believesLeader];
    }
    Figure figure{.caption = Text::tr("Agreement")};
    switch (raft.agreement) {
    case Agreement::Split:
        figure.value = Text::tr("split");
        figure.note = wording::plural(named.size(), QUORATE_PLURAL("%1 leader named", "%1 leaders named"));
        break;
    case Agreement::Leaderless:
        figure.value = Text::tr("no leader");
        break;
    case Agreement::Unconfirmed:
        figure.value = Text::tr("unconfirmed");
        break;
    case Agreement::Unseen:
        figure.value = Text::tr("not seen");
        break;
    case Agreement::SingleView:
        figure.value = Text::tr("one view");
        break;
    case Agreement::Agreed:
    case Agreement::Partial:
        figure.value = outOf(raft.views.naming, raft.views.asked);
        break;
    }
    figure.severity = ink(firstOf(cluster,
        {ReasonCode::RaftQuorumLost, ReasonCode::RaftTwoLeaders, ReasonCode::RaftLeaderSplit, ReasonCode::RaftLeaderless,
            ReasonCode::RaftLeaderUnconfirmed, ReasonCode::RaftLeaderUnknown}));
    return figure;
}

Figure canLose(const RaftStatus &raft, const ClusterStatus &cluster)
{
    Figure figure{.caption = Text::tr("Can lose"), .value = u"–"_s, .note = Text::tr("quorum is %1").arg(raft.quorum)};
    figure.severity = ink(firstOf(cluster, {ReasonCode::RaftQuorumLost, ReasonCode::RaftMarginZero}));
    if (raft.margin && *raft.margin >= 0)
        figure.value = wording::count(qint64(*raft.margin));
    else if (raft.margin)
        figure.note = Text::tr("%1 too few").arg(wording::count(qint64(-*raft.margin)));
    else
        figure.note = Text::tr("too little evidence");
    return figure;
}

Figure leader(const RaftStatus &raft, const ClusterStatus &cluster, const Time &now)
{
    Figure figure{.caption = Text::tr("Leader")};
    figure.value = raft.leader.isEmpty() ? Text::tr("none") : nameAt(raft, raft.leader);
    if (raft.leader.isEmpty())
        figure.severity = ink(firstOf(
            cluster, {ReasonCode::RaftQuorumLost, ReasonCode::RaftLeaderless, ReasonCode::RaftLeaderSplit, ReasonCode::RaftLeaderUnknown}));
    else if (raft.agreement == Agreement::Split)
        figure.note = Text::tr("newest term");
    else
        figure.note = wording::ledFor(raft, now);
    return figure;
}

Figure term(const RaftStatus &raft)
{
    Figure figure{.caption = Text::tr("Term"), .value = wording::count(raft.term)};
    QMap<quint64, int> others;
    for (const PeerStatus &peer : raft.peers) {
        if (peer.term && raft.term && *peer.term != *raft.term && peer.believesLeader)
            ++others[*peer.term];
    }
    if (!others.isEmpty()) {
        figure.note = Text::tr("%1 on %2").arg(wording::count(others.firstKey())).arg(others.first());
        figure.severity = Severity::Warning;
    }
    return figure;
}

/// Absent: not watched long enough to tell.
std::optional<Figure> elections(const RaftStatus &raft, const ClusterStatus &cluster)
{
    if (!raft.leaderChanges)
        return std::nullopt;
    Figure figure{.caption = Text::tr("Elections, 1 h"), .value = wording::count(*raft.leaderChanges)};
    figure.severity = ink(firstOf(cluster, {ReasonCode::RaftLeaderChurn}));
    return figure;
}

Figure commitIndex(const RaftStatus &raft, const ClusterStatus &cluster, const Recent &recent)
{
    const PeerStatus *peer = peerAt(raft, electedLeader(raft));
    Figure figure{.caption = Text::tr("Commit index"), .value = wording::count(peer ? peer->commit : std::nullopt)};
    if (const auto slope = recent.slope(recentKey(cluster.name, u"commit"_s)); slope && *slope >= 0.5)
        figure.note = u'+' + Text::tr("%1/s").arg(wording::count(qint64(*slope + 0.5)));
    return figure;
}

Figure autopilot(const RaftStatus &raft, const ClusterStatus &cluster)
{
    Figure figure{.caption = Text::tr("Autopilot says"), .value = Text::tr("no answer"), .quiet = true};
    if (!raft.reported || !raft.reported->healthy)
        return figure;
    figure.quiet = false;
    figure.value = *raft.reported->healthy ? Text::tr("healthy") : Text::tr("unhealthy");
    if (!*raft.reported->healthy) {
        const Reason *reason = reasonOf(cluster, ReasonCode::RaftReportedUnhealthy);
        figure.severity = reason ? reason->severity : Severity::Warning;
    } else if (raft.reported->failureTolerance)
        figure.note = Text::tr("can lose %1").arg(wording::count(raft.reported->failureTolerance));
    return figure;
}

} // namespace

QList<Figure> ofRaft(const ClusterStatus &cluster, const Recent &recent, const Time &now)
{
    const RaftStatus &raft = cluster.raft.first();
    QList<Figure> list;
    if (raft.agreement != Agreement::Agreed)
        list += agreement(raft, cluster);
    if (raft.views.answered == 0) {
        list += answering(cluster, Text::tr("Servers answering"));
        return list;
    }
    Figure voters{.caption = Text::tr("Voters in touch"), .value = outOf(raft.live, raft.voters)};
    voters.severity = ink(firstOf(cluster, {ReasonCode::RaftQuorumLost}));
    if (raft.live < raft.quorum) // fewer than a leader needs: as bad as the cluster is
        voters.severity = worst(voters.severity, cluster.severity == Severity::Critical ? Severity::Critical : Severity::Warning);
    else if (raft.live < raft.voters)
        voters.severity = worst(voters.severity, Severity::Warning);
    if (raft.expected > raft.voters) {
        voters.note = Text::tr("%1 expected").arg(raft.expected);
        voters.severity = worst(voters.severity, Severity::Warning);
    }
    list << voters << canLose(raft, cluster) << leader(raft, cluster, now) << term(raft);
    if (const auto figure = elections(raft, cluster))
        list += *figure;
    list << autopilot(raft, cluster) << commitIndex(raft, cluster, recent);
    return list;
}

} // namespace quorate::figure_parts
