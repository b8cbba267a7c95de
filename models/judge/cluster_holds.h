// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/hold.h"

#include <QPair>

namespace quorate {

struct ClusterState;

/// A cause that all endpoints tell together (a Raft group, a queue, an agent), over time. Its samples are rounds: polls of all endpoints.
struct HeldReason {
    Reason reason; ///< as it was last found
    Hold hold;
    HoldLimit limit; ///< of its code, or shorter without a past
    qint64 round = -1; ///< of the newest sample
    bool recovers = false; ///< it counts, but the newest round says the contrary
    bool pending = false; ///< undecided, and a change of severity that it brings is shown as such
    Severity soon = Severity::Ok; ///< what it comes to before its hold is over, while it does not count for that yet
    bool first = false; ///< found in the first round: there is no severity to keep
};

struct ClusterHolds {
    QList<HeldReason> list;
    bool known = false; ///< a round has been judged
    bool undecided = false; ///< ask all endpoints again soon
    bool rulesChanged = false; ///< what is not found any more was never bad
    Milliseconds until{-1}; ///< boot clock: after it, it must be made anew
    std::optional<Time> looked; ///< evidence of the newest round: of the contrary for what it did not find
    qint64 lookedIn = -1; ///< that round
    std::optional<Over> over; ///< what ended last
};

using ReasonKey = QPair<ReasonCode, QString>; ///< code, subject

/// What one round comes to.
struct HeldReasons {
    QList<Reason> counted; ///< at the severities that count now
    QList<Reason> expected; ///< what it comes to once everything is decided
    ClusterHolds holds;
};

/// One step of time. `contrary`: of what is held, what this round speaks against. Looking twice at the same round changes nothing.
[[nodiscard]] HeldReasons judgeReasons(
    const ClusterState &cluster, const QList<Reason> &found, const QList<ReasonKey> &contrary, const Time &evidence, const Time &now);

/// As for an endpoint's holds.
[[nodiscard]] std::optional<Pending> pendingOf(const ClusterHolds &holds, Severity before, Severity expected);

/// The newest round that every endpoint was polled in, or that has been followed by another.
[[nodiscard]] qint64 completeRound(const ClusterState &cluster);

/// These facts speak of the queue or the agents that the reason is about.
[[nodiscard]] bool isListed(const Facts &facts, const Reason &reason);

/// Of the queues and agents that are held, which the newest replies list and call well.
[[nodiscard]] QList<ReasonKey> wellInWork(const ClusterState &cluster, const QList<Reason> &found, const Time &now);

} // namespace quorate
