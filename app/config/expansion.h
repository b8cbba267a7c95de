// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/result.h"

#include <QString>
#include <QStringList>

namespace quorate {

struct ExpansionError {
    enum class Kind { Unbalanced, Nested, NotARange, Descending, TooMany } kind = Kind::Unbalanced;
    QString text;
};

/// Endpoints of all clusters together: more is a slip of the pen ("{0..99999999}"), not a fleet.
inline constexpr int maximumEndpoints = 10'000;

/// `{a..b}` counts (`{01..12}` keeps the zeros), `{a,b}` lists; several in one text multiply, the rightmost runs fastest.
[[nodiscard]] Result<QStringList, ExpansionError> expandBraces(const QString &pattern);

} // namespace quorate
