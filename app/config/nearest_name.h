// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QStringList>

namespace quorate {

/// The known name that was probably meant: fewest typing mistakes, at most a third of the word; empty when nothing is near.
[[nodiscard]] QString nearestName(const QString &word, const QStringList &known);

/// "; did you mean "consul"?" or, when nothing is near, "; known are bufstream, consul, osapi" (the first of them; nothing for an empty
/// list).
[[nodiscard]] QString nearestHint(const QString &word, const QStringList &known);

} // namespace quorate
