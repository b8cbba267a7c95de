// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

namespace quorate {

/// One word of a POSIX shell command: as it is when every character is harmless, else in single quotes.
[[nodiscard]] QString shellQuoted(const QString &word);
/// Whether `name` can stand as $name in a shell.
[[nodiscard]] bool isShellVariable(QStringView name);

} // namespace quorate
