// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/cluster_spec.h"
#include "models/status/status.h"

#include <QList>

namespace quorate {

/// Whether the verdict of a cluster keeps changing (JUDGE section 2): more than 6 changes in a span of max(10 min, 20 × interval), until
/// there are no more than 2 in one.
///
/// Counted are changes that could be heard as an alarm going on and off: of the severity, and back to a verdict that stood before within
/// the span. An incident that grows cause by cause changes often, but it does not flap. Remembers 64 changes.
class Flapping {
public:
    [[nodiscard]] static Milliseconds span(const ClusterSpec &spec);

    /// The verdict as it is without flapping, at each step. A change that does `notCount` (nobody is told of it) makes nothing flap.
    void take(Milliseconds span, Severity severity, const QList<Reason> &reasons, bool notCount, const Time &now);
    /// Nobody looks any more.
    void forget() { *this = {}; }
    /// People's clock was set: what happened before happened at another time of it.
    void moveWallClock(Milliseconds by);

    [[nodiscard]] bool lasts(Milliseconds span, const Time &now) const;
    /// Counts for the worst that stood since the first of the changes that began it. `value`: changes in the span, `limit`: 6, `names`:
    /// the severity without it, since when (RFC 3339), the span in seconds.
    [[nodiscard]] Reason reason(Milliseconds span, const Time &now) const;
    /// Boot clock: when it is over if nothing changes; never, while it does not flap.
    [[nodiscard]] Milliseconds until(Milliseconds span) const;

private:
    struct Change {
        Time at;
        Severity severity = Severity::Unknown; ///< from then on
        size_t verdict = 0; ///< severity and causes, hashed
        bool counts = false;
    };
    [[nodiscard]] int changes(Milliseconds span, const Time &now) const;
    [[nodiscard]] bool stoodWithin(Milliseconds span, size_t verdict, const Time &now) const;
    void begin(Milliseconds span, const Time &now);

    QList<Change> m_changes; ///< newest last; the first is only what it was
    bool m_flaps = false;
    Severity m_worst = Severity::Ok; ///< while it flaps
    Instant m_since{}; ///< the first change that began it
};

} // namespace quorate
