// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/frame/made_up_fleet.h"

namespace quorate::test {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
struct Outline {
    const char *name, *system, *group;
    int endpoints;
    Severity severity;
    double latency; ///< seconds
    int ageSeconds;
};

constexpr Outline outlines[] = {
    {"consul-prod", "consul", "Production", 5, Severity::Warning, 0.0032, 2},
    {"consul-fra", "consul", "Production", 5, Severity::Ok, 0.011, 4},
    {"consul-edge", "consul", "Production", 3, Severity::Unknown, 0.009, 6900},
    {"bufstream-eu", "bufstream", "Production", 3, Severity::Critical, 0.0048, 3},
    {"bufstream-us", "bufstream", "Production", 3, Severity::Ok, 0.092, 1},
    {"osapi-fleet", "osapi", "Production", 2, Severity::Warning, 0.021, 6},
    {"consul-staging", "consul", "Staging and lab", 3, Severity::Ok, 0.0058, 2},
    {"consul-lab", "consul", "Staging and lab", 3, Severity::Ok, 0.0007, 3},
    {"bufstream-apac", "bufstream", "Staging and lab", 3, Severity::Ok, 0.221, 5},
    {"bufstream-dev", "bufstream", "Staging and lab", 1, Severity::Ok, 0.0011, 2},
    {"osapi-build", "osapi", "Staging and lab", 1, Severity::Ok, 0.010, 7},
    {"osapi-lab", "osapi", "Staging and lab", 1, Severity::Ok, 0.0029, 1},
};

Reason reason(ReasonCode code, Severity severity, const QString &subject, Instant since)
{
    Reason made;
    made.code = code;
    made.severity = made.clusterSeverity = severity;
    made.subject = subject;
    made.since = since;
    made.derived = true;
    return made;
}

void addRaft(ClusterStatus &cluster)
{
    RaftStatus raft;
    const int servers = int(cluster.endpoints.size());
    for (int i = 0; i < servers; ++i) {
        PeerStatus peer;
        peer.name = u"node-%1"_s.arg(i + 1);
        peer.id = peer.name;
        peer.address = u"10.1.10.%1:8300"_s.arg(10 + i);
        peer.role = i == 1 ? PeerRole::Leader : PeerRole::Follower;
        peer.state = PeerState::Live;
        peer.severity = Severity::Ok;
        peer.term = 103'796;
        peer.applied = 111'098;
        peer.trailing = 0;
        peer.lastContact = i == 1 ? 0 : 0.04;
        peer.reach = Reach::Answered;
        peer.believesLeader = u"10.1.10.11:8300"_s;
        raft.peers.append(peer);
    }
    raft.leader = u"10.1.10.11:8300"_s;
    raft.agreement = Agreement::Agreed;
    raft.expected = raft.voters = raft.live = servers;
    raft.quorum = servers / 2 + 1;
    raft.margin = servers - raft.quorum;
    raft.views = {servers, servers, servers};
    cluster.raft = {raft};
}

void addProbes(ClusterStatus &cluster)
{
    for (const EndpointStatus &endpoint : std::as_const(cluster.endpoints)) {
        for (const char *probe : {"etcd", "object_storage", "postgres", "cache", "zone", "version", "kafka"}) {
            ComponentStatus component;
            component.name = QString::fromLatin1(probe);
            component.endpoint = endpoint.url;
            component.severity = Severity::Ok;
            component.reported = u"STATUS_HEALTHY"_s;
            cluster.components.append(component);
        }
    }
}

void addQueue(ClusterStatus &cluster, qint64 waiting, qint64 running, qint64 dead)
{
    QueueStatus queue;
    queue.name = u"jobs"_s;
    queue.severity = dead > 0 ? Severity::Warning : Severity::Ok;
    queue.unprocessed = waiting;
    queue.processing = running;
    queue.dead = dead;
    if (waiting > 0 && dead == 0)
        queue.drainSeconds = 120;
    cluster.queues = QList{queue};
}

void addReasons(ClusterStatus &cluster, const Time &now)
{
    const QString name = cluster.name.text();
    if (name == "consul-prod"_L1) {
        Reason lag = reason(ReasonCode::RaftPeerLagging, Severity::Warning, u"node-4"_s, now.wall - 371s);
        lag.value = 1204;
        lag.limit = 250;
        lag.unit = u"entries"_s;
        Reason contact = reason(ReasonCode::RaftPeerContact, Severity::Warning, u"node-4"_s, now.wall - 341s);
        contact.value = 0.412;
        contact.limit = 0.2;
        contact.unit = u"s"_s;
        cluster.reasons = {lag, contact};
        cluster.since = now.wall - 371s;
    } else if (name == "bufstream-eu"_L1) {
        Reason failed = reason(ReasonCode::ComponentFailed, Severity::Critical, u"object_storage"_s, now.wall - 840s);
        failed.derived = false;
        failed.endpoints = {cluster.endpoints.at(0).url.text(), cluster.endpoints.at(2).url.text()};
        failed.count = 2;
        failed.of = 3;
        failed.detail = u"PutObject s3://bufstream-eu-west-1: 403 AccessDenied"_s;
        Reason mixed = reason(ReasonCode::VersionMixed, Severity::Ok, {}, now.wall - 6 * 24h);
        mixed.names = {u"0.3.29"_s, u"0.3.28"_s};
        cluster.reasons = {failed, mixed};
        cluster.since = now.wall - 840s;
    } else if (name == "consul-edge"_L1) {
        Reason rejected = reason(ReasonCode::EndpointUnauthorised, Severity::Unknown, {}, now.wall - 6900s);
        for (EndpointStatus &endpoint : cluster.endpoints) {
            rejected.endpoints << endpoint.url.text();
            endpoint.reach = Reach::Unauthorised;
            endpoint.http = 401;
            endpoint.latency.reset();
        }
        rejected.count = rejected.of = 3;
        rejected.detail = u"ACL not found"_s;
        cluster.reasons = {rejected};
        cluster.since = now.wall - 6900s;
    } else if (name == "osapi-fleet"_L1) {
        Reason dead = reason(ReasonCode::QueueDeadLetters, Severity::Warning, u"jobs"_s, now.wall - 1860s);
        dead.value = 3;
        dead.limit = 0;
        dead.unit = u"letters"_s;
        cluster.reasons = {dead};
        cluster.since = now.wall - 1860s;
    }
}

ClusterStatus made(const Outline &outline, const Time &now)
{
    ClusterStatus cluster;
    cluster.name = ClusterName(QString::fromLatin1(outline.name));
    cluster.system = QString::fromLatin1(outline.system);
    cluster.group = QString::fromLatin1(outline.group);
    cluster.severity = outline.severity;
    cluster.since = now.wall - 3 * 24h;
    const auto age = std::chrono::seconds(outline.ageSeconds);
    cluster.observed = now.wall - age;
    cluster.observedBoot = now.boot - age;
    cluster.validUntil = now.boot + 30s;
    for (int i = 0; i < outline.endpoints; ++i) {
        EndpointStatus endpoint;
        endpoint.url = EndpointUrl(u"http://%1-%2:8500"_s.arg(cluster.name.text()).arg(i + 1));
        endpoint.label = u"%1-%2"_s.arg(cluster.name.text()).arg(i);
        endpoint.reach = Reach::Answered;
        endpoint.http = 200;
        endpoint.latency = outline.latency;
        endpoint.observed = cluster.observed;
        endpoint.severity = Severity::Ok;
        cluster.endpoints.append(endpoint);
    }
    if (cluster.system == "consul"_L1)
        addRaft(cluster);
    else if (cluster.system == "bufstream"_L1)
        addProbes(cluster);
    else if (cluster.name.text() == "osapi-fleet"_L1)
        addQueue(cluster, 12, 2, 3);
    else if (cluster.name.text() == "osapi-build"_L1)
        addQueue(cluster, 5, 2, 0);
    else
        addQueue(cluster, 0, 0, 0);
    addReasons(cluster, now);
    return cluster;
}
} // namespace

