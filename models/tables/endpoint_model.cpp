// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/endpoint_model.h"

#include "models/tables/cells.h"
#include "models/tables/sample.h"
#include "models/wording/maintenance.h"
#include "models/wording/over_time.h"
#include "models/wording/phrase.h"
#include "models/wording/wording.h"

using namespace Qt::StringLiterals;

namespace quorate {
namespace {

using Column = EndpointModel::Column;

/// "leader, peers, self": the last part of each path, once.
QString asked(const EndpointStatus &endpoint)
{
    QStringList names;
    for (const RequestStatus &request : endpoint.requests) {
        const QString path = request.path.section(u'?', 0, 0);
        const QString name = path.section(u'/', -1, -1, QString::SectionSkipEmpty);
        if (!names.contains(name))
            names += name;
    }
    return names.join(u", "_s);
}

/// The same with each request's whole path and how it ended.
QString askedInFull(const EndpointStatus &endpoint)
{
    QStringList lines;
    for (const RequestStatus &request : endpoint.requests) {
        QString line = u"%1  %2"_s.arg(request.path, wording::reachWord(request.reach).toLower());
        if (request.http > 0)
            line += u" · HTTP %1"_s.arg(request.http);
        if (request.latency)
            line += u" · "_s + wording::latency(request.latency);
        lines += line;
    }
    return lines.join(u'\n');
}

/// Why it did not answer; else the first of its other requests that failed. One that a server does not have only narrows what it tells.
QString errorOf(const EndpointStatus &endpoint)
{
    if (!endpoint.error.isEmpty() || endpoint.reach != Reach::Answered)
        return endpoint.error;
    for (const RequestStatus &request : endpoint.requests) {
        if (request.reach != Reach::Answered && request.reach != Reach::NotPolled && request.reach != Reach::NotFound)
            return u"%1: %2"_s.arg(request.path, request.error.isEmpty() ? wording::reachWord(request.reach).toLower() : request.error);
    }
    return {};
}

bool answered(const EndpointStatus &endpoint) { return endpoint.reach == Reach::Answered && !endpoint.stale; }

/// Ink where the request itself failed; a bad report of a server that answers is not its reach.
Severity reachInk(const EndpointStatus &endpoint)
{
    // One that is being checked keeps its severity: no colour before it is decided.
    const bool undecided = endpoint.pending && endpoint.severity == Severity::Ok;
    return answered(endpoint) || undecided ? Severity::Ok : worst(endpoint.severity, Severity::Warning);
}

} // namespace

bool operator==(const EndpointRow &a, const EndpointRow &b)
{
    return a.id == b.id && a.endpoint == b.endpoint && a.observedAt == b.observedAt && sameSeries(a.latency, b.latency);
}

QList<EndpointRow> endpointRows(const ClusterStatus &cluster, const Recent &recent)
{
    QList<EndpointRow> rows;
    for (const EndpointStatus &endpoint : cluster.endpoints)
        rows.append({endpoint.url.text(), endpoint, recent.points(recentKey(cluster.name, u"latency"_s, endpoint.url.text())),
            observedAt(cluster, endpoint)});
    return rows;
}

QString EndpointModel::title(int column) const
{
    switch (Column(column)) {
    case Column::Reach:
        return tr("Reach");
    case Column::Endpoint:
        return tr("Endpoint");
    case Column::Http:
        return tr("HTTP");
    case Column::Latency:
        return tr("Latency, 10 min");
    case Column::Says:
        return tr("Says");
    case Column::Version:
        return tr("Version");
    case Column::Asked:
        return tr("Asked");
    case Column::Error:
        return tr("Error");
    case Column::Age:
        return tr("Age");
    case Column::Count:
        break;
    }
    return {};
}

std::optional<double> EndpointModel::age(const EndpointRow &row) const
{
    if (!row.observedAt)
        return std::nullopt;
    return double(qMax<qint64>(0, now().boot.count() - *row.observedAt)) / 1000;
}

ColumnKind EndpointModel::kind(int column) const
{
    switch (Column(column)) {
    case Column::Latency:
        return ColumnKind::Drawing;
    case Column::Http:
    case Column::Age:
        return ColumnKind::Number;
    default:
        return ColumnKind::Text;
    }
}

QString EndpointModel::text(const EndpointRow &row, int column) const
{
    const EndpointStatus &endpoint = row.endpoint;
    switch (Column(column)) {
    case Column::Reach:
        return wording::reachWord(endpoint.reach);
    case Column::Endpoint:
        return endpoint.url.text();
    case Column::Http:
        return endpoint.http > 0 ? QString::number(endpoint.http) : QString();
    case Column::Latency:
        return endpoint.reach == Reach::NotPolled ? QString() : wording::latency(endpoint.latency);
    case Column::Says:
        return orDash(endpoint.reported);
    case Column::Version:
        return orDash(endpoint.version);
    case Column::Asked:
        return asked(endpoint);
    case Column::Error:
        return remark(endpoint);
    case Column::Age:
        return wording::duration(age(row));
    case Column::Count:
        break;
    }
    return {};
}

/// What is to be known beside the error: that work goes on, that it is being checked.
QString EndpointModel::remark(const EndpointStatus &endpoint) const
{
    return wording::facts(
        {endpoint.maintenanceUntil ? wording::maintenance(*endpoint.maintenanceUntil, endpoint.maintenanceNote, now()) : QString(),
            errorOf(endpoint), endpoint.pending ? wording::checking(*endpoint.pending) : QString()});
}

QVariant EndpointModel::sortValue(const EndpointRow &row, int column) const
{
    const EndpointStatus &endpoint = row.endpoint;
    switch (Column(column)) {
    case Column::Reach:
        return int(endpoint.severity);
    case Column::Http:
        return endpoint.http > 0 ? QVariant(endpoint.http) : QVariant();
    case Column::Latency:
        return known(endpoint.latency);
    case Column::Age:
        return row.observedAt ? QVariant(-*row.observedAt) : QVariant();
    default:
        return text(row, column);
    }
}

QVariant EndpointModel::cell(const EndpointRow &row, int section, int role) const
{
    const auto column = Column(section);
    const EndpointStatus &endpoint = row.endpoint;
    switch (role) {
    case Qt::ToolTipRole:
        if (column == Column::Asked)
            return askedInFull(endpoint);
        return column == Column::Age && endpoint.observed ? QVariant(wording::fullTime(*endpoint.observed)) : QVariant();
    case PendingRole:
        return column == Column::Reach && endpoint.pending.has_value();
    case SeverityRole:
        return column == Column::Reach ? QVariant::fromValue(endpoint.severity) : QVariant();
    case RowTintRole:
        return QVariant::fromValue(endpoint.maintenanceUntil ? Severity::Ok : reachInk(endpoint));
    case InkRole:
        if (column == Column::Age)
            return QVariant::fromValue(endpoint.stale ? Severity::Unknown : Severity::Ok);
        return QVariant::fromValue(column == Column::Reach || column == Column::Error ? reachInk(endpoint) : Severity::Ok);
    case StrongRole:
        return column == Column::Reach && !answered(endpoint);
    case QuietRole:
        return column == Column::Asked || (column == Column::Error && answered(endpoint)) || (column == Column::Reach && answered(endpoint))
            || (!answered(endpoint) && column != Column::Endpoint) || text(row, section) == orDash({});
    case SparklineRole:
        return column == Column::Latency ? sparklineToNewest(row.latency) : QVariant();
    case ElideMiddleRole:
        return column == Column::Endpoint;
    default:
        return {};
    }
}

bool EndpointModel::lightsUp(int column) const
{
    switch (Column(column)) {
    case Column::Latency: // different in every reply
    case Column::Age:
    case Column::Asked: // what is asked of whom goes round
        return false;
    default:
        return true;
    }
}

} // namespace quorate
