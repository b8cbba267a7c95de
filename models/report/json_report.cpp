// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/report/display_width.h"
#include "models/report/report.h"
#include "models/status/schema1.h"
#include "models/wording/wording.h"

#include <QJsonDocument>

namespace quorate {

QByteArray jsonReport(const FleetStatus &fleet, bool compact)
{
    const Schema1Texts texts{
        [](const ClusterStatus &cluster, const Reason &reason) { return plainSpaces(wording::sentence(cluster, reason)); },
        [](const ClusterStatus &cluster) { return plainSpaces(wording::headline(cluster)); }};
    const QJsonDocument document(toSchema1(fleet, texts));
    return compact ? document.toJson(QJsonDocument::Compact) + '\n' : document.toJson(QJsonDocument::Indented);
}

} // namespace quorate
