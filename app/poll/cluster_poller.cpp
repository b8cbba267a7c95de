// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/cluster_poller.h"

#include "app/poll/engine.h"

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

struct ClusterPoller::Endpoint {
    EndpointUrl url;
    QString remembered;
    std::optional<EndpointPoll> poll; ///< under way
    bool concluded = false; ///< its primary request, in this round
    Reach reach = Reach::NotPolled;
    Facts facts; ///< of this round
    QMap<QString, StoredReply> replies; ///< by request key
};

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
    connect(&m_pace, &QTimer::timeout, this, &ClusterPoller::startSome);
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
    m_waitingForSecret = m_roundOpen = m_forwardInFlight = false;
    const QSet<FetchId> fetches = std::exchange(m_fetches, {});
    for (const FetchId id : fetches)
        m_parts.fetcher.cancel(id);
    for (const auto &endpoint : m_endpoints)
        endpoint->poll.reset();
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
    m_only = only;
    m_roundOpen = true;
    m_settled = false;
    m_forwardPlanned = only.has_value();
    for (const auto &endpoint : m_endpoints) {
        if (only && !only->contains(endpoint->url))
            continue;
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
    for (const auto &endpoint : m_endpoints) {
        if (endpoint->poll || (m_only && !m_only->contains(endpoint->url)))
            continue; // still under way, or not meant
        if (secret && !*secret)
            refuse(*endpoint, Reach::NoSecret, secret->error().text);
        else if (!m_system)
            refuse(*endpoint, Reach::NotPolled, u"there is no system called %1; nothing was sent"_s.arg(m_config.spec.system));
        else
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
        startPoll(*endpoint);
}

void ClusterPoller::startPoll(Endpoint &endpoint)
{
    endpoint.poll.emplace(*m_system, endpoint.remembered);
    ask(endpoint, endpoint.poll->next());
    if (endpoint.poll->isOver()) {
        endpoint.poll.reset();
        refuse(endpoint, Reach::NotPolled, u"the system %1 asks for nothing"_s.arg(m_system->name));
    }
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

void ClusterPoller::ask(Endpoint &endpoint, const QList<Request> &requests)
{
    for (const Request &request : requests)
        send(endpoint, request, [this, &endpoint, request](const Reply &reply) { concluded(endpoint, request, reply); });
}

void ClusterPoller::send(Endpoint &endpoint, const Request &request, std::function<void(Reply)> done)
{
    if (m_retired) // by somebody who heard of the observation before
        return;
    FetchOrder order;
    order.url = QUrl(endpoint.url.text() + request.path, QUrl::StrictMode);
    order.headers = request.headers;
    order.tls = m_config.tls;
    order.timeout = m_config.spec.timeout;
    if (request.withToken && !m_token.isEmpty())
        order.headers.append({QByteArray(m_system->credentialHeader.data(), m_system->credentialHeader.size()),
            QByteArray(m_system->credentialPrefix.data(), m_system->credentialPrefix.size()) + m_token});
    auto id = std::make_shared<FetchId>(0);
    *id = m_parts.fetcher.fetch(std::move(order), [this, id, token = m_token, done = std::move(done)](Reply reply) {
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
    takeIntoRound(endpoint, observation);
    if (decoded.remember && *decoded.remember != endpoint.remembered) {
        endpoint.remembered = *decoded.remember;
        Q_EMIT remembered(endpoint.url, endpoint.remembered);
    }
    if (request.primary && decoded.reach == Reach::Unauthorised && m_config.token)
        m_parts.secrets.rejected(*m_config.token);
    endpoint.poll->concluded({request, decoded.reach, reply.http, decoded.facts});
    ask(endpoint, endpoint.poll->next());
    observation.endpointDone = endpoint.poll->isOver();
    if (observation.endpointDone)
        endpoint.poll.reset();
    forward();
    Q_EMIT observed(observation);
    endRoundIfOver();
}

RoundState ClusterPoller::roundState() const
{
    RoundState state;
    for (const auto &endpoint : m_endpoints)
        state.endpoints.append({endpoint->url, endpoint->concluded, endpoint->reach, endpoint->facts});
    state.settled
        = m_settled || std::all_of(m_endpoints.begin(), m_endpoints.end(), [](const auto &endpoint) { return endpoint->concluded; });
    return state;
}

/// Leader-forwarded requests are sent once a round a cluster: when a leader is frozen they hang on every server.
void ClusterPoller::forward()
{
    if (!m_system || !m_system->planForwarded || !m_roundOpen || m_forwardPlanned || m_forwardInFlight || m_waitingForSecret)
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
    send(endpoint, request, [this, &endpoint, request](const Reply &reply) { forwardConcluded(endpoint, request, reply); });
}

void ClusterPoller::forwardConcluded(Endpoint &endpoint, const Request &request, const Reply &reply)
{
    m_forwardInFlight = false;
    const Observation observation = taken(endpoint, request, reply, understood(*m_system, request, reply));
    takeIntoRound(endpoint, observation);
    Q_EMIT observed(observation);
    endRoundIfOver();
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
