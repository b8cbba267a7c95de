// SPDX-License-Identifier: GPL-3.0-or-later
// What servers forward to their leader: asked for once a round a cluster, since it hangs on every server when the leader is frozen.
#include "app/poll/cluster_poller.h"
#include "app/poll/polled_endpoint.h"

#include <algorithm>

namespace quorate {

RoundState ClusterPoller::roundState() const
{
    RoundState state;
    for (const auto &endpoint : m_endpoints)
        state.endpoints.append({endpoint->url, endpoint->concluded, endpoint->reach, endpoint->facts});
    state.settled
        = m_settled || std::all_of(m_endpoints.begin(), m_endpoints.end(), [](const auto &endpoint) { return endpoint->concluded; });
    return state;
}

void ClusterPoller::forward()
{
    if (!m_system || !m_system->planForwarded || !m_roundOpen || m_forwardPlanned || m_forwardInFlight || m_waitingForSecret)
        return;
    if (m_config.token && m_token.isEmpty()) // it can't be read by now: nothing is sent without
        return;
    const auto planned = m_system->planForwarded(roundState());
    if (!planned)
        return;
    const auto place = std::find_if(m_endpoints.begin(), m_endpoints.end(), [&](const auto &one) { return one->url == planned->endpoint; });
    if (place == m_endpoints.end())
        return;
    m_forwardPlanned = m_forwardInFlight = true;
    Endpoint &endpoint = **place;
    Request request = planned->request;
    request.forwarded = true;
    send(endpoint, request, m_token, [this, &endpoint, request](const Reply &reply) { forwardConcluded(endpoint, request, reply); });
}

void ClusterPoller::forwardConcluded(Endpoint &endpoint, const Request &request, const Reply &reply)
{
    m_forwardInFlight = false;
    const Observation observation = taken(endpoint, request, reply, understood(*m_system, request, reply));
    takeIntoRound(endpoint, observation);
    Q_EMIT observed(observation);
    endRoundIfOver();
}

} // namespace quorate
