// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/poll/endpoint_poll.h"
#include "app/poll/fetcher.h"
#include "app/secrets/secret_store.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <functional>
#include <vector>

namespace quorate {

struct StoredReply;

/// Polls the endpoints of one cluster, round by round. An endpoint whose poll is still under way is left out of a new round, so that one
/// that hangs delays no other, and no request is ever in flight twice.
class ClusterPoller final : public QObject {
    Q_OBJECT
public:
    /// What every poller shares; outlives it.
    struct Parts {
        Fetcher &fetcher;
        SecretStore &secrets;
        const std::function<Time()> &clock;
    };
    ClusterPoller(ClusterConfig config, const QMap<EndpointUrl, QString> &remembered, Parts parts, QObject *parent = nullptr);
    ~ClusterPoller() override;

    [[nodiscard]] const ClusterConfig &config() const { return m_config; }
    /// A round of all endpoints, or of some of them: then what the leader forwards is not asked for.
    void beginRound(const std::optional<QSet<EndpointUrl>> &only = {});
    /// Nothing is asked and nothing waits.
    [[nodiscard]] bool isIdle() const;
    /// Everything under way ends without a word.
    void cancel();
    /// The same for good: nothing is sent any more.
    void retire();
    /// The poll of an endpoint in this round is over; of all of them and what the leader forwards: no endpoint given.
    [[nodiscard]] bool isPolled(const std::optional<EndpointUrl> &endpoint = {}) const;
    [[nodiscard]] QList<StoredReply> replies() const; ///< newest of each request, endpoints as configured

Q_SIGNALS:
    void sent();
    void observed(const quorate::Observation &observation);
    void remembered(const quorate::EndpointUrl &endpoint, const QString &what);
    void roundConcluded();

private:
    struct Endpoint;
    void begin(const std::optional<Secret> &secret);
    void startSome();
    void startPoll(Endpoint &endpoint);
    void refuse(Endpoint &endpoint, Reach reach, const QString &error);
    void ask(Endpoint &endpoint, const QList<Request> &requests);
    void send(Endpoint &endpoint, const Request &request, std::function<void(Reply)> done);
    void concluded(Endpoint &endpoint, const Request &request, const Reply &reply);
    void forward();
    void forwardConcluded(Endpoint &endpoint, const Request &request, const Reply &reply);
    Observation taken(Endpoint &endpoint, const Request &request, const Reply &reply, const Decoded &decoded);
    void takeIntoRound(Endpoint &endpoint, const Observation &observation);
    void endRoundIfOver();
    [[nodiscard]] RoundState roundState() const;

    ClusterConfig m_config;
    const System *m_system;
    Parts m_parts;
    std::vector<std::unique_ptr<Endpoint>> m_endpoints;
    QSet<FetchId> m_fetches;
    QByteArray m_token;
    QList<Endpoint *> m_toStart; ///< of this round, still to be begun
    QTimer m_pace; ///< begins some of them
    QTimer m_settle; ///< 2 s after the round began
    std::optional<QSet<EndpointUrl>> m_only; ///< in this round
    bool m_retired = false;
    bool m_waitingForSecret = false;
    bool m_roundOpen = false;
    bool m_settled = false;
    bool m_forwardPlanned = false; ///< in this round
    bool m_forwardInFlight = false; ///< of this round or an earlier one
};

} // namespace quorate
