// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>

namespace quorate::live {

/// Whether what was told is what was expected, in order, and nothing else. Returns what is wrong; empty: all is as expected.
///
/// `expected` is one line: "warning: endpoint-down(A) ?raft-margin-zero | ~ leader-changed(L *) | ? ok | ok". A step is one event, as
/// told() writes it. What physics leaves open is marked:
///   "? step" may be left out · "* step" may come any number of times · "~ step" comes once, before or after any other · "~? step" may be
///   left out as well · "?reason" may be among the others or not · a "*" in a word stands for any letters · "ok/warning: ?a" is either.
[[nodiscard]] QString otherwise(const QString &expected, const QStringList &told);

} // namespace quorate::live
