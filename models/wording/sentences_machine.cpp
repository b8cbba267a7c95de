// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wording/sentences.h"
#include "models/wording/sums.h"
#include "models/wording/wording.h"
namespace quorate::wording {
using namespace Qt::StringLiterals;

namespace {
/// "was Ok (Thu 23:58)": what it was when somebody last looked, before this start. The moment of the start stands for today.
QString lastKnown(const Reason &reason)
{
    std::optional<Severity> severity;
    std::optional<Instant> seen;
    for (const QString &word : reason.names) { // sorted, as all names of a row are
        if (const auto known = severityFromName(word))
            severity = known;
        else if (const auto time = fromRfc3339(word))
            seen = time;
    }
    if (!severity || !seen)
        return {};
    Time started;
    started.wall = reason.since.value_or(*seen);
    return Words::tr("was %1 (%2)").arg(severityWord(*severity), clock(*seen, started));
}

bool isFirst(const Reason &reason, QLatin1String name) { return !reason.names.isEmpty() && reason.names.first() == name; }

/// The sign by which it is known, with the portal's host as the second name.
QString whyOffline(const Reason &reason)
{
    if (isFirst(reason, "only-loopback"_L1))
        return Words::tr("no network interface is up");
    if (isFirst(reason, "no-route"_L1))
        return Words::tr("no route to any endpoint");
    if (isFirst(reason, "disconnected"_L1))
        return Words::tr("disconnected, says its network service");
    if (isFirst(reason, "reference"_L1))
        return Words::tr("the reference address does not answer");
    if (!isFirst(reason, "portal"_L1))
        return {};
    const QString portal = plural(
        reason.count.value_or(0), QUORATE_PLURAL("a captive portal answers for %1 endpoint", "a captive portal answers for %1 endpoints"));
    const QString host = reason.names.value(1);
    return host.isEmpty() || severityFromName(host) ? portal : Words::tr("%1 (%2)").arg(portal, host);
}
} // namespace

QStringList machineFacts(const ClusterStatus &cluster, const Reason &reason)
{
    switch (reason.code) {
    case ReasonCode::NotPolled: {
        const Share part = share(cluster, reason);
        if (part.count >= part.of)
            return {Words::tr("Not yet polled"), lastKnown(reason), quoted(reason.detail)};
        return {Words::tr("Not yet polled") + where(cluster, reason), whichOnes(cluster, reason), quoted(reason.detail)};
    }
    case ReasonCode::NothingToObserve: {
        const QString why = cluster.paused ? Words::tr("polling is paused")
            : cluster.endpoints.isEmpty()  ? Words::tr("no endpoint is configured")
                                           : QString();
        return {Words::tr("Nothing to observe"), reason.detail.isEmpty() ? why : quoted(reason.detail)};
    }
    case ReasonCode::MachineOffline:
        return {Words::tr("This machine is offline"), whyOffline(reason), lastKnown(reason), quoted(reason.detail)};
    case ReasonCode::Waking:
        return {isFirst(reason, "network"_L1) ? Words::tr("No answer yet since this machine's network is back")
                                              : Words::tr("No answer yet since this machine woke up"),
            lastKnown(reason), quoted(reason.detail)};
    case ReasonCode::Stale: {
        const QString first = Words::tr("Status is out of date")
            + (reason.endpoints.isEmpty() && reason.subject.isEmpty() ? QString() : where(cluster, reason));
        const QString age = reason.value ? Words::tr("no poll concluded for %1").arg(duration(reason.value)) : QString();
        return {first, age + (reason.value && reason.limit ? Words::tr(" (limit %1)").arg(duration(reason.limit)) : QString()),
            quoted(reason.detail)};
    }
    case ReasonCode::Flapping:
        return flappingFacts(cluster, reason);
    case ReasonCode::InternalError:
        return {Words::tr("Quorate could not judge this"), quoted(reason.detail)};
    default:
        return misplaced(reason);
    }
}

} // namespace quorate::wording
