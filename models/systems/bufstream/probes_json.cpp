// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/bufstream/probes.h"
#include "models/systems/component_word.h"
#include "models/systems/http.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <span>

namespace quorate::bufstream {
using namespace Qt::StringLiterals;

namespace {
// In order of preference (wire notes, Bufstream, section 1.3).
constexpr std::array nameKeys{"name"_L1, "probe"_L1, "id"_L1, "component"_L1};
constexpr std::array statusKeys{"status"_L1, "state"_L1, "health"_L1, "result"_L1, "level"_L1};
constexpr std::array messageKeys{"message"_L1, "msg"_L1, "detail"_L1, "error"_L1, "description"_L1, "reason"_L1};
constexpr std::array wrapperKeys{"probes"_L1, "statuses"_L1, "components"_L1, "checks"_L1, "results"_L1, "status"_L1};
/// A map of strings that has one of these is an error of some server, not a map of probes.
constexpr std::array errorKeys{"code"_L1, "error"_L1, "message"_L1, "msg"_L1, "details"_L1, "detail"_L1, "reason"_L1};
constexpr int wrappersDeep = 3;

using Keys = std::span<const QLatin1String>;

bool isOneOf(QStringView key, Keys keys)
{
    return std::any_of(keys.begin(), keys.end(), [&](QLatin1String k) { return key.compare(k, Qt::CaseInsensitive) == 0; });
}

QJsonValue member(const QJsonObject &object, Keys keys)
{
    for (const QLatin1String wanted : keys) {
        for (auto it = object.begin(); it != object.end(); ++it) {
            if (it.key().compare(wanted, Qt::CaseInsensitive) == 0 && !it.value().isNull())
                return it.value();
        }
    }
    return QJsonValue::Undefined;
}

bool isScalar(const QJsonValue &value) { return value.isString() || value.isBool() || value.isDouble(); }

QString scalarText(const QJsonValue &value)
{
    if (value.isDouble()) {
        const auto whole = integer(value);
        return whole ? QString::number(*whole) : QString::number(value.toDouble());
    }
    return value.isBool() ? (value.toBool() ? u"true"_s : u"false"_s) : value.toString();
}

/// The scale of the metric `bufstream.status`: 0 healthy, 1 warning, 2 error.
ComponentState stateOfNumber(const QJsonValue &value)
{
    constexpr std::array scale{ComponentState::Healthy, ComponentState::Degraded, ComponentState::Failed};
    const auto level = counter(value);
    return level && size_t(*level) < scale.size() ? scale.at(size_t(*level)) : ComponentState::NotUnderstood;
}

Reading readingOf(const QJsonValue &value)
{
    Reading reading{scalarText(value), ComponentState::NotUnderstood};
    if (value.isString())
        reading.state = stateOfWord(value.toString());
    else if (value.isBool())
        reading.state = value.toBool() ? ComponentState::Healthy : ComponentState::Failed;
    else if (value.isDouble())
        reading.state = stateOfNumber(value);
    return reading;
}

bool isRow(const QJsonValue &value)
{
    const QJsonObject row = value.toObject();
    return isScalar(member(row, nameKeys)) && !member(row, statusKeys).isUndefined();
}

void addRow(Probes &probes, QStringView name, const QJsonValue &value)
{
    const QJsonObject row = value.toObject();
    probes.add(name, readingOf(member(row, statusKeys)), member(row, messageKeys).toString());
}

/// Shapes A, E, F, G. A row that cannot be read stands as one that is not understood: it may be the one that failed.
std::optional<Probes> fromArray(const QJsonArray &rows)
{
    if (std::none_of(rows.begin(), rows.end(), isRow))
        return std::nullopt;
    Probes probes;
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const QString name = scalarText(member(rows.at(i).toObject(), nameKeys));
        addRow(probes, name.isEmpty() ? u"(row %1)"_s.arg(i + 1) : name, rows.at(i));
    }
    return probes;
}

/// Shapes C (objects by name) and H (words by name), also mixed. Numbers by name are counters, not statuses.
std::optional<Probes> fromMap(const QJsonObject &map)
{
    Probes probes;
    bool known = false;
    const QStringList keys = map.keys();
    const bool error = std::any_of(keys.begin(), keys.end(), [](const QString &key) { return isOneOf(key, errorKeys); });
    for (auto it = map.begin(); it != map.end(); ++it) {
        const QJsonValue value = it.value();
        if (value.isObject()) {
            known = known || isScalar(member(value.toObject(), statusKeys));
            addRow(probes, it.key(), value);
        } else if ((value.isString() || value.isBool()) && !error && !isOneOf(it.key(), statusKeys)) {
            const Reading reading = readingOf(value);
            known = known || (value.isString() && reading.state != ComponentState::NotUnderstood);
            probes.add(it.key(), reading, {});
        }
    }
    return known ? std::optional(std::move(probes)) : std::nullopt;
}

std::optional<Probes> fromValue(const QJsonValue &value, int deep);

void append(std::optional<Probes> &to, std::optional<Probes> &&more)
{
    if (!to)
        to = std::move(more);
    else if (more)
        to->list += more->list;
}

/// Shapes B and D: the list stands under one of the known keys, else under any key as an array of rows. Two lists are both read.
std::optional<Probes> fromWrapper(const QJsonObject &object, int deep)
{
    std::optional<Probes> probes;
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (isOneOf(it.key(), wrapperKeys) && (it.value().isArray() || it.value().isObject()))
            append(probes, fromValue(it.value(), deep - 1));
    }
    for (auto it = object.begin(); !probes && it != object.end(); ++it) {
        if (it.value().isArray())
            append(probes, fromArray(it.value().toArray()));
    }
    return probes;
}

std::optional<Probes> fromValue(const QJsonValue &value, int deep)
{
    if (value.isArray())
        return fromArray(value.toArray());
    if (!value.isObject() || deep <= 0)
        return std::nullopt;
    const QJsonObject object = value.toObject();
    auto probes = fromWrapper(object, deep);
    if (!probes)
        probes = fromMap(object);
    if (probes && !probes->overall) {
        if (const QJsonValue word = member(object, statusKeys); isScalar(word))
            probes->overall = readingOf(word);
    }
    return probes;
}
} // namespace

std::optional<Probes> probesInJson(const QJsonValue &document) { return fromValue(document, wrappersDeep); }

} // namespace quorate::bufstream
