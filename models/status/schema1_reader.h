// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/time.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QStringList>

#include <cmath>
#include <limits>
#include <optional>
#include <utility>

namespace quorate {

/// One object being read. The first mistake is kept, with the path of its key; reading goes on, so that no caller has to look after each
/// key.
class Schema1Reader {
public:
    Schema1Reader(QJsonObject object, QString path, QString &mistake)
        : m_object(std::move(object))
        , m_path(std::move(path))
        , m_mistake(mistake)
    {
    }

    void read(QLatin1String key, QString &into) const
    {
        read(key, u"a string", &QJsonValue::isString, [&](const QJsonValue &value) { into = value.toString(); });
    }
    void read(QLatin1String key, bool &into) const
    {
        read(key, u"true or false", &QJsonValue::isBool, [&](const QJsonValue &value) { into = value.toBool(); });
    }
    void read(QLatin1String key, double &into) const
    {
        read(key, u"a number", &QJsonValue::isDouble, [&](const QJsonValue &value) { into = value.toDouble(); });
    }
    void read(QLatin1String key, qint64 &into) const
    {
        read(key, u"an integer", &QJsonValue::isDouble, [&](const QJsonValue &value) {
            into = value.toInteger(0);
            if (into == 0 && value.toInteger(1) != 0)
                wrong(key, u"an integer");
        });
    }
    void read(QLatin1String key, quint64 &into) const
    {
        read(key, u"an integer", &QJsonValue::isDouble, [&](const QJsonValue &value) {
            const double large = value.toDouble();
            if (const qint64 exact = value.toInteger(-1); exact >= 0)
                into = static_cast<quint64>(exact);
            else if (large >= std::ldexp(1.0, 63) && large < std::ldexp(1.0, 64)) // what a signed integer can't hold is a double
                into = static_cast<quint64>(large);
            else
                wrong(key, u"an integer of 0 or more");
        });
    }
    void read(QLatin1String key, int &into) const
    {
        qint64 value = into;
        read(key, value);
        if (value < std::numeric_limits<int>::min() || value > std::numeric_limits<int>::max())
            wrong(key, u"a smaller integer");
        else
            into = static_cast<int>(value);
    }
    void read(QLatin1String key, Instant &into) const
    {
        QString text;
        read(key, text);
        if (!has(key))
            return;
        if (const auto instant = fromRfc3339(text))
            into = *instant;
        else
            wrong(key, u"a time of RFC 3339");
    }
    void read(QLatin1String key, QStringList &into) const
    {
        forEach(key, [&](const QJsonValue &value, const QString &path) {
            if (value.isString())
                into.append(value.toString());
            else
                fail(path, u"a string");
        });
    }
    void read(QLatin1String key, std::pair<qint64, qint64> &into) const
    {
        const QJsonArray pair = m_object.value(key).toArray();
        if (pair.size() != 2 || !pair.at(0).isDouble() || !pair.at(1).isDouble())
            wrong(key, u"two integers");
        else
            into = {pair.at(0).toInteger(), pair.at(1).toInteger()};
    }
    template <class T>
    void read(QLatin1String key, std::optional<T> &into) const
    {
        if (!has(key))
            return;
        T value{};
        read(key, value);
        into = value;
    }
    /// A word of a fixed vocabulary.
    template <class Enum>
    void word(QLatin1String key, Enum &into, std::optional<Enum> (*find)(QStringView)) const
    {
        QString text;
        read(key, text);
        if (!has(key))
            return;
        if (const auto value = find(text))
            into = *value;
        else
            wrong(key, u"a known word");
    }
    /// `fill(Reader, item)` for each object of a list.
    template <class T, class Fill>
    void list(QLatin1String key, QList<T> &into, Fill fill) const
    {
        forEach(key, [&](const QJsonValue &value, const QString &path) {
            if (!value.isObject())
                return fail(path, u"an object");
            T item;
            fill(Schema1Reader(value.toObject(), path, m_mistake), item);
            into.append(item);
        });
    }
    template <class T, class Fill>
    void list(QLatin1String key, std::optional<QList<T>> &into, Fill fill) const
    {
        if (has(key))
            list(key, into.emplace(), fill);
    }
    template <class Fill>
    void object(QLatin1String key, Fill fill) const
    {
        read(key, u"an object", &QJsonValue::isObject,
            [&](const QJsonValue &value) { fill(Schema1Reader(value.toObject(), m_path + QChar(u'.') + key, m_mistake)); });
    }
    [[nodiscard]] bool has(QLatin1String key) const { return m_object.contains(key); }

private:
    template <class Take>
    void read(QLatin1String key, QStringView expected, bool (QJsonValue::*is)() const, Take take) const
    {
        const auto value = m_object.constFind(key);
        if (value == m_object.constEnd())
            return;
        const QJsonValue found = *value;
        if ((found.*is)())
            take(found);
        else
            wrong(key, expected);
    }
    template <class Take>
    void forEach(QLatin1String key, Take take) const
    {
        read(key, u"a list", &QJsonValue::isArray, [&](const QJsonValue &value) {
            const QJsonArray array = value.toArray();
            for (qsizetype i = 0; i < array.size(); ++i)
                take(array.at(i), m_path + QChar(u'.') + key + QChar(u'[') + QString::number(i) + QChar(u']'));
        });
    }
    void wrong(QLatin1String key, QStringView expected) const { fail(m_path + QChar(u'.') + key, expected); }
    void fail(const QString &path, QStringView expected) const
    {
        if (m_mistake.isEmpty())
            m_mistake = QStringLiteral("%1 is not %2").arg(path, expected);
    }

    QJsonObject m_object;
    QString m_path;
    QString &m_mistake;
};

} // namespace quorate
