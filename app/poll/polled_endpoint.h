// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/poll/endpoint_poll.h"
#include "app/poll/engine.h"

#include <QMap>

#include <optional>

namespace quorate {

/// One endpoint as its cluster's poller knows it.
struct PolledEndpoint {
    /// What a poll says of the token and of the endpoint's patience.
    enum class Outcome { Accepted, Rejected, Throttled, Neither };

    EndpointUrl url;
    QString remembered;
    int polls = 0; ///< begun so far
    std::optional<EndpointPoll> poll; ///< under way
    bool concluded = false; ///< its primary request, in this round
    Reach reach = Reach::NotPolled;
    Facts facts; ///< of this round
    QMap<QString, StoredReply> replies; ///< by request key

    bool withToken = false; ///< the poll under way may show the token
    QByteArray token; ///< that it shows
    int generation = 0; ///< of that token
    bool askWhenOver = false; ///< once more, when the poll under way is over
    Milliseconds shown{-1}; ///< boot clock: when the token was last shown
    QList<Observation> refusals; ///< of the newest poll with token that ended: told again while the endpoint is not asked
    bool rejects = false; ///< the token, in that poll
    bool throttled = false; ///< by its newest poll
    Milliseconds pausedUntil{-1}; ///< boot clock: it asked for that
    QString withheld; ///< why it is not to be asked (with token) in this round; empty: it is to be

    void beginPoll(const System &system, EndpointPoll::Asks asks, const QByteArray &shownToken, int tokenGeneration, Milliseconds now);
    /// An observation of the poll under way.
    void take(const Request &request, const Observation &observation);
    /// The poll under way is over.
    [[nodiscard]] Outcome endPoll();

private:
    QList<Observation> m_refusals; ///< of the poll under way
    bool m_proven = false; ///< a request that needs the token was answered
    bool m_primarySeen = false;
};

/// Longest pause that an endpoint may ask for: longer ones are its fault or somebody's jest.
inline constexpr Milliseconds longestPause = std::chrono::minutes(15);

/// Tells again what an endpoint said when it was last asked, now that it is left in peace for a reason.
[[nodiscard]] Observation toldAgain(const Observation &before, const QString &why, const Time &now);
/// "…; 3 rounds rejected the token, it is sent again at 15:04:30 UTC or when it changes"
[[nodiscard]] QString whyNotSent(Milliseconds next, const Time &now);
/// "…; asked again at 15:04:30 UTC, as it wishes"
[[nodiscard]] QString whyNotAsked(Milliseconds next, const Time &now);

} // namespace quorate
