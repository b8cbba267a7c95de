// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "tests/unit/judge/over_time/watch.h"

#include <QSet>

namespace quorate::test {

/// A story that is told to a watched cluster, and all that was ever shown of it meanwhile.
class Drill {
public:
    /// `calm`: how the cluster is before, for as long as it takes to be known well.
    Drill(const QString &letters, Milliseconds interval, const QString &calm);

    Watch watch;
    QSet<ReasonCode> counted; ///< ever, since the calm
    Severity worst = Severity::Ok; ///< ever
    bool wasGreen = false; ///< Ok without pending, since a look at it was last told to begin

    /// The cluster is like this for so long.
    void is(const QString &world, Milliseconds time);
    /// From now on green is counted.
    void neverGreenFromHere() { wasGreen = false; }
    /// Until the judge has decided all that is to be decided: "up to the interval".
    void settle(const QString &world) { is(world, 3 * m_interval + std::chrono::seconds(90)); }

    [[nodiscard]] QList<Event> eventsOf(EventKind kind) const;
    /// "endpoint-down, raft-margin-zero": the codes that count now, sorted.
    [[nodiscard]] QString codes() const;
    [[nodiscard]] const Reason *reason(ReasonCode code) const;

private:
    void look();

    Milliseconds m_interval;
    ClusterStatus m_status;
};

} // namespace quorate::test
