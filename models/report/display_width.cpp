// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/report/display_width.h"

#include "models/status/facts.h"

#include <QChar>

#include <algorithm>
#include <array>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
struct Range {
    char32_t first, last;
};
/// Unicode's East Asian Wide and Fullwidth blocks, and the emoji.
constexpr std::array<Range, 14> wide{{{0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0x33FF}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF},
    {0xA000, 0xA4CF}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F},
    {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}}};

qsizetype widthOf(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
    case QChar::Other_Format:
    case QChar::Other_Control:
        return 0;
    default:
        return std::any_of(wide.begin(), wide.end(), [c](const Range &range) { return c >= range.first && c <= range.last; }) ? 2 : 1;
    }
}
} // namespace

qsizetype displayWidth(QStringView text)
{
    qsizetype width = 0;
    for (const char32_t c : text.toUcs4())
        width += widthOf(c);
    return width;
}

QString padded(const QString &text, qsizetype width, bool right)
{
    const QString filling(std::max<qsizetype>(0, width - displayWidth(text)), u' ');
    return right ? filling + text : text + filling;
}

QString plainSpaces(QString text) { return text.replace(QChar(0x00a0), u' ').replace(QChar(0x202f), u' '); }

QString plainLine(const QString &text, qsizetype limit) { return plainSpaces(boundedText(text, limit)); }

QStringList alignedTable(const QList<TextColumn> &columns, const QList<QStringList> &rows)
{
    QList<qsizetype> widths;
    for (qsizetype column = 0; column < columns.size(); ++column) {
        qsizetype width = displayWidth(columns.at(column).title);
        for (const QStringList &row : rows)
            width = std::max(width, displayWidth(row.value(column)));
        widths.append(width);
    }
    const auto line = [&](auto cell) {
        QString text;
        for (qsizetype column = 0; column < columns.size(); ++column)
            text += padded(cell(column), widths.at(column), columns.at(column).right) + u"  "_s;
        while (text.endsWith(u' '))
            text.chop(1);
        return text;
    };
    QStringList lines{line([&](qsizetype column) { return columns.at(column).title; })};
    for (const QStringList &row : rows)
        lines.append(line([&](qsizetype column) { return row.value(column); }));
    return lines;
}

} // namespace quorate
