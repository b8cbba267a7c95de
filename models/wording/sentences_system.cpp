// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wording/sentences.h"
#include "models/wording/sums.h"
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
        return std::pair{whole(*reason.value), whole(*reason.limit)};
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
    const QString code = quoted(reason.detail); // "HTTP 503", where that is what disagrees
    if (word.isEmpty())
        return {Words::tr("%1 contradicts itself").arg(name), code};
    return {code.isEmpty() ? Words::tr("%1 says “%2” but its details disagree").arg(name, word)
                           : Words::tr("%1 says “%2” but answers %3").arg(name, word, code)};
}

/// What the whole says of itself: a bad word, one that is not known, none; or a good one, with a status that says no.
QStringList systemDegraded(const ClusterStatus &cluster, const Reason &reason)
{
    const QString title = systemTitle(cluster.system);
    const QString word = overallWord(cluster, reason);
    const QString code = quoted(reason.detail);
    const QString place = where(cluster, reason), ones = whichOnes(cluster, reason);
    if (reason.names.isEmpty() && !code.isEmpty())
        return {Words::tr("%1 answers %2").arg(title, code) + place, ones,
            word.isEmpty() ? QString() : Words::tr("although it says “%1”").arg(word)};
    const bool unknown = reason.severity == Severity::Unknown;
    if (word.isEmpty())
        return {(unknown ? Words::tr("%1 says nothing of its own state") : Words::tr("%1 reports itself degraded")).arg(title) + place,
            ones, code};
    const QString said = unknown ? Words::tr("%1 says “%2” of itself, not understood") : Words::tr("%1 reports itself “%2”");
    return {said.arg(title, word) + place, ones, code};
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
    case ReasonCode::SystemDegraded:
        return systemDegraded(cluster, reason);
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
    constexpr double inexact = 9'007'199'254'740'992.0; // 2^53: from there on the queue's own number is the right one
    const bool fromQueue = queue && queue->dead && reason.value.value_or(inexact) >= inexact;
    const qint64 dead = fromQueue ? *queue->dead : whole(reason.value.value_or(0));
    const qint64 known = reason.limit ? whole(*reason.limit) : 0;
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
    const qint64 total = whole(*pair.limit);
    const bool others = !reason.subject.isEmpty() && reason.subject != "agents"_L1; // processes of another kind
    const QString noun = others
        ? Words::tr("%1 of kind %2").arg(plural(total, QUORATE_PLURAL("%1 process", "%1 processes")), shortName(reason.subject))
        : plural(total, QUORATE_PLURAL("%1 agent", "%1 agents"));
    return {Words::tr("%1 of %2 ready").arg(count(whole(*pair.value)), noun),
        reason.names.isEmpty() ? QString() : Words::tr("not ready: %1").arg(listOf(reason.names))};
}

QStringList agentsMissing(const ClusterStatus &cluster, const Reason &reason)
{
    QStringList names = reason.names;
    if (names.isEmpty() && reason.subject != "agents"_L1 && !reason.subject.isEmpty())
        names.append(reason.subject);
    const Numbers pair = numbers(reason);
    const QString left = pair.value && pair.limit
        ? Words::tr("%1 of %2").arg(count(whole(*pair.value)), plural(whole(*pair.limit), QUORATE_PLURAL("%1 agent", "%1 agents")))
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
    const std::optional<qint64> waiting = reason.value ? std::optional(whole(*reason.value)) : queue ? queue->unprocessed : std::nullopt;
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
        return {Words::tr("No agents"), reason.limit ? Words::tr("%1 before").arg(count(whole(*reason.limit))) : QString(),
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
