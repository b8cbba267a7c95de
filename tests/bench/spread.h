// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QList>

#include <algorithm>

namespace quorate::bench {

/// What repetitions of one measurement gave: the median, and how far the others lie.
struct Spread {
    double median = 0, lowest = 0, highest = 0;
};

/// The value below which `share` of the values lie; 0 when there are none.
[[nodiscard]] inline double quantile(QList<double> values, double share)
{
    if (values.isEmpty())
        return 0;
    std::sort(values.begin(), values.end());
    return values.at(std::min(values.size() - 1, qsizetype(share * double(values.size()))));
}

[[nodiscard]] inline Spread spreadOf(const QList<double> &values)
{
    return {quantile(values, 0.5), quantile(values, 0), quantile(values, 1)};
}

} // namespace quorate::bench
