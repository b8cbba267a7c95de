// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QMetaType>
#include <QString>

#include <algorithm>
#include <array>
#include <optional>

namespace quorate {
Q_NAMESPACE

/// How bad something is, in the order in which the worst wins (DESIGN section 1).
enum class Severity { Ok, Warning, Unknown, Critical };
Q_ENUM_NS(Severity)

inline constexpr std::array allSeverities{Severity::Ok, Severity::Warning, Severity::Unknown, Severity::Critical};
inline constexpr std::array severitiesWorstFirst{Severity::Critical, Severity::Unknown, Severity::Warning, Severity::Ok};

/// The word of schema 1: `ok warning unknown critical`.
[[nodiscard]] QLatin1String name(Severity severity);
[[nodiscard]] std::optional<Severity> severityFromName(QStringView name);

[[nodiscard]] constexpr Severity worst(Severity a, Severity b) { return std::max(a, b); }

} // namespace quorate
