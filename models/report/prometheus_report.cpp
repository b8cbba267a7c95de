// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/report/prometheus_text.h"
#include "models/report/report.h"

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
qint64 flag(bool set) { return set ? 1 : 0; }

double unixSeconds(Instant instant) { return std::chrono::duration<double>(instant.time_since_epoch()).count(); }

std::optional<double> unixSeconds(const std::optional<Instant> &instant)
{
    return instant ? std::optional(unixSeconds(*instant)) : std::nullopt;
}

/// One series a severity, of which one is 1: a state that an alert can match by name.
void stateSet(PrometheusText &out, QLatin1String family, QLatin1String help, const PrometheusLabels &labels, Severity severity)
{
    for (const Severity each : allSeverities)
        out.gauge(family, help, labels + PrometheusLabels{{"severity"_L1, name(each)}}, flag(each == severity));
}

void addReasons(PrometheusText &out, const ClusterStatus &cluster)
{
    for (const Reason &reason : cluster.reasons) {
        if (reason.foldedUnder)
            continue;
        out.gauge("quorate_cluster_reason"_L1, "Reasons of a verdict; severity is what it counts for, ok is a note."_L1,
            {{"cluster"_L1, cluster.name.text()}, {"code"_L1, name(reason.code)}, {"subject"_L1, reason.subject},
                {"severity"_L1, name(reason.clusterSeverity)}},
            qint64{1});
    }
}

void addEndpoints(PrometheusText &out, const ClusterStatus &cluster)
{
    for (const EndpointStatus &endpoint : cluster.endpoints) {
        const PrometheusLabels labels{{"cluster"_L1, cluster.name.text()}, {"endpoint"_L1, endpoint.url.text()}};
        out.gauge("quorate_endpoint_up"_L1, "1 when the newest attempt was answered and understood."_L1, labels,
            flag(endpoint.reach == Reach::Answered && !endpoint.stale));
        out.gauge("quorate_endpoint_reach"_L1, "How the newest attempt ended."_L1,
            labels + PrometheusLabels{{"reach"_L1, name(endpoint.reach)}}, qint64{1});
        out.gauge("quorate_endpoint_latency_seconds"_L1, "Latency of the newest primary request."_L1, labels, endpoint.latency);
        out.gauge("quorate_endpoint_certificate_expires_timestamp_seconds"_L1, "When the server's certificate expires."_L1, labels,
            unixSeconds(endpoint.certificateExpires));
    }
}

void addComponents(PrometheusText &out, const ClusterStatus &cluster)
{
    for (const ComponentStatus &component : cluster.components) {
        if (component.disabled)
            continue;
        stateSet(out, "quorate_component_severity"_L1, "Severity of a component, as reported."_L1,
            {{"cluster"_L1, cluster.name.text()}, {"endpoint"_L1, component.endpoint.text()}, {"group"_L1, component.group},
                {"component"_L1, component.name}},
            component.severity);
    }
}

void addPeers(PrometheusText &out, const PrometheusLabels &group, const RaftStatus &raft)
{
    for (const PeerStatus &peer : raft.peers) {
        const PrometheusLabels labels
            = group + PrometheusLabels{{"peer"_L1, peer.name.isEmpty() ? peer.address : peer.name}, {"address"_L1, peer.address}};
        out.gauge(
            "quorate_raft_peer_state"_L1, "State of a peer."_L1, labels + PrometheusLabels{{"state"_L1, name(peer.state)}}, qint64{1});
        out.gauge("quorate_raft_peer_leader"_L1, "1 for the leader."_L1, labels, flag(peer.role == PeerRole::Leader));
        out.gauge("quorate_raft_peer_trailing_entries"_L1, "Entries behind the leader."_L1, labels, peer.trailing);
        out.gauge("quorate_raft_peer_last_contact_seconds"_L1, "Time since the peer heard from the leader."_L1, labels, peer.lastContact);
    }
}

