// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/report/text_sections.h"

#include "models/report/display_width.h"
#include "models/wording/over_time.h"
#include "models/wording/phrase.h"
#include "models/wording/wording.h"

#include <QMap>

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype matrixEndpoints = 4; ///< more columns do not fit a terminal
constexpr qsizetype cellLimit = 100;

QString cell(const QString &text) { return plainLine(text, cellLimit); }

QString yesNo(bool yes) { return yes ? u"yes"_s : u"no"_s; }

/// The reported word, and beside it what Quorate finds in the numbers when that is worse.
QString reportedWord(const ComponentStatus &component)
{
    const QString word = component.reported.isEmpty() ? u"unknown"_s : cell(component.reported);
    return component.derived > component.severity ? u"%1 (%2)"_s.arg(word, wording::severityWord(component.derived).toLower()) : word;
}

QString nameOf(const ClusterStatus &cluster, const EndpointUrl &url) { return cell(wording::subjectName(cluster, url.text())); }

/// Names of components in order, each once.
QStringList componentNames(const ClusterStatus &cluster)
{
    QStringList names;
    for (const ComponentStatus &component : cluster.components)
        names.append(component.fullName());
    names.sort();
    names.removeDuplicates();
    return names;
}

QStringList componentList(const ClusterStatus &cluster)
{
    QList<ComponentStatus> components = cluster.components;
    std::stable_sort(components.begin(), components.end(),
        [](const ComponentStatus &a, const ComponentStatus &b) { return a.fullName() < b.fullName(); });
    QList<QStringList> rows;
    for (const ComponentStatus &component : components)
        rows.append({cell(component.fullName()), reportedWord(component), cell(component.message)});
    return alignedTable({{u"Name"_s}, {u"Status"_s}, {u"Message"_s}}, rows);
}

QStringList componentMatrix(const ClusterStatus &cluster)
{
    QList<TextColumn> columns{{u"Name"_s}};
    for (const EndpointStatus &endpoint : cluster.endpoints)
        columns.append({nameOf(cluster, endpoint.url)});
    columns.append({u"Message"_s});
    QList<QStringList> rows;
    for (const QString &name : componentNames(cluster)) {
        QStringList row{cell(name)};
        const ComponentStatus *worstOne = nullptr;
        for (const EndpointStatus &endpoint : cluster.endpoints) {
            QString word = u"–"_s;
            for (const ComponentStatus &component : cluster.components) {
                if (component.endpoint != endpoint.url || component.fullName() != name)
                    continue;
                word = reportedWord(component);
                const Severity severity = worst(component.severity, component.derived);
                if (!component.message.isEmpty() && (!worstOne || severity > worst(worstOne->severity, worstOne->derived)))
                    worstOne = &component;
            }
            row.append(word);
        }
        row.append(worstOne ? cell(worstOne->message) : QString());
        rows.append(row);
    }
    return alignedTable(columns, rows);
}

/// Where there are too many endpoints for columns: "object_storage  failed  2 of 40: bufstream-3, bufstream-17".
QStringList componentGroups(const ClusterStatus &cluster)
{
    QList<QStringList> rows;
    for (const QString &name : componentNames(cluster)) {
        QMap<QString, QStringList> endpointsByWord;
        for (const ComponentStatus &component : cluster.components) {
            if (component.fullName() == name)
                endpointsByWord[reportedWord(component)].append(nameOf(cluster, component.endpoint));
        }
        for (auto group = endpointsByWord.cbegin(); group != endpointsByWord.cend(); ++group) {
            const QString number = u"%1 of %2"_s.arg(wording::count(group->size()), wording::count(cluster.endpoints.size()));
            const bool few = group->size() <= matrixEndpoints;
            rows.append({cell(name), group.key(), few ? number + u": "_s + group->join(u", "_s) : number});
        }
    }
    return alignedTable({{u"Name"_s}, {u"Status"_s}, {u"On"_s}}, rows);
}

/// Whom a peer names as leader.
QString named(const ClusterStatus &cluster, const PeerStatus &peer)
{
    if (!peer.hasEndpoint)
        return u"not asked"_s;
    if (!peer.believesLeader)
        return u"–"_s;
    return peer.believesLeader->isEmpty() ? u"nobody"_s : cell(wording::subjectName(cluster, *peer.believesLeader));
}

/// Entries behind the leader; of one that lags, which way it goes.
QString trailing(const PeerStatus &peer)
{
    const QString direction = peer.state == PeerState::Lagging ? wording::lagDirection(peer) : QString();
    return direction.isEmpty() ? wording::trailing(peer) : u"%1 (%2)"_s.arg(wording::trailing(peer), direction);
}

