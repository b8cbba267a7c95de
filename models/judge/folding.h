// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/raft.h"

namespace quorate {

/// `endpoint-down` and the reasons about the peers behind it are one row (JUDGE section 7, Folding): the peers' where they name every
/// server that is down, else `endpoint-down`. What counts for more is never hidden under what counts for less.
void foldDownServers(QList<Reason> &reasons, const RaftVerdict &raft);

/// How a peer follows was last seen before it went down or was cut off: that says it all by now.
void foldUnderDeadPeers(QList<Reason> &reasons);

/// Whatever was folded by whomever: a reason is hidden only under one that is shown and counts for as much.
void showWhatCountsForMore(QList<Reason> &reasons);

/// Worst cluster severity first, then code, then subject; notes last.
void sortReasons(QList<Reason> &reasons);

/// Worst of what counts; Ok when nothing does.
[[nodiscard]] Severity worstOf(const QList<Reason> &reasons);
/// Not a note, not shown under another reason.
[[nodiscard]] bool counts(const Reason &reason);

} // namespace quorate