void addRaft(PrometheusText &out, const ClusterStatus &cluster)
{
    for (const RaftStatus &raft : cluster.raft) {
        const PrometheusLabels labels{{"cluster"_L1, cluster.name.text()}, {"group"_L1, raft.group}};
        if (raft.term)
            out.gauge("quorate_raft_term"_L1, "Term of the Raft group."_L1, labels, static_cast<double>(*raft.term));
        if (raft.margin)
            out.gauge(
                "quorate_raft_margin"_L1, "How many more voters can fail before the quorum is lost."_L1, labels, qint64{*raft.margin});
        if (raft.voters > 0) {
            out.gauge("quorate_raft_voters"_L1, "Voters in the membership."_L1, labels, qint64{raft.voters});
            out.gauge("quorate_raft_live_voters"_L1, "Voters in touch with the leader."_L1, labels, qint64{raft.live});
            out.gauge("quorate_raft_quorum"_L1, "Voters needed for a quorum."_L1, labels, qint64{raft.quorum});
        }
        if (raft.expected > 0)
            out.gauge("quorate_raft_expected_voters"_L1, "Voters that should be there."_L1, labels, qint64{raft.expected});
        addPeers(out, labels, raft);
    }
}

void addWork(PrometheusText &out, const ClusterStatus &cluster)
{
    const auto labels = [&](QLatin1String kind, const QString &name) {
        return PrometheusLabels{{"cluster"_L1, cluster.name.text()}, {kind, name}};
    };
    for (const QueueStatus &queue : cluster.queues.value_or(QList<QueueStatus>())) {
        const auto part = [&](QLatin1String state, std::optional<qint64> value) {
            out.gauge("quorate_queue_jobs"_L1, "Jobs of a queue by state."_L1,
                labels("queue"_L1, queue.name) + PrometheusLabels{{"state"_L1, state}}, value);
        };
        part("unprocessed"_L1, queue.unprocessed);
        part("processing"_L1, queue.processing);
        part("completed"_L1, queue.completed);
        part("failed"_L1, queue.failed);
        part("dead"_L1, queue.dead);
        part("other"_L1, queue.other);
    }
    for (const StreamFact &stream : cluster.streams.value_or(QList<StreamFact>())) {
        out.gauge("quorate_stream_messages"_L1, "Messages in a stream."_L1, labels("stream"_L1, stream.name), stream.messages);
        out.gauge("quorate_stream_bytes"_L1, "Size of a stream."_L1, labels("stream"_L1, stream.name), stream.bytes);
    }
    for (const BucketFact &bucket : cluster.buckets.value_or(QList<BucketFact>())) {
        out.gauge("quorate_bucket_keys"_L1, "Keys in a bucket."_L1, labels("bucket"_L1, bucket.name), bucket.keys);
        out.gauge("quorate_bucket_bytes"_L1, "Size of a bucket."_L1, labels("bucket"_L1, bucket.name), bucket.bytes);
    }
    if (cluster.agents) {
        const PrometheusLabels own{{"cluster"_L1, cluster.name.text()}};
        out.gauge("quorate_agents"_L1, "Agents that are registered."_L1, own, cluster.agents->total);
        out.gauge("quorate_agents_ready"_L1, "Agents that are ready."_L1, own, cluster.agents->ready);
    }
}
} // namespace

QByteArray prometheusReport(const FleetStatus &fleet)
{
    PrometheusText out;
    out.gauge("quorate_info"_L1, "Version of Quorate."_L1, {{"version"_L1, QLatin1String(QUORATE_VERSION)}}, qint64{1});
    out.gauge("quorate_time_seconds"_L1, "When the status was made."_L1, {}, unixSeconds(fleet.time));
    stateSet(out, "quorate_fleet_severity"_L1, "Severity of all clusters together."_L1, {}, worst(fleet.clusters));
    for (const ClusterStatus &cluster : fleet.clusters) {
        const PrometheusLabels labels{{"cluster"_L1, cluster.name.text()}};
        stateSet(out, "quorate_cluster_severity"_L1, "Severity of a cluster."_L1, labels, cluster.severity);
        out.gauge(
            "quorate_cluster_pending"_L1, "1 while a change of severity is being checked."_L1, labels, flag(cluster.pending.has_value()));
        out.gauge("quorate_cluster_observed_timestamp_seconds"_L1, "When the newest attempt concluded."_L1, labels,
            unixSeconds(cluster.observed));
        addReasons(out, cluster);
        addEndpoints(out, cluster);
        addComponents(out, cluster);
        addRaft(out, cluster);
        addWork(out, cluster);
    }
    return out.text();
}

} // namespace quorate
