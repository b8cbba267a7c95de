// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/findings.h"

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
Finding about(const ComponentFact &component, ReasonCode code, Severity severity, Weight weight)
{
    Finding finding;
    finding.code = code;
    finding.severity = severity;
    finding.weight = weight;
    finding.subject = componentSubject(component);
    finding.detail = component.message;
    return finding;
}

Finding derived(const ComponentFact &component, ReasonCode code, Weight weight, std::pair<qint64, qint64> numbers, const QString &unit)
{
    Finding finding = about(component, code, weight == Weight::CriticalByShare ? Severity::Critical : Severity::Warning, weight);
    finding.value = static_cast<double>(numbers.first);
    finding.limit = static_cast<double>(numbers.second);
    finding.unit = unit;
    finding.derived = true;
    return finding;
}

/// What is reported in a word; the word is kept in `names`.
std::optional<Finding> reported(const ComponentFact &component)
{
    std::optional<Finding> finding;
    switch (component.state) {
    case ComponentState::Healthy:
    case ComponentState::Disabled:
        return std::nullopt;
    case ComponentState::Degraded:
        finding = about(component, ReasonCode::ComponentDegraded, Severity::Warning, Weight::Warning);
        break;
    case ComponentState::Failed:
        finding = about(component, ReasonCode::ComponentFailed, Severity::Critical, Weight::CriticalByShare);
        break;
    case ComponentState::NotUnderstood:
        finding = about(component, ReasonCode::ComponentUnknown, Severity::Unknown, Weight::UnknownIfAll);
        break;
    }
    if (finding && !component.reported.isEmpty())
        finding->names = {component.reported};
    return finding;
}

/// Majority of `all`: ⌊all/2⌋+1. None of none is no majority either.
bool hasMajority(std::pair<qint64, qint64> members) { return members.first >= members.second / 2 + 1; }

QList<Finding> fromNumbers(const ComponentFact &component, const Limits &limits)
{
    QList<Finding> findings;
    if (component.state == ComponentState::Disabled)
        return findings;
    const ComponentNumbers &numbers = component.numbers;
    const bool majority = numbers.members && hasMajority(*numbers.members);
    if (numbers.members && (!majority || numbers.members->first < numbers.members->second)) {
        findings.append(derived(component, majority ? ReasonCode::MembersDown : ReasonCode::MembersNoMajority,
            majority ? Weight::Warning : Weight::CriticalByShare, *numbers.members, u"members"_s));
    }
    if (numbers.migrations && numbers.migrations->first < numbers.migrations->second)
        findings.append(derived(component, ReasonCode::MigrationsBehind, Weight::Warning, *numbers.migrations, {}));
    if (numbers.connections && numbers.connections->second > 0
        && static_cast<double>(numbers.connections->first) >= limits.connectionShare * static_cast<double>(numbers.connections->second))
        findings.append(derived(component, ReasonCode::ConnectionsHigh, Weight::Warning, *numbers.connections, u"connections"_s));
    return findings;
}

bool any(const QList<ComponentFact> &components, std::initializer_list<ComponentState> states)
{
    return std::any_of(components.cbegin(), components.cend(),
        [&](const ComponentFact &component) { return std::find(states.begin(), states.end(), component.state) != states.end(); });
}

QList<Finding> overall(const Facts &facts, const QList<ComponentFact> &components, const Observation &attempt)
{
    QList<Finding> findings;
    const bool badStatus = attempt.reach == Reach::Answered && attempt.http >= 400; // a document, and a status that says no
    const std::optional<ComponentState> word = facts.reportedState;
    const bool bad = word == ComponentState::Failed || word == ComponentState::Degraded;
    // A system that answers and calls itself disabled is no word for health either.
    const bool unknownWord = word == ComponentState::NotUnderstood || word == ComponentState::Disabled;
    const QString said = facts.reported.value_or(QString());

    if ((bad || badStatus || unknownWord) && !any(components, {ComponentState::Failed, ComponentState::Degraded})) {
        Finding finding;
        finding.code = ReasonCode::SystemDegraded;
        finding.severity = bad || badStatus ? Severity::Critical : Severity::Unknown;
        finding.weight = bad || badStatus ? Weight::CriticalByShare : Weight::UnknownByShare;
        finding.detail = badStatus ? u"HTTP %1"_s.arg(attempt.http) : QString();
        if (!said.isEmpty() && word != ComponentState::Healthy)
            finding.names = {said};
        findings.append(finding);
    }
    if (word == ComponentState::Healthy && (badStatus || any(components, {ComponentState::Failed}))) {
        Finding finding;
        finding.code = ReasonCode::ReportContradicts;
        finding.severity = Severity::Warning;
        finding.weight = Weight::Warning;
        finding.detail = badStatus ? u"HTTP %1"_s.arg(attempt.http) : QString();
        finding.names = {said};
        findings.append(finding);
    }
    return findings;
}
} // namespace

QString componentSubject(const ComponentFact &component)
{
    return component.group.isEmpty() ? component.name : component.group + u'.' + component.name;
}

Severity reportedSeverity(ComponentState state)
{
    switch (state) {
    case ComponentState::Healthy:
    case ComponentState::Disabled:
        return Severity::Ok;
    case ComponentState::Degraded:
        return Severity::Warning;
    case ComponentState::Failed:
        return Severity::Critical;
    case ComponentState::NotUnderstood:
        return Severity::Unknown;
    }
    return Severity::Unknown;
}

Severity derivedSeverity(const ComponentFact &component, const Limits &limits)
{
    Severity severity = Severity::Ok;
    for (const Finding &finding : fromNumbers(component, limits))
        severity = worst(severity, finding.severity);
    return severity;
}

QList<Finding> reportFindings(const Facts &facts, const Observation &attempt, const Limits &limits)
{
    const QList<ComponentFact> components = facts.components.value_or(QList<ComponentFact>());
    QList<Finding> findings;
    for (const ComponentFact &component : components) {
        if (const std::optional<Finding> finding = reported(component))
            findings.append(*finding);
        findings += fromNumbers(component, limits);
    }
    return findings + overall(facts, components, attempt);
}

} // namespace quorate
