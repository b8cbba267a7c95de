// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/cluster_poller.h"

#include "app/poll/polled_endpoint.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
constexpr Milliseconds settledAfter{2'000};
constexpr qsizetype startedAtOnce = 32; ///< endpoints; a thousand GETs in one moment would wait for each other and look slow
constexpr Milliseconds startedEvery{20};
} // namespace

ClusterPoller::ClusterPoller(ClusterConfig config, const QMap<EndpointUrl, QString> &remembered, Parts parts, QObject *parent)
    : QObject(parent)
    , m_config(std::move(config))
    , m_system(systemNamed(m_config.spec.system))
    , m_parts(parts)
    , m_pace(this)
    , m_settle(this)
{
    for (const EndpointUrl &url : std::as_const(m_config.spec.endpoints)) {
        auto &endpoint = *m_endpoints.emplace_back(std::make_unique<Endpoint>());
        endpoint.url = url;
        endpoint.remembered = remembered.value(url);
    }
    m_pace.setSingleShot(true);
    connect(&m_pace, &QTimer::timeout, this, [this] {
        startSome();
        endRoundIfOver(); // where nothing had to be sent
    });
    m_settle.setSingleShot(true);
    connect(&m_settle, &QTimer::timeout, this, [this] {
        m_settled = true;
        forward();
    });
}

ClusterPoller::~ClusterPoller() { cancel(); }

void ClusterPoller::cancel()
{
    m_pace.stop();
    m_settle.stop();
    m_toStart.clear();
    m_waitingForSecret = m_lookingAtToken = m_roundOpen = m_forwardInFlight = false;
    const QSet<FetchId> fetches = std::exchange(m_fetches, {});
    for (const FetchId id : fetches)
        m_parts.fetcher.cancel(id);
    for (const auto &endpoint : m_endpoints) {
        endpoint->poll.reset();
        endpoint->askWhenOver = false;
    }
}

void ClusterPoller::retire()
{
    m_retired = true;
    cancel();
}

bool ClusterPoller::isIdle() const
{
    return !m_waitingForSecret && !m_forwardInFlight && m_toStart.isEmpty()
        && std::none_of(m_endpoints.begin(), m_endpoints.end(), [](const auto &endpoint) { return endpoint->poll.has_value(); });
}

void ClusterPoller::beginRound(const std::optional<QSet<EndpointUrl>> &only)
{
    if (m_retired || m_waitingForSecret || !m_toStart.isEmpty())
        return; // the round before has not even begun
    if (only && m_roundOpen)
        return; // they are being asked
    if (!only)
        m_credential.endRound(m_parts.clock().boot); // the one before, where an endpoint hangs
    m_only = only;
    m_roundOpen = true;
    m_settled = false;
    for (const auto &endpoint : m_endpoints) {
        if (endpoint->poll || (only && !only->contains(endpoint->url)))
            continue; // a poll under way goes on as one of this round
        endpoint->concluded = false;
        endpoint->reach = Reach::NotPolled;
        endpoint->facts = {};
    }
    m_settle.start(settledAfter);
    if (!m_config.token) {
        begin(std::nullopt);
        return;
    }
    m_waitingForSecret = true;
    m_parts.secrets.read(*m_config.token, [self = QPointer(this)](const Secret &secret) {
        if (self && self->m_waitingForSecret)
            self->begin(secret);
    });
}

void ClusterPoller::begin(const std::optional<Secret> &secret)
{
    m_waitingForSecret = false;
    m_token = secret && *secret ? secret->value() : QByteArray();
    if (secret)
        m_credential.use(*secret ? std::optional(m_token) : std::nullopt);
    m_forwardPlanned = m_only || m_credential.backsOff();
    const Time now = m_parts.clock();
    const Endpoint *toTry = m_token.isEmpty() ? nullptr : nextToTry(now.boot);
    for (const auto &endpoint : m_endpoints) {
        if (m_retired || (m_only && !m_only->contains(endpoint->url)))
            continue; // not meant
        endpoint->withheld = whyWithheld(*endpoint, toTry, now);
        if (endpoint->poll) // still under way; with what is not sent any more?
            endpoint->askWhenOver
                = endpoint->withheld.isEmpty() && (!endpoint->withToken || endpoint->generation != m_credential.generation());
        else if (secret && !*secret)
            refuse(*endpoint, Reach::NoSecret, secret->error().text);
        else if (!m_system)
            refuse(*endpoint, Reach::NotPolled, u"there is no system called %1; nothing was sent"_s.arg(m_config.spec.system));
        else if (!m_only || (endpoint->withheld.isEmpty() && !endpoint->throttled)) // nobody is pressed who is not to be asked
            m_toStart.append(endpoint.get());
    }
    startSome();
    endRoundIfOver();
}

void ClusterPoller::startSome()
{
    const QList<Endpoint *> now = m_toStart.first(std::min(m_toStart.size(), startedAtOnce));
    m_toStart.remove(0, now.size());
    if (!m_toStart.isEmpty())
        m_pace.start(startedEvery);
    for (Endpoint *endpoint : now)
        start(*endpoint);
}

void ClusterPoller::start(Endpoint &endpoint)
{
    if (m_retired || endpoint.poll)
        return;
    if (!endpoint.withheld.isEmpty()) {
        tellWithheld(endpoint);
        return;
    }
    beginPoll(endpoint, EndpointPoll::Asks::Everything);
    if (endpoint.poll->isOver()) {
        endpoint.poll.reset();
        refuse(endpoint, Reach::NotPolled, u"the system %1 asks for nothing"_s.arg(m_system->name));
    }
}

/// The poll that ended did not show what is known by now, or not the token of now.
void ClusterPoller::startOver(Endpoint &endpoint)
{
    if (!std::exchange(endpoint.askWhenOver, false) || m_retired)
        return;
    m_toStart.append(&endpoint);
    startSome();
}

/// Concludes a poll for which nothing is sent.
void ClusterPoller::refuse(Endpoint &endpoint, Reach reach, const QString &error)
{
    Request request;
    if (m_system) {
        const QList<Request> planned = EndpointPoll(*m_system, endpoint.remembered).next();
        const auto primary = std::find_if(planned.begin(), planned.end(), [](const Request &one) { return one.primary; });
        if (primary != planned.end())
            request = *primary;
    }
    request.primary = true;
    Reply reply;
    reply.reach = reach;
    reply.error = error;
    reply.finished = m_parts.clock();
    Decoded decoded;
    decoded.reach = reach;
    decoded.error = error;
    Observation observation = taken(endpoint, request, reply, decoded);
    observation.endpointDone = true;
    takeIntoRound(endpoint, observation);
    Q_EMIT observed(observation);
}

void ClusterPoller::endRoundIfOver()
{
    if (!m_roundOpen || !isIdle())
        return;
    m_settled = true;
    forward();
    if (m_forwardInFlight)
        return;
    m_settle.stop();
    m_roundOpen = false;
    if (!m_only)
        m_credential.endRound(m_parts.clock().boot);
    Q_EMIT roundConcluded();
}

bool ClusterPoller::isPolled(const std::optional<EndpointUrl> &endpoint) const
{
    const auto isOver = [&](const auto &one) { return (endpoint && one->url != *endpoint) || (one->concluded && !one->poll); };
    return (endpoint || !m_roundOpen) && std::all_of(m_endpoints.begin(), m_endpoints.end(), isOver);
}

QList<StoredReply> ClusterPoller::replies() const
{
    QList<StoredReply> all;
    for (const auto &endpoint : m_endpoints)
        all.append(endpoint->replies.values());
    return all;
}

} // namespace quorate
