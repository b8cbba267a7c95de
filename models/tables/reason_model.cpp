// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/reason_model.h"

#include "models/wording/wording.h"

namespace quorate {
using namespace Qt::StringLiterals;

void ReasonModel::show(const ClusterStatus &cluster, const Time &now)
{
    QList<ReasonRow> counted, quiet;
    QSet<QString> seen;
    for (const Reason &reason : wording::inReadingOrder(cluster.reasons)) {
        ReasonRow row{.id = name(reason.code) + u'|' + reason.subject,
            .text = wording::sentence(cluster, reason),
            .reason = reason,
            .severity = reason.clusterSeverity};
        if (seen.contains(row.id))
            continue;
        seen.insert(row.id);
        (reason.foldedUnder || reason.clusterSeverity == Severity::Ok ? quiet : counted).append(row);
    }
    if (counted.isEmpty() && cluster.severity == Severity::Ok)
        counted.append({.id = u"calm"_s, .text = wording::headline(cluster), .reason = {}, .severity = Severity::Ok, .calm = true});
    setNow(now);
    merge(counted + quiet, now);
}

void ReasonModel::clear() { merge({}, now()); }

QString ReasonModel::text(const ReasonRow &row, int) const { return row.text; }
QVariant ReasonModel::sortValue(const ReasonRow &row, int) const { return int(row.severity); }

QVariant ReasonModel::cell(const ReasonRow &row, int, int role) const
{
    switch (role) {
    case SecondLineRole:
        if (row.calm)
            return {};
        if (row.reason.foldedUnder)
            return tr("%1 · not counted, it follows from another reason").arg(wording::provenance(row.reason, now()));
        return wording::provenance(row.reason, now());
    case Qt::AccessibleTextRole:
        return u"%1: %2. %3"_s.arg(wording::severityWord(row.severity), row.text, wording::provenance(row.reason, now()));
    case SeverityRole:
        return row.isNote() ? QVariant() : QVariant::fromValue(row.severity);
    case DisabledRole:
        return row.isNote();
    case QuietRole:
        return row.isNote() || row.reason.foldedUnder.has_value();
    default:
        return {};
    }
}

} // namespace quorate
