// SPDX-License-Identifier: GPL-3.0-or-later
// What speaks against a cause at one endpoint: parsed, and about it. Silence is no evidence (JUDGE section 1).
#include "models/judge/endpoint_holds.h"

#include "models/judge/endpoint_state.h"
#include "models/judge/findings.h"

#include <algorithm>

namespace quorate {

namespace {
const EndpointState::Seen *newestWith(const EndpointState &endpoint, bool (*tells)(const Facts &))
{
    const EndpointState::Seen *newest = nullptr;
    for (const EndpointState::Seen &seen : endpoint.understood) {
        if (tells(seen.facts) && (!newest || newest->at.boot < seen.at.boot))
            newest = &seen;
    }
    return newest;
}

/// The part itself is well, or the system calls the whole well without it.
std::optional<Time> againstPart(const QString &subject, const EndpointState &endpoint)
{
    const auto *list = newestWith(endpoint, [](const Facts &facts) { return facts.components.has_value(); });
    if (list && std::any_of(list->facts.components->cbegin(), list->facts.components->cend(), [&](const ComponentFact &component) {
            return componentSubject(component) == subject;
        }))
        return list->at;
    const auto *word = newestWith(endpoint, [](const Facts &facts) { return facts.reportedState == ComponentState::Healthy; });
    return word ? std::optional(word->at) : std::nullopt;
}
} // namespace

bool isReachCode(ReasonCode code)
{
    switch (code) {
    case ReasonCode::EndpointDown:
    case ReasonCode::EndpointTlsFailed:
    case ReasonCode::EndpointUnauthorised:
    case ReasonCode::EndpointNotUnderstood:
    case ReasonCode::EndpointThrottled:
    case ReasonCode::SecretUnavailable:
        return true;
    default:
        return false;
    }
}

std::optional<Time> newestList(const EndpointState &endpoint)
{
    const auto *list = newestWith(endpoint, [](const Facts &facts) { return facts.components.has_value(); });
    return list ? std::optional(list->at) : std::nullopt;
}

std::optional<Time> evidenceAgainst(const Finding &finding, const EndpointState &endpoint)
{
    const bool answers = endpoint.attempt && endpoint.attempt->reach == Reach::Answered;
    if (finding.code == ReasonCode::ComponentVanished) // any list says whether it is there
        return newestList(endpoint);
    if (scopeOf(finding.code) == Scope::Part)
        return againstPart(finding.subject, endpoint);
    if (finding.code == ReasonCode::SystemDegraded || finding.code == ReasonCode::ReportContradicts) {
        const auto *seen
            = newestWith(endpoint, [](const Facts &facts) { return facts.components.has_value() || facts.reportedState.has_value(); });
        return seen ? std::optional(seen->at) : std::nullopt;
    }
    if (!answers)
        return std::nullopt;
    // Told by requests beside the primary one: only the end of a poll says that none of them failed.
    const bool ofPoll = finding.code == ReasonCode::EndpointPartial || finding.code == ReasonCode::EndpointUnauthorised;
    if (ofPoll)
        return endpoint.polled && endpoint.polled->boot >= endpoint.attempt->at.boot ? endpoint.polled : std::nullopt;
    if (finding.code == ReasonCode::ClockSkew && !endpoint.attempt->serverDate)
        return std::nullopt;
    return endpoint.attempt->at;
}

} // namespace quorate
