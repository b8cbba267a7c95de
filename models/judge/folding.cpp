// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/folding.h"

#include <algorithm>

namespace quorate {

namespace {
const Reason *find(const QList<Reason> &reasons, ReasonCode code, const QString &subject)
{
    const auto at = std::find_if(
        reasons.cbegin(), reasons.cend(), [&](const Reason &reason) { return reason.code == code && reason.subject == subject; });
    return at == reasons.cend() ? nullptr : &*at;
}

/// The reason under which all endpoints of `down` are explained; absent when one of them is not.
std::optional<ReasonCode> explanation(const QList<Reason> &reasons, const Reason &down, const RaftVerdict &raft)
{
    std::optional<ReasonCode> code;
    for (const QString &url : down.endpoints) {
        const auto endpoint = raft.endpoints.constFind(EndpointUrl(url));
        if (endpoint == raft.endpoints.cend() || !endpoint->explainedBy)
            return std::nullopt;
        const Reason *cause = find(reasons, *endpoint->explainedBy, endpoint->explainedSubject);
        if (!cause || cause->clusterSeverity < down.clusterSeverity)
            return std::nullopt;
        code = code.value_or(cause->code);
    }
    return code;
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

void foldUnderPeers(QList<Reason> &reasons, const RaftVerdict &raft)
{
    const Reason *down = nullptr;
    for (const Reason &reason : std::as_const(reasons)) {
        if (reason.code == ReasonCode::EndpointDown)
            down = &reason;
    }
    if (!down)
        return;
    const std::optional<ReasonCode> cause = explanation(reasons, *down, raft);
    const qsizetype index = down - reasons.constData();
    if (cause)
        reasons[index].foldedUnder = cause;
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
