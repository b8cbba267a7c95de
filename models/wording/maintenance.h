// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/time.h"

#include <QString>

namespace quorate::wording {

/// "in maintenance until 18:00 (upgrade)": local time, with the day when it is another one; without the brackets when there is no note.
[[nodiscard]] QString maintenance(Instant until, const QString &note, const Time &now);

} // namespace quorate::wording
