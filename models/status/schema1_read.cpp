// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/status/schema1.h"
#include "models/status/schema1_reader.h"

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
void readCode(const Schema1Reader &in, QLatin1String key, std::optional<ReasonCode> &code)
{
    QString text;
    in.read(key, text);
    code = reasonCodeFromName(text);
}

void readPending(const Schema1Reader &in, std::optional<Pending> &into)
{
    in.object("pending"_L1, [&](const Schema1Reader &object) {
        Pending &pending = into.emplace();
        object.word("severity"_L1, pending.severity, severityFromName);
        object.read("since"_L1, pending.since);
        object.read("seen"_L1, pending.seen);
        object.read("needed"_L1, pending.needed);
    });
}

/// Codes are added within schema 1: one that is not known here is left out, the severities stand for themselves.
void readReasons(const Schema1Reader &in, QLatin1String key, QList<Reason> &reasons)
{
    QList<std::optional<Reason>> all;
    in.list(key, all, [](const Schema1Reader &row, std::optional<Reason> &item) {
        std::optional<ReasonCode> code;
        readCode(row, "code"_L1, code);
        Reason reason;
        row.word("severity"_L1, reason.severity, severityFromName);
        row.word("cluster_severity"_L1, reason.clusterSeverity, severityFromName);
        row.read("subject"_L1, reason.subject);
        row.read("endpoints"_L1, reason.endpoints);
        row.read("count"_L1, reason.count);
        row.read("of"_L1, reason.of);
        row.read("value"_L1, reason.value);
        row.read("limit"_L1, reason.limit);
        row.read("unit"_L1, reason.unit);
        row.read("since"_L1, reason.since);
        row.read("derived"_L1, reason.derived);
        readCode(row, "folded_under"_L1, reason.foldedUnder);
        readPending(row, reason.pending);
        if (code) {
            reason.code = *code;
            item = reason;
        }
    });
    for (const std::optional<Reason> &reason : all) {
        if (reason)
            reasons.append(*reason);
    }
}

void readEndpoint(const Schema1Reader &in, EndpointStatus &endpoint)
{
    QString url;
    in.read("url"_L1, url);
    endpoint.url = EndpointUrl(url);
    in.read("id"_L1, endpoint.id);
    in.word("reach"_L1, endpoint.reach, reachFromName);
    in.read("http"_L1, endpoint.http);
    in.read("latency"_L1, endpoint.latency);
    in.read("observed"_L1, endpoint.observed);
    in.read("facts_age"_L1, endpoint.factsAge);
    in.read("stale"_L1, endpoint.stale);
    in.read("version"_L1, endpoint.version);
    in.read("uptime"_L1, endpoint.uptime);
    in.word("severity"_L1, endpoint.severity, severityFromName);
    in.read("reported"_L1, endpoint.reported);
    in.read("error"_L1, endpoint.error);
    in.read("certificate_expires"_L1, endpoint.certificateExpires);
    in.read("maintenance_until"_L1, endpoint.maintenanceUntil);
    in.read("shared"_L1, endpoint.shared);
    readPending(in, endpoint.pending);
    in.list("requests"_L1, endpoint.requests, [](const Schema1Reader &row, RequestStatus &request) {
        row.read("path"_L1, request.path);
        row.word("reach"_L1, request.reach, reachFromName);
        row.read("http"_L1, request.http);
        row.read("latency"_L1, request.latency);
    });
}

void readComponent(const Schema1Reader &in, ComponentStatus &component)
{
    QString endpoint;
    in.read("name"_L1, component.name);
    in.read("group"_L1, component.group);
    if (!component.group.isEmpty() && component.name.startsWith(component.group + QLatin1Char('.')))
        component.name.remove(0, component.group.size() + 1);
    in.read("endpoint"_L1, endpoint);
    component.endpoint = EndpointUrl(endpoint);
    in.word("severity"_L1, component.severity, severityFromName);
    in.read("reported"_L1, component.reported);
    component.disabled = component.reported.compare("disabled"_L1, Qt::CaseInsensitive) == 0;
    in.read("message"_L1, component.message);
    in.read("address"_L1, component.address);
    readPending(in, component.pending);
    in.object("facts"_L1, [&](const Schema1Reader &facts) {
        facts.read("members"_L1, component.numbers.members);
        facts.read("migrations"_L1, component.numbers.migrations);
        facts.read("connections"_L1, component.numbers.connections);
        facts.read("version"_L1, component.numbers.version);
    });
}

