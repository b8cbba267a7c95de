// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArrayView>
#include <QString>

#include <optional>

namespace quorate {

/// The first key that stands twice in one object, whatever its spelling ("\u0061" is "a"). QJsonDocument keeps the last one and drops what
/// the others said. `json` has been parsed: it is not checked again. Linear, but for objects of many keys, which are sorted.
[[nodiscard]] std::optional<QString> repeatedKey(QByteArrayView json);

} // namespace quorate
