// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/findings.h"

#include "models/judge/endpoint_state.h"

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
/// Something that says how the system is. An answer without it was read, but tells nothing: never Ok.
bool tellsHealth(const Facts &facts)
{
    if (facts.reportedState || facts.raft)
        return true;
    return facts.components && std::any_of(facts.components->cbegin(), facts.components->cend(), [](const ComponentFact &component) {
        return component.state != ComponentState::Disabled;
    });
}

Finding saysNothing()
{
    Finding finding;
    finding.code = ReasonCode::EndpointNotUnderstood;
    finding.detail = u"the reply was read, but it says nothing about health"_s;
    finding.derived = true;
    return finding;
}

/// The first moment after `now` at which an attempt or facts become too old.
Milliseconds validUntil(const ClusterState &cluster, const EndpointState &endpoint, Milliseconds limit, const Time &now)
{
    const Observation *attempt = attemptOf(endpoint);
    Milliseconds until = Milliseconds::max();
    const auto consider = [&](Milliseconds boot) {
        if (boot + limit >= now.boot)
            until = std::min(until, boot + limit);
    };
    consider(attempt ? attempt->at.boot : cluster.configured.boot);
    for (const EndpointState::Seen &seen : endpoint.understood)
        consider(seen.at.boot);
    for (const Observation &observation : endpoint.newest)
        consider(observation.at.boot);
    return until;
}

void stamp(QList<Finding> &findings, const Time &evidence)
{
    for (Finding &finding : findings) {
        finding.evidence = evidence;
        finding.since = evidence.wall;
    }
}
} // namespace

EndpointFindings findingsOf(const ClusterState &cluster, const EndpointState &endpoint, JudgeMode mode, const Time &now)
{
    const Milliseconds limit = evidenceLimit(cluster.spec);
    EndpointFindings result{reachFindings(cluster, endpoint, mode, now), validUntil(cluster, endpoint, limit, now)};
    const Observation *attempt = attemptOf(endpoint);
    if (!attempt)
        return result;

    const Facts facts = freshFacts(endpoint, limit, now);
    QList<Finding> reported = reportFindings(facts, *attempt, cluster.spec.limits) + workFindings(cluster.spec, cluster.memory, facts);
    stamp(reported, newestFactsAt(endpoint).value_or(attempt->at));
    if (isAnswering(endpoint, limit, now)) {
        QList<Finding> beside = replyFindings(cluster.spec, endpoint, facts, now);
        if (!tellsHealth(facts))
            beside.append(saysNothing());
        stamp(beside, attempt->at);
        result.list += beside;
    }
    result.list += reported;
    if (mode == JudgeMode::OverTime)
        result.list += endpoint.work.findings(facts, cluster.spec.limits);
    return result;
}

} // namespace quorate
