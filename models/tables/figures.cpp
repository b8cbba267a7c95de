// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/figures.h"

#include "models/tables/peers.h"
#include "models/tables/sample.h"
#include "models/wording/phrase.h"
#include "models/wording/wording.h"

#include <QCoreApplication>
#include <QMap>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quorate {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(quorate::Figures)
};

QString dash() { return u"–"_s; }
QString outOf(qint64 part, qint64 whole) { return Text::tr("%1 of %2").arg(wording::count(part), wording::count(whole)); }

const Reason *firstOf(const ClusterStatus &cluster, std::initializer_list<ReasonCode> codes)
{
    for (const ReasonCode code : codes) {
        if (const Reason *reason = reasonOf(cluster, code))
            return reason;
    }
    return nullptr;
}

Severity ink(const Reason *reason) { return reason ? reason->clusterSeverity : Severity::Ok; }

Figure answering(const ClusterStatus &cluster, const QString &caption)
{
    const auto answered = std::count_if(cluster.endpoints.cbegin(), cluster.endpoints.cend(),
        [](const EndpointStatus &endpoint) { return endpoint.reach == Reach::Answered && !endpoint.stale; });
    Figure figure{.caption = caption, .value = outOf(answered, cluster.endpoints.size())};
    if (answered < cluster.endpoints.size()) {
        const Reason *reason = firstOf(cluster,
            {ReasonCode::EndpointDown, ReasonCode::EndpointUnauthorised, ReasonCode::SecretUnavailable, ReasonCode::EndpointTlsFailed,
                ReasonCode::EndpointNotUnderstood, ReasonCode::Stale, ReasonCode::NotPolled});
        figure.severity = reason ? reason->clusterSeverity : cluster.severity;
        const auto other = std::find_if(cluster.endpoints.cbegin(), cluster.endpoints.cend(),
            [](const EndpointStatus &endpoint) { return endpoint.reach != Reach::Answered || endpoint.stale; });
        figure.note = wording::reachWord(other->reach).toLower();
    }
    return figure;
}

/// Most frequent version, and the others as a note.
std::optional<Figure> versions(const ClusterStatus &cluster)
{
    QMap<QString, int> seen;
    for (const EndpointStatus &endpoint : cluster.endpoints) {
        if (!endpoint.version.isEmpty())
            ++seen[endpoint.version];
    }
    if (seen.isEmpty())
        return std::nullopt;
    QStringList names = seen.keys();
    std::stable_sort(names.begin(), names.end(), [&](const QString &a, const QString &b) { return seen.value(a) > seen.value(b); });
    Figure figure{.caption = names.size() > 1 ? Text::tr("Versions") : Text::tr("Version"), .value = names.takeFirst()};
    if (!names.isEmpty()) {
        figure.note = Text::tr("and %1").arg(names.join(u", "_s));
        figure.severity = Severity::Warning;
    }
    return figure;
}

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
    Figure figure{.caption = Text::tr("Can lose"), .value = dash(), .note = Text::tr("quorum is %1").arg(raft.quorum)};
    figure.severity = ink(firstOf(cluster, {ReasonCode::RaftQuorumLost, ReasonCode::RaftMarginZero}));
    if (raft.margin && *raft.margin >= 0)
        figure.value = wording::count(qint64(*raft.margin));
    else if (raft.margin)
        figure.note = Text::tr("%1 too few").arg(wording::count(qint64(-*raft.margin)));
    else
        figure.note = Text::tr("too little evidence");
    return figure;
}

Figure leader(const RaftStatus &raft, const ClusterStatus &cluster)
{
    Figure figure{.caption = Text::tr("Leader")};
    figure.value = raft.leader.isEmpty() ? Text::tr("none") : nameAt(raft, raft.leader);
    if (raft.leader.isEmpty())
        figure.severity = ink(firstOf(
            cluster, {ReasonCode::RaftQuorumLost, ReasonCode::RaftLeaderless, ReasonCode::RaftLeaderSplit, ReasonCode::RaftLeaderUnknown}));
    else if (raft.agreement == Agreement::Split)
        figure.note = Text::tr("newest term");
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

QList<Figure> raftFigures(const ClusterStatus &cluster, const Recent &recent)
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
    if (raft.live < raft.voters)
        voters.severity = worst(voters.severity, Severity::Warning);
    if (raft.expected > raft.voters) {
        voters.note = Text::tr("%1 expected").arg(raft.expected);
        voters.severity = worst(voters.severity, Severity::Warning);
    }
    list << voters << canLose(raft, cluster) << leader(raft, cluster) << term(raft) << commitIndex(raft, cluster, recent)
         << autopilot(raft, cluster);
    return list;
}

