// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/cluster_list_model.h"

#include "models/wording/maintenance.h"
#include "models/wording/over_time.h"
#include "models/wording/wording.h"

#include <QCollator>

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
constexpr auto clusterPrefix = "cluster:"_L1;

ClusterListRow rowOfCluster(const ClusterStatus &cluster)
{
    ClusterListRow row;
    row.id = ClusterListModel::idOf(cluster.name);
    row.title = cluster.name.text();
    row.severity = cluster.severity;
    row.paused = cluster.paused;
    row.pending = cluster.pending;
    row.maintenanceUntil = cluster.maintenanceUntil;
    row.maintenanceNote = cluster.maintenanceNote;
    return row;
}
} // namespace

QString ClusterListModel::overviewId() { return u"page:overview"_s; }
QString ClusterListModel::idOf(const ClusterName &cluster) { return clusterPrefix + cluster.text(); }
ClusterName ClusterListModel::clusterOf(const QString &id)
{
    return ClusterName(id.startsWith(clusterPrefix) ? id.mid(clusterPrefix.size()) : QString());
}

void ClusterListModel::show(const QList<ClusterStatus> &clusters, const Time &now)
{
    // Groups in the order in which the configuration first names them; clusters without one come first, under a plain heading.
    QStringList groups;
    for (const ClusterStatus &cluster : clusters) {
        if (!groups.contains(cluster.group))
            groups << cluster.group;
    }
    if (groups.removeOne(QString()))
        groups.prepend(QString());
    QCollator collator;
    collator.setNumericMode(true);
    QList<ClusterListRow> rows{{.id = overviewId(), .kind = ClusterListRow::Kind::Page, .title = tr("Overview")}};
    for (const QString &group : std::as_const(groups)) {
        rows.append({.id = u"group:"_s + group, .kind = ClusterListRow::Kind::Heading, .title = group.isEmpty() ? tr("Clusters") : group});
        const auto first = rows.size();
        for (const ClusterStatus &cluster : clusters) {
            if (cluster.group == group)
                rows.append(rowOfCluster(cluster));
        }
        std::sort(rows.begin() + first, rows.end(),
            [&](const ClusterListRow &a, const ClusterListRow &b) { return collator.compare(a.title, b.title) < 0; });
    }
    setNow(now);
    merge(rows, now);
}

void ClusterListModel::update(const QList<ClusterStatus> &clusters, const Time &now)
{
    QList<ClusterListRow> rows;
    for (const ClusterStatus &cluster : clusters)
        rows.append(rowOfCluster(cluster));
    setNow(now);
    mergeSome(rows, now);
}

Qt::ItemFlags ClusterListModel::flags(const QModelIndex &index) const
{
    if (!index.isValid() || row(index.row()).kind == ClusterListRow::Kind::Heading)
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

QString ClusterListModel::text(const ClusterListRow &row, int) const { return row.title; }

/// Severity of a cluster, with what else is to be known: "Ok, checking, 1 of 2, in maintenance until 18:00".
QString ClusterListModel::spoken(const ClusterListRow &row) const
{
    QStringList words{row.paused ? tr("paused") : wording::severityWord(row.severity.value_or(Severity::Unknown))};
    if (row.pending)
        words += wording::checking(*row.pending);
    if (row.maintenanceUntil)
        words += wording::maintenance(*row.maintenanceUntil, row.maintenanceNote, now());
    return words.join(u", "_s);
}

QVariant ClusterListModel::cell(const ClusterListRow &row, int, int role) const
{
    switch (role) {
    case Qt::AccessibleTextRole:
        return row.severity ? u"%1, %2"_s.arg(row.title, spoken(row)) : row.title;
    case Qt::ToolTipRole:
        return row.kind == ClusterListRow::Kind::Cluster ? u"%1: %2"_s.arg(row.title, spoken(row)) : QString();
    case SeverityRole:
        return row.severity && !row.paused ? QVariant::fromValue(*row.severity) : QVariant();
    case DisabledRole:
        return row.paused;
    case PendingRole:
        return row.pending.has_value();
    case MaintenanceRole:
        return row.maintenanceUntil.has_value();
    case QuietRole:
        return row.kind == ClusterListRow::Kind::Heading;
    default:
        return {};
    }
}

} // namespace quorate
