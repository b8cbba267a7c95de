// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"

#include <QList>
#include <QMap>

namespace quorate {

/// One name, and those who can tell agree on it.
[[nodiscard]] bool isSettled(const RaftStatus &raft);
/// Node name of an address, else the address.
[[nodiscard]] QString peerNameIn(const RaftStatus &raft, const QString &address);

/// One Raft group over time: who led since when, how the term rose, how the lag of each peer goes (JUDGE section 5 and 7). Bounded: 64
/// leaders and terms, 16 samples a peer.
class RaftHistory {
public:
    /// The group as it is judged now. `reportedAt` (boot clock): when the lags in it were told; the same ones are one sample. `planned`: in
    /// maintenance, when changes are nothing to worry about.
    void take(const RaftStatus &raft, Milliseconds reportedAt, const Time &now, bool planned = false);
    /// `leader` has led for less than 10 s, or has been elected again since: one of which nothing else was known before is not.
    [[nodiscard]] bool isSettling(const QString &leader, const std::optional<quint64> &term, const Time &now) const;
    /// raft-leader-churn and raft-term-churn. `since` is left to the caller.
    [[nodiscard]] QList<Reason> reasons(const Time &now) const;
    /// Fills what only time tells: leader's tenure, leader changes of the last hour, direction of each lag.
    void describe(RaftStatus &status, const Time &now) const;

    /// Every time that is kept, to be moved along with the wall clock.
    template <class Move>
    void moveTimes(const Move &move)
    {
        for (Leader &leader : m_leaders)
            move(leader.since);
    }

private:
    struct Leader {
        QString address, name;
        Time since;
        bool seen = false; ///< to become the leader
        bool planned = false; ///< in maintenance
    };
    struct Term {
        quint64 term = 0;
        Milliseconds since{};
    };
    struct Trailing {
        qint64 entries = 0;
        Milliseconds at{};
    };
    void takeLeader(const RaftStatus &raft, bool watched, bool planned, const Time &now);
    void takeTerm(quint64 term, bool watched, const Time &now);
    void takeTrailing(const RaftStatus &raft, Milliseconds at);
    [[nodiscard]] int leaderChanges(Milliseconds within, const Time &now) const;

    QList<Leader> m_leaders; ///< newest last
    QList<Term> m_terms; ///< newest last
    std::optional<Milliseconds> m_told; ///< boot clock: when a server last answered
    QMap<QString, QList<Trailing>> m_trailing; ///< by address, newest last; behind the newest leader
    Milliseconds m_trailingTold{-1};
};

} // namespace quorate
