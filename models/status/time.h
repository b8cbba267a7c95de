// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDateTime>
#include <QMetaType>
#include <QString>

#include <chrono>
#include <optional>

namespace quorate {

using Milliseconds = std::chrono::milliseconds;
/// A point on the wall clock, UTC, in milliseconds since the epoch.
using Instant = std::chrono::sys_time<Milliseconds>;

/// "Now" on three clocks, always passed in (JUDGE section 4). Ages and limits use `boot`; people read `wall`.
struct Time {
    Instant wall{};
    Milliseconds monotonic{}; ///< stands still while the machine sleeps
    Milliseconds boot{};      ///< goes on while the machine sleeps
    friend bool operator==(const Time &, const Time &) = default;
};

/// The three clocks of this machine. Only `app` calls it; models get a Time.
[[nodiscard]] Time currentTime();

/// The same moment on all three clocks, `later` after `time`.
[[nodiscard]] Time operator+(const Time &time, Milliseconds later);

/// RFC 3339 in UTC with milliseconds, "2026-11-20T08:34:19.123Z".
[[nodiscard]] QString toRfc3339(Instant instant);
/// Accepts fractions of 0 to 9 digits and any offset; Go's zero time (year 1) is "not known".
[[nodiscard]] std::optional<Instant> fromRfc3339(QStringView text);
[[nodiscard]] QDateTime toDateTime(Instant instant);

} // namespace quorate

Q_DECLARE_METATYPE(quorate::Time)
