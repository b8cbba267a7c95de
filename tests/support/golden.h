// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QString>

namespace quorate::test {

/// Empty when `actual` is what tests/fixtures/golden/`name` holds; else the first line that differs, both ways. With QUORATE_UPDATE_GOLDEN
/// set in the environment the file is written instead: look at `git diff` before committing it.
[[nodiscard]] QString goldenDifference(const QString &name, const QByteArray &actual);

} // namespace quorate::test
