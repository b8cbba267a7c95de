// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/status/time.h"

#include <QTimeZone>

#include <ctime>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
Milliseconds readClock(clockid_t clock)
{
    timespec value{};
    ::clock_gettime(clock, &value);
    return Milliseconds(value.tv_sec * 1000 + value.tv_nsec / 1'000'000);
}
} // namespace

Time currentTime()
{
    return {Instant(readClock(CLOCK_REALTIME)), readClock(CLOCK_MONOTONIC), readClock(CLOCK_BOOTTIME)};
}

Time operator+(const Time &time, Milliseconds later) { return {time.wall + later, time.monotonic + later, time.boot + later}; }

QString toRfc3339(Instant instant) { return toDateTime(instant).toString(u"yyyy-MM-dd'T'HH:mm:ss.zzz'Z'"_s); }

std::optional<Instant> fromRfc3339(QStringView text)
{
    const qsizetype dot = text.indexOf(u'.');
    qsizetype rest = dot < 0 ? text.size() : dot + 1;
    if (dot >= 0) {
        while (rest < text.size() && text.at(rest).isDigit())
            ++rest;
        // Qt reads three digits of a fraction; servers send up to nine.
        const QString cut = text.left(dot).toString() + text.mid(dot, std::min<qsizetype>(rest - dot, 4)).toString() + text.mid(rest).toString();
        const QDateTime parsed = QDateTime::fromString(cut, Qt::ISODateWithMs);
        if (!parsed.isValid() || parsed.date().year() <= 1)
            return std::nullopt;
        return Instant(Milliseconds(parsed.toMSecsSinceEpoch()));
    }
    const QDateTime parsed = QDateTime::fromString(text.toString(), Qt::ISODate);
    if (!parsed.isValid() || parsed.date().year() <= 1)
        return std::nullopt;
    return Instant(Milliseconds(parsed.toMSecsSinceEpoch()));
}

QDateTime toDateTime(Instant instant)
{
    return QDateTime::fromMSecsSinceEpoch(instant.time_since_epoch().count(), QTimeZone::utc());
}

} // namespace quorate
