// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/findings.h"

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
Finding warning(ReasonCode code, const QString &subject, double value, double limit, const QString &unit)
{
    Finding finding;
    finding.code = code;
    finding.severity = Severity::Warning;
    finding.weight = Weight::Warning;
    finding.subject = subject;
    finding.value = value;
    finding.limit = limit;
    finding.unit = unit;
    return finding;
}

QList<Finding> ofQueue(const ClusterSpec &spec, const ClusterMemory &memory, const QueueFact &queue)
{
    QList<Finding> findings;
    const qint64 baseline = deadLetterBaseline(spec, memory, queue.name);
    if (queue.dead && *queue.dead > baseline)
        findings.append(warning(
            ReasonCode::QueueDeadLetters, queue.name, static_cast<double>(*queue.dead), static_cast<double>(baseline), u"letters"_s));
    if (spec.backlogLimit && queue.unprocessed && *queue.unprocessed > *spec.backlogLimit)
        findings.append(warning(ReasonCode::QueueBacklog, queue.name, static_cast<double>(*queue.unprocessed),
            static_cast<double>(*spec.backlogLimit), u"entries"_s));
    return findings;
}

QStringList notReady(const AgentsFact &agents)
{
    QStringList names;
    for (const AgentFact &agent : agents.list) {
        if (!isReady(agent))
            names.append(agent.name);
    }
    names.sort();
    return names;
}

/// Agents that there are: the system's own count, else its list without the other processes of the registry.
qint64 agentCount(const AgentsFact &agents)
{
    if (agents.total)
        return *agents.total;
    return std::count_if(
        agents.list.cbegin(), agents.list.cend(), [](const AgentFact &agent) { return agent.kind.isEmpty() || agent.kind == "agent"_L1; });
}

/// A failed part explains why nothing is told of the agents.
bool hasFailedPart(const Facts &facts)
{
    return facts.components && std::any_of(facts.components->cbegin(), facts.components->cend(), [](const ComponentFact &component) {
        return component.state == ComponentState::Failed;
    });
}

/// Agents are expected and the server says nothing of any: that is not "all there".
Finding untold(int expected)
{
    Finding finding = warning(ReasonCode::AgentsMissing, u"agents"_s, 0, expected, u"agents"_s);
    finding.value.reset();
    finding.severity = Severity::Unknown;
    finding.detail = u"the server tells nothing of its agents"_s;
    finding.derived = true;
    return finding;
}

QList<Finding> ofAgents(const ClusterSpec &spec, const AgentsFact &agents)
{
    QList<Finding> findings;
    const QStringList waiting = notReady(agents);
    const qint64 all = agents.total.value_or(agents.list.size());
    const qint64 ready = agents.ready.value_or(all - waiting.size());
    if (ready < all || !waiting.isEmpty()) {
        Finding finding = warning(ReasonCode::AgentsNotReady, u"agents"_s, static_cast<double>(std::min(ready, all - waiting.size())),
            static_cast<double>(all), u"agents"_s);
        finding.names = waiting;
        findings.append(finding);
    }
    if (const qint64 count = agentCount(agents); spec.expectedAgents && count < *spec.expectedAgents)
        findings.append(warning(ReasonCode::AgentsMissing, u"agents"_s, static_cast<double>(count), *spec.expectedAgents, u"agents"_s));
    for (const AgentFact &agent : agents.list) {
        if (agent.conditions.isEmpty())
            continue;
        Finding finding;
        finding.code = ReasonCode::AgentCondition;
        finding.severity = Severity::Warning;
        finding.weight = Weight::Warning;
        finding.subject = agent.name;
        finding.names = agent.conditions;
        finding.names.sort();
        findings.append(finding);
    }
    return findings;
}
} // namespace

bool isReady(const AgentFact &agent) { return agent.reported.isEmpty() || agent.reported.compare("ready"_L1, Qt::CaseInsensitive) == 0; }

qint64 deadLetterBaseline(const ClusterSpec &spec, const ClusterMemory &memory, const QString &queue)
{
    return std::max(spec.deadLettersKnown.value_or(0), memory.deadLettersKnown.value(queue, 0));
}

QList<Finding> workFindings(const ClusterSpec &spec, const ClusterMemory &memory, const Facts &facts)
{
    QList<Finding> findings;
    if (facts.queues) {
        for (const QueueFact &queue : *facts.queues)
            findings += ofQueue(spec, memory, queue);
    }
    if (facts.agents)
        findings += ofAgents(spec, *facts.agents);
    else if (spec.expectedAgents && facts.components && !hasFailedPart(facts))
        findings.append(untold(*spec.expectedAgents));
    return findings;
}

} // namespace quorate
