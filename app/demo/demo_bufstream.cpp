// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demo_replies.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
/// As the broker words it; a scenario may put another word in place of `status`, or leave the probe out.
class Probes {
public:
    explicit Probes(const DemoBroker &broker)
        : m_broker(broker)
    {
    }
    void add(const QString &name, const QString &status, const QString &message)
    {
        if (!m_broker.omits.contains(name))
            m_list.append(QJsonObject{{u"name"_s, name}, {u"status"_s, m_broker.words.value(name, status)}, {u"message"_s, message}});
    }
    [[nodiscard]] const QJsonArray &list() const { return m_list; }
    /// The worst word there is.
    [[nodiscard]] QString overall() const
    {
        for (const QString &word : {u"error"_s, u"warning"_s}) {
            if (std::any_of(m_list.begin(), m_list.end(), [&](const QJsonValue &probe) { return probe[u"status"_s] == word; }))
                return word;
        }
        return u"healthy"_s;
    }

private:
    const DemoBroker &m_broker;
    QJsonArray m_list;
};
} // namespace

StubAnswer demoBrokerReply(const DemoWorld &world, int index, const StubRequest &request)
{
    const DemoBroker &broker = world.brokers.at(index);
    if (!request.path.startsWith("/-/status"))
        return StubAnswer::http(404, "404 page not found\n", "text/plain; charset=utf-8");
    const int connections = broker.connections + static_cast<int>(3 * std::sin(world.seconds / 9));
    const bool etcdWhole = broker.etcdHealthy == 3;
    const QString denied = u"PutObject s3://bufstream-eu-west-1/probe/7f3a: 403 AccessDenied: explicit deny in a bucket policy"_s;
    Probes probes(broker);
    probes.add(u"etcd"_s, etcdWhole ? u"healthy"_s : u"warning"_s, u"%1/3 member(s) healthy"_s.arg(broker.etcdHealthy));
    probes.add(u"kafka_server"_s, u"healthy"_s, u"Connected to broker-%1.bufstream.svc:9092"_s.arg(index));
    probes.add(u"metadata_storage"_s, u"healthy"_s, {});
    probes.add(u"metadata_storage_migrations"_s, u"healthy"_s, u"Migrations: current: %1, target: 4"_s.arg(broker.migrationsCurrent));
    probes.add(u"object_storage"_s, broker.objectStorageFails ? u"error"_s : u"healthy"_s, broker.objectStorageFails ? denied : QString());
    probes.add(u"postgresql"_s, u"healthy"_s,
        u"PostgreSQL: v14.18, connections: %1/100, connected apps: other: 19/25, uptime: 41h10m2s"_s.arg(connections));
    probes.add(u"version"_s, u"healthy"_s, u"Version: %1"_s.arg(broker.version));
    const QByteArray body
        = QJsonDocument(QJsonObject{{u"status"_s, probes.overall()}, {u"probes"_s, probes.list()}}).toJson(QJsonDocument::Compact);
    return StubAnswer::http(broker.objectStorageFails ? 503 : 200, body);
}

} // namespace quorate
