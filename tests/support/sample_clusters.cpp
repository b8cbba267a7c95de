// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sample_clusters.h"

namespace quorate::test {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
Instant at(const char16_t *text) { return *fromRfc3339(QString::fromUtf16(text)); }

EndpointStatus endpoint(const QString &url, const QString &label, double latency)
{
    EndpointStatus endpoint;
    endpoint.url = EndpointUrl(url);
    endpoint.label = label;
    endpoint.reach = Reach::Answered;
    endpoint.http = 200;
    endpoint.latency = latency;
    endpoint.observed = sampleTime().wall - 1s;
    endpoint.factsAge = 1;
    endpoint.severity = Severity::Ok;
    return endpoint;
}

ComponentStatus component(
    const QString &group, const QString &name, const QString &url, Severity severity, const QString &word, const QString &message)
{
    ComponentStatus component;
    component.group = group;
    component.name = name;
    component.endpoint = EndpointUrl(url);
    component.severity = severity;
    component.reported = word;
    component.message = message;
    return component;
}

PeerStatus peer(int number)
{
    PeerStatus peer;
    peer.name = u"node-%1"_s.arg(number);
    peer.address = u"10.1.10.%1:8300"_s.arg(9 + number);
    peer.id = u"id-%1"_s.arg(number);
    peer.role = number == 2 ? PeerRole::Leader : PeerRole::Follower;
    peer.state = PeerState::Live;
    peer.severity = Severity::Ok;
    peer.term = 103796;
    peer.commit = peer.applied = peer.lastLog = 111098;
    peer.trailing = 0;
    peer.lastContact = number == 2 ? 0 : 0.038;
    peer.hasEndpoint = true;
    peer.reach = Reach::Answered;
    peer.latency = 0.0031;
    peer.believesLeader = u"10.1.10.11:8300"_s;
    return peer;
}

ClusterStatus cluster(const QString &name, const QString &system, Severity severity)
{
    ClusterStatus cluster;
    cluster.name = ClusterName(name);
    cluster.system = system;
    cluster.severity = severity;
    cluster.since = at(u"2026-11-20T03:06:10Z");
    cluster.observed = sampleTime().wall - 1s;
    return cluster;
}
} // namespace

Time sampleTime() { return {at(u"2026-11-20T03:12:31Z"), 1'000'000ms, 1'000'000ms}; }

Reason sampleReason(ReasonCode code, Severity severity, const QString &subject)
{
    Reason reason;
    reason.code = code;
    reason.severity = reason.clusterSeverity = severity;
    reason.subject = subject;
    reason.since = at(u"2026-11-20T03:06:10Z");
    return reason;
}

ClusterStatus calmConsul()
{
    ClusterStatus status = cluster(u"consul-prod"_s, u"consul"_s, Severity::Ok);
    RaftStatus raft;
    raft.leader = u"10.1.10.11:8300"_s;
    raft.term = 103796;
    raft.agreement = Agreement::Agreed;
    raft.expected = raft.voters = raft.live = 5;
    raft.quorum = 3;
    raft.margin = 2;
    raft.views = {5, 5, 5};
    raft.reported = RaftReported{true, 2};
    for (int number = 1; number <= 5; ++number) {
        raft.peers.append(peer(number));
        status.endpoints.append(endpoint(u"http://10.1.10.%1:8500"_s.arg(9 + number), u"node-%1"_s.arg(number), 0.0031));
        status.endpoints.last().reported = number == 2 ? u"leader"_s : u"follower"_s;
    }
    status.raft = {raft};
    return status;
}

ClusterStatus laggingConsul()
{
    ClusterStatus status = calmConsul();
    status.severity = Severity::Warning;
    PeerStatus &node4 = status.raft[0].peers[3];
    node4.state = PeerState::Lagging;
    node4.severity = Severity::Warning;
    node4.trailing = 1204;
    node4.applied = 109894;
    node4.lastContact = 0.412;
    node4.reasons = {ReasonCode::RaftPeerContact, ReasonCode::RaftPeerLagging};
    Reason contact = sampleReason(ReasonCode::RaftPeerContact, Severity::Warning, u"node-4"_s);
    contact.value = 0.412;
    contact.limit = 0.2;
    contact.unit = u"s"_s;
    Reason lagging = sampleReason(ReasonCode::RaftPeerLagging, Severity::Warning, u"node-4"_s);
    lagging.value = 1204;
    lagging.limit = 250;
    lagging.unit = u"entries"_s;
    lagging.derived = true;
    Reason note = sampleReason(ReasonCode::FactsNarrowed, Severity::Ok, u"http://10.1.10.10:8500"_s);
    note.names = {u"operator:read"_s};
    status.reasons = {lagging, contact, note};
    return status;
}

