// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QtNumeric>

#include <cmath>
#include <limits>

namespace quorate::wording {

/// Counters of several queues added for display. Servers may send anything up to 2^63−1: a sum beyond stays at that.
[[nodiscard]] inline qint64 added(qint64 a, qint64 b)
{
    qint64 sum = 0;
    return qAddOverflow(a, b, &sum) ? std::numeric_limits<qint64>::max() : sum;
}

/// The number of a reason as a whole one; what does not fit stays at the largest that does.
[[nodiscard]] inline qint64 whole(double value)
{
    constexpr double beyond = 9223372036854775808.0; // 2^63
    if (std::isnan(value))
        return 0;
    if (value >= beyond)
        return std::numeric_limits<qint64>::max();
    return value <= -beyond ? std::numeric_limits<qint64>::min() : static_cast<qint64>(value);
}

} // namespace quorate::wording
