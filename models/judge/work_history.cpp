// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/work_history.h"

#include <QSet>

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype mostQueues = 64;
constexpr qsizetype mostComponents = 1'000;

Finding finding(ReasonCode code, Severity severity, Weight weight, const QString &subject, const Time &since)
{
    Finding found;
    found.code = code;
    found.severity = severity;
    found.weight = weight;
    found.subject = subject;
    found.derived = true;
    found.evidence = since;
    found.since = since.wall;
    return found;
}

Finding ofAgents(ReasonCode code, Severity severity, Weight weight, const AgentHistory::Gone &gone)
{
    Finding found = finding(code, severity, weight, u"agents"_s, gone.since);
    found.value = static_cast<double>(gone.now);
    found.limit = static_cast<double>(gone.before);
    found.unit = u"agents"_s;
    found.names = gone.names;
    return found;
}
} // namespace

void WorkHistory::take(const Observation &observation)
{
    if (observation.reach != Reach::Answered)
        return;
    const Facts &facts = observation.facts;
    if (facts.version && *facts.version != std::exchange(m_version, *facts.version)) {
        m_sections.forget();
        m_lastTold = {};
    }
    m_sections.take(observation);
    keepLastTold(facts);
    if (facts.agents)
        m_agents.take(*facts.agents, observation.at);
    if (!facts.queues)
        return;
    QMap<QString, QueueHistory> told;
    for (const QueueFact &fact : *facts.queues) {
        if (told.size() >= mostQueues)
            break;
        QueueHistory history = m_queues.take(fact.name);
        history.take(fact, observation.at);
        told.insert(fact.name, std::move(history));
    }
    m_queues = std::move(told);
}

void WorkHistory::keepLastTold(const Facts &facts)
{
    if (facts.queues)
        m_lastTold.queues = facts.queues;
    if (facts.agents)
        m_lastTold.agents = facts.agents;
    if (!facts.components)
        return;
    const auto alike = [](const ComponentFact &a, const ComponentFact &b) { return a.name == b.name && a.group == b.group; };
    const QList<ComponentFact> &told = *facts.components;
    if (m_lastTold.components
        && std::equal(told.cbegin(), told.cend(), m_lastTold.components->cbegin(), m_lastTold.components->cend(), alike)) {
        m_lastTold.components = told;
        return;
    }
    // One that is left out now stays as it was.
    QSet<QPair<QString, QString>> names;
    for (const ComponentFact &component : told)
        names.insert({component.group, component.name});
    QList<ComponentFact> gone;
    for (const ComponentFact &before : m_lastTold.components.value_or(QList<ComponentFact>())) {
        if (gone.size() < mostComponents && !names.contains({before.group, before.name}))
            gone.append(before);
    }
    m_lastTold.components = told + gone;
}

QList<Finding> WorkHistory::findings(const Facts &fresh, const Limits &limits) const
{
    QList<Finding> list;
    for (auto queue = m_queues.cbegin(); fresh.queues && queue != m_queues.cend(); ++queue) {
        if (const auto since = queue->stuckSince(limitOf(limits, ReasonCode::QueueStuck))) {
            list.append(finding(ReasonCode::QueueStuck, Severity::Warning, Weight::Warning, queue.key(), *since));
            list.last().value = static_cast<double>(queue->waiting().value_or(0));
        }
    }
    if (fresh.agents) {
        if (const auto none = m_agents.none())
            list.append(ofAgents(ReasonCode::AgentsNone, Severity::Critical, Weight::CriticalByShare, *none));
        else if (const auto missing = m_agents.missing())
            list.append(ofAgents(ReasonCode::AgentsMissing, Severity::Warning, Weight::Warning, *missing));
    }
    const QList<SectionHistory::Gone> vanished = m_sections.vanished(limits);
    for (const SectionHistory::Gone &gone : vanished) {
        const ReasonCode code = gone.section ? ReasonCode::SectionVanished : ReasonCode::ComponentVanished;
        list.append(finding(code, Severity::Unknown, Weight::Warning, gone.name, gone.since));
        list.last().evidence = gone.newest; // each answer without it says so again
    }
    return list;
}

const QueueHistory *WorkHistory::queue(const QString &name) const
{
    const auto found = m_queues.constFind(name);
    return found == m_queues.cend() ? nullptr : &*found;
}

} // namespace quorate
