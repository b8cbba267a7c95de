// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/status/schema1.h"
#include "models/status/schema1_writer.h"

namespace quorate {
using namespace Qt::StringLiterals;
using namespace schema1;

namespace {
void putPending(QJsonObject &object, const std::optional<Pending> &pending)
{
    if (pending)
        object.insert("pending"_L1,
            QJsonObject{{"severity"_L1, name(pending->severity)}, {"since"_L1, toRfc3339(pending->since)}, {"seen"_L1, pending->seen},
                {"needed"_L1, pending->needed}});
}

QJsonObject write(const RequestStatus &request)
{
    QJsonObject object{{"path"_L1, request.path}, {"reach"_L1, name(request.reach)}};
    putPositive(object, "http"_L1, request.http);
    put(object, "latency"_L1, request.latency);
    return object;
}

QJsonObject write(const EndpointStatus &endpoint)
{
    QJsonObject object{{"url"_L1, endpoint.url.text()}, {"reach"_L1, name(endpoint.reach)}, {"stale"_L1, endpoint.stale},
        {"severity"_L1, name(endpoint.severity)}, {"shared"_L1, endpoint.shared}};
    put(object, "id"_L1, endpoint.id);
    putPositive(object, "http"_L1, endpoint.http);
    put(object, "latency"_L1, endpoint.latency);
    put(object, "observed"_L1, endpoint.observed);
    put(object, "facts_age"_L1, endpoint.factsAge);
    put(object, "version"_L1, endpoint.version);
    put(object, "uptime"_L1, endpoint.uptime);
    put(object, "reported"_L1, endpoint.reported);
    put(object, "error"_L1, endpoint.error);
    put(object, "certificate_expires"_L1, endpoint.certificateExpires);
    put(object, "maintenance_until"_L1, endpoint.maintenanceUntil);
    putPending(object, endpoint.pending);
    object.insert("requests"_L1, arrayOf(endpoint.requests, [](const RequestStatus &request) { return write(request); }));
    return object;
}

QJsonObject write(const ComponentStatus &component)
{
    QJsonObject object{{"name"_L1, component.fullName()}, {"severity"_L1, name(component.severity)}};
    put(object, "group"_L1, component.group);
    put(object, "endpoint"_L1, component.endpoint.text());
    put(object, "reported"_L1, component.reported);
    put(object, "message"_L1, component.message);
    put(object, "address"_L1, component.address);
    putPending(object, component.pending);
    QJsonObject facts;
    if (component.numbers.members)
        facts.insert("members"_L1, pairOf(*component.numbers.members));
    if (component.numbers.migrations)
        facts.insert("migrations"_L1, pairOf(*component.numbers.migrations));
    if (component.numbers.connections)
        facts.insert("connections"_L1, pairOf(*component.numbers.connections));
    put(facts, "version"_L1, component.numbers.version.value_or(QString()));
    if (!facts.isEmpty())
        object.insert("facts"_L1, facts);
    return object;
}

QJsonObject write(const PeerStatus &peer)
{
    QJsonObject object{{"address"_L1, peer.address}, {"role"_L1, name(peer.role)}, {"voter"_L1, peer.voter}, {"state"_L1, name(peer.state)},
        {"severity"_L1, name(peer.severity)}};
    put(object, "id"_L1, peer.id);
    put(object, "name"_L1, peer.name);
    put(object, "term"_L1, peer.term);
    put(object, "commit"_L1, peer.commit);
    put(object, "applied"_L1, peer.applied);
    put(object, "last_log"_L1, peer.lastLog);
    put(object, "trailing"_L1, peer.trailing);
    put(object, "trailing_per_second"_L1, peer.trailingPerSecond);
    put(object, "last_contact"_L1, peer.lastContact);
    put(object, "stable_since"_L1, peer.stableSince);
    putPending(object, peer.pending);
    if (peer.hasEndpoint) {
        object.insert("reach"_L1, name(peer.reach));
        if (peer.believesLeader)
            object.insert("believes_leader"_L1, *peer.believesLeader);
    }
    object.insert("reasons"_L1, arrayOf(peer.reasons, [](ReasonCode code) { return QJsonValue(name(code)); }));
    return object;
}

QJsonObject write(const RaftStatus &raft)
{
    QJsonObject object{{"group"_L1, raft.group}, {"agreement"_L1, name(raft.agreement)},
        {"missing"_L1, QJsonArray::fromStringList(raft.missing)},
        {"views"_L1, QJsonObject{{"asked"_L1, raft.views.asked}, {"answered"_L1, raft.views.answered}, {"naming"_L1, raft.views.naming}}}};
    put(object, "leader"_L1, raft.leader);
    put(object, "leader_since"_L1, raft.leaderSince);
    if (raft.leaderSince)
        object.insert("leader_since_exact"_L1, raft.leaderSinceExact);
    put(object, "leader_changes_1h"_L1, raft.leaderChanges);
    put(object, "term"_L1, raft.term);
    putPositive(object, "expected"_L1, raft.expected);
    if (raft.voters > 0) { // without a membership there is nothing to be live or a quorum of
        object.insert("voters"_L1, raft.voters);
        object.insert("live"_L1, raft.live);
        object.insert("quorum"_L1, raft.quorum);
    }
    put(object, "margin"_L1, raft.margin);
    if (raft.reported) {
        QJsonObject reported;
        put(reported, "healthy"_L1, raft.reported->healthy);
        put(reported, "failure_tolerance"_L1, raft.reported->failureTolerance);
        object.insert("reported"_L1, reported);
    }
    const auto byAddress = [](const PeerStatus &a, const PeerStatus &b) { return a.address < b.address; };
    object.insert("peers"_L1, arrayOf(sorted(raft.peers, byAddress), [](const PeerStatus &peer) { return write(peer); }));
    return object;
}

QJsonObject write(const QueueStatus &queue)
{
    QJsonObject object{{"name"_L1, queue.name}, {"severity"_L1, name(queue.severity)}};
    put(object, "total"_L1, queue.total);
    put(object, "unprocessed"_L1, queue.unprocessed);
    put(object, "processing"_L1, queue.processing);
    put(object, "completed"_L1, queue.completed);
    put(object, "failed"_L1, queue.failed);
    put(object, "dead"_L1, queue.dead);
    put(object, "other"_L1, queue.other);
    put(object, "dead_known"_L1, queue.deadKnown);
    put(object, "backlog_per_minute"_L1, queue.backlogPerMinute);
    put(object, "backlog_per_minute_1"_L1, queue.backlogPerMinute1);
    put(object, "backlog_per_minute_5"_L1, queue.backlogPerMinute5);
    put(object, "backlog_per_minute_15"_L1, queue.backlogPerMinute15);
    put(object, "drain_seconds"_L1, queue.drainSeconds);
    return object;
}

QJsonObject write(const StreamFact &stream)
{
    QJsonObject object{{"name"_L1, stream.name}};
    put(object, "messages"_L1, stream.messages);
    put(object, "bytes"_L1, stream.bytes);
    put(object, "consumers"_L1, stream.consumers);
    return object;
}

QJsonObject write(const BucketFact &bucket)
{
    QJsonObject object{{"name"_L1, bucket.name}};
    put(object, "keys"_L1, bucket.keys);
    put(object, "bytes"_L1, bucket.bytes);
    return object;
}

QJsonObject write(const ObjectStoreFact &store)
{
    QJsonObject object{{"name"_L1, store.name}};
    put(object, "bytes"_L1, store.bytes);
    return object;
}

QJsonObject write(const ConsumerFact &consumer)
{
    QJsonObject object{{"name"_L1, consumer.name}};
    put(object, "pending"_L1, consumer.pending);
    put(object, "ack_pending"_L1, consumer.ackPending);
    put(object, "redelivered"_L1, consumer.redelivered);
    return object;
}

QJsonObject write(const AgentStatus &agent)
{
    QJsonObject object{{"name"_L1, agent.facts.name}, {"severity"_L1, name(agent.severity)},
        {"conditions"_L1, QJsonArray::fromStringList(agent.facts.conditions)}};
    put(object, "kind"_L1, agent.facts.kind);
    put(object, "age"_L1, agent.facts.ageSeconds);
    put(object, "age_text"_L1, agent.facts.ageText);
    put(object, "labels"_L1, agent.facts.labels);
    put(object, "cpu_percent"_L1, agent.facts.cpuPercent);
    put(object, "memory_bytes"_L1, agent.facts.memoryBytes);
    return object;
}

/// A list that a system reported, sorted by name; none where it did not.
template <class T>
void putNamed(QJsonObject &object, QLatin1String key, const std::optional<QList<T>> &list)
{
    if (list)
        object.insert(key, arrayOf(sorted(*list, byName), [](const T &item) { return write(item); }));
}

QJsonObject write(const ConsumersFact &consumers)
{
    QJsonObject object;
    put(object, "total"_L1, consumers.total);
    putNamed(object, "list"_L1, std::optional(consumers.list));
    return object;
}

QJsonObject write(const AgentsStatus &agents)
{
    QJsonObject object;
    put(object, "total"_L1, agents.total);
    put(object, "ready"_L1, agents.ready);
    const auto byHost = [](const AgentStatus &a, const AgentStatus &b) { return a.facts.name < b.facts.name; };
    object.insert("list"_L1, arrayOf(sorted(agents.list, byHost), [](const AgentStatus &agent) { return write(agent); }));
    return object;
}

QJsonObject write(const ClusterStatus &cluster, const Reason &reason, const Schema1Texts &texts)
{
    QJsonObject object{{"code"_L1, name(reason.code)}, {"severity"_L1, name(reason.severity)},
        {"cluster_severity"_L1, name(reason.clusterSeverity)}, {"subject"_L1, reason.subject},
        {"endpoints"_L1, QJsonArray::fromStringList(reason.endpoints)}, {"derived"_L1, reason.derived}};
    put(object, "count"_L1, reason.count);
    put(object, "of"_L1, reason.of);
    put(object, "value"_L1, reason.value);
    put(object, "limit"_L1, reason.limit);
    put(object, "unit"_L1, reason.unit);
    put(object, "since"_L1, reason.since);
    if (reason.foldedUnder)
        object.insert("folded_under"_L1, name(*reason.foldedUnder));
    putPending(object, reason.pending);
    put(object, "text"_L1, texts.reason ? texts.reason(cluster, reason) : QString());
    return object;
}

bool worseFirst(const Reason &a, const Reason &b)
{
    if (a.clusterSeverity != b.clusterSeverity)
        return a.clusterSeverity > b.clusterSeverity;
    return a.code != b.code ? name(a.code) < name(b.code) : a.subject < b.subject;
}
} // namespace

QJsonObject toSchema1(const ClusterStatus &status, const Schema1Texts &texts)
{
    QJsonObject object{{"name"_L1, status.name.text()}, {"system"_L1, status.system}, {"severity"_L1, name(status.severity)}};
    put(object, "since"_L1, status.since);
    putPending(object, status.pending);
    if (status.maintenanceUntil) {
        QJsonObject maintenance{{"until"_L1, toRfc3339(*status.maintenanceUntil)}};
        put(maintenance, "note"_L1, status.maintenanceNote);
        object.insert("maintenance"_L1, maintenance);
    }
    put(object, "headline"_L1, texts.headline ? texts.headline(status) : QString());
    put(object, "observed"_L1, status.observed);
    const auto reasons = [&](const QList<Reason> &list) {
        return arrayOf(sorted(list, worseFirst), [&](const Reason &reason) { return write(status, reason, texts); });
    };
    object.insert("reasons"_L1, reasons(status.reasons));
    if (!status.checking.isEmpty())
        object.insert("checking"_L1, reasons(status.checking));
    object.insert("endpoints"_L1, arrayOf(status.endpoints, [](const EndpointStatus &endpoint) { return write(endpoint); }));
    const auto byNameAndGroup
        = [](const ComponentStatus &a, const ComponentStatus &b) { return a.fullName() < b.fullName(); };
    if (!status.components.isEmpty())
        object.insert("components"_L1,
            arrayOf(sorted(status.components, byNameAndGroup), [](const ComponentStatus &component) { return write(component); }));
    if (!status.raft.isEmpty())
        object.insert("raft"_L1, arrayOf(status.raft, [](const RaftStatus &raft) { return write(raft); }));
    putNamed(object, "queues"_L1, status.queues);
    putNamed(object, "streams"_L1, status.streams);
    putNamed(object, "buckets"_L1, status.buckets);
    putNamed(object, "object_stores"_L1, status.objectStores);
    if (status.consumers)
        object.insert("consumers"_L1, write(*status.consumers));
    if (status.nats) {
        QJsonObject nats;
        put(nats, "url"_L1, status.nats->url);
        put(nats, "version"_L1, status.nats->version);
        object.insert("nats"_L1, nats);
    }
    if (status.agents)
        object.insert("agents"_L1, write(*status.agents));
    return object;
}

QJsonObject toSchema1(const FleetStatus &status, const Schema1Texts &texts)
{
    QJsonObject object{{"schema"_L1, 1}, {"quorate"_L1, QLatin1String(QUORATE_VERSION)}, {"time"_L1, toRfc3339(status.time)},
        {"severity"_L1, name(worst(status.clusters))}};
    put(object, "host"_L1, status.host);
    object.insert("notices"_L1, arrayOf(status.notices, [](const Notice &notice) {
        return QJsonObject{{"code"_L1, notice.code}, {"text"_L1, notice.text}};
    }));
    object.insert("clusters"_L1, arrayOf(status.clusters, [&](const ClusterStatus &cluster) { return toSchema1(cluster, texts); }));
    return object;
}

} // namespace quorate
