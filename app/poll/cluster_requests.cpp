// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked of one endpoint in its poll, and what is made of the answers.
#include "app/poll/cluster_poller.h"
#include "app/poll/polled_endpoint.h"
#include "app/poll/portal_mark.h"

#include <memory>
#include <utility>

namespace quorate {
using namespace Qt::StringLiterals;

void ClusterPoller::beginPoll(Endpoint &endpoint, EndpointPoll::Asks asks)
{
    endpoint.beginPoll(*m_system, asks, m_token, m_credential.generation(), m_parts.clock().boot);
    ask(endpoint, endpoint.poll->next());
}

void ClusterPoller::ask(Endpoint &endpoint, const QList<Request> &requests)
{
    for (const Request &request : requests)
        send(endpoint, request, endpoint.token, [this, &endpoint, request](const Reply &reply) { concluded(endpoint, request, reply); });
}

void ClusterPoller::send(Endpoint &endpoint, const Request &request, const QByteArray &token, std::function<void(Reply)> done)
{
    if (m_retired) // by somebody who heard of the observation before
        return;
    FetchOrder order;
    order.url = QUrl(endpoint.url.text() + request.path, QUrl::StrictMode);
    order.headers = request.headers;
    order.tls = m_config.tls;
    order.timeout = m_config.spec.timeout;
    if (request.withToken && !token.isEmpty())
        order.headers.append({QByteArray(m_system->credentialHeader.data(), m_system->credentialHeader.size()),
            QByteArray(m_system->credentialPrefix.data(), m_system->credentialPrefix.size()) + token});
    auto id = std::make_shared<FetchId>(0);
    *id = m_parts.fetcher.fetch(std::move(order), [this, id, token, done = std::move(done)](Reply reply) {
        m_fetches.remove(*id);
        reply.finished = m_parts.clock();
        redact(reply, token);
        done(reply);
    });
    m_fetches.insert(*id);
    Q_EMIT sent();
}

Observation ClusterPoller::taken(Endpoint &endpoint, const Request &request, const Reply &reply, const Decoded &decoded)
{
    endpoint.replies.insert(request.key, StoredReply{m_config.spec.name, endpoint.url, request, reply, decoded.reach, decoded.error});
    Observation observation = observationOf(request, reply, decoded);
    observation.cluster = m_config.spec.name;
    observation.endpoint = endpoint.url;
    observation.portalMark = portalMark(endpoint.url, reply, decoded.reach);
    return observation;
}

void ClusterPoller::takeIntoRound(Endpoint &endpoint, const Observation &observation)
{
    endpoint.facts = overlay(endpoint.facts, observation.facts);
    if (!observation.primary)
        return;
    endpoint.concluded = true;
    endpoint.reach = observation.reach;
}

void ClusterPoller::concluded(Endpoint &endpoint, const Request &request, const Reply &reply)
{
    const Decoded decoded = understood(*m_system, request, reply);
    Observation observation = taken(endpoint, request, reply, decoded);
    endpoint.take(request, observation);
    if (m_credential.backsOff() && endpoint.withToken && observation.reach == Reach::Unauthorised)
        observation.error += u"; "_s + whyNotSent(m_credential.backOff().next(), reply.finished);
    takeIntoRound(endpoint, observation);
    if (decoded.remember && *decoded.remember != endpoint.remembered) {
        endpoint.remembered = *decoded.remember;
        Q_EMIT remembered(endpoint.url, endpoint.remembered);
    }
    endpoint.poll->concluded({request, decoded.reach, reply.http, decoded.facts});
    ask(endpoint, endpoint.poll->next());
    observation.endpointDone = endpoint.poll->isOver();
    if (observation.endpointDone)
        learnFromPoll(endpoint);
    forward();
    Q_EMIT observed(observation);
    if (observation.endpointDone)
        startOver(endpoint);
    endRoundIfOver();
}

} // namespace quorate
