// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wording/over_time.h"
#include "models/wording/sentences.h"
#include "models/wording/sums.h"
#include "models/wording/wording.h"

#include <algorithm>

namespace quorate::wording {
using namespace Qt::StringLiterals;

namespace {
QString voters(qint64 n) { return plural(n, QUORATE_PLURAL("%1 voter", "%1 voters")); }

/// The reason's names; else the leaders that peers name, or the peers that call themselves leader.
QStringList leaders(const ClusterStatus &cluster, const Reason &reason, bool sayingSo)
{
    if (!reason.names.isEmpty())
        return reason.names;
    QStringList found;
    const RaftStatus *group = groupOf(cluster, reason);
    if (!group)
        return found;
    for (const PeerStatus &peer : group->peers) {
        const QString leader = !sayingSo    ? peer.believesLeader.value_or(QString())
            : peer.role == PeerRole::Leader ? peer.address
                                            : QString();
        if (!leader.isEmpty() && !found.contains(leader))
            found.append(leader);
    }
    return found;
}

QString inWords(const ClusterStatus &cluster, const QStringList &leaders)
{
    QStringList said;
    for (const QString &leader : leaders.mid(0, 3))
        said.append(shortName(subjectName(cluster, leader), 20));
    return said.join(Words::tr(" and "));
}

/// The terms of servers that call themselves leader: the higher one is right.
QString termsOf(const ClusterStatus &cluster, const QStringList &leaders)
{
    QStringList terms;
    for (const QString &leader : leaders.mid(0, 3)) {
        if (const PeerStatus *peer = peerOf(cluster, leader); peer && peer->term)
            terms.append(count(peer->term));
    }
    return terms.size() < 2 ? QString() : Words::tr("term %1").arg(terms.join(Words::tr(" and ")));
}

QStringList quorumLost(const RaftStatus *group, const Reason &reason)
{
    const Numbers pair = numbers(reason);
    if (!group || group->voters == 0) {
        return {Words::tr("Quorum lost"),
            pair.value && pair.limit ? Words::tr("%1 of %2 needed").arg(count(whole(*pair.value)), voters(whole(*pair.limit))) : QString()};
    }
    const qint64 few = std::max(1, group->quorum - group->live);
    return {Words::tr("Quorum lost: %1 of %2 live, %3 too few").arg(count(group->live), voters(group->voters), count(few)),
        quoted(reason.detail)};
}

QStringList leaderless(const ClusterStatus &cluster, const RaftStatus *group, const Reason &reason)
{
    if (!group || group->views.answered == 0)
        return {Words::tr("No leader"), quoted(reason.detail)};
    const qint64 silent = group->views.asked - group->views.answered;
    const QString rest = silent > 0 ? Words::tr("%1 silent").arg(count(silent)) : QString();
    return {Words::tr("No leader on %1 of %2")
                .arg(count(group->views.answered - group->views.naming), endpointsNoun(cluster.system, group->views.asked)),
        rest, quoted(reason.detail)};
}

QStringList marginZero(const RaftStatus *group, const Reason &reason)
{
    const QString first = Words::tr("No further voter may fail");
    if (!group || group->voters == 0)
        return {first, quoted(reason.detail)};
    const QString expected = group->expected > group->voters ? Words::tr("%1 expected").arg(count(group->expected)) : QString();
    return {Words::tr("%1: %2 of %3 live").arg(first, count(group->live), voters(group->voters)), expected, quoted(reason.detail)};
}

QStringList unconfirmed(const ClusterStatus &cluster, const RaftStatus *group, const Reason &reason)
{
    const QString leader = !reason.names.isEmpty() ? reason.names.first() : group ? group->leader : QString();
    if (leader.isEmpty())
        return {Words::tr("Leader not confirmed"), quoted(reason.detail)};
    const QString silent = Words::tr("%1 is named leader but does not confirm it");
    const QString doubted = Words::tr("%1 is named leader, but this is not confirmed"); // it may well say so itself
    return {(reason.detail.isEmpty() ? silent : doubted).arg(subjectName(cluster, leader)), quoted(reason.detail)};
}

QStringList reportedUnhealthy(const Reason &reason)
{
    const QString whom = reason.names.isEmpty() ? Words::tr("the group") : listOf(reason.names, 1);
    return {reason.detail.isEmpty() ? Words::tr("Autopilot calls %1 unhealthy, gives no reason").arg(whom)
                                    : Words::tr("Autopilot calls %1 unhealthy").arg(whom),
        quoted(reason.detail)};
}

QStringList leaderChurn(const Reason &reason)
{
    const QString leaders = reason.value ? plural(whole(*reason.value), QUORATE_PLURAL("%1 leader in 10 min", "%1 leaders in 10 min"))
                                         : Words::tr("The leader keeps changing");
    return {leaders, listOf(reason.names), quoted(reason.detail)};
}

QStringList evenVoters(const RaftStatus *group)
{
    if (!group || group->voters < 2)
        return {Words::tr("Even number of voters")};
    return {Words::tr("%1, an even number").arg(voters(group->voters)),
        Words::tr("can lose no more than %1 could").arg(count(group->voters - 1))};
}
} // namespace

QStringList raftFacts(const ClusterStatus &cluster, const Reason &reason)
{
    const RaftStatus *group = groupOf(cluster, reason);
    const qint64 voterCount = group && group->voters > 0 ? group->voters : whole(reason.value.value_or(0));
    switch (reason.code) {
    case ReasonCode::RaftQuorumLost:
        return quorumLost(group, reason);
    case ReasonCode::RaftLeaderless:
        return leaderless(cluster, group, reason);
    case ReasonCode::RaftLeaderSplit: {
        const QStringList named = leaders(cluster, reason, false);
        return {named.size() < 2 ? Words::tr("Servers name different leaders")
                                 : Words::tr("Servers name %1 leaders: %2").arg(count(named.size()), inWords(cluster, named)),
            quoted(reason.detail)};
    }
    case ReasonCode::RaftTwoLeaders: {
        const QStringList named = leaders(cluster, reason, true);
        return {named.size() < 2 ? Words::tr("Two servers lead") : Words::tr("Two servers lead: %1").arg(inWords(cluster, named)),
            termsOf(cluster, named), quoted(reason.detail)};
    }
    case ReasonCode::RaftLeaderUnconfirmed:
        return unconfirmed(cluster, group, reason);
    case ReasonCode::RaftForwardFailed:
        return {Words::tr("Requests through the leader fail"), quoted(reason.detail)};
    case ReasonCode::RaftMembershipDiffers:
        return {reason.names.isEmpty() ? Words::tr("Servers disagree on the members")
                                       : Words::tr("Servers disagree on the members: %1").arg(listOf(reason.names, 1)),
            quoted(reason.detail)};
    case ReasonCode::RaftMarginZero:
        return marginZero(group, reason);
    case ReasonCode::RaftMarginUnknown:
        return {Words::tr("How many may fail is not known"), quoted(reason.detail)};
    case ReasonCode::RaftSingleView:
        return {Words::tr("Only one server gives a view of the group"), quoted(reason.detail)};
    case ReasonCode::RaftLeaderUnknown:
        return {Words::tr("Leader not known, no server tells"), quoted(reason.detail)};
    case ReasonCode::RaftLeaderChurn:
        return leaderChurn(reason);
    case ReasonCode::RaftTermChurn:
        return {reason.value ? Words::tr("The leader's term rose by %1 in 5 min").arg(count(whole(*reason.value)))
                             : Words::tr("The leader's term keeps rising"),
            quoted(reason.detail)};
    case ReasonCode::RaftReportedUnhealthy:
        return reportedUnhealthy(reason);
    case ReasonCode::RaftVotersEven:
        return evenVoters(group);
    case ReasonCode::RaftVotersMany:
        return {voterCount > 0 ? Words::tr("%1, each write waits for more of them").arg(voters(voterCount))
                               : Words::tr("More than 5 voters slow each write")};
    default:
        return misplaced(reason);
    }
}

namespace {
QStringList isolated(const ClusterStatus &cluster, const Reason &reason)
{
    const QString name = reason.subject.isEmpty() ? Words::tr("A server") : subjectName(cluster, reason.subject);
    if (reason.names.contains("raft-stopped"_L1))
        return {Words::tr("Raft has stopped on %1").arg(name), quoted(reason.detail)};
    const PeerStatus *peer = peerOf(cluster, reason.subject);
    const RaftStatus *group = cluster.raft.isEmpty() ? nullptr : &cluster.raft.first();
    const std::optional<quint64> own = peer ? peer->term : std::nullopt;
    const std::optional<quint64> leaders = group ? group->term : std::nullopt;
    const QString role = peer ? roleWord(peer->role) : QString();
    const QString first = own && leaders
        ? Words::tr("%1 sees no leader (%2, term %3 against %4)").arg(name, role, count(own), count(leaders))
        : Words::tr("%1 sees no leader, the others have one").arg(name);
    const bool forces = own && leaders && *own > *leaders;
    return {first, forces ? Words::tr("will force an election when it returns") : QString(), quoted(reason.detail)};
}

QStringList missing(const ClusterStatus &cluster, const Reason &reason)
{
    const RaftStatus *group = cluster.raft.isEmpty() ? nullptr : &cluster.raft.first();
    QStringList names;
    if (!reason.subject.isEmpty())
        names.append(subjectName(cluster, reason.subject));
    for (const QString &name : reason.subject.isEmpty() ? reason.names : QStringList())
        names.append(subjectName(cluster, name));
    const QString size
        = group && group->expected > 0 ? Words::tr("%1 of %2").arg(count(group->voters), voters(group->expected)) : QString();
    if (names.isEmpty()) {
        const qint64 gone = reason.count ? *reason.count : group ? group->expected - group->voters : 0;
        return {gone > 0 ? pluralForm(gone, QUORATE_PLURAL("%1 voter is missing", "%1 voters are missing")).arg(count(gone))
                         : Words::tr("Voters are missing"),
            size, quoted(reason.detail)};
    }
    return {pluralForm(names.size(), QUORATE_PLURAL("%1 is missing from the group", "%1 are missing from the group")).arg(listOf(names)),
        size, quoted(reason.detail)};
}

QString contact(const QString &name, const Reason &reason)
{
    if (!reason.value)
        return Words::tr("%1 has not heard from the leader").arg(name);
    return Words::tr("%1 heard from the leader %2 ago").arg(name, measured(*reason.value, reason.unit.isEmpty() ? u"s"_s : reason.unit))
        + limitOf(reason);
}

QString lagging(const QString &name, const Reason &reason)
{
    if (!reason.value)
        return Words::tr("%1 trails the leader").arg(name);
    return Words::tr("%1 trails the leader by %2").arg(name, measured(*reason.value, u"entries"_s)) + limitOf(reason);
}

QString termDiffers(const ClusterStatus &cluster, const QString &name, const Reason &reason)
{
    const PeerStatus *peer = peerOf(cluster, reason.subject);
    const std::optional<quint64> leaders = cluster.raft.isEmpty() ? std::nullopt : cluster.raft.first().term;
    if (!reason.value && !(peer && peer->term))
        return Words::tr("%1 is in another term than the leader").arg(name);
    const QString own = peer && peer->term ? count(peer->term) : measured(*reason.value, QString());
    const QString other = leaders ? count(leaders) : reason.limit ? measured(*reason.limit, QString()) : QString();
    return other.isEmpty() ? Words::tr("%1 is in term %2, not the leader's").arg(name, own)
                           : Words::tr("%1 is in term %2, the leader in %3").arg(name, own, other);
}
} // namespace

QStringList peerFacts(const ClusterStatus &cluster, const Reason &reason)
{
    const QString name = reason.subject.isEmpty() ? Words::tr("A server") : subjectName(cluster, reason.subject);
    switch (reason.code) {
    case ReasonCode::RaftPeerDown: {
        const PeerStatus *peer = peerOf(cluster, reason.subject);
        const QString reach = peer && peer->hasEndpoint && peer->reach != Reach::Answered ? reachWord(peer->reach).toLower() : QString();
        return {Words::tr("%1 is down").arg(name), reason.detail.isEmpty() ? reach : quoted(reason.detail)};
    }
    case ReasonCode::RaftPeerIsolated:
        return isolated(cluster, reason);
    case ReasonCode::RaftPeerMissing:
        return missing(cluster, reason);
    case ReasonCode::RaftPeerGhost:
        return {Words::tr("%1 is a member that gossip does not know").arg(name), quoted(reason.detail)};
    case ReasonCode::RaftPeerContact:
        return {contact(name, reason), quoted(reason.detail)};
    case ReasonCode::RaftPeerLagging: {
        const PeerStatus *peer = peerOf(cluster, reason.subject);
        return {lagging(name, reason), peer ? lagDirection(*peer) : QString(), quoted(reason.detail)};
    }
    case ReasonCode::RaftPeerTerm:
        return {termDiffers(cluster, name, reason), quoted(reason.detail)};
    case ReasonCode::RaftPeerNonvoter:
        return {Words::tr("%1 does not vote").arg(name), quoted(reason.detail)};
    default:
        return misplaced(reason);
    }
}

} // namespace quorate::wording
