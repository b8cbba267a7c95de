// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/hold.h"

#include <algorithm>

namespace quorate {

QList<Finding> hold(const QList<Finding> &before, QList<Finding> newest)
{
    if (before.isEmpty())
        return newest;
    for (Finding &finding : newest) {
        const auto same = std::find_if(
            before.cbegin(), before.cend(), [&](const Finding &old) { return old.code == finding.code && old.subject == finding.subject; });
        if (same != before.cend())
            finding.since = std::min(finding.since, same->since);
    }
    return newest;
}

} // namespace quorate
