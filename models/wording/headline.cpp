// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wording/over_time.h"
#include "models/wording/phrase.h"
#include "models/wording/sums.h"
#include "models/wording/wording.h"

#include <QSet>

#include <algorithm>
#include <tuple>

namespace quorate::wording {
using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype firstFactLimit = 60; ///< before the first "·" (LOOK section 7)
constexpr qsizetype restLimit = 120; ///< of the facts after it
constexpr qsizetype restBesideOthers = 40; ///< the same where another cause follows, which a long message would push out of sight

/// What is left to lose, when it is known: "can lose 2". A group without one leader has nothing to lose.
QString raftCapacity(const RaftStatus &raft)
{
    const bool nobody = raft.agreement == Agreement::Unseen && raft.leader.isEmpty(); // client agents give no view, but name the leader
    if (nobody || raft.agreement == Agreement::Leaderless || raft.agreement == Agreement::Split)
        return {};
    return raft.margin && *raft.margin >= 0 ? Words::tr("can lose %1").arg(count(*raft.margin)) : QString();
}

QStringList raftFactsOk(const ClusterStatus &cluster)
{
    const RaftStatus &raft = cluster.raft.first();
    const QString leader = raft.leader.isEmpty() ? QString() : Words::tr("leader %1").arg(subjectName(cluster, raft.leader));
    if (raft.voters == 0)
        return {leader.isEmpty() ? Words::tr("Leader not known") : leader};
    const QString live = Words::tr("%1/%2").arg(count(raft.live), plural(raft.voters, QUORATE_PLURAL("%1 voter", "%1 voters")));
    if (!raft.margin)
        return {plural(raft.voters, QUORATE_PLURAL("%1 voter", "%1 voters")), leader};
    const QString capacity = raftCapacity(raft);
    return {capacity.isEmpty() ? live : Words::tr("%1, %2").arg(live, capacity), leader};
}

QString queuesInWords(const ClusterStatus &cluster, bool withDead)
{
    std::optional<qint64> waiting, running, dead;
    const auto add = [](std::optional<qint64> &sum, const std::optional<qint64> &part) {
        if (part)
            sum = added(sum.value_or(0), *part);
    };
    for (const QueueStatus &queue : *cluster.queues) {
        add(waiting, queue.unprocessed);
        add(running, queue.processing);
        add(dead, queue.dead);
    }
    QStringList said;
    if (waiting)
        said.append(Words::tr("%1 waiting").arg(count(waiting)));
    if (running)
        said.append(Words::tr("%1 running").arg(count(running)));
    if (withDead && dead)
        said.append(Words::tr("%1 dead").arg(count(dead)));
    return said.join(u", "_s);
}

QString drain(const ClusterStatus &cluster)
{
    std::optional<double> longest;
    for (const QueueStatus &queue : *cluster.queues) {
        if (queue.drainSeconds)
            longest = std::max(longest.value_or(0), *queue.drainSeconds);
    }
    return longest ? Words::tr("drains in %1").arg(duration(longest)) : QString();
}

QString agentsInWords(const ClusterStatus &cluster)
{
    if (!cluster.agents || !cluster.agents->total)
        return {};
    const QString agents = plural(*cluster.agents->total, QUORATE_PLURAL("%1 agent", "%1 agents"));
    return cluster.agents->ready ? Words::tr("%1 of %2 ready").arg(count(cluster.agents->ready), agents) : agents;
}

/// "7 probes healthy on 3 brokers", "9 components healthy".
QString componentsHealthy(const ClusterStatus &cluster)
{
    QSet<QString> names;
    for (const ComponentStatus &component : cluster.components) {
        if (!component.disabled)
            names.insert(component.fullName());
    }
    if (names.isEmpty())
        return {};
    if (cluster.system != "bufstream"_L1)
        return plural(names.size(), QUORATE_PLURAL("%1 component healthy", "%1 components healthy"));
    const auto answering = std::count_if(cluster.endpoints.begin(), cluster.endpoints.end(),
        [](const EndpointStatus &endpoint) { return endpoint.reach == Reach::Answered; });
    return pluralForm(names.size(), QUORATE_PLURAL("%1 probe healthy on %2", "%1 probes healthy on %2"))
        .arg(count(names.size()), endpointsNoun(cluster.system, answering));
}

QStringList calmFacts(const ClusterStatus &cluster)
{
    if (!cluster.raft.isEmpty())
        return raftFactsOk(cluster);
    QStringList list;
    if (cluster.queues && !cluster.queues->isEmpty())
        list = {queuesInWords(cluster, true), drain(cluster)};
    if (list.join(QString()).isEmpty())
        list = {componentsHealthy(cluster), agentsInWords(cluster)};
    if (list.join(QString()).isEmpty() && !cluster.endpoints.isEmpty())
        list = {Words::tr("%1 answering").arg(endpointsNoun(cluster.system, cluster.endpoints.size()))};
    return list;
}

/// Capacity beside a cause. Not for an Unknown cluster: its numbers are old or not understood.
QString capacity(const ClusterStatus &cluster)
{
    if (cluster.severity == Severity::Unknown)
        return {};
    if (!cluster.raft.isEmpty())
        return raftCapacity(cluster.raft.first());
    return cluster.queues ? queuesInWords(cluster, false) : QString();
}

bool counts(const Reason &reason) { return reason.clusterSeverity != Severity::Ok && !reason.foldedUnder; }

/// Between reasons that count the same: what the group as a whole lost first, what another reason says better last.
int rankOf(ReasonCode code)
{
    switch (code) {
    case ReasonCode::RaftQuorumLost:
    case ReasonCode::RaftTwoLeaders:
    case ReasonCode::RaftLeaderSplit:
    case ReasonCode::RaftLeaderless:
    case ReasonCode::QueueDeadLetters: // work that is lost
        return 0;
    case ReasonCode::RaftPeerContact: // how a lag begins
    case ReasonCode::RaftLeaderUnconfirmed: // because it is down
    case ReasonCode::ComponentDegraded: // the members that it lacks
        return 2;
    default:
        return 1;
    }
}

bool comesFirst(const Reason &a, const Reason &b)
{
    return std::tuple(b.clusterSeverity, rankOf(a.code), b.severity) < std::tuple(a.clusterSeverity, rankOf(b.code), a.severity);
}

/// The causes, worst first; one of each subject, since its second reason seldom says another thing.
QList<Reason> causes(const ClusterStatus &cluster)
{
    QList<Reason> list;
    QSet<QString> subjects;
    for (const Reason &reason : inReadingOrder(cluster.reasons)) {
        if (!counts(reason))
            break;
        if (reason.subject.isEmpty() || !subjects.contains(reason.subject))
            list.append(reason);
        subjects.insert(reason.subject);
    }
    return list;
}

/// The first fact of a sentence; a name in it may be longer than a line has room for.
QString firstFact(const QString &text, qsizetype limit) { return boundedText(text.section(u" · "_s, 0, 0), limit); }

/// What follows the first fact. Beside other causes: whole facts only, as many as are short.
QString restOf(const QString &text, bool alone)
{
    if (alone)
        return boundedText(text.section(u" · "_s, 1), restLimit);
    QStringList kept;
    qsizetype length = 0;
    for (const QString &fact : text.split(u" · "_s).mid(1)) {
        length += fact.size();
        if (length > restBesideOthers)
            break;
        kept.append(fact);
    }
    return facts(kept);
}

/// A margin of zero says "can lose 0" itself.
bool saysCapacity(const QList<Reason> &reasons)
{
    return std::any_of(reasons.begin(), reasons.end(), [](const Reason &reason) {
        return reason.code == ReasonCode::RaftMarginZero || reason.code == ReasonCode::RaftQuorumLost
            || reason.code == ReasonCode::QueueStuck || reason.code == ReasonCode::QueueBacklog;
    });
}
} // namespace

