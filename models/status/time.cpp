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

Time currentTime() { return {Instant(readClock(CLOCK_REALTIME)), readClock(CLOCK_MONOTONIC), readClock(CLOCK_BOOTTIME)}; }

Time operator+(const Time &time, Milliseconds later) { return {time.wall + later, time.monotonic + later, time.boot + later}; }

QString toRfc3339(Instant instant) { return toDateTime(instant).toString(u"yyyy-MM-dd'T'HH:mm:ss.zzz'Z'"_s); }

std::optional<Instant> fromRfc3339(QStringView text)
{
    QString readable = text.toString();
    const qsizetype dot = text.indexOf(u'.');
    if (dot >= 0) {
        qsizetype rest = dot + 1;
        while (rest < text.size() && text.at(rest).isDigit())
            ++rest;
        // Qt reads three digits of a fraction; servers send up to nine.
        constexpr qsizetype kept = 4;
        if (rest - dot > kept)
            readable.remove(dot + kept, rest - dot - kept);
    }
    const QDateTime parsed = QDateTime::fromString(readable, dot < 0 ? Qt::ISODate : Qt::ISODateWithMs);
    // Without an offset it would be read in this machine's zone.
    if (!parsed.isValid() || parsed.timeSpec() == Qt::LocalTime || parsed.date().year() <= 1)
        return std::nullopt;
    return Instant(Milliseconds(parsed.toMSecsSinceEpoch()));
}

QDateTime toDateTime(Instant instant) { return QDateTime::fromMSecsSinceEpoch(instant.time_since_epoch().count(), QTimeZone::utc()); }

} // namespace quorate
