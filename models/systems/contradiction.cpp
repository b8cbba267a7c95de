// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/contradiction.h"

#include "models/systems/component_word.h"
#include "models/systems/http.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
constexpr std::array troubleKeys{"error"_L1, "errors"_L1, "err"_L1, "failure"_L1, "failures"_L1, "failed"_L1, "problem"_L1, "problems"_L1,
    "warnings"_L1, "issues"_L1, "alerts"_L1, "truncated"_L1, "incomplete"_L1, "partial"_L1, "stale"_L1, "outdated"_L1, "has_more"_L1,
    "next_page_token"_L1};
constexpr std::array goodKeys{"healthy"_L1, "ok"_L1, "success"_L1, "ready"_L1, "up"_L1, "alive"_L1, "available"_L1, "passing"_L1};
constexpr std::array wordKeys{"status"_L1, "state"_L1, "health"_L1, "result"_L1, "level"_L1};
constexpr int deepest = 3;
constexpr qsizetype shown = 100; ///< characters of what speaks against the word

bool isOneOf(QStringView key, std::span<const QLatin1String> keys)
{
    return std::any_of(
        keys.begin(), keys.end(), [key](QLatin1String k) { return key.size() == k.size() && key.compare(k, Qt::CaseInsensitive) == 0; });
}

bool isBad(ComponentState state) { return state == ComponentState::Failed || state == ComponentState::Degraded; }

bool denies(const QString &key, const QJsonValue &value)
{
    if (isTroubleKey(key) && saysSomething(value))
        return true;
    if (isGoodKey(key) && boolean(value) == false)
        return true;
    if (isOneOf(key, wordKeys) && value.isString() && isBad(stateOfWord(value.toString())))
        return true;
    return value == true && isBad(stateOfWord(key));
}

std::optional<QString> below(const QJsonValue &value, int deep);

std::optional<QString> inside(const QJsonObject &object, std::span<const QLatin1String> described, int deep)
{
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (isOneOf(it.key(), described))
            continue;
        if (denies(it.key(), it.value()))
            return boundedText(it.key() + u": "_s + lineOf(it.value()), shown);
        if (const auto found = below(it.value(), deep))
            return boundedText(it.key() + u'.' + *found, shown);
    }
    return std::nullopt;
}

std::optional<QString> below(const QJsonValue &value, int deep)
{
    if (deep <= 0)
        return std::nullopt;
    if (value.isObject())
        return inside(value.toObject(), {}, deep - 1);
    for (const QJsonValue one : value.toArray()) {
        if (const auto found = below(one, deep - 1))
            return found;
    }
    return std::nullopt;
}
} // namespace

bool isTroubleKey(QStringView key) { return isOneOf(key, troubleKeys); }
bool isGoodKey(QStringView key) { return isOneOf(key, goodKeys); }

bool saysSomething(const QJsonValue &value)
{
    if (value.isString())
        return !value.toString().trimmed().isEmpty();
    return value.toBool() || value.toDouble() != 0 || !value.toArray().isEmpty() || !value.toObject().isEmpty();
}

QString lineOf(const QJsonValue &value)
{
    if (value.isDouble())
        return integer(value) ? QString::number(*integer(value)) : QString::number(value.toDouble());
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    if (value.isObject())
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    return value.isArray() ? QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact)) : value.toString();
}

std::optional<QString> contradictionIn(const QJsonObject &object, std::span<const QLatin1String> described)
{
    return inside(object, described, deepest);
}

} // namespace quorate
