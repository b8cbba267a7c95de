// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wording/over_time.h"

#include "models/wording/phrase.h"
#include "models/wording/sums.h"
#include "models/wording/wording.h"

#include <cmath>

namespace quorate::wording {
using namespace Qt::StringLiterals;

namespace {
/// A guess is not told to the second.
double rounded(double seconds)
{
    const double step = seconds < 10 ? 1 : seconds < 60 ? 5 : 60;
    return std::max(step, std::round(seconds / step) * step);
}
} // namespace

QString lagDirection(const PeerStatus &peer)
{
    if (!peer.trailing || *peer.trailing <= 0 || !peer.trailingPerSecond || !std::isfinite(*peer.trailingPerSecond))
        return {};
    if (*peer.trailingPerSecond > 0)
        return Words::tr("falling behind");
    if (*peer.trailingPerSecond == 0)
        return Words::tr("not catching up");
    const double seconds = static_cast<double>(*peer.trailing) / -*peer.trailingPerSecond;
    return Words::tr("catches up in about %1").arg(duration(rounded(seconds)));
}

QString tenure(const RaftStatus &raft, const Time &now)
{
    if (!raft.leaderSince || raft.leader.isEmpty())
        return {};
    const QString age = duration(std::chrono::duration<double>(now.wall - *raft.leaderSince).count());
    return raft.leaderSinceExact ? Words::tr("leader for %1").arg(age) : Words::tr("leader for at least %1").arg(age);
}

QString leaderChanges(const RaftStatus &raft)
{
    if (raft.leaderChanges.value_or(0) <= 0)
        return {};
    return plural(*raft.leaderChanges, QUORATE_PLURAL("%1 leader change in the last hour", "%1 leader changes in the last hour"));
}

QString whatIf(const WhatIf &result)
{
    const QString without = Words::tr("Without %1").arg(listOf(result.without, 5));
    const auto told = [&](const QString &rest) { return without + u": "_s + rest; };
    if (!result.margin || !result.live)
        return told(Words::tr("what is left is not known, how many may fail now is not known either"));
    const QString live
        = Words::tr("%1 of %2 live").arg(count(*result.live), plural(result.voters, QUORATE_PLURAL("%1 voter", "%1 voters")));
    if (*result.margin < 0)
        return told(facts({Words::tr("quorum lost"), live, Words::tr("%1 needed").arg(count(result.quorum))}));
    const QString more = *result.margin == 0
        ? Words::tr("no further voter may fail")
        : pluralForm(*result.margin, QUORATE_PLURAL("%1 more may fail", "%1 more may fail")).arg(count(*result.margin));
    return told(facts(
        {Words::tr("quorum holds"), live, more, result.leaderFails ? Words::tr("a new leader would have to be elected") : QString()}));
}

} // namespace quorate::wording