QList<Reason> inReadingOrder(QList<Reason> reasons)
{
    const auto quiet = std::stable_partition(reasons.begin(), reasons.end(), counts);
    std::stable_sort(reasons.begin(), quiet, comesFirst);
    return reasons;
}

QString headline(const ClusterStatus &cluster)
{
    if (cluster.severity == Severity::Ok)
        return facts(calmFacts(cluster));
    const QList<Reason> reasons = causes(cluster);
    if (reasons.isEmpty())
        return cluster.pending ? Words::tr("First reply seen, judged after the next") : Words::tr("No reason known");
    const QString worstOne = sentence(cluster, reasons.first());
    QStringList list{firstFact(worstOne, firstFactLimit - 1), restOf(worstOne, reasons.size() == 1)};
    if (reasons.size() > 1)
        list.append(firstFact(sentence(cluster, reasons.at(1)), firstFactLimit));
    if (reasons.size() > 2)
        list.append(Words::tr("%1 more").arg(count(reasons.size() - 2)));
    if (!saysCapacity(reasons))
        list.append(capacity(cluster));
    return facts(list);
}

QString stateLine(const ClusterStatus &cluster, const Time &now)
{
    QString state = cluster.paused ? Words::tr("Paused") : severityWord(cluster.severity);
    if (cluster.since && now.wall >= *cluster.since)
        state = Words::tr("%1 for %2").arg(state, duration(std::chrono::duration<double>(now.wall - *cluster.since).count()));
    if (cluster.severity == Severity::Ok) // the news
        return facts({state, checkingLine(cluster), headline(cluster)});
    if (cluster.pending) // beside the cause, which stands first
        state = Words::tr("%1, %2", "Warning, checking").arg(state, checking(*cluster.pending));
    return facts({state, headline(cluster)});
}

QString countsBySeverity(const QList<ClusterStatus> &clusters)
{
    QStringList counts;
    for (const Severity severity : severitiesWorstFirst) {
        const auto isSo = [severity](const ClusterStatus &cluster) { return cluster.severity == severity; };
        const auto number = std::count_if(clusters.begin(), clusters.end(), isSo);
        if (number > 0)
            counts.append(u"%1 %2"_s.arg(QString::number(number), name(severity)));
    }
    return counts.join(u", "_s);
}

} // namespace quorate::wording