QStringList peerRow(const ClusterStatus &cluster, const PeerStatus &peer)
{
    const QString name = peer.name.isEmpty() ? peer.address : peer.name;
    return {wording::severityWord(peer.severity), cell(name), wording::roleWord(peer.role), wording::peerStateWord(peer.state),
        yesNo(peer.voter), wording::count(peer.term), wording::count(peer.applied), trailing(peer), wording::lastContact(peer),
        wording::latency(peer.latency), named(cluster, peer), cell(peer.address)};
}

/// How long it has been so, and what the system says of itself.
QString besideTheCount(const RaftStatus &raft, const Time &now)
{
    return wording::facts({wording::tenure(raft, now), wording::leaderChanges(raft), wording::reportedVerdict(raft)});
}

void append(QStringList &lines, const QStringList &more)
{
    for (const QString &line : more)
        lines.append(plainSpaces(line));
}
} // namespace

QStringList peersSection(const ClusterStatus &cluster, const Time &now)
{
    QStringList lines;
    for (const RaftStatus &raft : cluster.raft) {
        append(lines, {wording::agreementSentence(cluster, raft)});
        if (const QString beside = besideTheCount(raft, now); !beside.isEmpty())
            append(lines, {beside});
        QList<QStringList> rows;
        for (const PeerStatus &peer : raft.peers)
            rows.append(peerRow(cluster, peer));
        if (!rows.isEmpty()) {
            append(lines,
                alignedTable(
                    {{u"State"_s}, {u"Server"_s}, {u"Role"_s}, {u"Condition"_s}, {u"Voter"_s}, {u"Term"_s, true}, {u"Applied"_s, true},
                        {u"Trailing"_s, true}, {u"Contact"_s, true}, {u"Latency"_s, true}, {u"Names"_s}, {u"Address"_s}},
                    rows));
        }
    }
    return lines;
}

QStringList componentsSection(const ClusterStatus &cluster)
{
    if (cluster.components.isEmpty())
        return {};
    QStringList lines;
    if (cluster.endpoints.size() <= 1)
        append(lines, componentList(cluster));
    else
        append(lines, cluster.endpoints.size() <= matrixEndpoints ? componentMatrix(cluster) : componentGroups(cluster));
    return lines;
}

QStringList queuesSection(const ClusterStatus &cluster)
{
    if (!cluster.queues || cluster.queues->isEmpty())
        return {};
    QList<QStringList> rows;
    for (const QueueStatus &queue : *cluster.queues) {
        rows.append({wording::severityWord(queue.severity), cell(queue.name), wording::count(queue.unprocessed),
            wording::count(queue.processing), wording::count(queue.completed), wording::count(queue.failed), wording::count(queue.dead),
            wording::count(queue.other), wording::count(queue.total)});
    }
    QStringList lines;
    append(lines,
        alignedTable({{u"State"_s}, {u"Queue"_s}, {u"Waiting"_s, true}, {u"Running"_s, true}, {u"Done"_s, true}, {u"Failed"_s, true},
                         {u"Dead"_s, true}, {u"Other"_s, true}, {u"Total"_s, true}},
            rows));
    return lines;
}

QStringList agentsSection(const ClusterStatus &cluster)
{
    if (!cluster.agents || cluster.agents->list.isEmpty())
        return {};
    QList<QStringList> rows;
    for (const AgentStatus &agent : cluster.agents->list) {
        const QString age = agent.facts.ageSeconds ? wording::duration(agent.facts.ageSeconds) : cell(agent.facts.ageText);
        rows.append({wording::severityWord(agent.severity), cell(agent.facts.name), cell(agent.facts.kind), age,
            wording::percent(agent.facts.cpuPercent, 1), wording::bytes(agent.facts.memoryBytes),
            cell(agent.facts.conditions.join(u", "_s))});
    }
    QStringList lines;
    append(lines,
        alignedTable(
            {{u"State"_s}, {u"Host"_s}, {u"Kind"_s}, {u"Age"_s, true}, {u"CPU"_s, true}, {u"Memory"_s, true}, {u"Conditions"_s}}, rows));
    return lines;
}

QStringList endpointsSection(const ClusterStatus &cluster)
{
    const bool nothingElse = cluster.components.isEmpty() && cluster.raft.isEmpty() && !cluster.queues;
    QList<QStringList> rows;
    for (const EndpointStatus &endpoint : cluster.endpoints) {
        if (endpoint.reach == Reach::Answered && !nothingElse)
            continue;
        rows.append({wording::severityWord(endpoint.severity), cell(endpoint.url.text()), wording::reachWord(endpoint.reach),
            endpoint.http == 0 ? u"–"_s : QString::number(endpoint.http), wording::latency(endpoint.latency), cell(endpoint.error)});
    }
    if (rows.isEmpty())
        return {};
    QStringList lines;
    append(lines, alignedTable({{u"State"_s}, {u"Endpoint"_s}, {u"Reach"_s}, {u"HTTP"_s, true}, {u"Latency"_s, true}, {u"Error"_s}}, rows));
    return lines;
}

} // namespace quorate
