// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/overview_model.h"

#include "models/tables/cells.h"
#include "models/tables/recent.h"
#include "models/wording/maintenance.h"
#include "models/wording/over_time.h"
#include "models/wording/phrase.h"
#include "models/wording/wording.h"

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

bool operator==(const OverviewRow &a, const OverviewRow &b)
{
    return a.id == b.id && a.system == b.system && a.severity == b.severity && a.pending == b.pending && a.checking == b.checking
        && a.maintenanceUntil == b.maintenanceUntil && a.maintenanceNote == b.maintenanceNote && a.paused == b.paused
        && a.unseen == b.unseen && a.summary == b.summary && a.latency == b.latency && a.withheld == b.withheld && a.observed == b.observed
        && sameSeries(a.latencies, b.latencies);
}

std::optional<double> medianLatency(const ClusterStatus &cluster)
{
    std::vector<double> values;
    for (const EndpointStatus &endpoint : cluster.endpoints) {
        if (endpoint.latency && endpoint.reach == Reach::Answered)
            values.push_back(*endpoint.latency);
    }
    if (values.empty())
        return std::nullopt;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

bool isUnseen(const ClusterStatus &cluster)
{
    return std::any_of(cluster.reasons.cbegin(), cluster.reasons.cend(),
        [](const Reason &reason) { return reason.code == ReasonCode::MachineOffline || reason.code == ReasonCode::Waking; });
}

QString wasText(const ClusterStatus &cluster)
{
    return OverviewModel::tr("was %1: %2").arg(wording::severityWord(cluster.severity), wording::headline(cluster));
}

OverviewRow overviewRow(
    const ClusterStatus &received, const ClusterStatus &shown, const QString &before, const QList<Sparkline::Point> &latencies)
{
    OverviewRow row;
    row.id = shown.name.text();
    row.system = wording::systemTitle(shown.system);
    row.severity = shown.severity;
    row.pending = shown.pending;
    row.checking = shown.severity == Severity::Ok || !shown.pending ? wording::checkingLine(shown) : wording::checkingSince(*shown.pending);
    row.maintenanceUntil = shown.maintenanceUntil;
    row.maintenanceNote = shown.maintenanceNote;
    row.paused = shown.paused;
    row.summary = wording::headline(shown);
    row.unseen = isUnseen(shown);
    if (shown.reasons != received.reasons && received.observed)
        row.summary = wording::facts({row.summary, before.isEmpty() ? wasText(received) : before});
    else if (!before.isEmpty()) // why is the same for all, and stands in the banner
        row.summary = before;
    row.latency = medianLatency(shown);
    row.withheld = !shown.endpoints.isEmpty()
        && std::all_of(shown.endpoints.cbegin(), shown.endpoints.cend(),
            [](const EndpointStatus &endpoint) { return endpoint.reach == Reach::NoSecret; });
    if (shown.observed)
        row.observed = shown.observedBoot;
    row.observedWall = shown.observed;
    row.latencies = latencies;
    return row;
}

QString OverviewModel::title(int column) const
{
    switch (Column(column)) {
    case Column::State:
        return tr("State");
    case Column::Cluster:
        return tr("Cluster");
    case Column::System:
        return tr("System");
    case Column::Summary:
        return tr("Summary");
    case Column::Latency:
        return tr("Latency, 10 min");
    case Column::Age:
        return tr("Age");
    case Column::Count:
        break;
    }
    return {};
}

ColumnKind OverviewModel::kind(int column) const
{
    switch (Column(column)) {
    case Column::Latency:
        return ColumnKind::Drawing;
    case Column::Age:
        return ColumnKind::Number;
    default:
        return ColumnKind::Text;
    }
}

QString OverviewModel::text(const OverviewRow &row, int column) const
{
    switch (Column(column)) {
    case Column::State:
        return row.paused ? tr("Paused") : wording::severityWord(row.severity);
    case Column::Cluster:
        return row.id;
    case Column::System:
        return row.system;
    case Column::Summary:
        return summary(row);
    case Column::Latency:
        return row.withheld ? tr("not asked") : wording::latency(row.latency);
    case Column::Age:
        return wording::duration(row.observed ? std::optional(double((now().boot - *row.observed).count()) / 1000) : std::nullopt);
    case Column::Count:
        break;
    }
    return {};
}

/// What is being checked is news while all is well; otherwise the cause stands first.
QString OverviewModel::summary(const OverviewRow &row) const
{
    QStringList facts{row.severity == Severity::Ok ? row.checking : row.summary, row.severity == Severity::Ok ? row.summary : row.checking};
    if (row.maintenanceUntil)
        facts.prepend(wording::maintenance(*row.maintenanceUntil, row.maintenanceNote, now()));
    return wording::facts(facts);
}

QVariant OverviewModel::sortValue(const OverviewRow &row, int column) const
{
    switch (Column(column)) {
    case Column::State:
        return row.paused ? -1 : int(row.severity);
    case Column::Latency:
        return known(row.latency);
    case Column::Age:
        return row.observed ? QVariant(-qint64(row.observed->count())) : QVariant();
    default:
        return text(row, column);
    }
}

QVariant OverviewModel::cell(const OverviewRow &row, int at, int role) const
{
    const auto column = static_cast<Column>(at);
    const bool unknown = row.severity == Severity::Unknown;
    switch (role) {
    case Qt::ToolTipRole:
        if (column == Column::Age && row.observedWall)
            return tr("Last attempt ended %1").arg(wording::fullTime(*row.observedWall));
        if (column == Column::State && row.pending)
            return u"%1, %2"_s.arg(text(row, at), wording::checking(*row.pending));
        return {};
    case Qt::AccessibleTextRole:
        return column == Column::State && row.pending ? u"%1, %2"_s.arg(text(row, at), wording::checking(*row.pending)) : QVariant();
    case SeverityRole:
        return column == Column::State && !row.paused ? QVariant::fromValue(row.severity) : QVariant();
    case DisabledRole:
        return column == Column::State && row.paused;
    case PendingRole:
        return column == Column::State && row.pending.has_value();
    case RowTintRole:
        // Before the first answer all rows are Unknown: a tint everywhere would point at nothing. Planned work calls nobody.
        return QVariant::fromValue(
            row.paused || row.maintenanceUntil || row.unseen || (unknown && !row.observed) ? Severity::Ok : row.severity);
    case InkRole:
        if (column == Column::State && !row.paused)
            return QVariant::fromValue(row.severity);
        return column == Column::Age && unknown ? QVariant::fromValue(Severity::Unknown) : QVariant();
    case StrongRole:
        return column == Column::Cluster || (column == Column::State && row.severity != Severity::Ok && !row.paused);
    case QuietRole:
        return unknown || row.paused || column == Column::State || column == Column::System;
    case SparklineRole:
        if (column != Column::Latency || row.latencies.isEmpty())
            return {};
        return QVariant::fromValue(sparkline(row.latencies, now().boot.count()));
    default:
        return {};
    }
}

bool OverviewModel::looksChanged(const OverviewRow &before, const OverviewRow &after, int column) const
{
    if (column == int(Column::Summary)) // a check that goes on is no news
        return before.summary != after.summary;
    return MergeTable::looksChanged(before, after, column);
}

bool OverviewModel::lightsUp(int column) const { return column == int(Column::State) || column == int(Column::Summary); }

} // namespace quorate