/// The fewest of a kind over all endpoints: the most careful thing to say.
std::optional<std::pair<qint64, qint64>> fewest(
    const ClusterStatus &cluster, std::optional<std::pair<qint64, qint64>> ComponentNumbers::*kind)
{
    std::optional<std::pair<qint64, qint64>> result;
    for (const ComponentStatus &component : cluster.components) {
        const auto &pair = component.numbers.*kind;
        if (pair && (!result || pair->first < result->first))
            result = pair;
    }
    return result;
}

std::optional<Figure> restarted(const ClusterStatus &cluster)
{
    const auto youngest = std::min_element(cluster.endpoints.cbegin(), cluster.endpoints.cend(),
        [](const auto &a, const auto &b) { return a.uptime.value_or(1e300) < b.uptime.value_or(1e300); });
    if (youngest == cluster.endpoints.cend() || !youngest->uptime)
        return std::nullopt;
    return Figure{
        .caption = Text::tr("Restarted"), .value = youngest->label, .note = Text::tr("%1 ago").arg(wording::duration(youngest->uptime))};
}

void bufstreamFigures(QList<Figure> &list, const ClusterStatus &cluster)
{
    list += answering(cluster, Text::tr("Brokers answering"));
    const auto counted = std::count_if(cluster.components.cbegin(), cluster.components.cend(), [](const auto &c) { return !c.disabled; });
    const auto good = std::count_if(
        cluster.components.cbegin(), cluster.components.cend(), [](const auto &c) { return !c.disabled && c.severity == Severity::Ok; });
    if (counted > 0) {
        Figure probes{.caption = Text::tr("Probes healthy"), .value = outOf(good, counted)};
        if (good < counted)
            probes.severity = worst(Severity::Warning,
                ink(firstOf(cluster, {ReasonCode::ComponentFailed, ReasonCode::ComponentUnknown, ReasonCode::ComponentDegraded})));
        list += probes;
    }
    if (const auto members = fewest(cluster, &ComponentNumbers::members)) {
        const qint64 margin = members->first - (members->second / 2 + 1);
        Figure figure{.caption = Text::tr("etcd members"), .value = outOf(members->first, members->second)};
        figure.note
            = margin >= 0 ? Text::tr("can lose %1").arg(wording::count(margin)) : Text::tr("%1 too few").arg(wording::count(-margin));
        figure.severity = ink(firstOf(cluster, {ReasonCode::MembersNoMajority, ReasonCode::MembersDown}));
        list += figure;
    }
    std::optional<std::pair<qint64, qint64>> connections;
    for (const ComponentStatus &component : cluster.components) {
        const auto &pair = component.numbers.connections;
        if (pair && (!connections || pair->first > connections->first))
            connections = pair;
    }
    if (connections)
        list += Figure{.caption = Text::tr("PostgreSQL"),
            .value = outOf(connections->first, connections->second),
            .note = Text::tr("connections"),
            .severity = ink(firstOf(cluster, {ReasonCode::ConnectionsHigh}))};
}

std::optional<qint64> sum(const QList<QueueStatus> &queues, std::optional<qint64> QueueStatus::*part)
{
    std::optional<qint64> total;
    for (const QueueStatus &queue : queues) {
        if (queue.*part)
            total = total.value_or(0) + *(queue.*part);
    }
    return total;
}

Figure serverSays(const ClusterStatus &cluster)
{
    Figure figure{.caption = Text::tr("Server says"), .value = Text::tr("no answer"), .quiet = true};
    for (const EndpointStatus &endpoint : cluster.endpoints) {
        if (endpoint.reported.isEmpty() || (!figure.quiet && endpoint.severity <= figure.severity))
            continue;
        figure.value = endpoint.reported;
        figure.note = endpoint.http > 0 ? Text::tr("HTTP %1").arg(endpoint.http) : QString();
        figure.quiet = false;
        figure.severity = endpoint.severity;
    }
    return figure;
}

