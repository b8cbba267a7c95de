// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/report/display_width.h"
#include "models/report/report.h"
#include "models/wording/wording.h"

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype nameWidth = 21, statusWidth = 9; ///< the vendor's columns, where no name is longer

QByteArray lineOf(const QStringList &cells, qsizetype names, qsizetype states)
{
    QString line = padded(cells.at(0), names) + padded(cells.at(1), states) + cells.at(2);
    while (line.endsWith(u' '))
        line.chop(1);
    return line.toUtf8() + '\n';
}

QByteArray tableOf(const QList<ComponentStatus> &components)
{
    QList<QStringList> rows{{u"Name"_s, u"Status"_s, u"Message"_s}};
    qsizetype names = nameWidth, states = statusWidth;
    for (const ComponentStatus &component : components) {
        const QString full = component.fullName();
        const QString state = component.reported.isEmpty() ? u"unknown"_s : component.reported;
        rows.append({plainLine(full), plainLine(state), plainLine(component.message)});
        names = std::max(names, displayWidth(rows.last().at(0)) + 2);
        states = std::max(states, displayWidth(rows.last().at(1)) + 2);
    }
    QByteArray table;
    for (const QStringList &row : rows)
        table += lineOf(row, names, states);
    return table;
}

/// What came instead of a table.
QByteArray silence(const EndpointStatus &endpoint)
{
    const QString error = plainLine(endpoint.error);
    return (wording::reachWord(endpoint.reach) + (error.isEmpty() ? QString() : u": "_s + error)).toUtf8() + '\n';
}
} // namespace

QByteArray vendorTable(const ClusterStatus &cluster)
{
    QByteArray text;
    for (const EndpointStatus &endpoint : cluster.endpoints) {
        QList<ComponentStatus> own;
        std::copy_if(cluster.components.begin(), cluster.components.end(), std::back_inserter(own),
            [&](const ComponentStatus &component) { return component.endpoint == endpoint.url; });
        std::stable_sort(own.begin(), own.end(), [](const ComponentStatus &a, const ComponentStatus &b) { return a.name < b.name; });
        if (cluster.endpoints.size() > 1)
            text += (text.isEmpty() ? "" : "\n") + plainLine(endpoint.url.text()).toUtf8() + '\n';
        text += own.isEmpty() ? silence(endpoint) : tableOf(own);
    }
    return text;
}

} // namespace quorate
