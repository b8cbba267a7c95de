// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/turning_point.h"

#include "models/judge/folding.h"

#include <algorithm>
#include <chrono>

namespace quorate {

namespace {
constexpr Milliseconds onePoll = std::chrono::seconds(2); ///< requests of one poll tell of the same moment

bool contains(const QList<Reason> &reasons, const Reason &one)
{
    return std::any_of(reasons.cbegin(), reasons.cend(),
        [&](const Reason &reason) { return counts(reason) && reason.code == one.code && reason.subject == one.subject; });
}

/// Every hold that turned: what began, and what ended last.
template <class Visit>
void eachTurn(const ClusterState &cluster, const Verdict &verdict, const Visit &visit)
{
    const auto over = [&](const std::optional<Over> &one) {
        if (one)
            visit(one->code, TurningPoint{one->firstGood, one->lastBad}, true);
    };
    for (const EndpointState &endpoint : cluster.endpoints) {
        for (const HeldFinding &held : endpoint.verdict.holds)
            visit(held.finding.code, TurningPoint{held.hold.first.wall, held.hold.notBefore}, false);
        over(endpoint.verdict.over);
    }
    for (const HeldReason &held : verdict.holds.list)
        visit(held.reason.code, TurningPoint{held.hold.first.wall, held.hold.notBefore}, false);
    over(verdict.holds.over);
}

/// The first evidence of the earliest cause that is new; without one, of the newest end of those that are gone.
Instant sinceOfCauses(const ClusterState &cluster, const Verdict &verdict, const Time &now)
{
    std::optional<Instant> since;
    for (const Reason &reason : verdict.reasons) {
        if (counts(reason) && reason.since && !contains(cluster.told->reasons, reason))
            since = since ? std::min(*since, *reason.since) : *reason.since;
    }
    if (since)
        return *since;
    const auto isGone = [&](ReasonCode code) {
        return std::any_of(cluster.told->reasons.cbegin(), cluster.told->reasons.cend(),
            [&](const Reason &reason) { return reason.code == code && counts(reason) && !contains(verdict.reasons, reason); });
    };
    eachTurn(cluster, verdict, [&](ReasonCode code, const TurningPoint &turn, bool ended) {
        if (ended && isGone(code))
            since = since ? std::max(*since, turn.since) : turn.since;
    });
    return since.value_or(now.wall);
}
} // namespace

TurningPoint turningPointOf(const ClusterState &cluster, const Verdict &verdict, const Time &now)
{
    const bool sameSeverity = cluster.told && cluster.told->severity == verdict.severity;
    TurningPoint point{sameSeverity ? sinceOfCauses(cluster, verdict, now) : verdict.since.value_or(now.wall), std::nullopt};
    std::optional<Milliseconds> nearest;
    eachTurn(cluster, verdict, [&](ReasonCode, const TurningPoint &turn, bool) {
        const Milliseconds apart = std::chrono::abs(turn.since - point.since);
        if (!turn.notBefore || *turn.notBefore >= point.since || apart > onePoll || (nearest && *nearest <= apart))
            return;
        nearest = apart;
        point.notBefore = turn.notBefore;
    });
    return point;
}

} // namespace quorate
