// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"
#include "models/tables/roles.h"

#include <QList>
#include <QString>

namespace quorate {

/// A rule with its value against its limit: the evidence behind a verdict. Numbers come from the status, severities from its reasons;
/// nothing is judged here.
struct LimitRow {
    QString id{}; ///< stable: "trailing", "contact", "term" …
    QString rule{};
    Severity severity = Severity::Ok;
    bool pending = false; ///< over its limit, but its hold is not over
    bool unknown = false; ///< the value applies but is not known
    QString value{}, limit{}, over{};
    std::optional<double> number{}; ///< for sorting by value
    std::optional<double> overBy{}; ///< for sorting by excess
    std::optional<double> against{}; ///< the limit, where a bullet can be drawn
    double maximum = 0; ///< of the bullet
    friend bool operator==(const LimitRow &, const LimitRow &) = default;
};

/// The rules of one Raft peer: leader, term, lag, contact, answer, vote. Failed ones first.
[[nodiscard]] QList<LimitRow> peerLimits(const ClusterStatus &cluster, const RaftStatus &raft, const PeerStatus &peer, const Time &now);
/// The rules of the group: leader, quorum, margin, members, the servers' own report. Failed ones first.
[[nodiscard]] QList<LimitRow> groupLimits(const ClusterStatus &cluster, const RaftStatus &raft);
/// Rules that are neither Ok nor merely being checked.
[[nodiscard]] int failed(const QList<LimitRow> &rows);

} // namespace quorate
