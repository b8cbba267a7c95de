// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/folding.h"

#include <algorithm>

namespace quorate {

namespace {
Reason *find(QList<Reason> &reasons, ReasonCode code, const QString &subject)
{
    const auto at = std::find_if(
        reasons.begin(), reasons.end(), [&](const Reason &reason) { return reason.code == code && reason.subject == subject; });
    return at == reasons.end() ? nullptr : &*at;
}

/// The group no longer says why, or not yet; what counts until its own hold is over still names the server.
Reason *heldAbout(QList<Reason> &reasons, const QString &url)
{
    for (const ReasonCode code : {ReasonCode::RaftPeerMissing, ReasonCode::RaftPeerDown}) {
        const auto at = std::find_if(
            reasons.begin(), reasons.end(), [&](const Reason &reason) { return reason.code == code && reason.endpoints.contains(url); });
        if (at != reasons.end())
            return &*at;
    }
    return nullptr;
}

/// What already names the servers behind the endpoints of `down`; a null for each one that nothing else names.
QList<Reason *> explanations(QList<Reason> &reasons, const Reason &down, const RaftVerdict &raft)
{
    QList<Reason *> causes;
    for (const QString &url : down.endpoints) {
        const auto endpoint = raft.endpoints.constFind(EndpointUrl(url));
        const bool explained = endpoint != raft.endpoints.cend() && endpoint->explainedBy;
        Reason *cause = explained ? find(reasons, *endpoint->explainedBy, endpoint->explainedSubject) : nullptr;
        causes.append(cause ? cause : heldAbout(reasons, url));
    }
    return causes;
}
} // namespace

bool counts(const Reason &reason) { return !reason.foldedUnder && reason.clusterSeverity != Severity::Ok; }

Severity worstOf(const QList<Reason> &reasons)
{
    Severity severity = Severity::Ok;
    for (const Reason &reason : reasons) {
        if (counts(reason))
            severity = worst(severity, reason.clusterSeverity);
    }
    return severity;
}

void foldDownServers(QList<Reason> &reasons, const RaftVerdict &raft)
{
    const auto place
        = std::find_if(reasons.begin(), reasons.end(), [](const Reason &reason) { return reason.code == ReasonCode::EndpointDown; });
    if (place == reasons.end())
        return;
    Reason &down = *place;
    const QList<Reason *> causes = explanations(reasons, down, raft);
    const bool allExplained = std::all_of(causes.cbegin(), causes.cend(),
        [&](const Reason *cause) { return cause && !cause->foldedUnder && cause->clusterSeverity >= down.clusterSeverity; });
    if (allExplained) {
        down.foldedUnder = causes.first()->code;
        return;
    }
    for (Reason *cause : causes) {
        if (cause && !cause->foldedUnder && cause->clusterSeverity <= down.clusterSeverity)
            cause->foldedUnder = down.code;
    }
}

void foldUnderDeadPeers(QList<Reason> &reasons)
{
    for (Reason &reason : reasons) {
        if ((reason.code == ReasonCode::RaftPeerDown || reason.code == ReasonCode::RaftPeerIsolated)
            && find(reasons, ReasonCode::RaftPeerMissing, reason.subject))
            reason.foldedUnder = ReasonCode::RaftPeerMissing;
        const bool follows = reason.code == ReasonCode::RaftPeerContact || reason.code == ReasonCode::RaftPeerLagging
            || reason.code == ReasonCode::RaftPeerTerm;
        if (!follows || reason.foldedUnder)
            continue;
        for (const ReasonCode dead : {ReasonCode::RaftPeerDown, ReasonCode::RaftPeerIsolated, ReasonCode::RaftPeerMissing}) {
            if (find(reasons, dead, reason.subject))
                reason.foldedUnder = dead;
        }
    }
}

void showWhatCountsForMore(QList<Reason> &reasons)
{
    const QList<Reason> before = reasons;
    for (Reason &reason : reasons) {
        const auto hides = [&](const Reason &other) {
            return other.code == reason.foldedUnder && !other.foldedUnder && other.clusterSeverity >= reason.clusterSeverity;
        };
        if (reason.foldedUnder && std::none_of(before.cbegin(), before.cend(), hides))
            reason.foldedUnder.reset();
    }
}

void sortReasons(QList<Reason> &reasons)
{
    std::stable_sort(reasons.begin(), reasons.end(), [](const Reason &a, const Reason &b) {
        if (a.clusterSeverity != b.clusterSeverity)
            return a.clusterSeverity > b.clusterSeverity;
        if (a.code != b.code)
            return name(a.code) < name(b.code);
        return a.subject < b.subject;
    });
}

} // namespace quorate
