// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/result.h"

#include <QByteArray>

#include <optional>

namespace quorate {

/// Keeps the newest valid text of `configPath` in `copyPath`, written at once or not at all, readable by its owner alone (it may hold a
/// literal token). False when it could not be written: safe to lose.
bool saveLastGood(const QString &copyPath, const QString &configPath, const QByteArray &text);

/// The copy's text, when there is one of this very configuration file.
[[nodiscard]] std::optional<QByteArray> loadLastGood(const QString &copyPath, const QString &configPath);

} // namespace quorate
