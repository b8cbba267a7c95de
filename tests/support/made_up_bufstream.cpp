// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/made_up_clusters.h"
#include "tests/support/made_up_parts.h"

using namespace Qt::StringLiterals;

namespace quorate::made_up {
namespace {

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

} // namespace

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

} // namespace quorate::made_up
