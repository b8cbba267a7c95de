// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demo_replies.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
QJsonObject probe(const QString &name, const QString &status, const QString &message)
{
    return {{u"name"_s, name}, {u"status"_s, status}, {u"message"_s, message}};
}
} // namespace

StubAnswer demoBrokerReply(const DemoWorld &world, int index, const StubRequest &request)
{
    const DemoBroker &broker = world.brokers.at(index);
    if (!request.path.startsWith("/-/status"))
        return StubAnswer::http(404, "404 page not found\n", "text/plain; charset=utf-8");
    const int connections = broker.connections + static_cast<int>(3 * std::sin(world.seconds / 9));
    const bool etcdWhole = broker.etcdHealthy == 3;
    const QString denied = u"PutObject s3://bufstream-eu-west-1/probe/7f3a: 403 AccessDenied: explicit deny in a bucket policy"_s;
    const QJsonArray probes{
        probe(u"etcd"_s, etcdWhole ? u"healthy"_s : u"warning"_s, u"%1/3 member(s) healthy"_s.arg(broker.etcdHealthy)),
        probe(u"kafka_server"_s, u"healthy"_s, u"Connected to broker-%1.bufstream.svc:9092"_s.arg(index)),
        probe(u"metadata_storage"_s, u"healthy"_s, {}),
        probe(u"metadata_storage_migrations"_s, u"healthy"_s, u"Migrations: current: %1, target: 4"_s.arg(broker.migrationsCurrent)),
        probe(u"object_storage"_s, broker.objectStorageFails ? u"error"_s : u"healthy"_s, broker.objectStorageFails ? denied : QString()),
        probe(u"postgresql"_s, u"healthy"_s,
            u"PostgreSQL: v14.18, connections: %1/100, connected apps: other: 19/25, uptime: 41h10m2s"_s.arg(connections)),
        probe(u"version"_s, u"healthy"_s, u"Version: %1"_s.arg(broker.version)),
    };
    const QString overall = broker.objectStorageFails ? u"error"_s : etcdWhole ? u"healthy"_s : u"warning"_s;
    const QByteArray body = QJsonDocument(QJsonObject{{u"status"_s, overall}, {u"probes"_s, probes}}).toJson(QJsonDocument::Compact);
    return StubAnswer::http(broker.objectStorageFails ? 503 : 200, body);
}

} // namespace quorate
