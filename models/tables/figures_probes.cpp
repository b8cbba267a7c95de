// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/figure_parts.h"

#include "models/wording/wording.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quorate::figure_parts {
namespace {

/// The fewest of a kind over all endpoints: the most careful thing to say.
std::optional<std::pair<qint64, qint64>> fewest(
    const ClusterStatus &cluster, std::optional<std::pair<qint64, qint64>> ComponentNumbers::*kind)
{
    std::optional<std::pair<qint64, qint64>> result;
    for (const ComponentStatus &component : cluster.components) {
        const auto &pair = component.numbers.*kind;
        if (pair && (!result || pair->first < result->first))
            result = pair;
    }
    return result;
}

} // namespace

QList<Figure> ofProbes(const ClusterStatus &cluster)
{
    QList<Figure> list;
    list += answering(cluster, Text::tr("Brokers answering"));
    const auto counted = std::count_if(cluster.components.cbegin(), cluster.components.cend(), [](const auto &c) { return !c.disabled; });
    const auto good = std::count_if(
        cluster.components.cbegin(), cluster.components.cend(), [](const auto &c) { return !c.disabled && c.severity == Severity::Ok; });
    if (counted > 0) {
        Figure probes{.caption = Text::tr("Probes healthy"), .value = outOf(good, counted)};
        if (good < counted)
            probes.severity = worst(Severity::Warning,
                ink(firstOf(cluster, {ReasonCode::ComponentFailed, ReasonCode::ComponentUnknown, ReasonCode::ComponentDegraded})));
        list += probes;
    }
    if (const auto members = fewest(cluster, &ComponentNumbers::members)) {
        const qint64 margin = members->first - (members->second / 2 + 1);
        Figure figure{.caption = Text::tr("etcd members"), .value = outOf(members->first, members->second)};
        figure.note
            = margin >= 0 ? Text::tr("can lose %1").arg(wording::count(margin)) : Text::tr("%1 too few").arg(wording::count(-margin));
        figure.severity = ink(firstOf(cluster, {ReasonCode::MembersNoMajority, ReasonCode::MembersDown}));
        list += figure;
    }
    std::optional<std::pair<qint64, qint64>> connections;
    for (const ComponentStatus &component : cluster.components) {
        const auto &pair = component.numbers.connections;
        if (pair && (!connections || pair->first > connections->first))
            connections = pair;
    }
    if (connections)
        list += Figure{.caption = Text::tr("PostgreSQL"),
            .value = outOf(connections->first, connections->second),
            .note = Text::tr("connections"),
            .severity = ink(firstOf(cluster, {ReasonCode::ConnectionsHigh}))};
    return list;
}

} // namespace quorate::figure_parts
