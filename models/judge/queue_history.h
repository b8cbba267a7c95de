// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/facts.h"
#include "models/status/hold_table.h"
#include "models/status/time.h"

#include <QList>

namespace quorate {

/// Servers keep such numbers for a while before they count again (OSAPI: 15 s): the same numbers before that are the same refresh.
inline constexpr Milliseconds refreshEvery = std::chrono::seconds(15);

/// The numbers of one queue over time, as one endpoint tells them (JUDGE section 6). Holds at most 400 samples, however long it watches.
class QueueHistory {
public:
    /// False: the refresh that is known already, or numbers older than it.
    bool take(const QueueFact &numbers, const Time &at);

    /// Net change of the backlog per minute over a window that ends with the newest refresh: negative while it falls. Absent when nothing
    /// was seen near the window's beginning.
    [[nodiscard]] std::optional<double> perMinute(std::chrono::minutes window) const;
    /// Until nothing waits, in seconds: only when the backlog fell in each of the last three windows.
    [[nodiscard]] std::optional<double> drainSeconds() const;
    /// Something waits, nothing is worked on, and no number has changed over so many refreshes and so long: since when.
    [[nodiscard]] std::optional<Time> stuckSince(const HoldLimit &limit = limitOf({}, ReasonCode::QueueStuck)) const;
    [[nodiscard]] std::optional<qint64> waiting() const { return m_numbers.unprocessed; }
    /// The most dead letters in the last three refreshes, when all are later than `after` and count: 0 is also sent when the letters can't
    /// be read or there are no jobs at all.
    [[nodiscard]] std::optional<qint64> settledDead(std::optional<Instant> after) const;

    /// Every time that is kept, to be moved along with the wall clock.
    template <class Move>
    void moveTimes(const Move &move)
    {
        move(m_refreshed);
        move(m_unchangedSince);
        for (Dead &dead : m_dead)
            move(dead.at);
    }

private:
    struct Backlog {
        Milliseconds boot{};
        double waiting = 0;
    };
    struct Dead {
        Instant at;
        std::optional<qint64> letters; ///< absent: does not count
    };
    void takeBacklog(qint64 waiting, Milliseconds boot);
    /// Nearest to `age` before the newest; null when none is nearer than half of `window`.
    [[nodiscard]] const Backlog *before(Milliseconds age, Milliseconds window) const;

    QueueFact m_numbers; ///< of the newest refresh
    std::optional<Time> m_refreshed;
    Time m_unchangedSince;
    int m_unchanged = 0; ///< refreshes with these same numbers
    QList<Backlog> m_backlog;
    QList<Dead> m_dead; ///< of the last three refreshes
};

} // namespace quorate
