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

namespace {
/// Seconds until it has caught up; zero or less: it does not. Absent: nothing is to be said.
std::optional<double> untilCaughtUp(const PeerStatus &peer)
{
    if (!peer.trailing || *peer.trailing <= 0 || !peer.trailingPerSecond || !std::isfinite(*peer.trailingPerSecond))
        return std::nullopt;
    if (*peer.trailingPerSecond >= 0)
        return *peer.trailingPerSecond > 0 ? -1 : 0;
    return rounded(static_cast<double>(*peer.trailing) / -*peer.trailingPerSecond);
}
} // namespace

QString lagDirection(const PeerStatus &peer)
{
    const auto seconds = untilCaughtUp(peer);
    if (!seconds)
        return {};
    if (*seconds <= 0)
        return *seconds < 0 ? Words::tr("falling behind") : Words::tr("not catching up");
    return Words::tr("catches up in about %1").arg(duration(seconds));
}

QString catchesUp(const PeerStatus &peer)
{
    const auto seconds = untilCaughtUp(peer);
    if (!seconds)
        return {};
    if (*seconds <= 0)
        return *seconds < 0 ? Words::tr("falling behind") : Words::tr("no");
    return Words::tr("in about %1").arg(duration(seconds));
}

QString ledFor(const RaftStatus &raft, const Time &now)
{
    if (!raft.leaderSince || raft.leader.isEmpty())
        return {};
    const QString age = duration(std::max(0.0, std::chrono::duration<double>(now.wall - *raft.leaderSince).count()));
    return raft.leaderSinceExact ? Words::tr("for %1").arg(age) : Words::tr("for at least %1").arg(age);
}

QString tenure(const RaftStatus &raft, const Time &now)
{
    const QString age = ledFor(raft, now);
    return age.isEmpty() ? QString() : Words::tr("leader %1", "for so long").arg(age);
}

QString leaderChanges(const RaftStatus &raft)
{
    if (raft.leaderChanges.value_or(0) <= 0)
        return {};
    return plural(*raft.leaderChanges, QUORATE_PLURAL("%1 leader change in the last hour", "%1 leader changes in the last hour"));
}

QString reportedVerdict(const RaftStatus &raft)
{
    if (!raft.reported || !raft.reported->healthy)
        return {};
    const QString word
        = *raft.reported->healthy ? Words::tr("the system itself reports healthy") : Words::tr("the system itself reports unhealthy");
    const auto &tolerance = raft.reported->failureTolerance;
    if (!tolerance)
        return word;
    const QString more = *tolerance <= 0
        ? Words::tr("no further server may fail")
        : pluralForm(*tolerance, QUORATE_PLURAL("%1 more may fail", "%1 more may fail")).arg(count(*tolerance));
    return word + u", "_s + more;
}

QString happened(const Event &event, const Time &now)
{
    constexpr Milliseconds closeEnough = std::chrono::seconds(30);
    if (!event.notBefore || event.since - *event.notBefore <= closeEnough)
        return Words::tr("at %1").arg(clock(event.since, now));
    const auto local = [](Instant instant) { return toDateTime(instant).toLocalTime(); };
    const QDateTime from = local(*event.notBefore), to = local(event.since);
    const bool sameDay = from.date() == to.date();
    const QString today = to.date() == local(now.wall).date() ? u"HH:mm"_s : u"ddd HH:mm"_s;
    const QString begin = locale().toString(from, sameDay ? today : u"ddd HH:mm"_s);
    return Words::tr("between %1 and %2").arg(begin, locale().toString(to, sameDay ? u"HH:mm"_s : today));
}

QString whatIf(const WhatIf &result) { return Words::tr("Without %1: %2").arg(listOf(result.without, 5), whatIfOutcome(result)); }

QString whatIfOutcome(const WhatIf &result)
{
    if (!result.margin || !result.live)
        return Words::tr("what is left is not known, how many may fail now is not known either");
    const QString live
        = Words::tr("%1 of %2 live").arg(count(*result.live), plural(result.voters, QUORATE_PLURAL("%1 voter", "%1 voters")));
    if (*result.margin < 0)
        return facts({Words::tr("quorum lost"), live, Words::tr("%1 needed").arg(count(result.quorum))});
    const QString more = *result.margin == 0
        ? Words::tr("no further voter may fail")
        : pluralForm(*result.margin, QUORATE_PLURAL("%1 more may fail", "%1 more may fail")).arg(count(*result.margin));
    return facts(
        {Words::tr("quorum holds"), live, more, result.leaderFails ? Words::tr("a new leader would have to be elected") : QString()});
}

namespace {
/// With all samples there only time is missing: "2 of 2" would read as done.
bool samplesMissing(const Pending &pending) { return pending.seen > 0 && pending.seen < pending.needed; }

/// That it may be over is good news, and not to be read as worse.
QString checks(const Pending &pending)
{
    return pending.severity == Severity::Ok ? Words::tr("checking for %1").arg(severityWord(Severity::Ok)) : Words::tr("checking");
}
} // namespace

QString checking(const Pending &pending)
{
    if (!samplesMissing(pending))
        return checks(pending);
    return Words::tr("%1, %2 of %3", "checking, 1 of 2").arg(checks(pending), count(pending.seen), count(pending.needed));
}

QString checkingSince(const Pending &pending)
{
    if (samplesMissing(pending))
        return checking(pending);
    const QString since = toDateTime(pending.since).toLocalTime().toString(u"HH:mm:ss"_s);
    return Words::tr("%1 since %2", "checking since 02:58:21").arg(checks(pending), since);
}

QString checkingLine(const ClusterStatus &cluster)
{
    if (!cluster.pending)
        return {};
    const QString how = checkingSince(*cluster.pending);
    if (cluster.checking.isEmpty())
        return how;
    return u"%1: %2"_s.arg(how, boundedText(sentence(cluster, cluster.checking.first()).section(u" · "_s, 0, 0), 60));
}

} // namespace quorate::wording
