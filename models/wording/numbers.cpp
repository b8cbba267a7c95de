// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wording/phrase.h"
#include "models/wording/sums.h"
#include "models/wording/wording.h"

#include <QDateTime>

#include <array>
#include <cmath>

namespace quorate::wording {
using namespace Qt::StringLiterals;

namespace {
constexpr QChar noBreakSpace(0x00a0);
constexpr qint64 minute = 60, hour = 60 * minute, day = 24 * hour;

QString unknownValue() { return u"–"_s; }

QString withUnit(const QString &number, const QString &unit) { return number + noBreakSpace + unit; }

/// Two digits below 10, whole numbers above; the rounding decides which, so that 9.97 is "10" and not "10.0".
QString twoDigits(double value) { return locale().toString(value, 'f', std::round(value * 10) < 100 ? 1 : 0); }

/// The two largest units that say something: 41 d 2 h, 2 h.
QString twoUnits(qint64 large, const QString &largeUnit, qint64 small, const QString &smallUnit)
{
    const QString first = withUnit(count(large), largeUnit);
    return small == 0 ? first : first + u' ' + withUnit(count(small), smallUnit);
}

QString amount(double value)
{
    const bool whole = std::abs(value) < 9e15 && value == std::floor(value);
    return whole ? count(static_cast<qint64>(value)) : locale().toString(value, 'f', std::abs(value) < 10 ? 2 : 1);
}
} // namespace

QString count(std::optional<qint64> value) { return value ? locale().toString(*value) : unknownValue(); }
QString count(std::optional<quint64> value) { return value ? locale().toString(*value) : unknownValue(); }

QString latency(std::optional<double> seconds)
{
    if (!seconds || !std::isfinite(*seconds) || *seconds < 0)
        return unknownValue();
    const double milliseconds = *seconds * 1000;
    if (milliseconds > 0 && milliseconds < 0.05)
        return withUnit(u"< "_s + locale().toString(0.1, 'f', 1), Words::tr("ms"));
    if (std::round(milliseconds) < 1000)
        return withUnit(*seconds == 0 ? count(0) : twoDigits(milliseconds), Words::tr("ms"));
    if (std::round(*seconds) < 60)
        return withUnit(twoDigits(*seconds), Words::tr("s"));
    return duration(seconds);
}

QString duration(std::optional<double> seconds)
{
    if (!seconds || !std::isfinite(*seconds) || *seconds > 1e15)
        return unknownValue();
    const auto whole = static_cast<qint64>(std::max(0.0, *seconds));
    if (whole < minute)
        return withUnit(count(whole), Words::tr("s"));
    if (whole < hour)
        return withUnit(count(whole / minute), Words::tr("min"));
    if (whole < day)
        return twoUnits(whole / hour, Words::tr("h"), whole % hour / minute, Words::tr("min"));
    return twoUnits(whole / day, Words::tr("d"), whole % day / hour, Words::tr("h"));
}

QString bytes(std::optional<qint64> value)
{
    if (!value)
        return unknownValue();
    static const std::array units{"B"_L1, "KiB"_L1, "MiB"_L1, "GiB"_L1, "TiB"_L1, "PiB"_L1, "EiB"_L1};
    auto size = static_cast<double>(*value);
    size_t unit = 0;
    while (std::round(std::abs(size)) >= 1024 && unit + 1 < units.size()) {
        size /= 1024;
        ++unit;
    }
    return withUnit(unit == 0 ? count(*value) : twoDigits(size), units.at(unit));
}

QString lastContact(const PeerStatus &peer) { return peer.role == PeerRole::Leader ? unknownValue() : latency(peer.lastContact); }

QString trailing(const PeerStatus &peer)
{
    const bool itself = peer.role == PeerRole::Leader && peer.trailing.value_or(0) == 0;
    return itself ? unknownValue() : count(peer.trailing);
}

QString percent(std::optional<double> value, int decimals)
{
    if (!value || !std::isfinite(*value))
        return unknownValue();
    return withUnit(locale().toString(*value, 'f', decimals), u"%"_s);
}

QString measured(double value, const QString &unit)
{
    if (!std::isfinite(value))
        return unknownValue();
    if (unit == "s"_L1)
        return latency(value);
    if (unit == "ms"_L1)
        return latency(value / 1000);
    if (unit == "bytes"_L1)
        return bytes(whole(value));
    if (unit == "%"_L1)
        return percent(value, 1);
    const qint64 n = whole(value);
    const QString number = amount(value);
    if (unit == "entries"_L1)
        return pluralForm(n, QUORATE_PLURAL("%1 entry", "%1 entries")).arg(number);
    if (unit == "connections"_L1)
        return pluralForm(n, QUORATE_PLURAL("%1 connection", "%1 connections")).arg(number);
    if (unit == "letters"_L1)
        return pluralForm(n, QUORATE_PLURAL("%1 dead letter", "%1 dead letters")).arg(number);
    if (unit == "agents"_L1)
        return pluralForm(n, QUORATE_PLURAL("%1 agent", "%1 agents")).arg(number);
    if (unit == "days"_L1 || unit == "d"_L1)
        return pluralForm(n, QUORATE_PLURAL("%1 day", "%1 days")).arg(number);
    if (unit == "members"_L1)
        return pluralForm(n, QUORATE_PLURAL("%1 member", "%1 members")).arg(number);
    if (unit == "voters"_L1)
        return pluralForm(n, QUORATE_PLURAL("%1 voter", "%1 voters")).arg(number);
    return unit.isEmpty() ? number : withUnit(number, unit);
}

QString clock(Instant instant, const Time &now)
{
    const QDateTime then = toDateTime(instant).toLocalTime();
    const QDateTime today = toDateTime(now.wall).toLocalTime();
    const qint64 daysAgo = then.date().daysTo(today.date());
    if (daysAgo == 0)
        return then.toString(u"HH:mm:ss"_s);
    if (daysAgo > 0 && daysAgo < 7)
        return locale().toString(then, u"ddd HH:mm"_s);
    return locale().toString(then, then.date().year() == today.date().year() ? u"d MMM"_s : u"d MMM yyyy"_s);
}

QString fullTime(Instant instant)
{
    const QDateTime then = toDateTime(instant).toLocalTime();
    return locale().toString(then, u"ddd d MMM yyyy HH:mm:ss "_s) + then.timeZoneAbbreviation();
}

} // namespace quorate::wording
