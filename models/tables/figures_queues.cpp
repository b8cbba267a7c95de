// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/figure_parts.h"

#include "models/tables/peers.h"
#include "models/wording/phrase.h"
#include "models/wording/sums.h"
#include "models/wording/wording.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quorate::figure_parts {
namespace {

std::optional<qint64> sum(const QList<QueueStatus> &queues, std::optional<qint64> QueueStatus::*part)
{
    std::optional<qint64> total;
    for (const QueueStatus &queue : queues) {
        if (queue.*part)
            total = wording::added(total.value_or(0), *(queue.*part));
    }
    return total;
}

Figure serverSays(const ClusterStatus &cluster)
{
    Figure figure{.caption = Text::tr("Server says"), .value = Text::tr("no answer"), .quiet = true};
    for (const EndpointStatus &endpoint : cluster.endpoints) {
        if (endpoint.reported.isEmpty() || (!figure.quiet && endpoint.severity <= figure.severity))
            continue;
        figure.value = endpoint.reported;
        figure.note = endpoint.http > 0 ? Text::tr("HTTP %1").arg(endpoint.http) : QString();
        figure.quiet = false;
        figure.severity = endpoint.severity;
    }
    return figure;
}

/// What is bad and not what the server says of itself. One that calls itself ok with dead letters does not say that they are bad.
Figure finds(const ClusterStatus &cluster, const Figure &says)
{
    const auto counts = [](const Reason &reason) { return !reason.foldedUnder && reason.severity != Severity::Ok; };
    const bool derived = std::any_of(
        cluster.reasons.cbegin(), cluster.reasons.cend(), [&](const Reason &reason) { return reason.derived && counts(reason); });
    const bool inItsNumbers = !derived && !says.quiet && says.severity == Severity::Ok;
    int criticals = 0, warnings = 0;
    for (const Reason &reason : cluster.reasons) {
        if (counts(reason) && (reason.derived || inItsNumbers))
            ++(reason.severity == Severity::Critical ? criticals : warnings);
    }
    Figure figure{.caption = Text::tr("Quorate finds"),
        .value = Text::tr("nothing"),
        .note = inItsNumbers ? Text::tr("in its numbers") : Text::tr("derived")};
    if (criticals > 0)
        figure.value = Text::tr("%1 critical").arg(wording::count(qint64(criticals)));
    else if (warnings > 0)
        figure.value = wording::plural(warnings, QUORATE_PLURAL("%1 warning", "%1 warnings"));
    figure.severity = criticals > 0 ? Severity::Critical : warnings > 0 ? Severity::Warning : Severity::Ok;
    if (figure.severity == Severity::Ok)
        figure.note = Text::tr("beyond it");
    return figure;
}

Figure waiting(const QList<QueueStatus> &queues, const ClusterStatus &cluster)
{
    Figure figure{.caption = Text::tr("Waiting"), .value = wording::count(sum(queues, &QueueStatus::unprocessed))};
    figure.severity = ink(firstOf(cluster, {ReasonCode::QueueStuck, ReasonCode::QueueBacklog}));
    std::optional<double> longest;
    for (const QueueStatus &queue : queues) {
        if (queue.drainSeconds)
            longest = std::max(longest.value_or(0), *queue.drainSeconds);
    }
    if (longest)
        figure.note = Text::tr("drains in %1").arg(wording::duration(longest));
    return figure;
}

Figure deadLetters(const QList<QueueStatus> &queues, const ClusterStatus &cluster)
{
    const std::optional<qint64> dead = sum(queues, &QueueStatus::dead);
    Figure figure{.caption = Text::tr("Dead letters"), .value = wording::count(dead)};
    figure.severity = ink(firstOf(cluster, {ReasonCode::QueueDeadLetters}));
    const qint64 known = sum(queues, &QueueStatus::deadKnown).value_or(0);
    if (dead && known > 0 && *dead > known)
        figure.note = u'+' + Text::tr("%1 since accepted").arg(wording::count(*dead - known));
    return figure;
}

Figure agentsReady(const AgentsStatus &agents, const ClusterStatus &cluster)
{
    Figure figure{.caption = Text::tr("Agents ready"), .value = wording::count(agents.ready)};
    if (agents.ready && agents.total && *agents.ready != *agents.total)
        figure.value = outOf(*agents.ready, *agents.total);
    const Reason *missing = reasonOf(cluster, ReasonCode::AgentsMissing);
    if (missing && !missing->names.isEmpty())
        figure.note = Text::tr("%1 gone").arg(wording::count(qint64(missing->names.size())));
    figure.severity = ink(firstOf(cluster, {ReasonCode::AgentsNone, ReasonCode::AgentsNotReady}));
    return figure;
}

} // namespace

QList<Figure> ofQueues(const ClusterStatus &cluster)
{
    const Figure says = serverSays(cluster);
    QList<Figure> list{says, finds(cluster, says)};
    if (cluster.queues)
        list << waiting(*cluster.queues, cluster)
             << Figure{.caption = Text::tr("Running"), .value = wording::count(sum(*cluster.queues, &QueueStatus::processing))}
             << deadLetters(*cluster.queues, cluster);
    if (cluster.agents)
        list += agentsReady(*cluster.agents, cluster);
    if (cluster.nats && !cluster.nats->version.isEmpty())
        list += Figure{.caption = Text::tr("NATS"), .value = cluster.nats->version};
    for (const EndpointStatus &endpoint : cluster.endpoints) {
        if (endpoint.uptime) {
            list += Figure{.caption = Text::tr("Up for"), .value = wording::duration(endpoint.uptime)};
            break;
        }
    }
    return list;
}

} // namespace quorate::figure_parts
