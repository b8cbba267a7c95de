// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/reason_model.h"

#include "models/wording/over_time.h"
#include "models/wording/wording.h"

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
ReasonRow made(const ClusterStatus &cluster, const Reason &reason)
{
    return {.id = name(reason.code) + u'|' + reason.subject,
        .text = wording::sentence(cluster, reason),
        .reason = reason,
        .severity = reason.clusterSeverity};
}
} // namespace

void ReasonModel::show(const ClusterStatus &cluster, const Time &now)
{
    QList<ReasonRow> counted, checked, quiet;
    QSet<QString> seen;
    const auto add = [&](QList<ReasonRow> &to, const ReasonRow &row) {
        if (!seen.contains(row.id))
            to.append(row);
        seen.insert(row.id);
    };
    for (const Reason &reason : wording::inReadingOrder(cluster.reasons))
        add(reason.foldedUnder || reason.clusterSeverity == Severity::Ok ? quiet : counted, made(cluster, reason));
    for (const Reason &reason : cluster.checking) {
        ReasonRow row = made(cluster, reason);
        row.checking = true;
        row.id += u"|checking"_s; // a cause may count already and be checked for worse
        add(checked, row);
    }
    if (counted.isEmpty() && cluster.severity == Severity::Ok)
        counted.append({.id = u"calm"_s, .text = wording::headline(cluster), .reason = {}, .severity = Severity::Ok, .calm = true});
    setNow(now);
    merge(counted + checked + quiet, now);
}

QString ReasonModel::secondLine(const ReasonRow &row) const
{
    if (row.calm)
        return {};
    const QString from = wording::provenance(row.reason, now());
    const QString checks = row.reason.pending ? wording::checking(*row.reason.pending) : row.checking ? tr("checking") : QString();
    if (row.checking)
        return tr("%1 · not counted yet · %2", "checking, where from").arg(checks, from);
    if (row.reason.foldedUnder)
        return tr("%1 · not counted, it follows from another reason").arg(from);
    if (checks.isEmpty())
        return from;
    const bool worse = row.reason.pending->severity > row.severity;
    return tr("%1 · %2", "checking, where from")
        .arg(worse ? tr("%1 for %2", "checking … for Critical").arg(checks, wording::severityWord(row.reason.pending->severity)) : checks,
            from);
}

void ReasonModel::clear() { merge({}, now()); }

QString ReasonModel::text(const ReasonRow &row, int) const { return row.text; }
QVariant ReasonModel::sortValue(const ReasonRow &row, int) const { return int(row.severity); }

QVariant ReasonModel::cell(const ReasonRow &row, int, int role) const
{
    switch (role) {
    case SecondLineRole:
        return secondLine(row);
    case Qt::AccessibleTextRole:
        return u"%1: %2. %3"_s.arg(wording::severityWord(row.severity), row.text, secondLine(row));
    case SeverityRole:
        return row.isNote() ? QVariant() : QVariant::fromValue(row.severity);
    case PendingRole:
        return row.checking || row.reason.pending.has_value();
    case DisabledRole:
        return row.isNote();
    case QuietRole:
        return row.isNote() || row.checking || row.reason.foldedUnder.has_value();
    default:
        return {};
    }
}

} // namespace quorate
