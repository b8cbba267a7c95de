// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QStringList>

namespace quorate {

/// Columns that a text takes in a terminal: wide East Asian characters and emoji take two, combining marks none.
[[nodiscard]] qsizetype displayWidth(QStringView text);
/// Filled up with spaces to `width` columns; a longer text stays whole.
[[nodiscard]] QString padded(const QString &text, qsizetype width, bool right = false);
/// No-break spaces are for windows that wrap; in a terminal, a pipe or a ticket they would only break a search.
[[nodiscard]] QString plainSpaces(QString text);
/// Server text as one plain line without anything that a terminal would obey.
[[nodiscard]] QString plainLine(const QString &text, qsizetype limit = 4000);

struct TextColumn {
    QString title;
    bool right = false; ///< numbers
};
/// Lines of a table with aligned columns, two spaces apart, nothing after the last word of a line. The first line has the titles.
[[nodiscard]] QStringList alignedTable(const QList<TextColumn> &columns, const QList<QStringList> &rows);

} // namespace quorate
