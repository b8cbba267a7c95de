// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/finding.h"
#include "models/judge/limits.h"
#include "models/status/status.h"

namespace quorate {

/// One shot: a cause counts from its first sample; kept is the moment of the first evidence of a cause that lasts.
[[nodiscard]] QList<Finding> hold(const QList<Finding> &before, QList<Finding> newest);

// How long a change of severity is shown as pending (JUDGE section 1): 2 × interval + timeout at most, as long as evidence counts. What has
// a shorter hold is pending from its first evidence on. A longer hold begins in silence: the cause is listed as being checked, and the
// severity is pending only for the last part of it, so that "pending" always means "soon decided" and no alarm comes out of calm. Without a
// past there is no severity to keep: then no hold is longer than that. How an endpoint is reached is always pending, however long its hold:
// Ok without pending has to rest on an answer. What counts for less before it counts for more (leaderless: Warning, then Critical) is
// pending twice: until the second half of its hold, and again at the end of it.

/// What is kept of one cause over time (JUDGE section 2): its last samples, and whether it counts. A sample is new evidence; time alone is
/// none. Never grows.
struct Hold {
    quint32 samples = 0; ///< the newest lowest; 1 is bad
    int taken = 0; ///< samples so far, as many as count
    int good = 0; ///< good ones in a row, up to the newest
    Time first; ///< first evidence
    std::optional<Instant> notBefore; ///< last evidence of the contrary before it
    Time lastBad;
    Time firstGood; ///< of those in a row, up to the newest
    Milliseconds newest{-1}; ///< boot clock: evidence of the newest sample
    bool held = false; ///< its hold is over: it counts until there is evidence of the contrary

    [[nodiscard]] int bad(int of) const;
};

/// New evidence. The same evidence looked at again changes nothing.
void addSample(Hold &hold, const HoldLimit &limit, bool bad, const Time &evidence);

/// When an undecided cause is decided with what there is: no later than the evidence counts, no sooner than its hold may last.
[[nodiscard]] Milliseconds decidedBy(const Hold &hold, const HoldLimit &limit, Milliseconds evidenceLimit);
/// Decides by time alone, where it is time.
void decide(Hold &hold, const HoldLimit &limit, Milliseconds evidenceLimit, const Time &now);

/// Nothing of it is left: contradicted often and long enough, or a suspicion that did not come true. `shown`: it counts for something.
[[nodiscard]] bool isOver(const Hold &hold, const HoldLimit &limit, bool shown, Milliseconds evidenceLimit, const Time &now);

/// It counts, but the newest evidence says the contrary. Not for longer than evidence counts, from the first of that.
[[nodiscard]] bool isRecovering(const Hold &hold, Milliseconds evidenceLimit, const Time &now);

/// The boot time from which on an undecided cause makes a severity pending; see above.
[[nodiscard]] Milliseconds pendingFrom(const Hold &hold, const HoldLimit &limit, Milliseconds evidenceLimit);
/// Of a cause without a past.
[[nodiscard]] HoldLimit limitAtFirst(HoldLimit limit, Milliseconds evidenceLimit);

/// Until when it was bad and since when it is not: what is left of a hold that is over.
struct Over {
    ReasonCode code = ReasonCode::InternalError;
    Instant lastBad{}, firstGood{};
};

/// "1 of 2": bad samples of those needed; good ones while it recovers.
[[nodiscard]] Pending pendingOf(const Hold &hold, const HoldLimit &limit, Severity severity);

} // namespace quorate
