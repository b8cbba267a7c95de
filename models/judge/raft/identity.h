// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/observation.h"

namespace quorate {

/// Who answers behind one URL. An identity that changes between polls, or a process that has run for longer than it could, is several
/// servers behind a balancer (JUDGE section 5): no view of its own. One that then stays the same for long enough is a server that was
/// replaced: the more often it changed, the longer that takes.
class ServerIdentity {
public:
    void take(const Observation &observation);
    [[nodiscard]] bool isShared() const { return m_changes > 0; }

private:
    QString m_id;
    std::optional<Milliseconds> m_started; ///< boot clock: by its uptime
    int m_changes = 0; ///< since it was last the same for long
    int m_same = 0; ///< answers since the last change
};

/// How far the log of one server was, in its newest answers. Indexes of two servers are asked for at different times: only by these times
/// can they be compared (JUDGE section 5, Trailing).
class LogIndexes {
public:
    void take(const Observation &observation);

    struct Sample {
        quint64 index = 0;
        Milliseconds asked{}, told{}; ///< boot clock: the server read it in between
    };
    /// Newest last, at most 4.
    [[nodiscard]] const QList<Sample> &samples() const { return m_samples; }

private:
    QString m_id;
    QList<Sample> m_samples;
};

/// How many entries of the leader a follower did not have when it told.
struct ComparedLag {
    qint64 entries = 0;
    Milliseconds at{}; ///< boot clock: the follower's answer
};
/// By the leader's index at that time, between two of its own answers. Absent where none of the follower's answers since `notBefore` stands
/// between two of the leader's; else of the newest that does.
[[nodiscard]] std::optional<ComparedLag> lagBetween(const LogIndexes &leader, const LogIndexes &follower, Milliseconds notBefore);

} // namespace quorate
