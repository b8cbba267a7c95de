// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/configuration.h"

#include "models/judge/absence.h"
#include "models/judge/dead_letters.h"
#include "models/judge/endpoint_state.h"
#include "models/judge/machine.h"
#include "models/judge/maintenance.h"
#include "models/judge/verdict.h"

#include <QUrl>

#include <algorithm>

namespace quorate {

namespace {
void label(QList<EndpointState> &endpoints)
{
    QHash<QString, int> hosts;
    for (const EndpointState &endpoint : std::as_const(endpoints))
        ++hosts[QUrl(endpoint.url.text()).host()];
    for (EndpointState &endpoint : endpoints) {
        const QUrl url(endpoint.url.text());
        const QString host = url.host().isEmpty() ? endpoint.url.text() : url.host();
        const bool bracketed = host.contains(u':');
        const QString shown = bracketed && url.port() >= 0 ? u'[' + host + u']' : host;
        endpoint.label = hosts.value(url.host()) > 1 && url.port() >= 0 ? shown + u':' + QString::number(url.port()) : host;
    }
}

QList<EndpointState> mergedEndpoints(QList<EndpointState> &known, const QList<EndpointUrl> &urls)
{
    QList<EndpointState> endpoints;
    endpoints.reserve(urls.size());
    for (const EndpointUrl &url : urls) {
        const auto same = std::find_if(known.begin(), known.end(), [&](const EndpointState &endpoint) { return endpoint.url == url; });
        if (same != known.end()) {
            endpoints.append(std::move(*same));
            known.erase(same);
        } else {
            EndpointState endpoint;
            endpoint.url = url;
            endpoint.onThisMachine = isOnThisMachine(url);
            endpoints.append(endpoint);
        }
    }
    label(endpoints);
    return endpoints;
}

ClusterState merged(ClusterState cluster, const ClusterSpec &spec, const Time &now)
{
    if (cluster.spec == spec)
        return cluster;
    cluster.dirty = true;
    cluster.spec.maintenance = spec.maintenance;
    if (cluster.spec == spec) // who is told changes, not what is wrong
        return cluster;
    if (cluster.spec.paused != spec.paused)
        cluster.pausedByPerson.reset();
    const bool otherEndpoints = cluster.spec.endpoints != spec.endpoints;
    const bool asksOtherwise = otherEndpoints || (cluster.spec.paused && !spec.paused) || evidenceLimit(spec) < evidenceLimit(cluster.spec);
    if (otherEndpoints)
        cluster.configured = now;
    cluster.endpoints = mergedEndpoints(cluster.endpoints, spec.endpoints);
    cluster.index.clear();
    for (qsizetype i = 0; i < cluster.endpoints.size(); ++i)
        cluster.index.insert(cluster.endpoints.at(i).url, i);
    cluster.spec = spec;
    cluster.polledInRound = std::count_if(cluster.endpoints.cbegin(), cluster.endpoints.cend(),
        [&](const EndpointState &endpoint) { return endpoint.round == cluster.round; });
    cluster.memory.acceptedOf = std::min(cluster.memory.acceptedOf, static_cast<int>(spec.endpoints.size()));
    applyOtherRules(cluster);
    if (asksOtherwise)
        lookAnew(cluster, now);
    return cluster;
}

Event plain(EventKind kind, const ClusterName &cluster, const Time &now)
{
    Event event;
    event.kind = kind;
    event.cluster = cluster;
    event.at = now;
    event.since = now.wall;
    return event;
}

/// Without a leader so far there is no size to accept.
void acceptSize(ClusterState &cluster, const Time &now)
{
    if (cluster.votersHeld == 0)
        return;
    cluster.memory.largestVoters = cluster.votersHeld;
    cluster.memory.acceptedOf = static_cast<int>(cluster.spec.endpoints.size());
    cluster.memory.sizeAccepted = now.wall;
}

/// Without what changes no rule: what it was when somebody last looked, who is told, what worked.
ClusterMemory rulesOf(ClusterMemory memory)
{
    memory.lastSeverity = Severity::Unknown;
    memory.lastSince.reset();
    memory.lastSeen.reset();
    memory.maintenance.clear();
    memory.remembered.clear();
    return memory;
}

void acceptAgents(ClusterState &cluster, Instant until)
{
    cluster.memory.agentsAccepted = until;
    for (EndpointState &endpoint : cluster.endpoints)
        endpoint.work.acceptAgents(until);
}

std::optional<Event> pause(ClusterState &cluster, bool paused, const Time &now)
{
    if (cluster.paused() == paused)
        return std::nullopt;
    cluster.pausedByPerson = paused;
    if (!paused)
        lookAnew(cluster, now);
    Event event = plain(paused ? EventKind::PollingPaused : EventKind::PollingResumed, cluster.spec.name, now);
    event.muted = clusterMaintenance(cluster, now.wall).has_value();
    return event;
}
} // namespace

void invalidate(ClusterState &cluster)
{
    cluster.dirty = true;
    for (EndpointState &endpoint : cluster.endpoints)
        endpoint.verdict.until = Milliseconds(-1);
}

void applyOtherRules(ClusterState &cluster)
{
    invalidate(cluster);
    cluster.holds.rulesChanged = true;
}

QList<Event> configure(Fleet &fleet, const FleetSpec &spec, const Time &now)
{
    QList<ClusterState> clusters;
    clusters.reserve(spec.size());
    bool changed = spec.size() != fleet.clusters.size();
    for (qsizetype i = 0; i < spec.size(); ++i) {
        const ClusterSpec &wanted = spec.at(i);
        changed = changed || fleet.clusters.at(i).spec != wanted;
        ClusterState *known = clusterNamed(fleet, wanted.name);
        ClusterState cluster;
        if (known && known->spec.system == wanted.system) {
            cluster = *known;
        } else {
            cluster.configured = now;
            cluster.memory = fleet.memory.value(wanted.name);
        }
        clusters.append(merged(std::move(cluster), wanted, now));
    }
    fleet.memory = memoryOf(fleet);
    fleet.clusters = clusters;
    fleet.index.clear();
    for (qsizetype i = 0; i < fleet.clusters.size(); ++i)
        fleet.index.insert(fleet.clusters.at(i).spec.name, i);
    const bool first = !std::exchange(fleet.configured, true);
    if (first || !changed)
        return {};
    return {plain(EventKind::ConfigReloaded, {}, now)};
}

void remember(Fleet &fleet, const Memory &memory)
{
    fleet.memory = memory;
    for (ClusterState &cluster : fleet.clusters) {
        const ClusterMemory before = std::exchange(cluster.memory, memory.value(cluster.spec.name));
        if (cluster.memory.agentsAccepted > before.agentsAccepted)
            acceptAgents(cluster, *cluster.memory.agentsAccepted);
        invalidate(cluster);
        if (rulesOf(before) != rulesOf(cluster.memory)) // another window writes every minute what it sees
            applyOtherRules(cluster);
    }
}

QList<Event> applyIntent(Fleet &fleet, const Intent &intent, const Time &now)
{
    QList<Event> events;
    for (ClusterState &cluster : fleet.clusters) {
        if (!intent.cluster.isEmpty() && cluster.spec.name != intent.cluster)
            continue;
        switch (intent.kind) {
        case Intent::Kind::Pause:
        case Intent::Kind::Resume:
            if (const auto event = pause(cluster, intent.kind == Intent::Kind::Pause, now))
                events.append(*event);
            break;
        case Intent::Kind::AcceptSize:
            acceptSize(cluster, now);
            break;
        case Intent::Kind::AcceptDeadLetters:
            acceptDeadLetters(cluster, intent.subject, now);
            break;
        case Intent::Kind::AcceptAgents:
            acceptAgents(cluster, now.wall);
            break;
        case Intent::Kind::Mute:
        case Intent::Kind::Unmute:
            applyMute(cluster, intent, now);
            continue; // who is told changes, not what is wrong
        }
        applyOtherRules(cluster);
    }
    return events;
}

Memory memoryOf(const Fleet &fleet)
{
    Memory memory = fleet.memory;
    for (const ClusterState &cluster : fleet.clusters) {
        ClusterMemory kept = cluster.memory;
        if (cluster.last && cluster.last->settled && !cluster.paused()) {
            kept.lastSeverity = cluster.last->severity;
            kept.lastSince = cluster.last->since;
            if (const auto newest = newestAttempt(cluster))
                kept.lastSeen = newest->wall;
        }
        memory.insert(cluster.spec.name, kept);
    }
    return memory;
}

ClusterState *clusterNamed(Fleet &fleet, const ClusterName &name)
{
    const qsizetype index = fleet.index.value(name, -1);
    if (index >= 0 && index < fleet.clusters.size() && fleet.clusters.at(index).spec.name == name)
        return &fleet.clusters[index];
    const auto found = std::find_if(
        fleet.clusters.begin(), fleet.clusters.end(), [&](const ClusterState &cluster) { return cluster.spec.name == name; });
    return found == fleet.clusters.end() ? nullptr : &*found;
}

EndpointState *endpointNamed(ClusterState &cluster, const EndpointUrl &url)
{
    const qsizetype index = cluster.index.value(url, -1);
    if (index >= 0 && index < cluster.endpoints.size() && cluster.endpoints.at(index).url == url)
        return &cluster.endpoints[index];
    const auto found = std::find_if(
        cluster.endpoints.begin(), cluster.endpoints.end(), [&](const EndpointState &endpoint) { return endpoint.url == url; });
    return found == cluster.endpoints.end() ? nullptr : &*found;
}

Milliseconds pollEvery(const ClusterState &cluster, const EndpointState &endpoint)
{
    // That a portal lets through, or that somebody is there again, only an answer tells.
    const bool isPortal = cluster.unseen && cluster.unseen->names.contains(name(OfflineSign::Portal));
    const bool checked = endpoint.verdict.undecided || cluster.holds.undecided || cluster.waiting || isPortal;
    return checked ? std::min(cluster.spec.interval, checkedEvery) : cluster.spec.interval;
}

} // namespace quorate
