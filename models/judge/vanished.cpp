// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/vanished.h"

#include <QSet>

#include <algorithm>

namespace quorate {

void foldVanished(QList<Reason> &reasons)
{
    QSet<QString> explained;
    for (const Reason &reason : std::as_const(reasons)) {
        if (reason.code == ReasonCode::ComponentFailed)
            explained += QSet<QString>(reason.endpoints.cbegin(), reason.endpoints.cend());
    }
    for (Reason &reason : reasons) {
        const bool vanished = reason.code == ReasonCode::SectionVanished || reason.code == ReasonCode::ComponentVanished;
        const bool all = std::all_of(
            reason.endpoints.cbegin(), reason.endpoints.cend(), [&](const QString &endpoint) { return explained.contains(endpoint); });
        if (vanished && all && !reason.endpoints.isEmpty())
            reason.foldedUnder = ReasonCode::ComponentFailed;
    }
}

} // namespace quorate
