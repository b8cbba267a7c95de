// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/mute_command.h"

#include "app/cli/output.h"
#include "app/cli/run.h"
#include "app/cli/selection.h"
#include "app/config/endpoint_url.h"
#include "app/config/nearest_name.h"
#include "app/poll/state_file.h"
#include "models/judge/maintenance.h"
#include "models/status/facts.h"
#include "models/wording/maintenance.h"
#include "models/wording/phrase.h"

#include <QUrl>

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
/// What is muted or not.
struct Target {
    ClusterName cluster;
    QString endpoint; ///< URL; empty: the whole cluster
    [[nodiscard]] QString shown() const { return endpoint.isEmpty() ? cluster.text() : cluster.text() + u", "_s + endpoint; }
};

/// The configured clusters as the judge has them, with the endpoints' labels.
Fleet fleetOf(const Selection &selection, const Time &now)
{
    Fleet fleet;
    FleetSpec spec;
    for (const ClusterConfig &cluster : selection.config.clusters)
        spec.append(cluster.spec);
    (void)step(fleet, selection.memory, now);
    (void)step(fleet, spec, now);
    return fleet;
}

bool isCalled(const EndpointState &endpoint, const QString &name)
{
    const auto url = checkEndpointUrl(name);
    const auto own = checkEndpointUrl(endpoint.url.text());
    return (url && own && url.value().identity == own.value().identity) || endpoint.label.compare(name, Qt::CaseInsensitive) == 0
        || QUrl(endpoint.url.text()).host().compare(name, Qt::CaseInsensitive) == 0;
}

Result<Target, QString> targetNamed(const QString &name, const Fleet &fleet)
{
    QList<Target> found;
    QStringList known;
    for (const ClusterState &cluster : fleet.clusters) {
        if (cluster.spec.name.text() == name)
            return Target{cluster.spec.name, {}};
        known.append(cluster.spec.name.text());
        for (const EndpointState &endpoint : cluster.endpoints) {
            if (isCalled(endpoint, name))
                found.append({cluster.spec.name, endpoint.url.text()});
            known += {endpoint.label, endpoint.url.text()};
        }
    }
    if (found.size() == 1)
        return found.first();
    const QString shown = boundedText(name, 80);
    if (found.isEmpty()) {
        known.removeDuplicates();
        return u"no cluster and no endpoint is called \"%1\""_s.arg(shown) + nearestHint(name, known);
    }
    QStringList candidates;
    for (const Target &target : std::as_const(found))
        candidates.append(target.shown());
    const QString more = candidates.size() > 5 ? u" and %1 more"_s.arg(candidates.size() - 5) : QString();
    return u"\"%1\" is what several are called: %2"_s.arg(shown, candidates.first(std::min<qsizetype>(5, candidates.size())).join(u"; "_s))
        + more;
}

QString lineOf(const ClusterState &cluster, const Maintenance &maintenance, const Time &now)
{
    QStringList endpoints;
    for (const EndpointUrl &endpoint : maintenance.endpoints)
        endpoints.append(endpoint.text());
    const QString where = endpoints.isEmpty() ? QString() : u", "_s + wording::listOf(endpoints, 5);
    const QString origin = maintenance.asked ? QString() : u" · in the configuration"_s;
    return cluster.spec.name.text() + where + u": "_s + wording::maintenance(maintenance.until, maintenance.note, now) + origin + u'\n';
}

QString linesOf(const ClusterState &cluster, const Time &now)
{
    QString text;
    for (const Maintenance &maintenance : maintenanceInForce(cluster, now.wall))
        text += lineOf(cluster, maintenance, now);
    return text;
}

int list(const Fleet &fleet, const Time &now)
{
    QString text;
    for (const ClusterState &cluster : fleet.clusters)
        text += linesOf(cluster, now);
    return codeAfter(writeOut((text.isEmpty() ? u"nothing is in maintenance\n"_s : text).toUtf8()), 0);
}

/// Lays what was asked for into the state file, beside what other programs wrote meanwhile. `cluster` has what the file says now.
bool keep(ClusterState &cluster)
{
    const auto kept = mergeState(stateFilePath(), {{cluster.spec.name, cluster.memory}});
    if (!kept) {
        complain(kept.error().text);
        return false;
    }
    cluster.memory = kept.value().value(cluster.spec.name);
    return true;
}

int begin(ClusterState &cluster, const Target &target, const Arguments &arguments, const Time &now)
{
    mute(cluster.memory, target.endpoint, now.wall + *arguments.muteFor, arguments.note, now.wall);
    return keep(cluster) ? codeAfter(writeOut(linesOf(cluster, now).toUtf8()), 0) : exitUsage;
}

int end(ClusterState &cluster, const Target &target, const Time &now)
{
    const auto concerns = [&](const Maintenance &maintenance) {
        const bool whole = maintenance.endpoints.isEmpty();
        return target.endpoint.isEmpty() ? whole : whole || maintenance.endpoints.contains(EndpointUrl(target.endpoint));
    };
    const ClusterMemory before = cluster.memory;
    unmute(cluster.memory, target.endpoint, now.wall);
    const bool ended = cluster.memory != before;
    if (ended && !keep(cluster))
        return exitUsage;
    for (const Maintenance &rest : maintenanceInForce(cluster, now.wall)) {
        if (!concerns(rest))
            continue;
        const QString until = wording::maintenance(rest.until, rest.note, now);
        complain(rest.asked
                ? u"%1 is %2, with its whole cluster: \"quorate mute %3 off\" ends that"_s.arg(target.shown(), until, target.cluster.text())
                : u"%1 is %2: that stands in the configuration, to be changed there"_s.arg(target.shown(), until));
        return exitUsage;
    }
    const QString text = ended ? u"%1: no longer in maintenance\n"_s : u"%1: was not in maintenance\n"_s;
    return codeAfter(writeOut(text.arg(target.shown()).toUtf8()), 0);
}
} // namespace

int runMute(const Arguments &arguments)
{
    const auto selection = selectClusters(arguments);
    if (!selection) {
        for (const QString &line : selection.error().lines)
            printError(line);
        return exitUsage;
    }
    const Time now = currentTime();
    Fleet fleet = fleetOf(selection.value(), now);
    if (arguments.muteName.isEmpty())
        return list(fleet, now);
    const auto target = targetNamed(arguments.muteName, fleet);
    if (!target) {
        complain(target.error());
        return exitUsage;
    }
    ClusterState &cluster = *clusterNamed(fleet, target.value().cluster);
    return arguments.muteFor ? begin(cluster, target.value(), arguments, now) : end(cluster, target.value(), now);
}

} // namespace quorate
