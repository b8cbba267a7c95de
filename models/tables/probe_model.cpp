// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/probe_model.h"

#include "models/tables/cells.h"
#include "models/tables/components.h"
#include "models/wording/phrase.h"
#include "models/wording/wording.h"

#include <QMap>

using namespace Qt::StringLiterals;

namespace quorate {
namespace {

using Labels = QHash<EndpointUrl, QString>;

Labels labelsOf(const ClusterStatus &cluster)
{
    Labels labels;
    for (const EndpointStatus &endpoint : cluster.endpoints)
        labels.insert(endpoint.url, labelOf(endpoint));
    return labels;
}

/// "0.3.29, but 0.3.28 on broker-1 (derived)"; empty when all that tell a version tell the same.
QString differingVersions(const Labels &labels, const QList<const ComponentStatus *> &all)
{
    QMap<QString, QStringList> where;
    for (const ComponentStatus *component : all) {
        if (component->numbers.version && !component->numbers.version->isEmpty())
            where[*component->numbers.version] += labels.value(component->endpoint);
    }
    if (where.size() < 2)
        return {};
    QString most = where.firstKey();
    for (auto it = where.cbegin(); it != where.cend(); ++it) {
        if (it->size() >= where.value(most).size())
            most = it.key();
    }
    QStringList others;
    for (auto it = where.cbegin(); it != where.cend(); ++it) {
        if (it.key() != most)
            others += it->size() <= 3 ? ProbeModel::tr("%1 on %2").arg(it.key(), it->join(u", "_s))
                                      : wording::plural(it->size(), QUORATE_PLURAL("%2 on %1 broker", "%2 on %1 brokers")).arg(it.key());
    }
    return ProbeModel::tr("%1, but %2 (derived)").arg(most, others.join(u", "_s));
}

void describe(ProbeRow &row, const Labels &labels, const QList<const ComponentStatus *> &all)
{
    const ComponentStatus *worstOne = all.first();
    QStringList where;
    for (const ComponentStatus *component : all) {
        const Severity severity = overall(*component);
        if (severity != Severity::Ok)
            where += labels.value(component->endpoint);
        if (component->pending && !row.pending) {
            row.pending = component->pending;
            row.checkedOn = labels.value(component->endpoint);
        }
        if (severity > overall(*worstOne) || (severity == overall(*worstOne) && worstOne->message.isEmpty()))
            worstOne = component;
        const auto &fact = component->numbers.members ? component->numbers.members : component->numbers.connections;
        const bool worse
            = fact && (!row.fact || (component->numbers.members ? fact->first < row.fact->first : fact->first > row.fact->first));
        if (worse)
            row.fact = fact;
    }
    row.worst = overall(*worstOne);
    row.bad = int(where.size());
    row.of = int(all.size());
    row.where = where.isEmpty() ? QString() : where.join(u", "_s);
    row.message = worstOne->message;
    row.remark = row.worst != Severity::Ok;
    if (worstOne->severity == Severity::Ok) {
        const QString differs = differingVersions(labels, all);
        if (!differs.isEmpty()) {
            row.message = differs;
            row.remark = true;
        }
    }
}

/// Of a broker that does not report the probe.
QVariant absentCell(const ProbeColumn &column, int role)
{
    switch (role) {
    case Qt::AccessibleTextRole:
        return column.silent ? ProbeModel::tr("no answer") : QString();
    case SilentRole:
        return column.silent;
    case QuietRole:
        return true;
    default:
        return {};
    }
}

QVariant brokerCell(const ComponentStatus &component, bool silent, int role)
{
    const bool bad = component.severity != Severity::Ok && !component.disabled;
    switch (role) {
    case Qt::ToolTipRole:
        return messageOf(component).isEmpty() ? QVariant() : QVariant(messageOf(component));
    case Qt::AccessibleTextRole:
        return component.pending ? QVariant(u"%1, %2"_s.arg(component.reported, wording::checking(*component.pending))) : QVariant();
    case PendingRole:
        return component.pending.has_value();
    case SeverityRole:
        return component.disabled ? QVariant() : QVariant::fromValue(component.severity);
    case DisabledRole:
        return component.disabled;
    case CellTintRole:
        return QVariant::fromValue(silent ? Severity::Unknown : overall(component));
    case DerivedRole:
        return QVariant::fromValue(derivedBeyond(component));
    case InkRole:
        return QVariant::fromValue(bad ? component.severity : Severity::Ok);
    case StrongRole:
        return bad;
    case QuietRole:
        return !bad;
    default:
        return {};
    }
}

} // namespace

Probes probes(const ClusterStatus &cluster)
{
    Probes result;
    const Labels labels = labelsOf(cluster);
    if (cluster.endpoints.size() <= mostProbeColumns) {
        for (const EndpointStatus &endpoint : cluster.endpoints)
            result.columns.append({endpoint.url.text(), labels.value(endpoint.url), endpoint.reach != Reach::Answered || endpoint.stale});
    }
    QMap<QString, QList<const ComponentStatus *>> byName;
    for (const ComponentStatus &component : cluster.components)
        byName[component.fullName()] += &component;
    for (auto it = byName.cbegin(); it != byName.cend(); ++it) {
        ProbeRow row{.id = it.key(), .name = it.key(), .on = {}, .where = {}, .message = {}, .pending = {}, .checkedOn = {}, .fact = {}};
        for (const ComponentStatus *component : *it)
            row.on.insert(component->endpoint.text(), *component);
        describe(row, labels, *it);
        result.rows.append(row);
    }
    return result;
}

void ProbeModel::apply(const Probes &probes, const Time &at)
{
    mergeColumns(m_columns, probes.columns, firstBroker);
    merge(probes.rows, at);
}

QString ProbeModel::title(int column) const
{
    if (column == nameColumn)
        return tr("Probe");
    if (column == summaryColumn)
        return tr("Brokers");
    if (isBroker(column))
        return m_columns.at(column - firstBroker).title;
    return column == messageColumn() ? tr("Message of the worst") : tr("Fact");
}

QVariant ProbeModel::headerCell(int column, int role) const
{
    return role == Qt::ToolTipRole && isBroker(column) ? QVariant(m_columns.at(column - firstBroker).id) : QVariant();
}

ColumnKind ProbeModel::kind(int column) const { return column == factColumn() ? ColumnKind::Drawing : ColumnKind::Text; }

const ComponentStatus *ProbeModel::onBroker(const ProbeRow &row, int column) const
{
    const auto found = row.on.constFind(m_columns.at(column - firstBroker).id);
    return found == row.on.cend() ? nullptr : &*found;
}

QString ProbeModel::text(const ProbeRow &row, int column) const
{
    if (column == nameColumn)
        return row.name;
    if (column == summaryColumn) {
        if (row.bad == 0)
            return tr("healthy on %1").arg(wording::count(qint64(row.of)));
        return tr("%1 of %2: %3").arg(wording::count(qint64(row.bad)), wording::count(qint64(row.of)), row.where);
    }
    if (isBroker(column)) {
        const ComponentStatus *component = onBroker(row, column);
        if (!component && m_columns.at(column - firstBroker).silent)
            return {};
        return orDash(component ? component->reported : QString());
    }
    if (column == messageColumn())
        return messageOf(row);
    return row.fact ? tr("%1 of %2").arg(wording::count(row.fact->first), wording::count(row.fact->second)) : QString();
}

/// "checking on broker-1, 1 of 2 · the message"
QString ProbeModel::messageOf(const ProbeRow &row) const
{
    if (!row.pending)
        return row.message;
    const QString checked = m_columns.size() > 1 ? tr("%1: %2", "broker: checking").arg(row.checkedOn, wording::checking(*row.pending))
                                                 : wording::checking(*row.pending);
    return wording::facts({checked, row.message});
}

QVariant ProbeModel::sortValue(const ProbeRow &row, int column) const
{
    if (isBroker(column)) {
        const ComponentStatus *component = onBroker(row, column);
        return component ? QVariant(int(overall(*component))) : QVariant();
    }
    if (column == summaryColumn)
        return int(row.worst) * 1'000'000 + int(row.remark) * 500'000 + row.bad;
    if (column == factColumn())
        return row.fact ? QVariant(double(row.fact->first) / double(qMax<qint64>(1, row.fact->second))) : QVariant();
    return text(row, column);
}

QVariant ProbeModel::cell(const ProbeRow &row, int column, int role) const
{
    if (isBroker(column)) {
        const ProbeColumn &broker = m_columns.at(column - firstBroker);
        const ComponentStatus *component = onBroker(row, column);
        return component ? brokerCell(*component, broker.silent, role) : absentCell(broker, role);
    }
    switch (role) {
    case SeverityRole:
        return column == summaryColumn ? QVariant::fromValue(row.worst) : QVariant();
    case PendingRole:
        return column == summaryColumn && row.pending.has_value();
    case CellTintRole:
        return QVariant::fromValue(column == summaryColumn ? row.worst : Severity::Ok);
    case InkRole:
        return QVariant::fromValue(column == summaryColumn ? row.worst : Severity::Ok);
    case StrongRole:
        return column == nameColumn && row.remark;
    case QuietRole:
        return (column == messageColumn() && !row.remark && !row.pending) || (column == summaryColumn && row.bad == 0);
    case BulletRole: {
        if (column != factColumn() || !row.fact)
            return {};
        return QVariant::fromValue(Bullet{.value = double(row.fact->first),
            .limit = std::nullopt,
            .maximum = double(row.fact->second),
            .severity = row.remark ? row.worst : Severity::Ok});
    }
    default:
        return {};
    }
}

} // namespace quorate
