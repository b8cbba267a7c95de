// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/time.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QList>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

// How values stand in schema 1. put(): a key with its value; no key at all when the value is not known (absent, an empty name, a number
// that JSON can't say).
namespace quorate::schema1 {

inline void put(QJsonObject &object, QLatin1String key, const QString &text)
{
    if (!text.isEmpty())
        object.insert(key, text);
}

inline void put(QJsonObject &object, QLatin1String key, std::optional<qint64> value)
{
    if (value)
        object.insert(key, *value);
}

inline void put(QJsonObject &object, QLatin1String key, std::optional<int> value)
{
    if (value)
        object.insert(key, *value);
}

/// Qt's JSON has 64-bit signed integers and doubles: from 2^63 on the number is the nearest double, exact to 53 bits.
inline void put(QJsonObject &object, QLatin1String key, std::optional<quint64> value)
{
    if (!value)
        return;
    if (*value <= static_cast<quint64>(std::numeric_limits<qint64>::max()))
        object.insert(key, static_cast<qint64>(*value));
    else
        object.insert(key, static_cast<double>(*value));
}

inline void put(QJsonObject &object, QLatin1String key, std::optional<double> value)
{
    if (value && std::isfinite(*value))
        object.insert(key, *value);
}

inline void put(QJsonObject &object, QLatin1String key, std::optional<bool> value)
{
    if (value)
        object.insert(key, *value);
}

inline void put(QJsonObject &object, QLatin1String key, std::optional<Instant> value)
{
    if (value)
        object.insert(key, toRfc3339(*value));
}

/// A count that has a meaning only when there is something to count.
inline void putPositive(QJsonObject &object, QLatin1String key, int value)
{
    if (value > 0)
        object.insert(key, value);
}

inline QJsonArray pairOf(const std::pair<qint64, qint64> &pair) { return {pair.first, pair.second}; }

template <class List, class Write>
QJsonArray arrayOf(const List &list, Write write)
{
    QJsonArray array;
    for (const auto &item : list)
        array.append(write(item));
    return array;
}

/// The order of schema 1, whatever order the status has.
template <class T, class Less>
QList<T> sorted(QList<T> list, Less less)
{
    std::stable_sort(list.begin(), list.end(), less);
    return list;
}
inline constexpr auto byName = [](const auto &a, const auto &b) { return a.name < b.name; };

} // namespace quorate::schema1
