// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/osapi/section.h"

#include "models/systems/component_word.h"
#include "models/systems/http.h"

namespace quorate::osapi {
using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype rowLimit = 10'000; ///< rows of a list; the ones beyond could not be dropped without a word
constexpr qsizetype shownLimit = 40; ///< characters of a name or value in an error
constexpr qsizetype textsLimit = 20; ///< agents have a handful of conditions

bool isAbsent(const QJsonValue &value) { return value.isUndefined() || value.isNull(); }
} // namespace

QString told(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Bool:
        return value.toBool() ? u"true"_s : u"false"_s;
    case QJsonValue::Double:
        return integer(value) ? QString::number(*integer(value)) : QString::number(value.toDouble());
    case QJsonValue::String:
        return u"“%1”"_s.arg(boundedText(value.toString(), shownLimit));
    case QJsonValue::Array:
        return u"a list"_s;
    case QJsonValue::Object:
        return u"an object"_s;
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        break;
    }
    return u"nothing"_s;
}

Section::Section(QJsonObject object, QString path, QString &problem)
    : m_object(std::move(object))
    , m_path(std::move(path))
    , m_problem(&problem)
{
}

QJsonValue Section::value(QLatin1String key) const
{
    for (auto it = m_object.begin(); it != m_object.end(); ++it) {
        if (it.key().size() == key.size() && it.key() != key && it.key().compare(key, Qt::CaseInsensitive) == 0)
            fail(pathOf(it.key()), u"“%1”"_s.arg(key), u"another case of it"_s);
    }
    return m_object.value(key);
}

QString Section::text(QLatin1String key) const
{
    const QJsonValue found = value(key);
    if (!isAbsent(found) && !found.isString())
        fail(pathOf(key), u"a text"_s, told(found));
    return quorate::text(found).value_or(QString());
}

QString Section::word(QLatin1String key) const
{
    const QString said = boundedText(text(key), nameLimit);
    if (said.isEmpty() && m_object.value(key).isString())
        fail(key, u"a word"_s, told(m_object.value(key)));
    return said;
}

std::optional<qint64> Section::count(QLatin1String key) const
{
    const QJsonValue found = value(key);
    const auto result = counter(found);
    if (!isAbsent(found) && !result)
        fail(pathOf(key), u"a count"_s, told(found));
    return result;
}

std::optional<double> Section::share(QLatin1String key) const
{
    const QJsonValue found = value(key);
    const auto result = number(found);
    const bool readable = result && *result >= 0;
    if (!isAbsent(found) && !readable)
        fail(pathOf(key), u"a number from 0"_s, told(found));
    return readable ? result : std::nullopt;
}

std::optional<Section> Section::section(QLatin1String key) const
{
    (void)value(key);
    return named(key);
}

std::optional<Section> Section::named(const QString &name) const
{
    const QJsonValue found = m_object.value(name);
    if (found.isObject())
        return Section(found.toObject(), pathOf(name), *m_problem);
    if (!isAbsent(found))
        fail(pathOf(name), u"an object"_s, told(found));
    return std::nullopt;
}

std::optional<QJsonArray> Section::list(QLatin1String key) const
{
    const QJsonValue found = value(key);
    if (found.isArray() && found.toArray().size() <= rowLimit)
        return found.toArray();
    if (found.isArray())
        fail(pathOf(key), u"at most %1 rows"_s.arg(rowLimit), QString::number(found.toArray().size()));
    else if (!isAbsent(found))
        fail(pathOf(key), u"a list"_s, told(found));
    return std::nullopt;
}

std::optional<QList<Section>> Section::rows(QLatin1String key) const
{
    const auto values = list(key);
    if (!values)
        return std::nullopt;
    QList<Section> rows;
    for (qsizetype i = 0; i < values->size(); ++i) {
        const QJsonValue row = values->at(i);
        const QString where = pathOf(key) + u"[%1]"_s.arg(i);
        if (row.isObject())
            rows.append(Section(row.toObject(), where, *m_problem));
        else if (!row.isNull())
            fail(where, u"an object"_s, told(row));
    }
    return rows;
}

QStringList Section::texts(QLatin1String key) const
{
    QStringList texts;
    const QJsonArray values = list(key).value_or(QJsonArray());
    for (qsizetype i = 0; i < values.size(); ++i) {
        const QJsonValue one = values.at(i);
        if (!one.isString() && !one.isNull())
            fail(pathOf(key) + u"[%1]"_s.arg(i), u"a text"_s, told(one));
        const QString text = boundedText(one.toString(), nameLimit);
        if (!text.isEmpty() && !texts.contains(text) && texts.size() < textsLimit)
            texts.append(text);
    }
    return texts;
}

void Section::fail(const QString &where, const QString &expected, const QString &came) const
{
    if (m_problem->isEmpty())
        *m_problem = u"%1: %2 expected, %3 came"_s.arg(where, expected, came);
}

QString Section::pathOf(const QString &key) const
{
    const QString name = boundedText(key, shownLimit);
    return m_path.isEmpty() ? name : m_path + u'.' + name;
}

} // namespace quorate::osapi
