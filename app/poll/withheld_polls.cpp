// SPDX-License-Identifier: GPL-3.0-or-later
// Endpoints that are left in peace for a while: their servers rejected the token round after round, or asked for a pause.
#include "app/poll/cluster_poller.h"
#include "app/poll/polled_endpoint.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace quorate {

/// The one endpoint that the rejected token is shown to now: another each time, so that one server's mistake does not decide for all.
PolledEndpoint *ClusterPoller::nextToTry(Milliseconds now)
{
    if (m_only || !m_credential.backsOff() || !m_credential.backOff().isDue(now))
        return nullptr;
    Endpoint *next = nullptr;
    for (const auto &endpoint : m_endpoints) {
        if (!endpoint->rejects)
            continue;
        if (endpoint->poll && endpoint->withToken)
            return nullptr; // one is being tried
        if (!endpoint->poll && (!next || endpoint->shown < next->shown))
            next = endpoint.get();
    }
    if (next)
        m_credential.backOff().tried(now);
    return next;
}

QString ClusterPoller::whyWithheld(const Endpoint &endpoint, const Endpoint *toTry, const Time &now) const
{
    if (now.boot < endpoint.pausedUntil)
        return whyNotAsked(endpoint.pausedUntil, now);
    if (m_credential.backsOff() && endpoint.rejects && &endpoint != toTry)
        return whyNotSent(m_credential.backOff().next(), now);
    return {};
}

void ClusterPoller::tellWithheld(Endpoint &endpoint)
{
    const bool asksForPause = endpoint.throttled;
    // Only beside a refusal that says by itself that the token is not known: an answer to nobody would hide any other.
    const bool isTokenUnknown = std::any_of(
        endpoint.refusals.cbegin(), endpoint.refusals.cend(), [](const Observation &refusal) { return refusal.facts.credentialRejected; });
    const bool isAskedWithoutToken = !asksForPause && isTokenUnknown && isReachedWithoutToken(*m_system, endpoint.remembered);
    const Time now = m_parts.clock();
    for (qsizetype i = 0; i < endpoint.refusals.size() && !m_retired; ++i) {
        Observation observation = toldAgain(endpoint.refusals.at(i), endpoint.withheld, now);
        if (isAskedWithoutToken && observation.primary)
            continue; // it speaks for itself
        observation.endpointDone = !isAskedWithoutToken && i + 1 == endpoint.refusals.size();
        takeIntoRound(endpoint, observation);
        Q_EMIT observed(observation);
    }
    if (!isAskedWithoutToken || m_retired)
        return;
    beginPoll(endpoint, EndpointPoll::Asks::WithoutToken);
}

void ClusterPoller::learnFromPoll(Endpoint &endpoint)
{
    const Milliseconds now = m_parts.clock().boot;
    const bool ofThisToken = endpoint.withToken && endpoint.generation == m_credential.generation();
    const bool wasTried = endpoint.rejects;
    switch (endpoint.endPoll()) {
    case PolledEndpoint::Outcome::Throttled: {
        double pause = 0;
        for (const Observation &refusal : std::as_const(endpoint.refusals))
            pause = std::max(pause, refusal.retryAfterSeconds.value_or(0));
        const double longest = std::chrono::duration<double>(longestPause).count();
        endpoint.pausedUntil = now + Milliseconds(qint64(std::min(pause, longest) * 1000));
        return;
    }
    case PolledEndpoint::Outcome::Rejected:
        if (!ofThisToken || !m_config.token)
            return;
        m_credential.rejected();
        m_parts.secrets.rejected(*m_config.token);
        return;
    case PolledEndpoint::Outcome::Accepted: {
        const bool wasWithheld = m_credential.backsOff();
        if (!ofThisToken || !m_config.token)
            return;
        endpoint.withheld.clear();
        m_credential.accepted();
        if (wasWithheld)
            startWithheld();
        return;
    }
    case PolledEndpoint::Outcome::Neither:
        if (ofThisToken && wasTried && m_credential.backsOff())
            m_credential.backOff().again(now); // it was down: the next round tries another
        return;
    }
}

/// The token is accepted again: who was left in peace in this round is asked after all.
void ClusterPoller::startWithheld()
{
    for (const auto &endpoint : m_endpoints) {
        if (endpoint->withheld.isEmpty() || endpoint->throttled)
            continue;
        endpoint->withheld.clear();
        if (endpoint->poll)
            endpoint->askWhenOver = true;
        else if (!m_toStart.contains(endpoint.get()))
            m_toStart.append(endpoint.get());
    }
    m_forwardPlanned = m_only.has_value();
    startSome();
}

void ClusterPoller::lookAtToken()
{
    if (!m_config.token || !isTokenInDoubt() || m_waitingForSecret || m_lookingAtToken || m_retired)
        return;
    // A keyring or a command that fails may ask the person something each time: no sooner than the next round.
    if (m_credential.isUnreadable() && !std::holds_alternative<SecretFromFile>(*m_config.token))
        return;
    m_lookingAtToken = true;
    m_parts.secrets.read(*m_config.token, [self = QPointer(this)](const Secret &secret) {
        if (!self || !std::exchange(self->m_lookingAtToken, false))
            return;
        if (secret && self->m_credential.isAnother(secret.value()))
            Q_EMIT self->tokenChanged();
    });
}

} // namespace quorate
