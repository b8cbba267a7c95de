// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/theme/metrics.h"

#include <QFontMetricsF>

namespace quorate {

Metrics::Metrics(const QFont &font)
    : h(QFontMetricsF(font).height())
    , u(h / 4)
{
}

int Metrics::px(double heights) const { return qMax(1, qRound(heights * h)); }

} // namespace quorate
