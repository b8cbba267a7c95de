// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/table_reader.h"

#include "app/config/duration.h"
#include "app/config/nearest_name.h"
#include "models/status/facts.h"

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

TableReader::TableReader(const TomlValue &table, QString path, Mistakes &mistakes)
    : m_table(table)
    , m_path(std::move(path))
    , m_mistakes(mistakes)
{
}

QString TableReader::name(const QString &key) const { return m_path.isEmpty() ? key : m_path + u'.' + key; }

void TableReader::error(const TomlEntry &entry, const QString &text) { m_mistakes.error(entry.value.at, name(entry.key), text); }

const TomlEntry *TableReader::find(QLatin1String key)
{
    if (!m_known.contains(key))
        m_known.append(key);
    const auto found
        = std::find_if(m_table.entries.begin(), m_table.entries.end(), [&](const TomlEntry &entry) { return entry.key == key; });
    return found == m_table.entries.end() ? nullptr : &*found;
}

const TomlEntry *TableReader::find(QLatin1String key, TomlValue::Kind kind)
{
    const TomlEntry *entry = find(key);
    if (entry && entry->value.kind != kind) {
        error(*entry, u"%1 is expected, not %2"_s.arg(words(kind), words(entry->value.kind)));
        return nullptr;
    }
    return entry;
}

QString TableReader::lineProblem(const QString &text)
{
    if (text.trimmed().isEmpty())
        return u"is empty"_s;
    if (text != text.trimmed())
        return u"begins or ends with a blank"_s;
    if (std::any_of(text.begin(), text.end(), [](QChar c) {
            const auto category = c.category();
            return category == QChar::Other_Control || category == QChar::Other_Format || category == QChar::Separator_Line
                || category == QChar::Separator_Paragraph;
        }))
        return u"contains a line break or an invisible character"_s;
    constexpr qsizetype longest = 200;
    return text.size() > longest ? u"is longer than %1 characters"_s.arg(longest) : QString();
}

std::optional<QString> TableReader::text(QLatin1String key)
{
    const TomlEntry *entry = find(key, TomlValue::Kind::String);
    if (!entry)
        return std::nullopt;
    if (const QString problem = lineProblem(entry->value.string); !problem.isEmpty()) {
        error(*entry, u"the text %1"_s.arg(problem));
        return std::nullopt;
    }
    return entry->value.string;
}

std::optional<QStringList> TableReader::texts(QLatin1String key)
{
    const TomlEntry *entry = find(key, TomlValue::Kind::Array);
    if (!entry)
        return std::nullopt;
    QStringList list;
    for (const TomlValue &item : entry->value.items) {
        if (item.kind != TomlValue::Kind::String)
            m_mistakes.error(item.at, name(key), u"a list of strings is expected, not %1"_s.arg(words(item.kind)));
        else if (const QString problem = lineProblem(item.string); !problem.isEmpty())
            m_mistakes.error(item.at, name(key), u"the text %1"_s.arg(problem));
        else
            list.append(item.string);
    }
    return list;
}

std::optional<qint64> TableReader::integer(QLatin1String key, qint64 least, qint64 most)
{
    const TomlEntry *entry = find(key, TomlValue::Kind::Integer);
    if (!entry)
        return std::nullopt;
    if (entry->value.integer < least || entry->value.integer > most) {
        error(*entry, u"%1 is out of range; write %2 to %3"_s.arg(entry->value.integer).arg(least).arg(most));
        return std::nullopt;
    }
    return entry->value.integer;
}

std::optional<bool> TableReader::boolean(QLatin1String key)
{
    const TomlEntry *entry = find(key, TomlValue::Kind::Boolean);
    return entry ? std::optional(entry->value.boolean) : std::nullopt;
}

std::optional<double> TableReader::share(QLatin1String key)
{
    const TomlEntry *entry = find(key);
    if (!entry)
        return std::nullopt;
    const bool isNumber = entry->value.kind == TomlValue::Kind::Float || entry->value.kind == TomlValue::Kind::Integer;
    // Written so that NaN, which TOML has, fails as well.
    if (!isNumber || !(entry->value.number >= 0 && entry->value.number < 1)) {
        error(*entry, u"a share from 0 up to, but not including, 1 is expected; 0.5 means \"more than half\""_s);
        return std::nullopt;
    }
    return entry->value.number;
}

std::optional<Milliseconds> TableReader::duration(QLatin1String key, Milliseconds least, Milliseconds most)
{
    const TomlEntry *entry = find(key);
    if (!entry)
        return std::nullopt;
    const TomlValue &value = entry->value;
    if (value.kind == TomlValue::Kind::Integer) {
        error(*entry, u"a duration needs a unit; write \"%1s\""_s.arg(value.integer));
        return std::nullopt;
    }
    const auto duration = value.kind == TomlValue::Kind::String ? parseDuration(value.string) : std::nullopt;
    if (!duration) {
        error(*entry,
            u"%1 is not a duration; write \"10s\", \"1m30s\" or \"500ms\""_s.arg(
                value.kind == TomlValue::Kind::String ? u'"' + boundedText(value.string, 40) + u'"' : words(value.kind)));
        return std::nullopt;
    }
    if (*duration < least || *duration > most) {
        error(*entry, u"%1 is out of range; write %2 to %3"_s.arg(boundedText(value.string, 40), durationText(least), durationText(most)));
        return std::nullopt;
    }
    return duration;
}

void TableReader::finish(const QHash<QString, QString> &elsewhere)
{
    for (const TomlEntry &entry : m_table.entries) {
        if (m_known.contains(entry.key))
            continue;
        const QString shown = boundedText(entry.key, 60);
        const QString place = elsewhere.value(entry.key);
        m_mistakes.error(entry.at, name(shown),
            u"unknown key"_s + (place.isEmpty() ? nearestHint(entry.key, m_known) : u"; it belongs into "_s + place));
    }
}

} // namespace quorate
