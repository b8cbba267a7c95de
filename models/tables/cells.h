// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QVariant>

#include <optional>

namespace quorate {

// What cells say where there may be nothing to say.

/// The value of a cell for sorting: one that is not known sorts last.
template <class Value>
[[nodiscard]] QVariant known(const std::optional<Value> &value)
{
    return value ? QVariant::fromValue(*value) : QVariant();
}

/// Text that applies but was not told.
[[nodiscard]] inline QString orDash(const QString &text) { return text.isEmpty() ? QStringLiteral("–") : text; }

} // namespace quorate
