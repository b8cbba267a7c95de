// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/report/display_width.h"
#include "models/report/report.h"

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
bool isWord(const QString &text, qsizetype i) { return i >= 0 && i < text.size() && text.at(i).isLetterOrNumber(); }

/// Every character that Markdown could read as markup, HTML or a column, escaped; an underscore inside a word is none.
QString markdownCell(const QString &cell)
{
    const QString text = plainLine(cell);
    QString escaped;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c == u'<')
            escaped += "&lt;"_L1;
        else if (c == u'&')
            escaped += "&amp;"_L1;
        else if ("\\|`*[]~$"_L1.contains(c) || (c == u'_' && !(isWord(text, i - 1) && isWord(text, i + 1))))
            escaped += u"\\"_s + c;
        else
            escaped += c;
    }
    return escaped;
}

QString markdownRow(const QStringList &cells, qsizetype columns)
{
    QString row = u"|"_s;
    for (qsizetype column = 0; column < columns; ++column)
        row += u' ' + markdownCell(cells.value(column)) + u" |"_s;
    return row + u'\n';
}

QString plainRow(const QStringList &cells, qsizetype columns)
{
    QStringList row;
    for (qsizetype column = 0; column < columns; ++column)
        row.append(plainLine(cells.value(column)));
    return row.join(u'\t') + u'\n';
}
} // namespace

QString markdownTable(const QStringList &headers, const QList<QStringList> &rows)
{
    QString table = markdownRow(headers, headers.size()) + u'|' + u" --- |"_s.repeated(headers.size()) + u'\n';
    for (const QStringList &row : rows)
        table += markdownRow(row, headers.size());
    return table;
}

QString plainTable(const QStringList &headers, const QList<QStringList> &rows)
{
    QString table = plainRow(headers, headers.size());
    for (const QStringList &row : rows)
        table += plainRow(row, headers.size());
    return table;
}

} // namespace quorate
