// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/polled_endpoint.h"

#include "app/poll/credential_trial.h"

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
/// A moment on the boot clock as the person's clock shows it.
QString clockAt(Milliseconds boot, const Time &now)
{
    return toDateTime(now.wall + (boot - now.boot)).toLocalTime().toString(u"HH:mm:ss t"_s);
}
} // namespace

void PolledEndpoint::beginPoll(
    const System &system, EndpointPoll::Asks asks, const QByteArray &shownToken, int tokenGeneration, Milliseconds now)
{
    withToken = asks == EndpointPoll::Asks::Everything;
    poll.emplace(system, remembered, polls, asks);
    token = withToken ? shownToken : QByteArray();
    generation = tokenGeneration;
    m_proven = m_primarySeen = false;
    m_refusals.clear();
    if (!withToken)
        return;
    polls = (polls + 1) % 1'000'000;
    shown = now;
}

void PolledEndpoint::take(const Request &request, const Observation &observation)
{
    m_primarySeen = m_primarySeen || request.primary;
    if (!withToken)
        return;
    const bool isNarrowed = observation.reach == Reach::Unauthorised && !observation.facts.narrowed.isEmpty(); // known, with few rights
    m_proven = m_proven || (request.withToken && !request.answersAnyone && (observation.reach == Reach::Answered || isNarrowed));
    if (observation.reach != Reach::Unauthorised && observation.reach != Reach::Throttled)
        return;
    m_refusals.append(observation);
}

PolledEndpoint::Outcome PolledEndpoint::endPoll()
{
    poll.reset();
    if (!withToken)
        return Outcome::Neither;
    refusals = m_refusals;
    const auto refusedBy = [this](Reach how) {
        return std::any_of(refusals.cbegin(), refusals.cend(),
            [&](const Observation &one) { return one.reach == how && (one.primary || one.facts.credentialRejected || !m_primarySeen); });
    };
    rejects = refusedBy(Reach::Unauthorised);
    throttled = !rejects && refusedBy(Reach::Throttled);
    if (rejects)
        return Outcome::Rejected;
    if (throttled)
        return Outcome::Throttled;
    return m_proven ? Outcome::Accepted : Outcome::Neither;
}

Observation toldAgain(const Observation &before, const QString &why, const Time &now)
{
    Observation told = before;
    told.toldAgain = true;
    told.at = now;
    told.latencySeconds = 0;
    told.endpointDone = false;
    told.serverDate.reset(); // of another moment
    told.error += u"; "_s + why;
    return told;
}

QString whyNotSent(Milliseconds next, const Time &now)
{
    return u"rejected in %1 rounds, the token is sent again at %2, or as soon as it changes"_s.arg(CredentialTrial::patience)
        .arg(clockAt(next, now));
}

QString whyNotAsked(Milliseconds next, const Time &now) { return u"asked again at %1, as it wishes"_s.arg(clockAt(next, now)); }

} // namespace quorate
