// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QString>

namespace quorate {

/// A reply's body made readable. Pure: any thread.
struct ReadableBody {
    QString kind; ///< "JSON", "HTML", "text", "binary", "empty"
    QString text; ///< what is shown
    bool json = false; ///< to be highlighted
    qint64 leftOut = 0; ///< bytes of the body that are not shown
};

/// Bodies above this many bytes are shown as they came, and only their beginning.
inline constexpr qsizetype mostShownBytes = 1024 * 1024;
/// Objects and arrays that fit into this many characters stay on one line.
inline constexpr qsizetype shortLine = 110;
/// Longer lines are broken where they reach this many characters, with "↩" at the end: one line of a megabyte would take seconds to lay
/// out.
inline constexpr qsizetype longestLine = 4000;

/// JSON is indented, its members in the order received and its numbers as sent (nothing is parsed into doubles); all else is shown as it
/// came, invalid UTF-8 replaced, control characters as their symbols.
[[nodiscard]] ReadableBody readable(const QByteArray &body);

} // namespace quorate
