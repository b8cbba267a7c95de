// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/poll/credential_trial.h"
#include "app/poll/endpoint_poll.h"
#include "app/poll/fetcher.h"
#include "app/secrets/secret_store.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <functional>
#include <vector>

namespace quorate {

struct PolledEndpoint;
struct StoredReply;

/// Polls the endpoints of one cluster, round by round. An endpoint whose poll is still under way is left out of a new round, so that one
/// that hangs delays no other, and no request is ever in flight twice. One that is left in peace (its server rejects the token, or asked
/// for a pause) tells in each round what it said last, and why it is not asked: it is not forgotten, and nothing that it says is news.
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
    /// The next round shows the token to every endpoint, however often they rejected it.
    void forgetRejections() { m_credential.forget(); }
    /// The token was rejected or could not be read, and the cluster waits for another.
    [[nodiscard]] bool isTokenInDoubt() const { return m_credential.isInDoubt(); }
    /// Reads it again, and says tokenChanged() when it is another. Cheap; to be called every second while in doubt.
    void lookAtToken();
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
    void tokenChanged();

private:
    using Endpoint = PolledEndpoint;
    // A round: cluster_poller.cpp.
    void begin(const std::optional<Secret> &secret);
    void startSome();
    void start(Endpoint &endpoint);
    void startOver(Endpoint &endpoint);
    void refuse(Endpoint &endpoint, Reach reach, const QString &error);
    void endRoundIfOver();
    // What is asked of an endpoint, and what comes back: cluster_requests.cpp.
    void ask(Endpoint &endpoint, const QList<Request> &requests);
    void beginPoll(Endpoint &endpoint, EndpointPoll::Asks asks);
    void send(Endpoint &endpoint, const Request &request, const QByteArray &token, std::function<void(Reply)> done);
    void concluded(Endpoint &endpoint, const Request &request, const Reply &reply);
    Observation taken(Endpoint &endpoint, const Request &request, const Reply &reply, const Decoded &decoded);
    void takeIntoRound(Endpoint &endpoint, const Observation &observation);
    // What the leader forwards: forwarded_request.cpp.
    void forward();
    void forwardConcluded(Endpoint &endpoint, const Request &request, const Reply &reply);
    [[nodiscard]] RoundState roundState() const;
    // Endpoints that are left in peace: withheld_polls.cpp.
    [[nodiscard]] Endpoint *nextToTry(Milliseconds now);
    [[nodiscard]] QString whyWithheld(const Endpoint &endpoint, const Endpoint *toTry, const Time &now) const;
    void tellWithheld(Endpoint &endpoint);
    void learnFromPoll(Endpoint &endpoint);
    void startWithheld();

    ClusterConfig m_config;
    const System *m_system;
    Parts m_parts;
    std::vector<std::unique_ptr<Endpoint>> m_endpoints;
    QSet<FetchId> m_fetches;
    QByteArray m_token;
    CredentialTrial m_credential;
    QList<Endpoint *> m_toStart; ///< of this round, still to be begun
    QTimer m_pace; ///< begins some of them
    QTimer m_settle; ///< 2 s after the round began
    std::optional<QSet<EndpointUrl>> m_only; ///< in this round
    bool m_retired = false;
    bool m_waitingForSecret = false;
    bool m_lookingAtToken = false;
    bool m_roundOpen = false;
    bool m_settled = false;
    bool m_forwardPlanned = false; ///< in this round
    bool m_forwardInFlight = false; ///< of this round or an earlier one
};

} // namespace quorate
