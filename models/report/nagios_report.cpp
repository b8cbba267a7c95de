// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/report/display_width.h"
#include "models/report/report.h"
#include "models/wording/wording.h"

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
/// "|" begins the perfdata, so it can't stand in the text.
QString nagiosText(const QString &text) { return plainLine(text, 1000).replace(u'|', u'/'); }

/// In single quotes; the interface allows neither "=" nor a bare quote in a label.
QString label(const QStringList &parts)
{
    QString text = nagiosText(parts.join(u' ')).replace(u'=', u'_');
    return u"'%1'"_s.arg(text.replace(u'\'', u"''"_s));
}

QString seconds(double value) { return QString::number(value, 'f', 6) + u's'; }

void addPerfdata(QStringList &data, const ClusterStatus &cluster)
{
    const QString name = cluster.name.text();
    for (const EndpointStatus &endpoint : cluster.endpoints) {
        if (endpoint.latency)
            data.append(
                label({name, wording::subjectName(cluster, endpoint.url.text()), u"latency"_s}) + u'=' + seconds(*endpoint.latency));
    }
    for (const RaftStatus &raft : cluster.raft) {
        if (raft.margin) // a warning below 1: "1:" is nagios' word for that
            data.append(label({name, raft.group, u"margin"_s}).replace(u"  "_s, u" "_s) + u'=' + QString::number(*raft.margin) + u";1:"_s);
    }
    for (const QueueStatus &queue : cluster.queues.value_or(QList<QueueStatus>())) {
        if (queue.dead)
            data.append(label({name, queue.name, u"dead letters"_s}) + u'=' + QString::number(*queue.dead) + u';'
                + QString::number(queue.deadKnown.value_or(0)));
        if (queue.unprocessed)
            data.append(label({name, queue.name, u"waiting"_s}) + u'=' + QString::number(*queue.unprocessed));
    }
}

/// "1 critical, 2 ok: name: headline · name: headline", worst first; calm clusters are only counted.
QString summary(const FleetStatus &fleet)
{
    QList<ClusterStatus> clusters = fleet.clusters;
    std::stable_sort(
        clusters.begin(), clusters.end(), [](const ClusterStatus &a, const ClusterStatus &b) { return a.severity > b.severity; });
    if (clusters.isEmpty())
        return u"nothing to observe"_s;
    if (clusters.size() == 1)
        return clusters.first().name.text() + u": "_s + wording::headline(clusters.first());
    QStringList lines;
    for (const ClusterStatus &cluster : clusters) {
        if (cluster.severity != Severity::Ok)
            lines.append(cluster.name.text() + u": "_s + wording::headline(cluster));
    }
    return wording::countsBySeverity(clusters) + (lines.isEmpty() ? QString() : u": "_s + lines.join(u"; "_s));
}
} // namespace

QByteArray nagiosReport(const FleetStatus &fleet)
{
    const QString word = QString(name(worst(fleet.clusters))).toUpper(); // the interface's own words, never translated
    QStringList perfdata;
    for (const ClusterStatus &cluster : fleet.clusters)
        addPerfdata(perfdata, cluster);
    QString line = u"QUORATE %1 - %2"_s.arg(word, nagiosText(summary(fleet)));
    if (!perfdata.isEmpty())
        line += u" | "_s + perfdata.join(u' ');
    return line.toUtf8() + '\n';
}

} // namespace quorate
