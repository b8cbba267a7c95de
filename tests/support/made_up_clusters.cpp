// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/made_up_clusters.h"

#include <array>

using namespace Qt::StringLiterals;

namespace quorate::made_up {
namespace {

using std::chrono::seconds;

Instant ago(double secondsAgo) { return now().wall - Milliseconds(qint64(secondsAgo * 1000)); }

ClusterStatus cluster(const QString &name, const QString &system, Severity severity, double since)
{
    ClusterStatus status;
    status.name = ClusterName(name);
    status.system = system;
    status.group = u"Production"_s;
    status.severity = severity;
    status.since = ago(since);
    status.observed = ago(1);
    status.observedBoot = now().boot - seconds(1);
    status.validUntil = now().boot + seconds(40);
    return status;
}

EndpointStatus endpoint(const QString &url, const QString &label, double latency, double age)
{
    EndpointStatus status;
    status.url = EndpointUrl(url);
    status.label = label;
    status.reach = Reach::Answered;
    status.http = 200;
    status.latency = latency;
    status.observed = ago(age);
    status.factsAge = age;
    status.severity = Severity::Ok;
    return status;
}

RequestStatus request(const QString &path, double latency, int http = 200)
{
    return {.path = path, .reach = Reach::Answered, .http = http, .latency = latency, .error = {}};
}

/// A Raft group of Consul servers at 10.`net`.10 and up, all well, led by the second.
ClusterStatus consulGroup(const QString &name, const QString &nodes, const QString &net, int first, quint64 term, quint64 index)
{
    ClusterStatus status = cluster(name, u"consul"_s, Severity::Ok, 32'580);
    RaftStatus raft;
    raft.term = term;
    raft.agreement = Agreement::Agreed;
    raft.expected = raft.voters = raft.live = 5;
    raft.quorum = 3;
    raft.margin = 2;
    raft.views = {.asked = 5, .answered = 5, .naming = 5};
    raft.reported = RaftReported{.healthy = true, .failureTolerance = 2};
    constexpr std::array latency{0.0029, 0.0032, 0.0031, 0.014, 0.0030};
    constexpr std::array contact{0.038, 0.0, 0.041, 0.044, 0.035};
    const QString leader = u"%1.%2:8300"_s.arg(net).arg(first + 1);
    raft.leader = leader;
    for (int i = 0; i < 5; ++i) {
        const QString host = u"%1.%2"_s.arg(net).arg(first + i);
        EndpointStatus server = endpoint(u"http://%1:8500"_s.arg(host), u"%1-%2"_s.arg(nodes).arg(i + 1), latency[size_t(i)], i + 1);
        server.id = u"id-%1"_s.arg(i);
        server.version = u"1.8.7"_s;
        server.reported = i == 1 ? u"leader"_s : u"follower"_s;
        server.requests = {request(u"/v1/status/leader"_s, latency[size_t(i)]), request(u"/v1/status/peers"_s, 0.002),
            request(u"/v1/agent/self"_s, 0.005)};
        status.endpoints += server;

        PeerStatus peer;
        peer.id = server.id;
        peer.name = server.label;
        peer.address = host + u":8300"_s;
        peer.role = i == 1 ? PeerRole::Leader : PeerRole::Follower;
        peer.state = PeerState::Live;
        peer.severity = Severity::Ok;
        peer.term = term;
        peer.commit = peer.applied = peer.lastLog = index;
        peer.lastContact = contact[size_t(i)];
        if (i != 1)
            peer.trailing = 0;
        peer.stableSince = ago(32'580);
        peer.reach = Reach::Answered;
        peer.hasEndpoint = true;
        peer.endpoint = server.url;
        peer.latency = server.latency;
        peer.version = server.version;
        peer.believesLeader = leader;
        raft.peers += peer;
    }
    status.raft = {raft};
    return status;
}

Reason reason(ReasonCode code, Severity severity, const QString &subject, double since, bool derived)
{
    Reason it;
    it.code = code;
    it.severity = it.clusterSeverity = severity;
    it.subject = subject;
    it.since = ago(since);
    it.derived = derived;
    return it;
}

ComponentStatus component(const QString &group, const QString &name, const QString &url, const QString &reported, const QString &message)
{
    ComponentStatus it;
    it.group = group;
    it.name = name;
    it.endpoint = EndpointUrl(url);
    it.reported = reported;
    it.disabled = reported == "disabled"_L1;
    it.severity = reported == "error"_L1 ? Severity::Critical : Severity::Ok;
    it.message = message;
    return it;
}

void addProbes(ClusterStatus &status, const EndpointStatus &broker, const QString &version, bool storageFails)
{
    const QString url = broker.url.text();
    const auto add = [&](const QString &name, const QString &message) -> ComponentStatus & {
        status.components += component({}, name, url, u"healthy"_s, message);
        return status.components.last();
    };
    add(u"etcd"_s, u"3/3 member(s) healthy"_s).numbers.members = {3, 3};
    add(u"kafka_server"_s, u"Connected to %1.bufstream.svc:9092"_s.arg(broker.label));
    add(u"metadata_storage"_s, {});
    add(u"metadata_storage_migrations"_s, u"Migrations: current: 1, target: 1"_s).numbers.migrations = {1, 1};
    ComponentStatus &storage = add(u"object_storage"_s, {});
    if (storageFails) {
        storage.reported = u"error"_s;
        storage.severity = Severity::Critical;
        storage.message = u"PutObject s3://bufstream-eu-west-1/probe/7f3a: 403 AccessDenied: explicit deny in a bucket policy"_s;
    }
    add(u"postgresql"_s, u"PostgreSQL: v14.18, connections: 20/100, other: 19/25"_s).numbers.connections = {20, 100};
    add(u"version"_s, u"Version: "_s + version).numbers.version = version;
}

AgentStatus process(const QString &kind, const QString &host, double cpu, qint64 mebibytes, double age)
{
    AgentStatus it;
    it.severity = Severity::Ok;
    it.facts.kind = kind;
    it.facts.name = host;
    it.facts.reported = u"Ready"_s;
    it.facts.cpuPercent = cpu;
    it.facts.memoryBytes = mebibytes * 1024 * 1024;
    it.facts.ageSeconds = age;
    it.facts.ageText = u"7h 6m"_s;
    return it;
}

} // namespace

Time now()
{
    const auto wall = fromRfc3339(u"2026-11-20T03:12:40Z");
    return {.wall = *wall, .monotonic = Milliseconds(36'000'000), .boot = Milliseconds(36'000'000)};
}

ClusterStatus consulCalm() { return consulGroup(u"consul-prod"_s, u"node"_s, u"10.1.10"_s, 10, 103'796, 111'098); }

ClusterStatus consulLagging()
{
    ClusterStatus status = consulCalm();
    status.severity = Severity::Warning;
    status.since = ago(390);
    RaftStatus &raft = status.raft.first();
    raft.reported = RaftReported{.healthy = false, .failureTolerance = 2};
    PeerStatus &peer = raft.peers[3];
    peer.severity = Severity::Warning;
    peer.state = PeerState::Lagging;
    peer.trailing = 1'204;
    peer.applied = 109'894;
    peer.lastContact = 0.412;
    peer.reasons = {ReasonCode::RaftPeerContact, ReasonCode::RaftPeerLagging};
    raft.peers[4].trailing = 2;
    raft.peers[4].applied = 111'096;
    Reason lag = reason(ReasonCode::RaftPeerLagging, Severity::Warning, u"node-4"_s, 390, true);
    lag.value = 1204;
    lag.limit = 250;
    lag.unit = u"entries"_s;
    Reason contact = reason(ReasonCode::RaftPeerContact, Severity::Warning, u"node-4"_s, 360, true);
    contact.value = 0.412;
    contact.limit = 0.2;
    contact.unit = u"s"_s;
    status.reasons = {contact, lag};
    return status;
}

ClusterStatus consulSplit()
{
    ClusterStatus status = consulGroup(u"consul-fra"_s, u"fra-c"_s, u"10.3.1"_s, 11, 5'118, 88'421);
    status.severity = Severity::Critical;
    status.since = ago(14);
    RaftStatus &raft = status.raft.first();
    raft.leader = raft.peers[3].address;
    raft.agreement = Agreement::Split;
    raft.live = 2;
    raft.margin = -1;
    raft.views = {.asked = 5, .answered = 4, .naming = 2};
    raft.reported.reset();
    const QString older = raft.peers[0].address;
    for (PeerStatus &peer : raft.peers) {
        peer.role = PeerRole::Follower;
        peer.believesLeader = raft.leader;
    }
    raft.peers[3].role = raft.peers[0].role = PeerRole::Leader;
    for (const int i : {0, 1, 4})
        raft.peers[i].term = 5'117;
    for (const int i : {0, 1}) {
        raft.peers[i].believesLeader = older;
        raft.peers[i].applied = 88'415;
        raft.peers[i].trailing = 6;
    }
    raft.peers[0].severity = Severity::Critical;
    raft.peers[0].lastContact = 0;
    raft.peers[1].severity = Severity::Warning;
    raft.peers[1].lastContact = 0.039;
    raft.peers[1].reasons = {ReasonCode::RaftPeerTerm};
    raft.peers[3].trailing.reset();
    PeerStatus &silent = raft.peers[4];
    silent.severity = Severity::Critical;
    silent.state = PeerState::Down;
    silent.applied = 88'402;
    silent.reach = Reach::TimedOut;
    silent.latency = 8.0;
    silent.believesLeader.reset();
    silent.lastContact.reset();
    silent.trailing.reset();
    silent.reasons = {ReasonCode::EndpointDown, ReasonCode::RaftPeerDown};
    EndpointStatus &down = status.endpoints[4];
    down.reach = Reach::TimedOut;
    down.http = 0;
    down.latency = 8.0;
    down.severity = Severity::Critical;
    down.error = u"no answer from 10.3.1.15:8500 within 8 s"_s;
    down.reported.clear();
    Reason two = reason(ReasonCode::RaftTwoLeaders, Severity::Critical, {}, 14, true);
    two.names = {raft.leader, older};
    two.count = 2;
    Reason dead = reason(ReasonCode::EndpointDown, Severity::Warning, down.url.text(), 21, false);
    dead.severity = Severity::Critical;
    dead.endpoints = {down.url.text()};
    dead.count = 1;
    dead.of = 5;
    dead.detail = down.error;
    Reason term = reason(ReasonCode::RaftPeerTerm, Severity::Warning, u"fra-c-2"_s, 14, true);
    term.value = 5'117;
    term.limit = 5'118;
    status.reasons = {two, dead, term};
    return status;
}

ClusterStatus bufstreamFailing()
{
    ClusterStatus status = cluster(u"bufstream-eu"_s, u"bufstream"_s, Severity::Critical, 859);
    for (int i = 0; i < 3; ++i) {
        EndpointStatus broker
            = endpoint(u"http://bufstream-%1:9089"_s.arg(i), u"broker-%1"_s.arg(i), i == 0 ? 0.0048 : 0.0031 + 0.0004 * i, 2 + i);
        broker.http = i == 1 ? 200 : 503;
        broker.severity = i == 1 ? Severity::Ok : Severity::Critical;
        broker.reported = i == 1 ? u"healthy"_s : u"error"_s;
        broker.version = i == 1 ? u"0.3.28"_s : u"0.3.29"_s;
        broker.uptime = i == 1 ? 960 : 518'400;
        broker.requests = {request(u"/-/status"_s, *broker.latency, broker.http)};
        addProbes(status, broker, broker.version, i != 1);
        if (i == 1)
            status.components.last().derived = Severity::Warning;
        status.endpoints += broker;
    }
    Reason failed = reason(ReasonCode::ComponentFailed, Severity::Critical, u"object_storage"_s, 859, false);
    failed.endpoints = {status.endpoints[0].url.text(), status.endpoints[2].url.text()};
    failed.count = 2;
    failed.of = 3;
    failed.detail = u"PutObject s3://bufstream-eu-west-1/probe/7f3a: 403 AccessDenied: explicit deny in a bucket policy"_s;
    Reason mixed = reason(ReasonCode::VersionMixed, Severity::Ok, {}, 496'800, true);
    mixed.names = {u"0.3.29"_s, u"0.3.28"_s};
    status.reasons = {failed, mixed};
    return status;
}

ClusterStatus bufstreamMany(int brokers, int failing)
{
    ClusterStatus status = cluster(u"bufstream-us"_s, u"bufstream"_s, failing > 0 ? Severity::Warning : Severity::Ok, 600);
    QStringList bad;
    for (int i = 0; i < brokers; ++i) {
        EndpointStatus broker
            = endpoint(u"http://bufstream-%1.bufstream:9089"_s.arg(i), u"bufstream-%1"_s.arg(i), 0.003 + 0.0001 * (i % 7), i % 10);
        const bool fails = i % 7 == 3 && bad.size() < failing;
        if (fails)
            bad += broker.url.text();
        broker.reported = fails ? u"error"_s : u"healthy"_s;
        broker.severity = fails ? Severity::Critical : Severity::Ok;
        broker.version = u"0.3.29"_s;
        broker.requests = {request(u"/-/status"_s, *broker.latency)};
        addProbes(status, broker, broker.version, fails);
        status.endpoints += broker;
    }
    if (!bad.isEmpty()) {
        Reason failed = reason(ReasonCode::ComponentFailed, Severity::Warning, u"object_storage"_s, 600, false);
        failed.severity = Severity::Critical;
        failed.endpoints = bad;
        failed.count = int(bad.size());
        failed.of = brokers;
        status.reasons = {failed};
    }
    return status;
}

ClusterStatus osapiWarning()
{
    ClusterStatus status = cluster(u"osapi-fleet"_s, u"osapi"_s, Severity::Warning, 1'900);
    const QString url = u"https://osapi-1:8080"_s;
    EndpointStatus api = endpoint(url, u"osapi-1"_s, 0.0123, 3);
    api.reported = u"ok"_s;
    api.version = u"0.1.0"_s;
    api.uptime = 25'560;
    api.requests = {request(u"/api/health"_s, 0.002), request(u"/api/health/status"_s, 0.0123)};
    status.endpoints = {api};
    const std::array<std::tuple<const char *, const char *, const char *, const char *>, 16> parts{{
        {"controller", "api", "ok", "http://0.0.0.0:8080"},
        {"controller", "heartbeat", "ok", ""},
        {"controller", "kv (connectivity)", "ok", ""},
        {"controller", "metrics", "ok", "http://0.0.0.0:9090"},
        {"controller", "nats (connectivity)", "ok", ""},
        {"controller", "notifier", "ok", ""},
        {"controller", "pki", "disabled", ""},
        {"controller", "tracing", "ok", ""},
        {"controller", "ui", "ok", "http://0.0.0.0:8080"},
        {"nats", "heartbeat", "ok", ""},
        {"nats", "metrics", "ok", "http://0.0.0.0:9092"},
        {"nats", "server", "ok", "nats://10.2.0.5:4222"},
        {"agent", "facts", "ok", ""},
        {"agent", "heartbeat", "ok", ""},
        {"agent", "metrics", "ok", "http://0.0.0.0:9091"},
        {"agent", "pki", "disabled", ""},
    }};
    for (const auto &[group, name, reported, address] : parts) {
        status.components += component(QString::fromLatin1(group), QString::fromLatin1(name), url, QString::fromLatin1(reported), {});
        status.components.last().address = QString::fromLatin1(address);
    }
    QueueStatus jobs;
    jobs.name = u"jobs"_s;
    jobs.severity = Severity::Warning;
    jobs.total = 100;
    jobs.unprocessed = 12;
    jobs.processing = 2;
    jobs.completed = 78;
    jobs.failed = 3;
    jobs.dead = 3;
    jobs.other = 5;
    jobs.deadKnown = 0;
    jobs.backlogPerMinute = -1.4;
    jobs.drainSeconds = 480;
    status.queues = QList<QueueStatus>{jobs};
    status.streams = QList<StreamFact>{{u"osapi-JOBS"_s, 42, 1024, 24}};
    status.buckets = QList<BucketFact>{{u"osapi-agent-registry"_s, 7, 1946}, {u"osapi-audit-log"_s, 1204, 421'888},
        {u"osapi-job-queue"_s, 310, 52'224}, {u"osapi-job-responses"_s, 90, 20'480}};
    status.objectStores = QList<ObjectStoreFact>{{u"osapi-file-objects"_s, 5'242'880}};
    status.consumers = ConsumersFact{.total = 24, .list = {}};
    status.nats = NatsFact{u"nats://10.2.0.5:4222"_s, u"2.14.4"_s};
    AgentsStatus agents;
    agents.total = agents.ready = 4;
    agents.list = {process(u"agent"_s, u"web-01"_s, 1.2, 96, 25'560), process(u"controller"_s, u"ctl-01"_s, 2.1, 128, 25'560),
        process(u"nats"_s, u"ctl-01"_s, 0.3, 64, 25'560), process(u"agent"_s, u"db-01"_s, 0.6, 88, 1'051'200),
        process(u"agent"_s, u"db-02"_s, 0.5, 91, 1'051'200), process(u"agent"_s, u"web-02"_s, 0.8, 82, 10'920)};
    agents.list[0].severity = Severity::Warning;
    agents.list[0].facts.conditions = {u"DiskPressure"_s};
    status.agents = agents;
    Reason dead = reason(ReasonCode::QueueDeadLetters, Severity::Warning, u"jobs"_s, 1'900, true);
    dead.value = 3;
    dead.limit = 0;
    dead.unit = u"letters"_s;
    Reason gone = reason(ReasonCode::AgentsMissing, Severity::Warning, u"agents"_s, 840, true);
    gone.names = {u"web-03"_s};
    gone.count = 1;
    Reason pressure = reason(ReasonCode::AgentCondition, Severity::Warning, u"web-01"_s, 1'200, false);
    pressure.detail = u"DiskPressure"_s;
    status.reasons = {pressure, gone, dead};
    return status;
}

ClusterStatus neverPolled()
{
    ClusterStatus status = cluster(u"consul-edge"_s, u"consul"_s, Severity::Unknown, 0);
    status.observed.reset();
    status.since.reset();
    for (int i = 0; i < 3; ++i) {
        EndpointStatus server;
        server.url = EndpointUrl(u"http://10.9.0.%1:8500"_s.arg(i + 1));
        server.label = u"10.9.0.%1"_s.arg(i + 1);
        status.endpoints += server;
    }
    Reason waiting = reason(ReasonCode::NotPolled, Severity::Unknown, {}, 0, false);
    waiting.since.reset();
    waiting.count = waiting.of = 3;
    for (const EndpointStatus &server : std::as_const(status.endpoints))
        waiting.endpoints += server.url.text();
    status.reasons = {waiting};
    return status;
}

ClusterStatus unauthorised()
{
    ClusterStatus status = neverPolled();
    status.name = ClusterName(u"osapi-lab"_s);
    status.system = u"osapi"_s;
    status.observed = ago(2);
    status.since = ago(240);
    for (EndpointStatus &server : status.endpoints) {
        server.reach = Reach::Unauthorised;
        server.http = 401;
        server.latency = 0.004;
        server.observed = ago(2);
        server.error = u"Invalid token: token is expired by 26m3.12s"_s;
        server.requests = {request(u"/api/health"_s, 0.002),
            {.path = u"/api/health/status"_s, .reach = Reach::Unauthorised, .http = 401, .latency = 0.004, .error = server.error}};
    }
    Reason rejected = status.reasons.first();
    rejected.code = ReasonCode::EndpointUnauthorised;
    rejected.since = ago(240);
    rejected.detail = u"Invalid token: token is expired by 26m3.12s"_s;
    status.reasons = {rejected};
    return status;
}

} // namespace quorate::made_up
