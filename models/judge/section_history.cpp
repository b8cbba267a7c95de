// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/section_history.h"

#include "models/judge/findings.h"
#include "models/judge/queue_history.h"
#include "models/status/hold_table.h"

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype mostComponents = 1'000;
constexpr qsizetype mostRequests = 16;

/// Named as in schema 1.
QSet<QString> sectionsOf(const Facts &facts)
{
    QSet<QString> sections;
    const auto add = [&](bool told, const QString &name) {
        if (told)
            sections.insert(name);
    };
    add(facts.components.has_value(), u"components"_s);
    add(facts.queues.has_value(), u"queues"_s);
    add(facts.streams.has_value(), u"streams"_s);
    add(facts.buckets.has_value(), u"buckets"_s);
    add(facts.objectStores.has_value(), u"object_stores"_s);
    add(facts.consumers.has_value(), u"consumers"_s);
    add(facts.agents.has_value(), u"agents"_s);
    add(facts.nats.has_value(), u"nats"_s);
    return sections;
}

bool sameNames(const QList<ComponentFact> &a, const QList<ComponentFact> &b)
{
    return std::equal(a.cbegin(), a.cend(), b.cbegin(), b.cend(),
        [](const ComponentFact &one, const ComponentFact &other) { return one.name == other.name && one.group == other.group; });
}

/// All of them; or those that are missed when they go: what was never well may only be told while it fails, and what is switched off may go
/// without a word.
QSet<QString> namesOf(const QList<ComponentFact> &components, bool all)
{
    QSet<QString> names;
    for (const ComponentFact &component : components) {
        if (all || (names.size() < mostComponents && component.state == ComponentState::Healthy))
            names.insert(componentSubject(component));
    }
    return names;
}
} // namespace

void SectionHistory::compare(const QSet<QString> &told, const QSet<QString> &known, QMap<QString, Absence> &absent, const Time &at)
{
    for (const QString &name : known) {
        if (told.contains(name)) {
            absent.remove(name);
            continue;
        }
        Absence &absence = absent[name];
        if (absence.refreshes == 0)
            absence.since = at;
        else if (at.boot - absence.counted.boot < refreshEvery)
            continue;
        absence.counted = at;
        absence.refreshes = std::min(absence.refreshes + 1, mostHeldSamples);
    }
}

void SectionHistory::take(const Observation &observation)
{
    if (observation.reach != Reach::Answered)
        return;
    const QSet<QString> sections = sectionsOf(observation.facts);
    const auto known = m_requests.constFind(observation.request);
    if (known == m_requests.cend() && (sections.isEmpty() || m_requests.size() >= mostRequests))
        return; // a request that never told a section, as those of a Raft group: nothing can vanish
    Answers &answers = m_requests[observation.request];
    if (answers.at && observation.at.boot < answers.at->boot)
        return;
    answers.at = observation.at;
    compare(sections, answers.sections, answers.absentSections, observation.at);
    answers.sections += sections;
    if (!observation.facts.components)
        return; // the whole section is missing: that is said once
    if (answers.absentComponents.isEmpty() && sameNames(*observation.facts.components, answers.newest))
        return;
    answers.newest = *observation.facts.components;
    compare(namesOf(answers.newest, true), answers.components, answers.absentComponents, observation.at);
    if (answers.components.size() < mostComponents)
        answers.components += namesOf(answers.newest, false);
}

QList<SectionHistory::Gone> SectionHistory::vanished(const Limits &limits) const
{
    return absentFor(limitOf(limits, ReasonCode::SectionVanished), limitOf(limits, ReasonCode::ComponentVanished));
}

QList<SectionHistory::Gone> SectionHistory::absentFor(const HoldLimit &ofSection, const HoldLimit &ofComponent) const
{
    QList<Gone> gone;
    for (const bool section : {true, false}) {
        const HoldLimit &limit = section ? ofSection : ofComponent;
        for (const Answers &answers : m_requests) {
            const QMap<QString, Absence> &absent = section ? answers.absentSections : answers.absentComponents;
            for (auto absence = absent.cbegin(); absence != absent.cend(); ++absence) {
                if (absence->refreshes >= limit.needed && absence->counted.boot - absence->since.boot >= limit.least)
                    gone.append({absence.key(), section, absence->since, answers.at.value_or(absence->since)});
            }
        }
    }
    std::stable_sort(gone.begin(), gone.end(),
        [](const Gone &a, const Gone &b) { return std::pair(!a.section, a.name) < std::pair(!b.section, b.name); });
    return gone;
}

} // namespace quorate