void readPeer(const Schema1Reader &in, PeerStatus &peer)
{
    in.read("id"_L1, peer.id);
    in.read("name"_L1, peer.name);
    in.read("address"_L1, peer.address);
    in.word("role"_L1, peer.role, peerRoleFromName);
    in.read("voter"_L1, peer.voter);
    in.word("state"_L1, peer.state, peerStateFromName);
    in.word("severity"_L1, peer.severity, severityFromName);
    in.read("term"_L1, peer.term);
    in.read("commit"_L1, peer.commit);
    in.read("applied"_L1, peer.applied);
    in.read("last_log"_L1, peer.lastLog);
    in.read("trailing"_L1, peer.trailing);
    in.read("trailing_per_second"_L1, peer.trailingPerSecond);
    in.read("last_contact"_L1, peer.lastContact);
    in.read("stable_since"_L1, peer.stableSince);
    readPending(in, peer.pending);
    peer.hasEndpoint = in.has("reach"_L1);
    in.word("reach"_L1, peer.reach, reachFromName);
    in.read("believes_leader"_L1, peer.believesLeader);
    QStringList codes;
    in.read("reasons"_L1, codes);
    for (const QString &text : codes) {
        if (const auto code = reasonCodeFromName(text))
            peer.reasons.append(*code);
    }
}

void readRaft(const Schema1Reader &in, RaftStatus &raft)
{
    in.read("group"_L1, raft.group);
    in.read("leader"_L1, raft.leader);
    in.read("leader_since"_L1, raft.leaderSince);
    in.read("leader_since_exact"_L1, raft.leaderSinceExact);
    in.read("leader_changes_1h"_L1, raft.leaderChanges);
    in.read("term"_L1, raft.term);
    in.word("agreement"_L1, raft.agreement, agreementFromName);
    in.read("expected"_L1, raft.expected);
    in.read("voters"_L1, raft.voters);
    in.read("live"_L1, raft.live);
    in.read("quorum"_L1, raft.quorum);
    in.read("margin"_L1, raft.margin);
    in.read("missing"_L1, raft.missing);
    in.object("views"_L1, [&](const Schema1Reader &views) {
        views.read("asked"_L1, raft.views.asked);
        views.read("answered"_L1, raft.views.answered);
        views.read("naming"_L1, raft.views.naming);
    });
    in.object("reported"_L1, [&](const Schema1Reader &reported) {
        RaftReported &said = raft.reported.emplace();
        reported.read("healthy"_L1, said.healthy);
        reported.read("failure_tolerance"_L1, said.failureTolerance);
    });
    in.list("peers"_L1, raft.peers, readPeer);
}

void readQueue(const Schema1Reader &in, QueueStatus &queue)
{
    in.read("name"_L1, queue.name);
    in.word("severity"_L1, queue.severity, severityFromName);
    in.read("total"_L1, queue.total);
    in.read("unprocessed"_L1, queue.unprocessed);
    in.read("processing"_L1, queue.processing);
    in.read("completed"_L1, queue.completed);
    in.read("failed"_L1, queue.failed);
    in.read("dead"_L1, queue.dead);
    in.read("other"_L1, queue.other);
    in.read("dead_known"_L1, queue.deadKnown);
    in.read("backlog_per_minute"_L1, queue.backlogPerMinute);
    in.read("backlog_per_minute_1"_L1, queue.backlogPerMinute1);
    in.read("backlog_per_minute_5"_L1, queue.backlogPerMinute5);
    in.read("backlog_per_minute_15"_L1, queue.backlogPerMinute15);
    in.read("drain_seconds"_L1, queue.drainSeconds);
}

