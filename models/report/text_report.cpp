// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/report/display_width.h"
#include "models/report/report.h"
#include "models/report/text_sections.h"
#include "models/wording/maintenance.h"
#include "models/wording/over_time.h"
#include "models/wording/wording.h"

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype severityWidth = 8; ///< "CRITICAL"

class TextReport {
public:
    TextReport(const Time &now, bool brief, bool colour)
        : m_now(now)
        , m_brief(brief)
        , m_colour(colour)
    {
    }

    void add(const Notice &notice) { line(u"note: "_s + plainLine(notice.text)); }

    void add(const ClusterStatus &cluster, qsizetype nameWidth)
    {
        if (!m_brief && !m_text.isEmpty())
            m_text += '\n';
        const QString word = wording::severityWord(cluster.severity).toUpper();
        const QString name = padded(plainLine(cluster.name.text()), nameWidth);
        const QString checking = cluster.pending ? u" (%1)"_s.arg(wording::checkingSince(*cluster.pending)) : QString();
        line(painted(padded(word, severityWidth), cluster.severity) + u' ' + name + u"  "_s + plainLine(wording::headline(cluster))
            + checking);
        addMaintenance(cluster);
        for (const Reason &reason : wording::inReadingOrder(cluster.reasons))
            add(cluster, reason);
        if (m_brief)
            return;
        for (const QStringList &section : {peersSection(cluster, m_now), componentsSection(cluster), queuesSection(cluster),
                 agentsSection(cluster), endpointsSection(cluster)})
            add(section);
    }

    void addCounts(const QList<ClusterStatus> &clusters)
    {
        if (!m_brief && !m_text.isEmpty())
            m_text += '\n';
        line(clusters.isEmpty() ? u"no clusters"_s : wording::countsBySeverity(clusters));
    }

    QByteArray take() { return std::move(m_text); }

private:
    /// Of the cluster, and of endpoints that are for longer or alone.
    void addMaintenance(const ClusterStatus &cluster)
    {
        if (cluster.maintenanceUntil)
            line(u"  "_s + plainLine(wording::maintenance(*cluster.maintenanceUntil, cluster.maintenanceNote, m_now)));
        for (const EndpointStatus &endpoint : cluster.endpoints) {
            if (endpoint.maintenanceUntil && endpoint.maintenanceUntil != cluster.maintenanceUntil)
                line(u"  "_s
                    + plainLine(u"%1: %2"_s.arg(wording::subjectName(cluster, endpoint.url.text()),
                        wording::maintenance(*endpoint.maintenanceUntil, endpoint.maintenanceNote, m_now))));
        }
    }

    /// Hidden reasons (folded under another) say nothing new; notes are said with that word.
    void add(const ClusterStatus &cluster, const Reason &reason)
    {
        if (reason.foldedUnder)
            return;
        const bool note = reason.clusterSeverity == Severity::Ok;
        const QString word = padded(note ? u"note"_s : wording::severityWord(reason.clusterSeverity), severityWidth);
        line(u"  "_s + painted(word, note ? Severity::Ok : reason.clusterSeverity) + u"  "_s
            + plainLine(wording::sentence(cluster, reason)));
        if (!m_brief)
            line(QString(severityWidth + 4, u' ') + plainLine(wording::provenance(reason, m_now)));
    }

    void add(const QStringList &section)
    {
        if (!section.isEmpty())
            m_text += '\n';
        for (const QString &text : section)
            line(u"  "_s + text);
    }

    [[nodiscard]] QString painted(const QString &text, Severity severity) const
    {
        if (!m_colour || severity == Severity::Ok)
            return text; // colour is spent on what is wrong
        const QString code = severity == Severity::Critical ? u"1;31"_s : severity == Severity::Warning ? u"33"_s : u"35"_s;
        return u"\u001b[%1m%2\u001b[0m"_s.arg(code, text);
    }

    void line(const QString &text) { m_text += text.toUtf8() + '\n'; }

    const Time &m_now;
    bool m_brief, m_colour;
    QByteArray m_text;
};
} // namespace

QByteArray textReport(const FleetStatus &fleet, const Time &now, bool brief, bool colour)
{
    TextReport report(now, brief, colour);
    qsizetype nameWidth = 0;
    for (const ClusterStatus &cluster : fleet.clusters)
        nameWidth = std::max(nameWidth, displayWidth(plainLine(cluster.name.text())));
    for (const Notice &notice : fleet.notices)
        report.add(notice);
    for (const ClusterStatus &cluster : fleet.clusters)
        report.add(cluster, nameWidth);
    if (fleet.clusters.size() != 1)
        report.addCounts(fleet.clusters);
    return report.take();
}

} // namespace quorate
