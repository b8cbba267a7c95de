// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/endpoint_poll.h"

#include "models/systems/http.h"

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype mostRequests = 16; ///< a poll; a plan that never ends must not become a flood
constexpr char instead[] = "[token]";
constexpr qsizetype shortestRedacted = 6; ///< replacing "ok" everywhere would spoil the reply
} // namespace

EndpointPoll::EndpointPoll(const System &system, const QString &remembered, int polls, Asks asks)
    : m_system(system)
    , m_asks(asks)
{
    m_state.remembered = remembered;
    m_state.polls = polls;
}

QList<Request> EndpointPoll::next()
{
    QList<Request> fresh;
    const QList<Request> planned = m_system.plan(m_state);
    for (const Request &request : planned) {
        const bool asked
            = std::any_of(m_state.asked.cbegin(), m_state.asked.cend(), [&](const Request &other) { return other.key == request.key; });
        if (asked || m_state.asked.size() >= mostRequests || (m_asks == Asks::WithoutToken && !request.answersAnyone))
            continue;
        m_state.asked.append(request);
        fresh.append(request);
        fresh.last().withToken = request.withToken && m_asks == Asks::Everything;
    }
    m_inFlight += int(fresh.size());
    return fresh;
}

void EndpointPoll::concluded(const Answer &answer)
{
    --m_inFlight;
    m_state.answers.append(answer);
}

bool isReachedWithoutToken(const System &system, const QString &remembered)
{
    const QList<Request> planned = EndpointPoll(system, remembered, 0, EndpointPoll::Asks::WithoutToken).next();
    return std::any_of(planned.cbegin(), planned.cend(), [](const Request &request) { return request.primary; });
}

Decoded understood(const System &system, const Request &request, const Reply &reply)
{
    Decoded decoded;
    if (reply.reach == Reach::Answered) {
        decoded = system.decode(request, reply);
    } else {
        decoded.reach = reply.reach;
        decoded.error = reply.error;
    }
    if (decoded.reach == Reach::Throttled && !decoded.retryAfterSeconds)
        decoded.retryAfterSeconds = retryAfter(reply);
    return decoded;
}

Observation observationOf(const Request &request, const Reply &reply, const Decoded &decoded)
{
    Observation observation;
    observation.request = request.key;
    observation.path = request.path;
    observation.primary = request.primary;
    observation.forwarded = request.forwarded;
    observation.occasional = request.occasional;
    observation.at = reply.finished;
    observation.latencySeconds = reply.latencySeconds;
    observation.reach = decoded.reach;
    observation.http = reply.http;
    observation.error = decoded.error;
    observation.tls = reply.tls;
    observation.certificateExpires = reply.certificateExpires;
    observation.serverDate = httpDate(headerValue(reply.headers, "Date"));
    observation.retryAfterSeconds = decoded.retryAfterSeconds;
    observation.facts = decoded.facts;
    return observation;
}

void redact(Reply &reply, const QByteArray &token)
{
    if (token.size() < shortestRedacted)
        return;
    // As it is, and as JSON and URLs may write it.
    QByteArray escaped = token;
    escaped.replace("/", "\\/");
    for (const QByteArray &form : {token, escaped, token.toPercentEncoding()}) {
        reply.body.replace(form, instead);
        for (auto &[name, value] : reply.headers)
            value.replace(form, instead);
    }
}

} // namespace quorate