ClusterStatus calmBufstream()
{
    ClusterStatus status = cluster(u"bufstream-eu"_s, u"bufstream"_s, Severity::Ok);
    for (int number = 0; number < 3; ++number) {
        const QString url = u"http://bufstream-%1.bufstream:9089"_s.arg(number);
        status.endpoints.append(endpoint(url, u"bufstream-%1"_s.arg(number), 0.0009));
        status.components.append(component({}, u"etcd"_s, url, Severity::Ok, u"healthy"_s, u"3/3 member(s) healthy"_s));
        status.components.last().numbers.members = std::pair{3, 3};
        status.components.append(
            component({}, u"kafka_server"_s, url, Severity::Ok, u"healthy"_s, u"Connected to %1:9092"_s.arg(url.mid(7, 21))));
        status.components.append(component({}, u"object_storage"_s, url, Severity::Ok, u"healthy"_s, {}));
    }
    return status;
}

ClusterStatus failingBufstream()
{
    ClusterStatus status = calmBufstream();
    status.severity = Severity::Critical;
    Reason failed = sampleReason(ReasonCode::ComponentFailed, Severity::Critical, u"object_storage"_s);
    failed.count = 2;
    failed.of = 3;
    failed.detail = u"put s3://eu/probe: 403 Forbidden."_s;
    Reason members = sampleReason(ReasonCode::MembersDown, Severity::Warning, u"etcd"_s);
    members.count = members.of = 3;
    members.value = 2;
    members.limit = 3;
    members.unit = u"members"_s;
    members.derived = true;
    for (ComponentStatus &component : status.components) {
        if (component.name == "etcd"_L1) {
            component.numbers.members = std::pair{2, 3};
            component.message = u"2/3 member(s) healthy"_s;
            component.derived = Severity::Warning;
            members.endpoints.append(component.endpoint.text());
        }
        if (component.name == "object_storage"_L1 && component.endpoint != status.endpoints.first().url) {
            component.severity = Severity::Critical;
            component.reported = u"error"_s;
            component.message = failed.detail;
            failed.endpoints.append(component.endpoint.text());
        }
    }
    status.reasons = {failed, members};
    return status;
}

ClusterStatus calmOsapi()
{
    ClusterStatus status = cluster(u"osapi-fleet"_s, u"osapi"_s, Severity::Ok);
    const QString url = u"https://osapi-1:8080"_s;
    status.endpoints = {endpoint(url, u"osapi-1"_s, 0.014)};
    status.endpoints[0].reported = u"ok"_s;
    status.endpoints[0].version = u"1.4.0"_s;
    status.components = {component(u"agent"_s, u"heartbeat"_s, url, Severity::Ok, u"ok"_s, {}),
        component(u"controller"_s, u"api"_s, url, Severity::Ok, u"ok"_s, {}),
        component(u"controller"_s, u"nats"_s, url, Severity::Ok, u"ok"_s, {})};
    QueueStatus jobs;
    jobs.name = u"jobs"_s;
    jobs.severity = Severity::Ok;
    jobs.total = 100;
    jobs.unprocessed = 5;
    jobs.processing = 2;
    jobs.completed = 90;
    jobs.failed = 3;
    jobs.dead = 0;
    jobs.other = 0;
    jobs.drainSeconds = 120;
    status.queues = {jobs};
    status.streams = {{u"JOBS"_s, 42, 1024, 1}};
    status.buckets = {{u"job-queue"_s, 10, 2048}};
    AgentStatus web1, web2;
    web1.facts = {u"web-01"_s, u"agent"_s, u"Ready"_s, 25560, u"7h 6m"_s, {}, u"zone=a"_s, 1.5, 1048576};
    web2.facts = {u"web-02"_s, u"agent"_s, u"Ready"_s, 15, u"15s ago"_s, {}, {}, std::nullopt, std::nullopt};
    web1.severity = web2.severity = Severity::Ok;
    status.agents = AgentsStatus{2, 2, {web1, web2}};
    return status;
}

