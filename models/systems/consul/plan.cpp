// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/consul/plan.h"

#include "models/systems/consul/address.h"

#include <QUrl>

#include <algorithm>

namespace quorate::consul {

namespace {
Request get(QLatin1String requestKey, QLatin1String path)
{
    Request request;
    request.key = requestKey;
    request.path = path;
    request.primary = requestKey == key::leader;
    request.forwarded = requestKey == key::autopilot;
    request.occasional = requestKey == key::limits;
    request.answersAnyone = requestKey == key::leader || requestKey == key::peers || requestKey == key::info;
    return request;
}

bool isAsked(const PollState &state, QLatin1String requestKey)
{
    return std::any_of(state.asked.begin(), state.asked.end(), [&](const Request &request) { return request.key == requestKey; });
}

bool isAnswered(const PollState &state, QLatin1String requestKey)
{
    return std::any_of(state.answers.begin(), state.answers.end(),
        [&](const Answer &answer) { return answer.request.key == requestKey && answer.reach == Reach::Answered; });
}

/// Consul answered, but not with the configuration: no right (403), or too old to know it (404).
bool isConfigurationDenied(const PollState &state)
{
    return std::any_of(state.answers.begin(), state.answers.end(), [](const Answer &answer) {
        return answer.request.key == key::configuration && (answer.reach == Reach::Unauthorised || answer.reach == Reach::NotFound);
    });
}

bool leads(const Facts &facts) { return facts.raft && (facts.raft->saysLeader == true || facts.raft->state == QLatin1String("Leader")); }

bool namesLeader(const RoundState::Endpoint &endpoint)
{
    return endpoint.reach == Reach::Answered && endpoint.facts.raft && !endpoint.facts.raft->leader.value_or(QString()).isEmpty();
}

/// Whether the endpoint's own host is the host of the leader that it names. A guess that only picks whom to ask.
bool looksLikeLeader(const RoundState::Endpoint &endpoint)
{
    return namesLeader(endpoint) && hostOf(*endpoint.facts.raft->leader) == QUrl(endpoint.url.text()).host();
}
} // namespace

QList<Request> plan(const PollState &state)
{
    using namespace Qt::StringLiterals;
    QList<Request> requests;
    const auto want = [&](QLatin1String requestKey, QLatin1String path) {
        if (!isAsked(state, requestKey))
            requests.append(get(requestKey, path));
    };
    want(key::leader, "/v1/status/leader"_L1);
    want(key::peers, "/v1/status/peers"_L1);
    want(key::self, "/v1/agent/self"_L1);
    want(key::configuration, "/v1/operator/raft/configuration?stale"_L1);
    // Not a fifth request to a server that hangs: four may be under way at once, and a poll must not last two time limits.
    if (state.remembered != remembered::self && isAnswered(state, key::leader))
        want(key::info, "/v1/status/info"_L1);
    if (isConfigurationDenied(state))
        want(key::nodes, "/v1/catalog/nodes?stale"_L1);
    // With the same right, and from the server's own copy: it needs no leader.
    if (state.polls % limitsEvery == 0 && isAnswered(state, key::leader) && isAnswered(state, key::configuration))
        want(key::limits, "/v1/operator/autopilot/configuration?stale"_L1);
    return requests;
}

std::optional<ForwardedRequest> planForwarded(const RoundState &state)
{
    using namespace Qt::StringLiterals;
    const auto &endpoints = state.endpoints;
    const auto ask = [](const RoundState::Endpoint &endpoint) {
        return ForwardedRequest{endpoint.url, get(key::autopilot, "/v1/operator/autopilot/health"_L1)};
    };
    const auto isLeader = [](const RoundState::Endpoint &endpoint) { return endpoint.reach == Reach::Answered && leads(endpoint.facts); };
    auto chosen = std::find_if(endpoints.begin(), endpoints.end(), isLeader);
    if (chosen == endpoints.end() && state.settled)
        chosen = std::find_if(endpoints.begin(), endpoints.end(), looksLikeLeader);
    if (chosen == endpoints.end() && state.settled)
        chosen = std::find_if(endpoints.begin(), endpoints.end(), namesLeader);
    return chosen == endpoints.end() ? std::nullopt : std::optional(ask(*chosen));
}

} // namespace quorate::consul
