// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/probe_detail_model.h"

using namespace Qt::StringLiterals;

namespace quorate {
namespace {

Severity severityOf(const ProbeDetailRow &row)
{
    if (!row.component)
        return row.answered ? Severity::Ok : Severity::Unknown;
    return row.component->disabled ? Severity::Ok : worst(row.component->severity, row.component->derived);
}

QString reported(const ProbeDetailRow &row)
{
    if (!row.answered)
        return ProbeDetailModel::tr("no answer");
    return row.component && !row.component->reported.isEmpty() ? row.component->reported : u"–"_s;
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
        ProbeDetailRow row{.id = endpoint.url.text(), .broker = endpoint.label, .component = std::nullopt};
        if (row.broker.isEmpty())
            row.broker = row.id;
        row.answered = endpoint.reach == Reach::Answered && !endpoint.stale;
        if (const auto found = on.constFind(row.id); found != on.cend())
            row.component = *found;
        rows.append(row);
    }
    return rows;
}

int ProbeDetailModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(Column::Count); }

QVariant ProbeDetailModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
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

QVariant ProbeDetailModel::cell(const ProbeDetailRow &row, int section, int role) const
{
    const auto column = Column(section);
    const Severity severity = severityOf(row);
    const bool disabled = row.component && row.component->disabled;
    switch (role) {
    case Qt::DisplayRole:
        if (column == Column::Broker)
            return row.broker;
        if (column == Column::Reported)
            return reported(row);
        return row.component ? row.component->message : QString();
    case SortRole:
        if (column == Column::Broker)
            return row.broker;
        return column == Column::Reported ? QVariant(int(severity)) : QVariant(row.component ? row.component->message : QString());
    case SeverityRole:
        if (column != Column::Reported || disabled || (row.answered && !row.component))
            return {};
        return QVariant::fromValue(row.component ? row.component->severity : severity);
    case DisabledRole:
        return column == Column::Reported && disabled;
    case DerivedRole:
        return QVariant::fromValue(column == Column::Reported && row.component && row.component->derived > row.component->severity
                ? row.component->derived
                : Severity::Ok);
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
