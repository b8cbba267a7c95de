// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/bufstream/probes.h"
#include "models/systems/bufstream/status_icon.h"
#include "models/systems/component_word.h"

#include <QRegularExpression>
#include <QStringTokenizer>

#include <algorithm>

namespace quorate::bufstream {
using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype lineLimit = 20 * probeLimit; ///< rows of a table that are looked at

/// Where the columns stand. Both tables are headed NAME, STATUS, MESSAGE.
struct Columns {
    qsizetype name = 0, status = 1, message = 2;
};

std::optional<Columns> columnsOf(const QStringList &texts)
{
    const auto find = [&](std::initializer_list<QLatin1String> words) -> qsizetype {
        const auto isWord = [&](const QString &text) {
            return std::any_of(
                words.begin(), words.end(), [&](QLatin1String word) { return text.compare(word, Qt::CaseInsensitive) == 0; });
        };
        const auto found = std::find_if(texts.begin(), texts.end(), isWord);
        return found == texts.end() ? -1 : found - texts.begin();
    };
    const Columns columns{find({"name"_L1, "probe"_L1, "component"_L1}), find({"status"_L1, "state"_L1, "health"_L1}),
        find({"message"_L1, "detail"_L1, "details"_L1, "description"_L1})};
    return columns.name >= 0 && columns.status >= 0 ? std::optional(columns) : std::nullopt;
}

QStringList textsOf(const HtmlRow &row)
{
    QStringList texts;
    for (const HtmlCell &cell : row.cells)
        texts.append(cell.text);
    return texts;
}

void addRow(Probes &probes, const HtmlRow &row, const Columns &columns)
{
    const auto &cells = row.cells;
    const HtmlCell none;
    const auto cell = [&](qsizetype i) -> const HtmlCell & { return i >= 0 && i < cells.size() ? cells.at(i) : none; };
    if (cells.size() >= 2)
        probes.add(cell(columns.name).text, readStatusCell(cell(columns.status)), cell(columns.message).text);
    else // a row that breaks off may be the one that failed
        probes.add(cell(0).text, {}, {});
}

/// A table without a heading is believed only when every word in it is known: login pages are laid out in tables too.
bool isBelieved(const Probes &probes, bool headed) { return headed ? !probes.list.isEmpty() : probes.allUnderstood(); }
} // namespace

std::optional<Probes> probesInPage(QByteArrayView html)
{
    const QString page = QString::fromUtf8(html);
    Probes headed, others;
    int table = -1;
    std::optional<Columns> columns;
    const HtmlTables tables = htmlTables(page, lineLimit);
    if (!tables.complete)
        return std::nullopt;
    for (const HtmlRow &row : tables.rows) {
        if (const auto heading = columnsOf(textsOf(row))) {
            table = row.table;
            columns = heading;
        } else if (columns && row.table == table) {
            addRow(headed, row, *columns);
        } else {
            addRow(others, row, {});
        }
    }
    for (const ComponentFact &other : std::as_const(others.list)) { // of a table with other headings: its bad news counts
        if (columns && (other.state == ComponentState::Failed || other.state == ComponentState::Degraded))
            headed.list.append(other);
    }
    if (columns)
        return isBelieved(headed, true) ? std::optional(std::move(headed)) : std::nullopt;
    return isBelieved(others, false) ? std::optional(std::move(others)) : std::nullopt;
}

std::optional<Probes> probesInText(QByteArrayView text)
{
    static const QRegularExpression gap(u" {2,}|\\t+"_s);
    const QString table = QString::fromUtf8(text);
    Probes probes;
    bool headed = false;
    qsizetype lines = 0;
    for (const QStringView wholeLine : qTokenize(table, u'\n')) {
        const QString line = wholeLine.trimmed().toString();
        if (line.isEmpty() || ++lines > lineLimit)
            continue;
        const qsizetype end = line.indexOf(gap);
        const QString rest = end < 0 ? QString() : line.mid(end).trimmed();
        const QRegularExpressionMatch second = gap.match(rest);
        const QString word = second.hasMatch() ? rest.left(second.capturedStart()) : rest;
        if (!headed && probes.list.isEmpty() && columnsOf({line.left(end), word}))
            headed = true;
        else // a line that breaks off after its name may be the one that failed
            probes.add(line.left(end), {word, stateOfWord(word)}, second.hasMatch() ? rest.mid(second.capturedEnd()) : QString());
    }
    return isBelieved(probes, headed) ? std::optional(std::move(probes)) : std::nullopt;
}

} // namespace quorate::bufstream
