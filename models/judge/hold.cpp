// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/hold.h"

#include <algorithm>
#include <bit>

namespace quorate {

namespace {
bool isEnough(const Hold &hold, const HoldLimit &limit)
{
    return hold.bad(limit.of) >= limit.needed && hold.lastBad.boot - hold.first.boot >= limit.least;
}
} // namespace

QList<Finding> hold(const QList<Finding> &before, QList<Finding> newest)
{
    if (before.isEmpty())
        return newest;
    for (Finding &finding : newest) {
        const auto same = std::find_if(
            before.cbegin(), before.cend(), [&](const Finding &old) { return old.code == finding.code && old.subject == finding.subject; });
        if (same != before.cend())
            finding.since = std::min(finding.since, same->since);
    }
    return newest;
}

int Hold::bad(int of) const
{
    const quint32 mask = of >= mostHeldSamples ? ~quint32(0) : (quint32(1) << of) - 1;
    return std::popcount(samples & mask);
}

void addSample(Hold &hold, const HoldLimit &limit, bool bad, const Time &evidence)
{
    const bool another = evidence.boot == hold.newest && bad && hold.good > 0; // two answers at one moment: the bad one counts
    if (evidence.boot <= hold.newest && !another)
        return;
    hold.newest = evidence.boot;
    hold.samples = (hold.samples << 1) | (bad ? 1 : 0);
    hold.taken = std::min(hold.taken + 1, mostHeldSamples);
    if (!bad) {
        if (hold.good == 0)
            hold.firstGood = evidence;
        hold.good = std::min(hold.good + 1, goodSamples);
        return;
    }
    hold.good = 0;
    hold.lastBad = evidence;
    hold.held = hold.held || isEnough(hold, limit);
}

Milliseconds decidedBy(const Hold &hold, const HoldLimit &limit, Milliseconds evidenceLimit)
{
    return hold.first.boot + std::max(limit.least, evidenceLimit);
}

Milliseconds pendingFrom(const Hold &hold, const HoldLimit &limit, Milliseconds evidenceLimit)
{
    return decidedBy(hold, limit, evidenceLimit) - evidenceLimit;
}

HoldLimit limitAtFirst(HoldLimit limit, Milliseconds evidenceLimit)
{
    limit.least = std::min(limit.least, evidenceLimit);
    return limit;
}

void decide(Hold &hold, const HoldLimit &limit, Milliseconds evidenceLimit, const Time &now)
{
    if (!hold.held && hold.good == 0 && now.boot > decidedBy(hold, limit, evidenceLimit))
        hold.held = true;
}

bool isOver(const Hold &hold, const HoldLimit &limit, bool shown, Milliseconds evidenceLimit, const Time &now)
{
    if (hold.good == 0)
        return false;
    if (shown)
        return hold.good >= goodSamples && hold.newest - hold.lastBad.boot >= goodLeast;
    // With one good among them, all of the last m are no longer bad.
    return hold.good >= goodSamples || limit.needed >= limit.of || now.boot > decidedBy(hold, limit, evidenceLimit);
}

bool isRecovering(const Hold &hold, Milliseconds evidenceLimit, const Time &now)
{
    return hold.held && hold.good > 0 && now.boot <= hold.firstGood.boot + evidenceLimit;
}

Pending pendingOf(const Hold &hold, const HoldLimit &limit, Severity severity)
{
    Pending pending{severity, hold.first.wall, std::min(hold.bad(limit.of), limit.needed), limit.needed};
    if (hold.held && hold.good > 0) {
        pending.seen = hold.good;
        pending.needed = goodSamples;
    }
    return pending;
}

} // namespace quorate
