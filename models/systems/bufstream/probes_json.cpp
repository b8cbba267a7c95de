// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/bufstream/probes.h"
#include "models/systems/component_word.h"
#include "models/systems/contradiction.h"
#include "models/systems/http.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QVarLengthArray>

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
/// What stands under these was so, or might be.
constexpr std::array elsewhereKeys{"previous"_L1, "last"_L1, "history"_L1, "old"_L1, "example"_L1, "examples"_L1, "sample"_L1};
constexpr int wrappersDeep = 3;

using Keys = std::span<const QLatin1String>;

/// Its place in `keys`; as many as there are when it is none of them.
size_t placeIn(QStringView key, Keys keys)
{
    const auto is = [key](QLatin1String k) { return key.size() == k.size() && key.compare(k, Qt::CaseInsensitive) == 0; };
    return size_t(std::find_if(keys.begin(), keys.end(), is) - keys.begin());
}

bool isOneOf(QStringView key, Keys keys) { return placeIn(key, keys) < keys.size(); }

/// What an object holds, taken out once: QJsonObject makes a key and a value anew at every look.
struct Member {
    QString key;
    QJsonValue value;
};
using Members = QVarLengthArray<Member, 8>;

Members membersOf(const QJsonObject &object)
{
    Members members;
    for (auto it = object.begin(); it != object.end(); ++it)
        members.append({it.key(), it.value()});
    return members;
}

/// The member under the first of `keys` that there is, nulls apart.
QJsonValue member(const Members &members, Keys keys)
{
    QJsonValue found(QJsonValue::Undefined);
    size_t best = keys.size();
    for (const Member &one : members) {
        const size_t place = placeIn(one.key, keys);
        if (place < best && !one.value.isNull()) {
            best = place;
            found = one.value;
        }
    }
    return found;
}

bool isScalar(const QJsonValue &value) { return value.isString() || value.isBool() || value.isDouble(); }

QString scalarText(const QJsonValue &value) { return isScalar(value) ? lineOf(value) : QString(); }

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

/// "overall_status", "clusterState": another word for the same thing.
bool isLikeStatus(QStringView key)
{
    const auto ends = [&](QLatin1String word) { return key.endsWith(word, Qt::CaseInsensitive); };
    return isOneOf(key, statusKeys) || ends("status"_L1) || ends("state"_L1) || ends("health"_L1) || ends("overall"_L1);
}

/// What in an object, in any case, speaks against a good word: "state: error", "ok: false".
std::optional<QString> denialIn(const Members &members)
{
    for (const auto &[key, value] : members) {
        const bool denied = isGoodKey(key) && boolean(value) == false;
        const ComponentState state = isLikeStatus(key) && isScalar(value) ? readingOf(value).state : ComponentState::Healthy;
        if (denied || state == ComponentState::Failed || state == ComponentState::Degraded)
            return key + u": "_s + scalarText(value);
    }
    return std::nullopt;
}

/// The word that an object says of itself. A good one counts only when nothing else in it says a bad one.
Reading statusIn(const Members &members)
{
    const Reading reading = readingOf(member(members, statusKeys));
    const auto denial = reading.state == ComponentState::Healthy ? denialIn(members) : std::nullopt;
    return denial ? Reading{reading.reported + u" / "_s + *denial, ComponentState::NotUnderstood} : reading;
}

/// What an object says against itself under a key of trouble; absent when nothing.
std::optional<QString> troubleIn(const Members &members)
{
    for (const auto &[key, value] : members) {
        if (isTroubleKey(key) && saysSomething(value))
            return lineOf(value);
    }
    return std::nullopt;
}

bool hasStatus(const Members &members) { return isScalar(member(members, statusKeys)); }
bool hasStatus(const QJsonValue &value) { return value.isObject() && hasStatus(membersOf(value.toObject())); }

bool isBadBelow(const QJsonValue &value, int deep = wrappersDeep);

/// It says of itself that it is not well, or something below it does.
bool isBad(const QJsonValue &value, int deep)
{
    if (!value.isObject() && !value.isArray())
        return false;
    const Members members = membersOf(value.toObject());
    const ComponentState state = hasStatus(members) ? statusIn(members).state : ComponentState::Healthy;
    return (state != ComponentState::Healthy && state != ComponentState::Disabled) || (deep > 0 && isBadBelow(value, deep - 1));
}

bool isBadBelow(const QJsonValue &value, int deep)
{
    const QJsonObject object = value.toObject();
    const QJsonArray array = value.toArray();
    const auto bad = [deep](const QJsonValue &one) { return isBad(one, deep); };
    return std::any_of(object.begin(), object.end(), bad) || std::any_of(array.begin(), array.end(), bad);
}

bool isRow(const QJsonValue &value)
{
    const Members row = membersOf(value.toObject());
    return isScalar(member(row, nameKeys)) && !member(row, statusKeys).isUndefined();
}

