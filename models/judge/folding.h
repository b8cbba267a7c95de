// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/raft.h"

namespace quorate {

/// `endpoint-down` of servers that a peer's reason already names goes under that reason (JUDGE section 7, Folding), unless it counts for
/// more: folding never makes a cluster look better.
void foldUnderPeers(QList<Reason> &reasons, const RaftVerdict &raft);

/// Worst cluster severity first, then code, then subject; notes last.
void sortReasons(QList<Reason> &reasons);

/// Worst of what counts; Ok when nothing does.
[[nodiscard]] Severity worstOf(const QList<Reason> &reasons);
/// Not a note, not shown under another reason.
[[nodiscard]] bool counts(const Reason &reason);

} // namespace quorate