ClusterStatus warningOsapi()
{
    ClusterStatus status = calmOsapi();
    status.severity = Severity::Warning;
    status.pending = Pending{Severity::Critical, sampleTime().wall, 1, 2};
    (*status.queues)[0].dead = 3;
    (*status.queues)[0].severity = Severity::Warning;
    status.agents->ready = 1;
    status.agents->list[1].facts.conditions = {u"DiskPressure"_s};
    status.agents->list[1].severity = Severity::Warning;
    Reason dead = sampleReason(ReasonCode::QueueDeadLetters, Severity::Warning, u"jobs"_s);
    dead.value = 3;
    dead.limit = 0;
    dead.unit = u"letters"_s;
    Reason notReady = sampleReason(ReasonCode::AgentsNotReady, Severity::Warning, u"agents"_s);
    notReady.value = 1;
    notReady.limit = 2;
    notReady.unit = u"agents"_s;
    notReady.names = {u"web-02"_s};
    status.reasons = {notReady, dead};
    return status;
}

ClusterStatus silentOsapi()
{
    ClusterStatus status = cluster(u"osapi-lab"_s, u"osapi"_s, Severity::Critical);
    status.endpoints = {endpoint(u"https://lab-1:8080"_s, u"lab-1"_s, 0.001), endpoint(u"https://lab-2:8080"_s, u"lab-2"_s, 0.02)};
    status.endpoints[0].reach = Reach::Refused;
    status.endpoints[0].http = 0;
    status.endpoints[0].severity = Severity::Critical;
    status.endpoints[0].error = u"connection refused by 10.9.0.1:8080"_s;
    status.endpoints[1].reach = Reach::Unauthorised;
    status.endpoints[1].http = 401;
    status.endpoints[1].severity = Severity::Unknown;
    status.endpoints[1].error = u"token is expired"_s;
    Reason down = sampleReason(ReasonCode::EndpointDown, Severity::Critical, u"https://lab-1:8080"_s);
    down.endpoints = {down.subject};
    down.count = 1;
    down.of = 2;
    Reason token = sampleReason(ReasonCode::EndpointUnauthorised, Severity::Unknown, u"https://lab-2:8080"_s);
    token.endpoints = {token.subject};
    token.count = 1;
    token.of = 2;
    status.reasons = {down, token};
    return status;
}

ClusterStatus hostileCluster()
{
    const QString evil = u"\"x' | y=1 \\ `z`\r\n# HELP \u202Egnp\u202C <b>&amp;</b>\u001b[31m\t{label=\"v\"} *a* _b_"_s;
    ClusterStatus status = cluster(evil, u"bufstream"_s, Severity::Critical);
    status.endpoints = {endpoint(u"http://a"_s, evil, 0.1), endpoint(u"http://b"_s, evil, 0.2)};
    status.endpoints[1].reach = Reach::Malformed;
    status.endpoints[1].error = evil;
    status.components = {component(evil, evil, u"http://a"_s, Severity::Critical, evil, evil)};
    QueueStatus queue;
    queue.name = evil;
    queue.dead = 1;
    queue.unprocessed = 1;
    status.queues = {queue};
    RaftStatus raft;
    raft.group = evil;
    raft.leader = evil;
    raft.margin = 0;
    raft.voters = 1;
    PeerStatus one;
    one.name = one.address = evil;
    one.believesLeader = evil;
    one.hasEndpoint = true;
    raft.peers = {one};
    status.raft = {raft};
    AgentStatus agent;
    agent.facts.name = agent.facts.kind = agent.facts.ageText = evil;
    agent.facts.conditions = {evil};
    status.agents = AgentsStatus{1, 0, {agent}};
    Reason failed = sampleReason(ReasonCode::ComponentFailed, Severity::Critical, evil + u'.' + evil);
    failed.detail = evil;
    failed.endpoints = {u"http://a"_s};
    failed.count = 1;
    failed.of = 1;
    status.reasons = {failed};
    return status;
}

FleetStatus sampleFleet()
{
    FleetStatus fleet;
    fleet.time = sampleTime().wall;
    fleet.host = u"wall"_s;
    fleet.notices = {{u"config-last-good"_s, u"config.toml is not valid, the last good copy is used"_s}};
    fleet.clusters = {failingBufstream(), calmConsul(), laggingConsul(), warningOsapi(), silentOsapi()};
    fleet.clusters[1].name = ClusterName(u"consul-lab"_s);
    return fleet;
}

} // namespace quorate::test