Figure finds(const ClusterStatus &cluster)
{
    int criticals = 0, warnings = 0;
    for (const Reason &reason : cluster.reasons) {
        if (!reason.derived || reason.foldedUnder || reason.severity == Severity::Ok)
            continue;
        ++(reason.severity == Severity::Critical ? criticals : warnings);
    }
    Figure figure{.caption = Text::tr("Quorate finds"), .value = Text::tr("nothing"), .note = Text::tr("derived")};
    if (criticals > 0)
        figure.value = Text::tr("%1 critical").arg(wording::count(qint64(criticals)));
    else if (warnings > 0)
        figure.value = wording::plural(warnings, QUORATE_PLURAL("%1 warning", "%1 warnings"));
    figure.severity = criticals > 0 ? Severity::Critical : warnings > 0 ? Severity::Warning : Severity::Ok;
    if (figure.severity == Severity::Ok)
        figure.note = Text::tr("beyond it");
    return figure;
}

Figure waiting(const QList<QueueStatus> &queues, const ClusterStatus &cluster)
{
    Figure figure{.caption = Text::tr("Waiting"), .value = wording::count(sum(queues, &QueueStatus::unprocessed))};
    figure.severity = ink(firstOf(cluster, {ReasonCode::QueueStuck, ReasonCode::QueueBacklog}));
    std::optional<double> longest;
    for (const QueueStatus &queue : queues) {
        if (queue.drainSeconds)
            longest = std::max(longest.value_or(0), *queue.drainSeconds);
    }
    if (longest)
        figure.note = Text::tr("drains in %1").arg(wording::duration(longest));
    return figure;
}

Figure deadLetters(const QList<QueueStatus> &queues, const ClusterStatus &cluster)
{
    const std::optional<qint64> dead = sum(queues, &QueueStatus::dead);
    Figure figure{.caption = Text::tr("Dead letters"), .value = wording::count(dead)};
    figure.severity = ink(firstOf(cluster, {ReasonCode::QueueDeadLetters}));
    const qint64 known = sum(queues, &QueueStatus::deadKnown).value_or(0);
    if (dead && known > 0 && *dead > known)
        figure.note = u'+' + Text::tr("%1 since accepted").arg(wording::count(*dead - known));
    return figure;
}

Figure agentsReady(const AgentsStatus &agents, const ClusterStatus &cluster)
{
    Figure figure{.caption = Text::tr("Agents ready"), .value = wording::count(agents.ready)};
    if (agents.ready && agents.total && *agents.ready != *agents.total)
        figure.value = outOf(*agents.ready, *agents.total);
    const Reason *missing = reasonOf(cluster, ReasonCode::AgentsMissing);
    if (missing && !missing->names.isEmpty())
        figure.note = Text::tr("%1 gone").arg(wording::count(qint64(missing->names.size())));
    figure.severity = ink(firstOf(cluster, {ReasonCode::AgentsNone, ReasonCode::AgentsNotReady}));
    return figure;
}

void osapiFigures(QList<Figure> &list, const ClusterStatus &cluster)
{
    list << serverSays(cluster) << finds(cluster);
    if (cluster.queues)
        list << waiting(*cluster.queues, cluster)
             << Figure{.caption = Text::tr("Running"), .value = wording::count(sum(*cluster.queues, &QueueStatus::processing))}
             << deadLetters(*cluster.queues, cluster);
    if (cluster.agents)
        list += agentsReady(*cluster.agents, cluster);
    if (cluster.nats && !cluster.nats->version.isEmpty())
        list += Figure{.caption = Text::tr("NATS"), .value = cluster.nats->version};
    for (const EndpointStatus &endpoint : cluster.endpoints) {
        if (endpoint.uptime) {
            list += Figure{.caption = Text::tr("Up for"), .value = wording::duration(endpoint.uptime)};
            break;
        }
    }
}

} // namespace

QList<Figure> figures(const ClusterStatus &cluster, const Recent &recent, const Time &)
{
    QList<Figure> list;
    const bool seen = std::any_of(cluster.endpoints.cbegin(), cluster.endpoints.cend(),
        [](const EndpointStatus &endpoint) { return endpoint.reach == Reach::Answered; });
    if (!cluster.raft.isEmpty() && cluster.raft.first().views.answered > 0)
        list = raftFigures(cluster, recent);
    else if (seen && cluster.system == "bufstream"_L1)
        bufstreamFigures(list, cluster);
    else if (seen && cluster.system == "osapi"_L1)
        osapiFigures(list, cluster);
    else
        list += answering(cluster, Text::tr("Endpoints answering"));
    if (cluster.system != "osapi"_L1) {
        if (const auto figure = versions(cluster))
            list += *figure;
    }
    if (cluster.system == "bufstream"_L1) {
        if (const auto figure = restarted(cluster))
            list += *figure;
    }
    return list;
}

} // namespace quorate
