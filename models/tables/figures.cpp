// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/figures.h"

#include "models/tables/figure_parts.h"
#include "models/tables/peers.h"
#include "models/wording/wording.h"

#include <QMap>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quorate {
namespace figure_parts {

QString outOf(qint64 part, qint64 whole) { return Text::tr("%1 of %2").arg(wording::count(part), wording::count(whole)); }

const Reason *firstOf(const ClusterStatus &cluster, std::initializer_list<ReasonCode> codes)
{
    for (const ReasonCode code : codes) {
        if (const Reason *reason = reasonOf(cluster, code))
            return reason;
    }
    return nullptr;
}

Severity ink(const Reason *reason) { return reason ? reason->clusterSeverity : Severity::Ok; }

Figure answering(const ClusterStatus &cluster, const QString &caption)
{
    const auto answered = std::count_if(cluster.endpoints.cbegin(), cluster.endpoints.cend(),
        [](const EndpointStatus &endpoint) { return endpoint.reach == Reach::Answered && !endpoint.stale; });
    Figure figure{.caption = caption, .value = outOf(answered, cluster.endpoints.size())};
    if (answered < cluster.endpoints.size()) {
        const Reason *reason = firstOf(cluster,
            {ReasonCode::EndpointDown, ReasonCode::EndpointUnauthorised, ReasonCode::SecretUnavailable, ReasonCode::EndpointTlsFailed,
                ReasonCode::EndpointNotUnderstood, ReasonCode::Stale, ReasonCode::NotPolled});
        figure.severity = reason ? reason->clusterSeverity : cluster.severity;
        const auto other = std::find_if(cluster.endpoints.cbegin(), cluster.endpoints.cend(),
            [](const EndpointStatus &endpoint) { return endpoint.reach != Reach::Answered || endpoint.stale; });
        figure.note = other->reach == Reach::Answered ? Text::tr("stale") : wording::reachWord(other->reach).toLower();
    }
    return figure;
}

} // namespace figure_parts

namespace {

using namespace figure_parts;

/// Most frequent version, and the others as a note.
std::optional<Figure> versions(const ClusterStatus &cluster)
{
    QMap<QString, int> seen;
    for (const EndpointStatus &endpoint : cluster.endpoints) {
        if (!endpoint.version.isEmpty())
            ++seen[endpoint.version];
    }
    if (seen.isEmpty())
        return std::nullopt;
    QStringList names = seen.keys();
    std::stable_sort(names.begin(), names.end(), [&](const QString &a, const QString &b) { return seen.value(a) > seen.value(b); });
    Figure figure{.caption = names.size() > 1 ? Text::tr("Versions") : Text::tr("Version"), .value = names.takeFirst()};
    if (!names.isEmpty()) {
        figure.note = Text::tr("and %1").arg(names.join(u", "_s));
        figure.severity = Severity::Warning;
    }
    return figure;
}

std::optional<Figure> restarted(const ClusterStatus &cluster)
{
    const auto youngest = std::min_element(cluster.endpoints.cbegin(), cluster.endpoints.cend(),
        [](const auto &a, const auto &b) { return a.uptime.value_or(1e300) < b.uptime.value_or(1e300); });
    if (youngest == cluster.endpoints.cend() || !youngest->uptime)
        return std::nullopt;
    return Figure{
        .caption = Text::tr("Restarted"), .value = youngest->label, .note = Text::tr("%1 ago").arg(wording::duration(youngest->uptime))};
}

} // namespace

QList<Figure> figures(const ClusterStatus &cluster, const Recent &recent, const Time &now)
{
    QList<Figure> list;
    const bool seen = std::any_of(cluster.endpoints.cbegin(), cluster.endpoints.cend(),
        [](const EndpointStatus &endpoint) { return endpoint.reach == Reach::Answered; });
    if (!cluster.raft.isEmpty() && cluster.raft.first().views.answered > 0)
        list = ofRaft(cluster, recent, now);
    else if (seen && cluster.system == "bufstream"_L1)
        list = ofProbes(cluster);
    else if (seen && cluster.system == "osapi"_L1)
        list = ofQueues(cluster);
    else
        list += answering(cluster, Text::tr("Endpoints answering"));
    if (cluster.system != "osapi"_L1) {
        if (const auto figure = versions(cluster))
            list += *figure;
    }
    if (cluster.system == "bufstream"_L1) {
        if (const auto figure = restarted(cluster))
            list += *figure;
    }
    return list;
}

} // namespace quorate
