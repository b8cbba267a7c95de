// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/findings.h"

#include <QMap>

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

/// The older list has agents alone; a registry has the other processes too, each kind of them by its own name.
bool isAgent(const AgentFact &process) { return process.kind.isEmpty() || process.kind == "agent"_L1; }

Finding notReady(const QString &subject, qint64 ready, qint64 all, QStringList names)
{
    Finding finding = warning(ReasonCode::AgentsNotReady, subject, static_cast<double>(ready), static_cast<double>(all), u"agents"_s);
    finding.names = std::move(names);
    finding.names.sort();
    return finding;
}

/// The agents; and, each kind by itself, other processes that are not ready: they are none of the agents that are counted.
QList<Finding> ofReadiness(const AgentsFact &agents)
{
    struct Kind {
        qint64 all = 0;
        QStringList waiting;
    };
    Kind own;
    QMap<QString, Kind> others;
    for (const AgentFact &process : agents.list) {
        Kind &kind = isAgent(process) ? own : others[process.kind];
        ++kind.all;
        if (!isReady(process))
            kind.waiting.append(process.name);
    }
    QList<Finding> findings;
    const qint64 all = agents.total.value_or(own.all);
    const qint64 ready = std::min(agents.ready.value_or(all), std::max<qint64>(0, all - own.waiting.size()));
    if (ready < all || !own.waiting.isEmpty())
        findings.append(notReady(u"agents"_s, ready, all, own.waiting));
    for (auto kind = others.cbegin(); kind != others.cend(); ++kind) {
        if (!kind->waiting.isEmpty())
            findings.append(notReady(kind.key(), kind->all - kind->waiting.size(), kind->all, kind->waiting));
    }
    return findings;
}

/// Agents that there are: the system's own count, else its list without the other processes of the registry.
qint64 agentCount(const AgentsFact &agents)
{
    if (agents.total)
        return *agents.total;
    return std::count_if(agents.list.cbegin(), agents.list.cend(), isAgent);
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
    QList<Finding> findings = ofReadiness(agents);
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
    const qint64 configured = spec.deadLettersKnown.value_or(0), kept = memory.deadLettersKnown.value(queue, 0);
    return memory.deadLettersInstead.value(queue, 0) == configured && configured > 0 ? kept : std::max(configured, kept);
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
