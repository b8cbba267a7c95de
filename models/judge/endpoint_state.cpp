// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/endpoint_state.h"

#include <QVarLengthArray>

#include <algorithm>

namespace quorate {

namespace {
void conclude(EndpointState &endpoint, const Observation &attempt)
{
    endpoint.undecided.reset();
    if (endpoint.attempt && endpoint.attempt->at.boot > attempt.at.boot)
        return;
    endpoint.attempt = attempt;
    endpoint.attempt->facts = {};
    endpoint.attempted = attempt.at;
}

/// A rung that was not understood may be followed by one that is; everything else decides the attempt.
bool maySucceedLater(const Observation &observation)
{
    return classOf(observation) == ReachClass::NotUnderstood && observation.reach != Reach::TlsFailed;
}

void takeAttempt(EndpointState &endpoint, const Observation &observation)
{
    if (observation.forwarded || observation.occasional)
        return;
    if (observation.primary) {
        endpoint.primarySeen = true;
        if (maySucceedLater(observation))
            endpoint.undecided = observation;
        else
            conclude(endpoint, observation);
    } else if (!endpoint.primarySeen && observation.reach != Reach::Answered) {
        endpoint.undecided = observation; // a probe that failed, so that the primary request may never be asked
    }
}

/// Requests that are no longer asked age out of a working poll; while polls fail everything stays, dimmed, with its age.
void forgetUnasked(EndpointState &endpoint, const Time &now, Milliseconds limit)
{
    if (!endpoint.attempt || endpoint.attempt->reach != Reach::Answered)
        return;
    const auto old = [&](const Time &at) { return at.boot + limit < now.boot; };
    endpoint.newest.removeIf([&](const auto &entry) { return !entry.value().occasional && old(entry.value().at); });
    endpoint.understood.removeIf([&](const auto &entry) { return !entry.value().lasts && old(entry.value().at); });
}

Facts merged(const EndpointState &endpoint, Milliseconds earliestBoot)
{
    QVarLengthArray<const EndpointState::Seen *, 8> seen;
    for (const EndpointState::Seen &entry : endpoint.understood) {
        if (entry.lasts || entry.at.boot >= earliestBoot)
            seen.append(&entry);
    }
    if (seen.isEmpty())
        return {};
    std::stable_sort(seen.begin(), seen.end(), [](const auto *a, const auto *b) { return a->at.boot < b->at.boot; });
    Facts facts = seen.front()->facts;
    for (qsizetype i = 1; i < seen.size(); ++i)
        facts = overlay(facts, seen.at(i)->facts);
    return facts;
}
} // namespace

Milliseconds evidenceLimit(const ClusterSpec &spec) { return 2 * spec.interval + spec.timeout; }

bool observe(EndpointState &endpoint, const Observation &observation, Milliseconds limit)
{
    const auto known = endpoint.newest.constFind(observation.request);
    const bool newer = known == endpoint.newest.cend() || known->at.boot <= observation.at.boot;
    if (newer) {
        endpoint.newest.insert(observation.request, observation);
        if (observation.reach == Reach::Answered)
            endpoint.understood.insert(observation.request, {observation.facts, observation.at, observation.occasional});
        takeAttempt(endpoint, observation);
        endpoint.identity.take(observation);
        endpoint.indexes.take(observation);
        endpoint.work.take(observation);
    }
    if (observation.endpointDone) {
        if (endpoint.undecided)
            conclude(endpoint, Observation(*endpoint.undecided));
        endpoint.primarySeen = false;
        if (!endpoint.polled || endpoint.polled->boot < observation.at.boot)
            endpoint.polled = observation.at;
        forgetUnasked(endpoint, observation.at, limit);
    }
    return newer || observation.endpointDone;
}

void forgetPoll(EndpointState &endpoint)
{
    endpoint.primarySeen = false;
    endpoint.undecided.reset();
}

const Observation *attemptOf(const EndpointState &endpoint)
{
    if (endpoint.attempt)
        return &*endpoint.attempt;
    return endpoint.undecided ? &*endpoint.undecided : nullptr;
}

ReachClass classOf(const Observation &attempt) { return classOf(attempt.reach, attempt.tls == TlsProblem::Expired); }

bool isAnswering(const EndpointState &endpoint, Milliseconds limit, const Time &now)
{
    const Observation *attempt = attemptOf(endpoint);
    return attempt && attempt->reach == Reach::Answered && now.boot <= attempt->at.boot + limit;
}

Facts freshFacts(const EndpointState &endpoint, Milliseconds limit, const Time &now) { return merged(endpoint, now.boot - limit); }

Facts allFacts(const EndpointState &endpoint) { return merged(endpoint, Milliseconds::min()); }

std::optional<Time> newestFactsAt(const EndpointState &endpoint)
{
    std::optional<Time> newest;
    for (const EndpointState::Seen &seen : endpoint.understood) {
        if (!newest || newest->boot < seen.at.boot)
            newest = seen.at;
    }
    return newest;
}

} // namespace quorate
