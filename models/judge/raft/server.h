// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/fleet.h"

namespace quorate::raft {

/// One server (or client agent) as its endpoints show it at this moment. Two URLs with one identity are one server.
struct Server {
    QList<EndpointUrl> urls; ///< sorted; the first stands for the server
    QString host; ///< of the first URL, without brackets
    QString label; ///< of the first URL: host, with port where hosts repeat
    QString id, name, address; ///< as it last told, whatever the age: who it is does not grow old; empty: never told
    bool answers = false; ///< its newest attempt was answered, and not too long ago
    bool shared = false; ///< a client agent or a balancer: what it says of the group is used, it gives no view
    bool balancer = false; ///< several servers answer here, one at a time
    bool justRestarted = false; ///< in the last 10 s
    bool foreign = false; ///< of another datacentre or group than the rest
    Reach reach = Reach::NotPolled;
    ReachClass reachClass = ReachClass::NotPolled;
    QString error; ///< of the newest attempt
    std::optional<double> latency;
    QString version;
    RaftView view; ///< fresh facts; empty unless it answers
    Milliseconds toldAt{-1}; ///< boot clock: when it last told anything but what it forwards
    std::optional<RaftLimits> limits; ///< as it last told, whatever the age
    LogIndexes indexes;
    std::optional<QList<RaftMember>> lastMembers; ///< the membership as it last told, whatever the age: only to show who is not seen now

    /// A view of the group: a server that answers and says whom it takes for the leader.
    [[nodiscard]] bool hasView() const { return answers && !shared && !foreign && view.leader.has_value(); }
    /// Node name, else the host of its endpoint.
    [[nodiscard]] QString displayName() const { return name.isEmpty() ? label : name; }
    /// It says of itself that it leads.
    [[nodiscard]] bool callsItselfLeader() const;
    /// It says of itself that it does not lead, in any of its words.
    [[nodiscard]] bool deniesLeading() const;
    /// Raft has stopped in it: it answers, but takes no part.
    [[nodiscard]] bool isShutDown() const { return answers && view.state == QLatin1String("Shutdown"); }
};

/// The servers behind the endpoints, sorted by their first URL.
[[nodiscard]] QList<Server> serversOf(const ClusterSpec &spec, const QList<EndpointState> &endpoints, const Time &now);

/// What was said by way of the leader, newest of all endpoints.
struct Forwarded {
    std::optional<AutopilotFacts> autopilot; ///< fresh
    Milliseconds at{-1}; ///< boot clock: of the newest success
    bool succeeded = false; ///< in the 10 s before the newest attempt, and not failed since
    const Observation *failure = nullptr; ///< newer than every success; not a missing permission
};
[[nodiscard]] Forwarded forwardedOf(const ClusterSpec &spec, const QList<EndpointState> &endpoints, const Time &now);

/// In touch: not longer ago than this, in seconds (JUDGE section 5).
inline constexpr double inTouchSeconds = 10;
/// After an election or a restart numbers are not yet worth judging (JUDGE section 5).
inline constexpr Milliseconds settlesWithin{10'000};

/// The host of "10.1.10.12:8300" or "[::1]:8300", without brackets.
[[nodiscard]] QString hostOf(const QString &address);

} // namespace quorate::raft
