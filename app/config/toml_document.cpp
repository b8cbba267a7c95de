// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/toml_document.h"

#include "models/status/facts.h"

#include <QRegularExpression>

#include <algorithm>

// Header-only and without exceptions: the packaged shared library is built with them.
#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 0
// Version 3.3 asserts (and, with NDEBUG, tells the compiler to assume) that a table's name begins well, right before it handles the
// contrary:
// "[.a]" would end the program. Without the assertion it is a syntax error like any other.
#undef NDEBUG
#define TOML_ASSERT(condition) static_assert(true)
#include <toml++/toml.h>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

TomlPosition positionOf(const toml::source_region &region) { return {int(region.begin.line), int(region.begin.column)}; }

QString fromStd(std::string_view text) { return QString::fromUtf8(text.data(), qsizetype(text.size())); }

TomlValue convert(const toml::node &node);

TomlValue convertTable(const toml::table &table)
{
    TomlValue value;
    value.kind = TomlValue::Kind::Table;
    for (auto &&[key, child] : table)
        value.entries.append({fromStd(key.str()), positionOf(key.source()), convert(child)});
    // The library iterates by name; people read by line.
    std::stable_sort(value.entries.begin(), value.entries.end(), [](const auto &a, const auto &b) { return a.at < b.at; });
    return value;
}

TomlValue convertArray(const toml::array &array)
{
    TomlValue value;
    value.kind = TomlValue::Kind::Array;
    for (const toml::node &child : array)
        value.items.append(convert(child));
    return value;
}

/// Absent without an offset: nobody can tell which moment is meant.
std::optional<Instant> instantOf(const toml::date_time &value)
{
    if (!value.offset)
        return std::nullopt;
    using namespace std::chrono;
    const sys_days day(year(value.date.year) / value.date.month / value.date.day);
    const auto fraction
        = duration_cast<Milliseconds>(nanoseconds(value.time.nanosecond)); // of a time in nanoseconds the year 2262 is the last
    return day + hours(value.time.hour) + minutes(value.time.minute) + seconds(value.time.second) + fraction
        - minutes(value.offset->minutes);
}

TomlValue convertLeaf(const toml::node &node)
{
    TomlValue value;
    if (const auto *text = node.as_string()) {
        value.kind = TomlValue::Kind::String;
        value.string = fromStd(text->get());
    } else if (const auto *integer = node.as_integer()) {
        value.kind = TomlValue::Kind::Integer;
        value.integer = integer->get();
        value.number = double(integer->get());
    } else if (const auto *number = node.as_floating_point()) {
        value.kind = TomlValue::Kind::Float;
        value.number = number->get();
    } else if (const auto *boolean = node.as_boolean()) {
        value.kind = TomlValue::Kind::Boolean;
        value.boolean = boolean->get();
    } else {
        value.kind = TomlValue::Kind::DateTime;
        if (const auto *time = node.as_date_time())
            value.instant = instantOf(time->get());
    }
    return value;
}

TomlValue convert(const toml::node &node)
{
    TomlValue value = node.is_table() ? convertTable(*node.as_table())
        : node.is_array()             ? convertArray(*node.as_array())
                                      : convertLeaf(node);
    value.at = positionOf(node.source());
    return value;
}

ConfigMistake encodingMistake(const QByteArray &text)
{
    int number = 0;
    for (const QByteArray &line : text.split('\n')) {
        ++number;
        if (QUtf8StringView(line).isValidUtf8())
            continue;
        const auto column = QString::fromUtf8(line).indexOf(QChar(QChar::ReplacementCharacter)) + 1;
        return {.line = number, .column = int(column), .key = {}, .text = u"not UTF-8 from here on; save the file as UTF-8"_s};
    }
    Q_UNREACHABLE();
}

/// Length of the string or comment that begins at `at`, quotes included; 0 when none begins there. A one-line string ends with its line.
qsizetype quotedLength(QByteArrayView text, qsizetype at)
{
    const char quote = text[at];
    if (quote == '#') {
        const qsizetype end = text.indexOf('\n', at);
        return (end < 0 ? text.size() : end) - at;
    }
    if (quote != '"' && quote != '\'')
        return 0;
    const QByteArray three(3, quote);
    const bool multiLine = text.sliced(at).startsWith(three);
    qsizetype next = at + (multiLine ? 3 : 1);
    while (next < text.size()) {
        if (text[next] == '\\' && quote == '"')
            ++next;
        else if (multiLine ? text.sliced(next).startsWith(three) : text[next] == quote)
            return std::min(next + (multiLine ? 3 : 1), text.size()) - at;
        else if (!multiLine && text[next] == '\n')
            break;
        ++next;
    }
    return std::min(next, text.size()) - at;
}

/// A letter outside ASCII where only quotes and comments may hold one. Version 3.3 of the library has undefined behaviour there.
std::optional<ConfigMistake> strayLetter(const QByteArray &text)
{
    qsizetype at = text.startsWith("\xef\xbb\xbf") ? 3 : 0;
    while (at < text.size()) {
        if (uchar(text[at]) >= 0x80) {
            const qsizetype lineStart = text.lastIndexOf('\n', at) + 1;
            const int column = int(QString::fromUtf8(text.mid(lineStart, at - lineStart)).size()) + 1;
            const int line = int(text.left(at).count('\n')) + 1;
            return ConfigMistake{
                .line = line, .column = column, .key = {}, .text = u"letters outside ASCII may only stand in quotes or in a comment"_s};
        }
        at += std::max<qsizetype>(1, quotedLength(text, at));
    }
    return std::nullopt;
}

/// What the library says, without repeating long pieces of the file: an unquoted token must not end up on a screen.
ConfigMistake syntaxMistake(const toml::parse_error &error)
{
    static const QRegularExpression longQuote(u"'[^']{16,}'"_s);
    const QString description = fromStd(error.description()).replace(longQuote, u"'…'"_s);
    const TomlPosition at = positionOf(error.source());
    return {.line = at.line, .column = at.column, .key = {}, .text = boundedText(description)};
}

} // namespace

QString words(TomlValue::Kind kind)
{
    switch (kind) {
    case TomlValue::Kind::String:
        return u"a string"_s;
    case TomlValue::Kind::Integer:
        return u"an integer"_s;
    case TomlValue::Kind::Float:
        return u"a number with a fraction"_s;
    case TomlValue::Kind::Boolean:
        return u"true or false"_s;
    case TomlValue::Kind::Array:
        return u"a list"_s;
    case TomlValue::Kind::Table:
        return u"a table"_s;
    case TomlValue::Kind::DateTime:
        return u"a date or time"_s;
    }
    Q_UNREACHABLE();
}

Result<TomlValue, ConfigMistake> parseToml(const QByteArray &text)
{
    if (text.startsWith("\xff\xfe") || text.startsWith("\xfe\xff"))
        return ConfigMistake{.line = 1, .column = 1, .key = {}, .text = u"the file is UTF-16; save it as UTF-8"_s};
    if (!QUtf8StringView(text).isValidUtf8())
        return encodingMistake(text);
    if (auto mistake = strayLetter(text))
        return *mistake;
    const toml::parse_result result = toml::parse(std::string_view(text.constData(), size_t(text.size())));
    if (!result)
        return syntaxMistake(result.error());
    return convert(result.table());
}

} // namespace quorate