Time pictureTime()
{
    const auto wall = fromRfc3339(u"2026-11-20T02:12:21Z");
    return {.wall = wall.value_or(Instant{}), .monotonic = Milliseconds(86'400'000), .boot = Milliseconds(90'000'000)};
}

QList<ClusterStatus> madeUpClusters(const Time &now)
{
    QList<ClusterStatus> clusters;
    for (const Outline &outline : outlines)
        clusters.append(made(outline, now));
    return clusters;
}

FleetUpdate madeUpUpdate(const Time &now, bool calm)
{
    FleetUpdate update;
    update.at = now;
    update.changed = madeUpClusters(now);
    for (ClusterStatus &cluster : update.changed) {
        update.order << cluster.name;
        if (!calm)
            continue;
        cluster.severity = Severity::Ok;
        cluster.reasons.clear();
    }
    return update;
}

FleetUpdate unpolledUpdate(const Time &now)
{
    FleetUpdate update = madeUpUpdate(now);
    for (ClusterStatus &cluster : update.changed) {
        cluster.severity = Severity::Unknown;
        cluster.observed.reset();
        cluster.since.reset();
        cluster.raft.clear();
        cluster.components.clear();
        cluster.queues.reset();
        cluster.reasons = {reason(ReasonCode::NotPolled, Severity::Unknown, {}, now.wall)};
        cluster.reasons.first().since.reset();
        for (EndpointStatus &endpoint : cluster.endpoints) {
            endpoint.reach = Reach::NotPolled;
            endpoint.observed.reset();
            endpoint.latency.reset();
            endpoint.severity = Severity::Unknown;
        }
    }
    return update;
}

} // namespace quorate::test
