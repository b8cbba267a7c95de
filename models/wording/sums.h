// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QtNumeric>

#include <limits>

namespace quorate::wording {

/// Counters of several queues added for display. Servers may send anything up to 2^63−1: a sum beyond stays at that.
[[nodiscard]] inline qint64 added(qint64 a, qint64 b)
{
    qint64 sum = 0;
    return qAddOverflow(a, b, &sum) ? std::numeric_limits<qint64>::max() : sum;
}

} // namespace quorate::wording
