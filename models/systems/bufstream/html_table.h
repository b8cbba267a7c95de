// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QList>
#include <QPair>
#include <QString>

namespace quorate::bufstream {

/// A cell of a table in a page, as a person meets it: its text, and what its tags say of what they draw.
struct HtmlCell {
    QString text; ///< entities decoded, white space collapsed
    QList<QPair<QString, QString>> looks; ///< (attribute, value) of the cell and of every tag in it; a <title> is a "title"
};

struct HtmlRow {
    int table = 0; ///< which table of the page, from 1
    QList<HtmlCell> cells;
};

struct HtmlTables {
    QList<HtmlRow> rows; ///< in order
    bool complete = true; ///< false: it breaks off within a table or before </html>, or has more rows than were read
};

/// Every table row of a page that is not well formed. Comments, scripts and styles are skipped; at most `limit` rows.
[[nodiscard]] HtmlTables htmlTables(QStringView page, qsizetype limit);

} // namespace quorate::bufstream
