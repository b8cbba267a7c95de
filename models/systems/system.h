// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/cluster_spec.h"
#include "models/status/observation.h"

#include <QList>
#include <QString>

#include <optional>
#include <span>

namespace quorate {

/// One GET that a system wants to be asked. Pure data.
struct Request {
    QString key; ///< same request, same key ("leader", "self", "status"); unique within one poll of an endpoint
    QString path; ///< appended to the endpoint's base URL, with query ("/v1/operator/raft/configuration?stale")
    Headers headers; ///< without the credential
    bool primary = false; ///< reach, latency and http of the endpoint are this request's
    bool forwarded = false; ///< the server forwards it to its leader: asked once a round a cluster
    bool occasional = false; ///< a setting, not asked in every poll: what was told stays known, and a failure says nothing of the endpoint
    bool withToken = true; ///< send the cluster's token, where one is configured
    bool answersAnyone = false; ///< whatever the token, so it proves none; asked without one while the token is rejected
};

/// What came back for a request of this poll: enough for the plan to decide what to ask next.
struct Answer {
    Request request;
    Reach reach = Reach::NotPolled; ///< as refined by decode()
    int http = 0;
    Facts facts;
};

/// The state of one endpoint's poll, given to `plan`.
struct PollState {
    QString remembered; ///< what worked last time for this endpoint (a rung, a prefix); empty: nothing yet
    int polls = 0; ///< of this endpoint before this one
    QList<Request> asked; ///< everything planned so far in this poll
    QList<Answer> answers; ///< concluded so far, in order of conclusion
};

/// The state of a round over all endpoints of a cluster, given to `planForwarded`.
struct RoundState {
    struct Endpoint {
        EndpointUrl url;
        bool concluded = false; ///< its primary request has concluded
        Reach reach = Reach::NotPolled;
        Facts facts; ///< of this round so far
    };
    QList<Endpoint> endpoints;
    bool settled = false; ///< all primaries concluded, or 2 s have passed since the round began
};

struct ForwardedRequest {
    EndpointUrl endpoint;
    Request request;
};

/// A reply understood, or not.
struct Decoded {
    Reach reach = Reach::Malformed; ///< `Answered` only when the body was understood
    QString error; ///< what was expected and what came, and the server's own words; empty when answered
    Facts facts;
    std::optional<QString> remember; ///< to be given back as PollState::remembered
    std::optional<double> retryAfterSeconds;
};

/// What a command for a person needs. No secrets: tokens appear as the name of where they come from.
struct CommandTarget {
    EndpointUrl endpoint;
    bool hasToken = false;
    QString tokenVariable; ///< environment variable that holds the token, empty otherwise
    QString caFile, certificateFile, keyFile;
    bool insecure = false;
};

/// All that Quorate knows of one system. Stateless and pure: any thread.
struct System {
    QLatin1String name; ///< as in the configuration: "consul"
    QLatin1String title; ///< for people: "Consul"
    bool raft = false; ///< its endpoints are views of one Raft group (JUDGE section 5)
    /// Requests to send now that are not in `state.asked`. Called at the start of a poll and after each answer; nothing in flight and
    /// nothing new ends the poll.
    QList<Request> (*plan)(const PollState &state);
    /// Leader-forwarded requests of the round, at most once a round; called as primaries conclude. Null: the system has none.
    std::optional<ForwardedRequest> (*planForwarded)(const RoundState &state);
    /// Bytes → facts. Never throws, never asserts, whatever came; `reply.reach` is Answered (a whole HTTP reply came).
    Decoded (*decode)(const Request &request, const Reply &reply);
    /// The vendor's own command that shows the same, ready for a shell, without secrets.
    QString (*vendorCommand)(const CommandTarget &target);
    /// The header that carries the cluster's token, and what stands before the token in it.
    QLatin1String credentialHeader = QLatin1String("Authorization");
    QLatin1String credentialPrefix = QLatin1String("Bearer ");
};

/// Every registered system, in order of name.
[[nodiscard]] std::span<const System *const> systems();
/// Null when there is none of that name.
[[nodiscard]] const System *systemNamed(QStringView name);

} // namespace quorate
