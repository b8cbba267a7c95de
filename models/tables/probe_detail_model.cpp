// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/probe_detail_model.h"

#include "models/tables/cells.h"
#include "models/tables/components.h"

namespace quorate {
namespace {

Severity severityOf(const ProbeDetailRow &row)
{
    if (!row.component)
        return row.answered ? Severity::Ok : Severity::Unknown;
    return overall(*row.component);
}

QString reported(const ProbeDetailRow &row)
{
    if (!row.answered)
        return ProbeDetailModel::tr("no answer");
    return orDash(row.component ? row.component->reported : QString());
}

} // namespace

QList<ProbeDetailRow> probeDetails(const ClusterStatus &cluster, const QString &probe)
{
    QList<ProbeDetailRow> rows;
    QHash<QString, ComponentStatus> on;
    for (const ComponentStatus &component : cluster.components) {
        if (component.fullName() == probe)
            on.insert(component.endpoint.text(), component);
    }
    if (on.isEmpty())
        return rows;
    for (const EndpointStatus &endpoint : cluster.endpoints) {
        ProbeDetailRow row{.id = endpoint.url.text(), .broker = labelOf(endpoint), .component = std::nullopt};
        row.answered = endpoint.reach == Reach::Answered && !endpoint.stale;
        if (const auto found = on.constFind(row.id); found != on.cend())
            row.component = *found;
        rows.append(row);
    }
    return rows;
}

QString ProbeDetailModel::title(int column) const
{
    switch (Column(column)) {
    case Column::Broker:
        return tr("Broker");
    case Column::Reported:
        return tr("Reported");
    case Column::Message:
        return tr("Message");
    case Column::Count:
        break;
    }
    return {};
}

QString ProbeDetailModel::text(const ProbeDetailRow &row, int column) const
{
    switch (Column(column)) {
    case Column::Broker:
        return row.broker;
    case Column::Reported:
        return reported(row);
    default:
        return row.component ? messageOf(*row.component) : QString();
    }
}

QVariant ProbeDetailModel::sortValue(const ProbeDetailRow &row, int column) const
{
    return Column(column) == Column::Reported ? QVariant(int(severityOf(row))) : text(row, column);
}

QVariant ProbeDetailModel::cell(const ProbeDetailRow &row, int section, int role) const
{
    const auto column = Column(section);
    const Severity severity = severityOf(row);
    const bool disabled = row.component && row.component->disabled;
    switch (role) {
    case SeverityRole:
        if (column != Column::Reported || disabled || (row.answered && !row.component))
            return {};
        return QVariant::fromValue(row.component ? row.component->severity : severity);
    case PendingRole:
        return column == Column::Reported && row.component && row.component->pending;
    case DisabledRole:
        return column == Column::Reported && disabled;
    case DerivedRole:
        return QVariant::fromValue(column == Column::Reported && row.component ? derivedBeyond(*row.component) : Severity::Ok);
    case RowTintRole:
        return QVariant::fromValue(severity);
    case InkRole:
        return QVariant::fromValue(column == Column::Reported ? severity : Severity::Ok);
    case StrongRole:
        return column == Column::Reported && severity != Severity::Ok;
    case QuietRole:
        return column != Column::Broker && severity == Severity::Ok;
    default:
        return {};
    }
}

} // namespace quorate
