// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/fleet.h"

namespace quorate {

/// The findings of one endpoint, ready to be folded.
struct EndpointPart {
    EndpointUrl url;
    bool answering = false;
    QList<Finding> findings;
};

/// More than `share` of `of`: 20 of 40 is not more than a half.
[[nodiscard]] bool isOverShare(qsizetype count, qsizetype of, double share);

/// Findings → reasons: one row for each (code, subject), its cluster severity by share (JUDGE section 3). With a live leader in the group,
/// reach alone is never Critical. Order of rows: by code and subject; the order of the input does not matter but for `endpoints`.
[[nodiscard]] QList<Reason> foldByShare(const QList<EndpointPart> &parts, double criticalShare, bool leaderLive);

} // namespace quorate
