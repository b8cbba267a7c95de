// SPDX-License-Identifier: GPL-3.0-or-later
// Which change of a severity is being checked, and how far that is (JUDGE section 1, invariant 2).
#include "models/judge/folding.h"
#include "models/judge/told.h"

#include <algorithm>

namespace quorate {

namespace {
/// With what is bad, or no longer, it goes from one to the other.
bool isBetween(Severity before, Severity expected, bool recovers, Severity bad)
{
    return recovers ? expected < before && bad > expected : expected > before && bad > before;
}

/// Something that is decided counts for as much.
bool isDecided(const EndpointVerdict &verdict, Severity severity, const QString *subject)
{
    return severity != Severity::Unknown || std::any_of(verdict.counted.cbegin(), verdict.counted.cend(), [&](const Finding &finding) {
        return !finding.pending && finding.severity == severity && (!subject || finding.subject == *subject);
    });
}
} // namespace

std::optional<Pending> pendingOf(const EndpointVerdict &verdict, Severity before, Severity expected, const QString *subject)
{
    if (!verdict.undecided || (before == expected && isDecided(verdict, before, subject)))
        return std::nullopt;
    std::optional<Pending> pending;
    for (const HeldFinding &held : verdict.holds) {
        const bool explains = held.first || isBetween(before, expected, held.recovers, held.finding.severity);
        if ((subject && held.finding.subject != *subject) || !held.pending || !explains)
            continue;
        const Pending one = pendingOf(held.hold, held.limit, expected);
        if (!pending || one.since < pending->since)
            pending = one;
    }
    return pending;
}

std::optional<Pending> pendingOf(const ClusterHolds &holds, Severity before, Severity expected)
{
    std::optional<Pending> pending;
    for (const HeldReason &held : holds.list) {
        const bool counts = held.first || isBetween(before, expected, held.recovers, held.reason.clusterSeverity);
        const bool soon = held.soon > before && expected > before;
        if (!(held.pending && counts) && !soon)
            continue;
        const Pending one = pendingOf(held.hold, held.limit, expected);
        if (!pending || one.since < pending->since)
            pending = one;
    }
    return pending;
}

namespace {
/// The hold that was begun first.
void consider(std::optional<Pending> &pending, const std::optional<Pending> &one)
{
    if (one && (!pending || one->since < pending->since))
        pending = one;
}

/// Nothing else makes it Unknown than what is being checked.
bool isUnknownForNow(Severity severity, const QList<Reason> &counted)
{
    const auto counting = [&](bool pending) {
        return std::any_of(counted.cbegin(), counted.cend(), [&](const Reason &reason) {
            return counts(reason) && reason.clusterSeverity == severity && reason.pending.has_value() == pending;
        });
    };
    return severity == Severity::Unknown && counting(true) && !counting(false);
}

bool isAbout(const Finding &finding, const Reason &reason)
{
    return finding.code == reason.code && (scopeOf(reason.code) != Scope::Part || finding.subject == reason.subject);
}

/// What an endpoint's finding comes to in the cluster, with those of the others.
Severity comesTo(const QList<Reason> &reasons, const Finding &finding)
{
    Severity severity = Severity::Ok;
    for (const Reason &reason : reasons) {
        if (isAbout(finding, reason))
            severity = worst(severity, reason.clusterSeverity);
    }
    return severity;
}

std::optional<Pending> pendingOf(const EndpointVerdict &verdict, const Told &told, Severity before, Severity expected)
{
    std::optional<Pending> pending;
    for (const HeldFinding &held : verdict.holds) {
        const Severity bad = comesTo(held.recovers ? told.counted : told.expected, held.finding);
        if (held.pending && (held.first || isBetween(before, expected, held.recovers, bad)))
            consider(pending, pendingOf(held.hold, held.limit, expected));
    }
    return pending;
}

std::optional<Pending> pendingOf(const EndpointVerdict &verdict, const Reason &reason)
{
    std::optional<Pending> pending;
    for (const HeldFinding &held : verdict.holds) {
        if (isAbout(held.finding, reason))
            consider(pending, pendingOf(held.hold, held.limit, reason.clusterSeverity));
    }
    return pending;
}

std::optional<Pending> pendingOf(const ClusterHolds &holds, const Reason &reason)
{
    std::optional<Pending> pending;
    for (const HeldReason &held : holds.list) {
        if (held.reason.code == reason.code && held.reason.subject == reason.subject)
            consider(pending, pendingOf(held.hold, held.limit, reason.clusterSeverity));
    }
    return pending;
}
} // namespace

std::optional<Pending> pendingOf(const Told &told, Severity severity, const QList<Reason> &counted, Severity expected)
{
    if (!told.undecided || (severity == expected && !isUnknownForNow(severity, counted)))
        return std::nullopt;
    std::optional<Pending> pending;
    for (const EndpointVerdict &endpoint : told.endpoints)
        consider(pending, pendingOf(endpoint, told, severity, expected));
    consider(pending, pendingOf(told.holds, severity, expected));
    return pending;
}

QList<Reason> checkedIn(const Told &told)
{
    QList<Reason> checking;
    for (const Reason &reason : told.expected) {
        const auto same = [&](const Reason &other) { return other.code == reason.code && other.subject == reason.subject; };
        if (reason.clusterSeverity == Severity::Ok || std::any_of(told.counted.cbegin(), told.counted.cend(), same))
            continue;
        checking.append(reason);
        std::optional<Pending> &pending = checking.last().pending;
        for (const EndpointVerdict &endpoint : told.endpoints)
            consider(pending, pendingOf(endpoint, reason));
        consider(pending, pendingOf(told.holds, reason));
    }
    sortReasons(checking);
    return checking;
}

} // namespace quorate