/// A healthy probe that has an error beside its message contradicts itself: which of the two holds, nobody can tell.
void addRow(Probes &probes, QStringView name, const Members &row)
{
    Reading reading = statusIn(row);
    QString message = lineOf(member(row, messageKeys));
    if (const auto trouble = troubleIn(row)) {
        if (reading.state == ComponentState::Healthy)
            reading.state = ComponentState::NotUnderstood;
        if (message != *trouble)
            message = message.isEmpty() ? *trouble : message + u"; "_s + *trouble;
    }
    const auto bad = [](const Member &one) { return isBad(one.value, wrappersDeep); };
    if (reading.state == ComponentState::Healthy && std::any_of(row.begin(), row.end(), bad))
        reading.state = ComponentState::NotUnderstood;
    probes.add(name, reading, message);
}

/// Something that stands where a probe is expected, or beside the probes where it may speak against them, and can't be read.
void addUnread(Probes &probes, QStringView name, const QJsonValue &value)
{
    probes.add(name, {scalarText(value), ComponentState::NotUnderstood}, isScalar(value) ? QString() : lineOf(value));
}

/// Shapes A, E, F, G. A row that cannot be read stands as one that is not understood: it may be the one that failed.
std::optional<Probes> fromArray(const QJsonArray &rows)
{
    if (std::none_of(rows.begin(), rows.end(), isRow))
        return std::nullopt;
    Probes probes;
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const Members row = membersOf(rows.at(i).toObject());
        const QString name = scalarText(member(row, nameKeys));
        addRow(probes, name.isEmpty() ? u"(row %1)"_s.arg(i + 1) : name, row);
    }
    return probes;
}

/// Shapes C (objects by name) and H (words by name), also mixed. Numbers by name are counters, which make no map of probes; beside probes
/// they, nulls and lists are probes that are not understood.
std::optional<Probes> fromMap(const QJsonObject &map)
{
    Probes probes;
    bool known = false;
    const QStringList keys = map.keys();
    const bool error = std::any_of(keys.begin(), keys.end(), [](const QString &key) { return isOneOf(key, errorKeys); });
    for (auto it = map.begin(); it != map.end(); ++it) {
        const QJsonValue value = it.value();
        if (hasStatus(value)) {
            known = true;
            addRow(probes, it.key(), membersOf(value.toObject()));
        } else if (isTroubleKey(it.key())) {
            if (saysSomething(value))
                addUnread(probes, it.key(), value);
        } else if (isOneOf(it.key(), statusKeys) || (isOneOf(it.key(), errorKeys) && !value.isObject())) {
            continue; // the word of the whole, and what an error says of itself
        } else if (value.isString() || value.isBool()) {
            const Reading reading = readingOf(value);
            known = known || (!error && value.isString() && reading.state != ComponentState::NotUnderstood);
            probes.add(it.key(), reading, {});
        } else {
            addUnread(probes, it.key(), value);
        }
    }
    return known ? std::optional(std::move(probes)) : std::nullopt;
}

std::optional<Probes> fromValue(const QJsonValue &value, int deep);

/// Probes that stand among errors, or are of another time, are not believed when they say that they are well.
Probes asFoundUnder(QStringView key, Probes probes)
{
    const bool doubtful = isTroubleKey(key) || isOneOf(key, errorKeys) || isOneOf(key, elsewhereKeys);
    for (ComponentFact &probe : probes.list) {
        if (probe.state == ComponentState::Healthy && doubtful)
            probe.state = ComponentState::NotUnderstood;
    }
    return probes;
}

/// Shapes B and D: the list stands under one of the known keys, else under any key as an array of rows. What else looks like probes, or
/// like trouble, is read too: the failed ones may have a list of their own.
std::optional<Probes> fromWrapper(const QJsonObject &object, int deep)
{
    std::optional<Probes> probes;
    QStringList taken;
    const auto take = [&](const QString &key, std::optional<Probes> &&found) {
        if (!found)
            return;
        taken.append(key);
        if (!probes)
            probes.emplace();
        probes->add(asFoundUnder(key, *std::move(found)));
    };
    for (auto it = object.begin(); it != object.end(); ++it) {
        const bool list = it.value().isArray() || it.value().isObject();
        if (isOneOf(it.key(), wrapperKeys) && list)
            take(it.key(), fromValue(it.value(), deep - 1));
        else if (it.value().isArray())
            take(it.key(), fromArray(it.value().toArray()));
    }
    for (auto it = object.begin(); probes && it != object.end(); ++it) {
        const QJsonValue value = it.value();
        const QJsonObject inner = value.toObject();
        const bool map = std::any_of(inner.begin(), inner.end(), [](const QJsonValue &one) { return hasStatus(one); });
        const bool expected = isOneOf(it.key(), wrapperKeys) && (value.isArray() || value.isObject());
        if (taken.contains(it.key()))
            continue;
        if (map)
            probes->add(asFoundUnder(it.key(), fromMap(inner).value_or(Probes())));
        else if (hasStatus(value))
            addRow(*probes, it.key(), membersOf(value.toObject()));
        else if (((expected || isTroubleKey(it.key())) && saysSomething(value)) || isBadBelow(value))
            addUnread(*probes, it.key(), value);
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
    if (!probes)
        return std::nullopt;
    const Members members = membersOf(object);
    if (hasStatus(members))
        probes->say(statusIn(members));
    else if (const auto denial = denialIn(members))
        probes->say({*denial, ComponentState::NotUnderstood});
    return probes;
}
} // namespace

std::optional<Probes> probesInJson(const QJsonValue &document) { return fromValue(document, wrappersDeep); }

} // namespace quorate::bufstream
