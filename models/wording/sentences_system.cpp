// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wording/sentences.h"
#include "models/wording/wording.h"

#include <algorithm>

namespace quorate::wording {
using namespace Qt::StringLiterals;

namespace {
bool concerns(const Reason &reason, const ComponentStatus &component)
{
    return component.fullName() == reason.subject && (reason.endpoints.isEmpty() || reason.endpoints.contains(component.endpoint.text()));
}

/// The component of the subject, the worst of them where several endpoints report it.
const ComponentStatus *componentOf(const ClusterStatus &cluster, const Reason &reason)
{
    const ComponentStatus *chosen = nullptr;
    for (const ComponentStatus &component : cluster.components) {
        if (concerns(reason, component)
            && (!chosen || worst(component.severity, component.derived) > worst(chosen->severity, chosen->derived)))
            chosen = &component;
    }
    return chosen;
}

QString words(const ClusterStatus &cluster, const Reason &reason)
{
    const ComponentStatus *component = componentOf(cluster, reason);
    return quoted(reason.detail.isEmpty() && component ? component->message : reason.detail);
}

/// A pair of a component's own numbers, else the reason's.
std::optional<std::pair<qint64, qint64>> pairOf(
    const ClusterStatus &cluster, const Reason &reason, std::optional<std::pair<qint64, qint64>> ComponentNumbers::*member)
{
    const ComponentStatus *component = componentOf(cluster, reason);
    if (component && component->numbers.*member)
        return component->numbers.*member;
    if (reason.value && reason.limit)
        return std::pair{static_cast<qint64>(*reason.value), static_cast<qint64>(*reason.limit)};
    return std::nullopt;
}

/// The part that the reason is about; judged reasons name it.
QString partName(const ClusterStatus &cluster, const Reason &reason, const QString &unnamed)
{
    return reason.subject.isEmpty() ? unnamed : subjectName(cluster, reason.subject);
}

QStringList members(const ClusterStatus &cluster, const Reason &reason, bool majority)
{
    const QString name = partName(cluster, reason, Words::tr("A component"));
    const auto pair = pairOf(cluster, reason, &ComponentNumbers::members);
    const Share part = share(cluster, reason);
    const QString seenOn
        = part.of > 1 ? Words::tr("seen on %1 of %2").arg(count(part.count), endpointsNoun(cluster.system, part.of)) : QString();
    if (!pair)
        return {majority ? Words::tr("%1 has members down").arg(name) : Words::tr("%1 has no majority of its members").arg(name),
            words(cluster, reason)};
    const QString first
        = Words::tr("%1 has %2 of %3").arg(name, count(pair->first), plural(pair->second, QUORATE_PLURAL("%1 member", "%1 members")));
    if (!majority)
        return {Words::tr("%1, no majority").arg(first), seenOn};
    return {Words::tr("%1, can lose %2").arg(first, count(pair->first - (pair->second / 2 + 1))), seenOn};
}

/// The overall word that the reason is about.
QString overallWord(const ClusterStatus &cluster, const Reason &reason)
{
    const EndpointStatus *endpoint = onlyEndpoint(cluster, reason);
    return shortName(reason.names.isEmpty() && endpoint ? endpoint->reported : reason.names.value(0));
}

QStringList contradiction(const ClusterStatus &cluster, const Reason &reason)
{
    const EndpointStatus *endpoint = onlyEndpoint(cluster, reason);
    const QString name
        = endpoint && cluster.endpoints.size() > 1 ? endpointName(cluster, endpoint->url.text()) : systemTitle(cluster.system);
    const QString word = overallWord(cluster, reason);
    return {
        word.isEmpty() ? Words::tr("%1 contradicts itself").arg(name) : Words::tr("%1 says “%2” but its details disagree").arg(name, word),
        quoted(reason.detail)};
}

QStringList unknownWord(const ClusterStatus &cluster, const Reason &reason)
{
    const ComponentStatus *component = componentOf(cluster, reason);
    const QString said = component ? component->reported : reason.names.value(0);
    const QString name = partName(cluster, reason, Words::tr("A component"));
    return {(said.isEmpty() ? Words::tr("State of %1 not understood").arg(name)
                            : Words::tr("%1 says “%2”, not understood").arg(name, shortName(said)))
            + where(cluster, reason),
        whichOnes(cluster, reason), words(cluster, reason)};
}
} // namespace

QStringList componentFacts(const ClusterStatus &cluster, const Reason &reason)
{
    const QString name = partName(cluster, reason, Words::tr("A component"));
    switch (reason.code) {
    case ReasonCode::ComponentFailed:
        return {Words::tr("%1 failed").arg(name) + where(cluster, reason), whichOnes(cluster, reason), words(cluster, reason)};
    case ReasonCode::ComponentDegraded:
        return {Words::tr("%1 degraded").arg(name) + where(cluster, reason), whichOnes(cluster, reason), words(cluster, reason)};
    case ReasonCode::ComponentUnknown:
        return unknownWord(cluster, reason);
    case ReasonCode::ComponentVanished:
        return {
            Words::tr("%1 is no longer reported").arg(name) + where(cluster, reason), whichOnes(cluster, reason), quoted(reason.detail)};
    case ReasonCode::SectionVanished:
        return {Words::tr("Section “%1” is no longer reported").arg(name), quoted(reason.detail)};
    case ReasonCode::SystemDegraded: {
        const QString word = overallWord(cluster, reason);
        return {(word.isEmpty() ? Words::tr("%1 reports itself degraded").arg(systemTitle(cluster.system))
                                : Words::tr("%1 reports itself “%2”").arg(systemTitle(cluster.system), word))
                + where(cluster, reason),
            whichOnes(cluster, reason), quoted(reason.detail)};
    }
    case ReasonCode::ReportContradicts:
        return contradiction(cluster, reason);
    case ReasonCode::MembersDown:
        return members(cluster, reason, true);
    case ReasonCode::MembersNoMajority:
        return members(cluster, reason, false);
    case ReasonCode::MigrationsBehind: {
        const auto pair = pairOf(cluster, reason, &ComponentNumbers::migrations);
        return {pair ? Words::tr("%1 at %2, target %3").arg(name, count(pair->first), count(pair->second)) + where(cluster, reason)
                     : Words::tr("%1 behind its target").arg(name) + where(cluster, reason),
            whichOnes(cluster, reason)};
    }
    case ReasonCode::ConnectionsHigh: {
        const auto pair = pairOf(cluster, reason, &ComponentNumbers::connections);
        return {pair ? Words::tr("%1 uses %2 of %3 connections").arg(name, count(pair->first), count(pair->second)) + where(cluster, reason)
                     : Words::tr("%1 is near its limit of connections").arg(name) + where(cluster, reason),
            whichOnes(cluster, reason)};
    }
    default:
        return misplaced(reason);
    }
}

namespace {
/// " in jobs" where there is more than one queue to tell apart.
QString inQueue(const ClusterStatus &cluster, const Reason &reason)
{
    if (reason.subject.isEmpty() || !cluster.queues || cluster.queues->size() <= 1)
        return {};
    return Words::tr(" in %1").arg(shortName(reason.subject));
}

const QueueStatus *queueOf(const ClusterStatus &cluster, const Reason &reason)
{
    if (!cluster.queues)
        return nullptr;
    const auto found = std::find_if(
        cluster.queues->begin(), cluster.queues->end(), [&](const QueueStatus &queue) { return queue.name == reason.subject; });
    return found == cluster.queues->end() ? nullptr : &*found;
}

QStringList deadLetters(const ClusterStatus &cluster, const Reason &reason)
{
    const QueueStatus *queue = queueOf(cluster, reason);
    const qint64 dead = reason.value ? static_cast<qint64>(*reason.value) : queue ? queue->dead.value_or(0) : 0;
    const qint64 known = reason.limit ? static_cast<qint64>(*reason.limit) : 0;
    const QString first = plural(dead, QUORATE_PLURAL("%1 dead letter", "%1 dead letters")) + inQueue(cluster, reason);
    return {first, known > 0 ? Words::tr("%1 more than known").arg(count(dead - known)) : QString()};
}

QStringList agentsNotReady(const ClusterStatus &cluster, const Reason &reason)
{
    Numbers pair = numbers(reason);
    if (!(pair.value && pair.limit) && cluster.agents && cluster.agents->ready && cluster.agents->total)
        pair = {static_cast<double>(*cluster.agents->ready), static_cast<double>(*cluster.agents->total)};
    if (!pair.value || !pair.limit)
        return {Words::tr("Some agents are not ready"), listOf(reason.names)};
    const auto total = static_cast<qint64>(*pair.limit);
    return {
        Words::tr("%1 of %2 ready").arg(count(static_cast<qint64>(*pair.value)), plural(total, QUORATE_PLURAL("%1 agent", "%1 agents"))),
        reason.names.isEmpty() ? QString() : Words::tr("not ready: %1").arg(listOf(reason.names))};
}

QStringList agentsMissing(const ClusterStatus &cluster, const Reason &reason)
{
    QStringList names = reason.names;
    if (names.isEmpty() && reason.subject != "agents"_L1 && !reason.subject.isEmpty())
        names.append(reason.subject);
    const Numbers pair = numbers(reason);
    const QString left = pair.value && pair.limit
        ? Words::tr("%1 of %2")
              .arg(count(static_cast<qint64>(*pair.value)),
                  plural(static_cast<qint64>(*pair.limit), QUORATE_PLURAL("%1 agent", "%1 agents")))
        : cluster.agents && cluster.agents->total ? plural(*cluster.agents->total, QUORATE_PLURAL("%1 agent left", "%1 agents left"))
                                                  : QString();
    if (names.isEmpty())
        return {Words::tr("Agents are missing"), left, quoted(reason.detail)};
    return {pluralForm(names.size(), QUORATE_PLURAL("Agent %1 gone", "Agents %1 gone")).arg(listOf(names)), left, quoted(reason.detail)};
}
} // namespace

QStringList workFacts(const ClusterStatus &cluster, const Reason &reason)
{
    const QueueStatus *queue = queueOf(cluster, reason);
    const std::optional<qint64> waiting = reason.value ? std::optional(static_cast<qint64>(*reason.value))
        : queue                                        ? queue->unprocessed
                                                       : std::nullopt;
    switch (reason.code) {
    case ReasonCode::QueueDeadLetters:
        return deadLetters(cluster, reason);
    case ReasonCode::QueueStuck:
        return {Words::tr("%1 waiting%2, nothing moves").arg(count(waiting), inQueue(cluster, reason)), quoted(reason.detail)};
    case ReasonCode::QueueBacklog:
        return {Words::tr("%1 waiting%2").arg(count(waiting), inQueue(cluster, reason)) + limitOf(reason), quoted(reason.detail)};
    case ReasonCode::AgentsNotReady:
        return agentsNotReady(cluster, reason);
    case ReasonCode::AgentsMissing:
        return agentsMissing(cluster, reason);
    case ReasonCode::AgentsNone:
        return {Words::tr("No agents"), reason.limit ? Words::tr("%1 before").arg(count(static_cast<qint64>(*reason.limit))) : QString(),
            quoted(reason.detail)};
    case ReasonCode::AgentCondition: {
        const QString name = partName(cluster, reason, Words::tr("An agent"));
        return {reason.names.isEmpty() ? Words::tr("%1 reports a condition").arg(name)
                                       : Words::tr("%1 reports %2").arg(name, listOf(reason.names)),
            quoted(reason.detail)};
    }
    default:
        return misplaced(reason);
    }
}

} // namespace quorate::wording
