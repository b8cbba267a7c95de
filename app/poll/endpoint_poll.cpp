// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/endpoint_poll.h"

#include <QLocale>

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype mostRequests = 16; ///< a poll; a plan that never ends must not become a flood
constexpr qsizetype shortestRedacted = 6; ///< replacing "ok" everywhere would spoil the reply

/// IMF-fixdate, "Fri, 20 Nov 2026 08:34:19 GMT".
std::optional<Instant> httpDate(const QByteArray &value)
{
    if (value.isEmpty())
        return std::nullopt;
    const QDateTime time = QDateTime::fromString(QString::fromLatin1(value), Qt::RFC2822Date);
    if (time.isValid())
        return Instant(Milliseconds(time.toMSecsSinceEpoch()));
    QDateTime fixed = QLocale::c().toDateTime(QString::fromLatin1(value), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s);
    fixed.setTimeSpec(Qt::UTC);
    return fixed.isValid() ? std::optional(Instant(Milliseconds(fixed.toMSecsSinceEpoch()))) : std::nullopt;
}

/// Seconds only; a date there is rare, and a wrong clock would make it an hour.
std::optional<double> retryAfter(const Headers &headers)
{
    bool ok = false;
    const int seconds = headerValue(headers, "Retry-After").trimmed().toInt(&ok);
    return ok && seconds >= 0 ? std::optional<double>(seconds) : std::nullopt;
}
} // namespace

EndpointPoll::EndpointPoll(const System &system, const QString &remembered)
    : m_system(system)
{
    m_state.remembered = remembered;
}

QList<Request> EndpointPoll::next()
{
    QList<Request> fresh;
    const QList<Request> planned = m_system.plan(m_state);
    for (const Request &request : planned) {
        const bool asked
            = std::any_of(m_state.asked.cbegin(), m_state.asked.cend(), [&](const Request &other) { return other.key == request.key; });
        if (asked || m_state.asked.size() >= mostRequests)
            continue;
        m_state.asked.append(request);
        fresh.append(request);
    }
    m_inFlight += int(fresh.size());
    return fresh;
}

void EndpointPoll::concluded(const Answer &answer)
{
    --m_inFlight;
    m_state.answers.append(answer);
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
        decoded.retryAfterSeconds = retryAfter(reply.headers);
    return decoded;
}

Observation observationOf(const Request &request, const Reply &reply, const Decoded &decoded)
{
    Observation observation;
    observation.request = request.key;
    observation.path = request.path;
    observation.primary = request.primary;
    observation.forwarded = request.forwarded;
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
    const QByteArray instead = "[token]";
    reply.body.replace(token, instead);
    for (auto &[name, value] : reply.headers)
        value.replace(token, instead);
}

} // namespace quorate