void readStores(const Schema1Reader &in, ClusterStatus &cluster)
{
    in.list("streams"_L1, cluster.streams, [](const Schema1Reader &row, StreamFact &stream) {
        row.read("name"_L1, stream.name);
        row.read("messages"_L1, stream.messages);
        row.read("bytes"_L1, stream.bytes);
        row.read("consumers"_L1, stream.consumers);
    });
    in.list("buckets"_L1, cluster.buckets, [](const Schema1Reader &row, BucketFact &bucket) {
        row.read("name"_L1, bucket.name);
        row.read("keys"_L1, bucket.keys);
        row.read("bytes"_L1, bucket.bytes);
    });
    in.list("object_stores"_L1, cluster.objectStores, [](const Schema1Reader &row, ObjectStoreFact &store) {
        row.read("name"_L1, store.name);
        row.read("bytes"_L1, store.bytes);
    });
    in.object("consumers"_L1, [&](const Schema1Reader &object) {
        ConsumersFact &consumers = cluster.consumers.emplace();
        object.read("total"_L1, consumers.total);
        object.list("list"_L1, consumers.list, [](const Schema1Reader &row, ConsumerFact &consumer) {
            row.read("name"_L1, consumer.name);
            row.read("pending"_L1, consumer.pending);
            row.read("ack_pending"_L1, consumer.ackPending);
            row.read("redelivered"_L1, consumer.redelivered);
        });
    });
    in.object("nats"_L1, [&](const Schema1Reader &object) {
        NatsFact &nats = cluster.nats.emplace();
        object.read("url"_L1, nats.url);
        object.read("version"_L1, nats.version);
    });
}

void readAgents(const Schema1Reader &in, AgentsStatus &agents)
{
    in.read("total"_L1, agents.total);
    in.read("ready"_L1, agents.ready);
    in.list("list"_L1, agents.list, [](const Schema1Reader &row, AgentStatus &agent) {
        row.read("name"_L1, agent.facts.name);
        row.read("kind"_L1, agent.facts.kind);
        row.word("severity"_L1, agent.severity, severityFromName);
        row.read("age"_L1, agent.facts.ageSeconds);
        row.read("age_text"_L1, agent.facts.ageText);
        row.read("conditions"_L1, agent.facts.conditions);
        row.read("labels"_L1, agent.facts.labels);
        row.read("cpu_percent"_L1, agent.facts.cpuPercent);
        row.read("memory_bytes"_L1, agent.facts.memoryBytes);
    });
}

void readCluster(const Schema1Reader &in, ClusterStatus &cluster)
{
    QString name;
    in.read("name"_L1, name);
    cluster.name = ClusterName(name);
    in.read("system"_L1, cluster.system);
    in.word("severity"_L1, cluster.severity, severityFromName);
    in.read("since"_L1, cluster.since);
    readPending(in, cluster.pending);
    in.object("maintenance"_L1, [&](const Schema1Reader &object) {
        object.read("until"_L1, cluster.maintenanceUntil);
        object.read("note"_L1, cluster.maintenanceNote);
    });
    in.read("observed"_L1, cluster.observed);
    readReasons(in, "reasons"_L1, cluster.reasons);
    readReasons(in, "checking"_L1, cluster.checking);
    in.list("endpoints"_L1, cluster.endpoints, readEndpoint);
    in.list("components"_L1, cluster.components, readComponent);
    in.list("raft"_L1, cluster.raft, readRaft);
    in.list("queues"_L1, cluster.queues, readQueue);
    readStores(in, cluster);
    in.object("agents"_L1, [&](const Schema1Reader &object) { readAgents(object, cluster.agents.emplace()); });
}
} // namespace

Result<FleetStatus, SchemaError> fromSchema1(const QJsonObject &object)
{
    using enum SchemaError::Kind;
    if (object.isEmpty())
        return SchemaError{NotAnObject, u"an object of schema 1 was expected, nothing came"_s};
    if (const QJsonValue version = object.value("schema"_L1); version.toInteger() != 1) {
        const QString came = version.isDouble() ? QString::number(version.toDouble()) : u"none"_s;
        return SchemaError{WrongVersion, u"schema 1 was expected, %1 came"_s.arg(came)};
    }
    FleetStatus status;
    QString mistake;
    const Schema1Reader in(object, u"$"_s, mistake);
    in.read("time"_L1, status.time);
    in.read("host"_L1, status.host);
    in.list("notices"_L1, status.notices, [](const Schema1Reader &row, Notice &notice) {
        row.read("code"_L1, notice.code);
        row.read("text"_L1, notice.text);
    });
    in.list("clusters"_L1, status.clusters, readCluster);
    if (!mistake.isEmpty())
        return SchemaError{WrongType, mistake};
    return status;
}

} // namespace quorate
