// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"

#include <optional>

namespace quorate {

/// What a finding about one endpoint counts for in the cluster, once all endpoints are folded (JUDGE section 3 and 7).
enum class Weight {
    Note, ///< shown, never counted
    Warning, ///< Warning, however many
    CriticalByShare, ///< more than the critical share → Critical, else Warning
    UnknownByShare, ///< more than the critical share → Unknown, else Warning
    UnknownIfAll, ///< on every answering endpoint → Unknown, else Warning
    NotYetKnown, ///< more than the critical share → Unknown, else a note
};

/// One thing that is wrong (or worth a note) about one endpoint or about what it reports. The judge's intermediate value: observations →
/// findings of each endpoint → hold → fold by share → verdict.
struct Finding {
    ReasonCode code = ReasonCode::InternalError;
    Severity severity = Severity::Unknown; ///< of the part
    Weight weight = Weight::UnknownByShare;
    QString subject; ///< component, queue, host; empty: the endpoint itself
    std::optional<double> value, limit;
    QString unit;
    QString detail;
    QStringList names;
    bool derived = false;
    Time evidence; ///< the reply it rests on
    Instant since{}; ///< first evidence: kept by hold() while the cause lasts
    std::optional<ReasonCode> under; ///< nothing fresh is known of it: shown under the reason why, while that counts for as much
    std::optional<Pending> pending; ///< it counts, and may soon count for another severity
};

/// A certificate is told of twice: over its second limit it is news again.
[[nodiscard]] inline bool isToldAgain(ReasonCode code) { return code == ReasonCode::CertificateExpires; }
/// The same cause with the same weight: numbers, words and times apart.
[[nodiscard]] inline bool sameCause(const Finding &a, const Finding &b)
{
    return a.code == b.code && a.severity == b.severity && a.weight == b.weight && a.subject == b.subject
        && (!isToldAgain(a.code) || a.limit == b.limit);
}
[[nodiscard]] bool sameCauses(const QList<Finding> &a, const QList<Finding> &b);

/// What a reason code is about: where its subject comes from and which endpoints it is compared with.
enum class Scope {
    Reach, ///< how the endpoint was reached: by share over all endpoints; subject is the endpoint
    Endpoint, ///< what the endpoint says of itself: by share over the answering ones; subject is the endpoint
    Cluster, ///< reported by an endpoint, said of the cluster: subject is empty
    Part, ///< a component: by share over the answering ones
    Shared, ///< queues and agents: all endpoints report the same ones, so they are not counted by endpoint
};
[[nodiscard]] Scope scopeOf(ReasonCode code);

} // namespace quorate
