// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/time.h"

#include <QStringView>

#include <optional>

namespace quorate {

/// "10s", "1m30s", "500ms", "1.5h": numbers with a unit each (d h m s ms), no sign, no spaces. Rounded to milliseconds.
[[nodiscard]] std::optional<Milliseconds> parseDuration(QStringView text);

/// The shortest way to write it for parseDuration: "1m30s".
[[nodiscard]] QString durationText(Milliseconds duration);

} // namespace quorate
