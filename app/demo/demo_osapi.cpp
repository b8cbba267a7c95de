// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demo_replies.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

QJsonObject components(const DemoController &controller)
{
    const bool natsDown = controller.natsDown;
    QJsonObject all;
    for (auto word = controller.words.cbegin(); word != controller.words.cend(); ++word)
        all.insert(word.key(), QJsonObject{{u"status"_s, *word}});
    for (const QString &name : {u"controller.api"_s, u"controller.heartbeat"_s, u"controller.metrics"_s, u"controller.notifier"_s,
             u"controller.tracing"_s, u"controller.ui"_s}) {
        if (!all.contains(name))
            all.insert(name, QJsonObject{{u"status"_s, u"ok"_s}});
    }
    all.insert(u"controller.pki"_s, QJsonObject{{u"status"_s, u"disabled"_s}});
    const QJsonObject ok{{u"status"_s, u"ok"_s}};
    all.insert(
        u"controller.nats (connectivity)"_s, natsDown ? QJsonObject{{u"status"_s, u"error"_s}, {u"error"_s, u"nats not connected"_s}} : ok);
    all.insert(u"controller.kv (connectivity)"_s,
        natsDown ? QJsonObject{{u"status"_s, u"error"_s}, {u"error"_s, u"kv bucket not accessible: nats: connection closed"_s}} : ok);
    if (natsDown)
        return all;
    for (const QString &name : {u"agent.facts"_s, u"agent.heartbeat"_s, u"agent.metrics"_s, u"nats.heartbeat"_s, u"nats.metrics"_s})
        all.insert(name, ok);
    all.insert(u"agent.pki"_s, QJsonObject{{u"status"_s, u"disabled"_s}});
    all.insert(u"nats.server"_s, QJsonObject{{u"status"_s, u"ok"_s}, {u"address"_s, u"nats://localhost:4222"_s}});
    return all;
}

QJsonObject process(const QString &type, const QString &host, const QString &age, double cpu, qint64 memory)
{
    return {{u"type"_s, type}, {u"hostname"_s, host}, {u"status"_s, u"Ready"_s}, {u"age"_s, age}, {u"cpu_percent"_s, cpu},
        {u"mem_bytes"_s, memory}};
}

QJsonArray registry(const DemoWorld &world)
{
    const double wave = std::round(10 * (1 + 0.4 * std::sin(world.seconds / 7))) / 10;
    constexpr qint64 mebi = 1024 * 1024;
    QList<QJsonObject> agents{process(u"agent"_s, u"db-01"_s, u"3d 4h"_s, 0.6 * wave, 88 * mebi),
        process(u"agent"_s, u"db-02"_s, u"3d 4h"_s, 0.5, 91 * mebi), process(u"agent"_s, u"web-01"_s, u"7h 6m"_s, 1.2 * wave, 96 * mebi),
        process(u"agent"_s, u"web-02"_s, u"3h 2m"_s, 0.8, 82 * mebi)};
    if (world.controller.diskPressure)
        agents[2].insert(u"conditions"_s, QJsonArray{u"DiskPressure"_s});
    QJsonArray rows;
    for (int i = 0; i < world.controller.agents; ++i) {
        if (i >= world.controller.agents - world.controller.notReady)
            agents[i].insert(u"status"_s, u"NotReady"_s);
        rows.append(agents.at(i));
    }
    rows.append(process(u"controller"_s, u"ctl-01"_s, u"7h 6m"_s, 2.1, 128 * mebi));
    rows.append(process(u"nats"_s, u"ctl-01"_s, u"7h 6m"_s, 0.3, 64 * mebi));
    return rows;
}

QJsonObject jobs(const DemoWorld &world)
{
    if (world.controller.stuck)
        return {{u"unprocessed"_s, 7}, {u"processing"_s, 0}, {u"completed"_s, 80}, {u"failed"_s, 3}, {u"dlq"_s, 0}, {u"total"_s, 90}};
    const int waiting = (world.controller.backlog ? 12 : 3) + static_cast<int>(2 * (1 + std::sin(world.seconds / 5)));
    const int completed = 78 + static_cast<int>(std::fmod(world.seconds / 3, 20));
    return {{u"unprocessed"_s, waiting}, {u"processing"_s, 2}, {u"completed"_s, completed}, {u"failed"_s, 3},
        {u"dlq"_s, world.controller.deadLetters}, {u"total"_s, waiting + 2 + completed + 3 + 5}};
}

QJsonArray buckets(const DemoWorld &world)
{
    const auto bucket = [](const QString &name, int keys, int bytes) {
        return QJsonObject{{u"name"_s, name}, {u"keys"_s, keys}, {u"bytes"_s, bytes}};
    };
    return {bucket(u"osapi-agent-registry"_s, 7, 1'946), bucket(u"osapi-audit-log"_s, 1'204 + static_cast<int>(world.seconds), 421'888),
        bucket(u"osapi-job-queue"_s, 310, 52'480), bucket(u"osapi-job-responses"_s, 90, 20'480)};
}

/// As Go prints a rounded duration: hours grow without limit.
QString uptime(double seconds)
{
    const auto whole = static_cast<qint64>(seconds);
    return u"%1h%2m%3s"_s.arg(whole / 3600).arg(whole / 60 % 60).arg(whole % 60);
}

} // namespace

StubAnswer demoControllerReply(const DemoWorld &world, const StubRequest &request)
{
    if (request.path == "/api/health")
        return StubAnswer::http(200, R"({"status":"ok"})");
    if (request.path != "/api/health/status")
        return StubAnswer::http(404, R"({"message":"Not Found"})");
    QByteArray authorization;
    for (const auto &[name, value] : request.headers) {
        if (name.compare("Authorization", Qt::CaseInsensitive) == 0)
            authorization = value;
    }
    if (authorization != QByteArray("Bearer ") + demoToken.toByteArray())
        return StubAnswer::http(401, R"({"error":"Bearer token required"})");
    const bool down = world.controller.natsDown;
    const QString usual = down ? u"degraded"_s : u"ok"_s;
    const QString word = world.controller.overall.isEmpty() ? usual : world.controller.overall;
    QJsonObject body{{u"status"_s, word}, {u"version"_s, u"0.1.0"_s}, {u"uptime"_s, uptime(25'563 + world.seconds)},
        {u"components"_s, components(world.controller)}};
    if (down) {
        body.insert(u"kv_buckets"_s, QJsonArray());
        body.insert(u"object_stores"_s, QJsonArray());
    } else {
        body.insert(u"nats"_s, QJsonObject{{u"url"_s, u"nats://localhost:4222"_s}, {u"version"_s, u"2.14.4"_s}});
        body.insert(u"jobs"_s, jobs(world));
        body.insert(u"streams"_s,
            QJsonArray{QJsonObject{{u"name"_s, u"osapi-JOBS"_s}, {u"messages"_s, 42}, {u"bytes"_s, 1'024}, {u"consumers"_s, 24}}});
        body.insert(u"kv_buckets"_s, buckets(world));
        body.insert(u"object_stores"_s, QJsonArray{QJsonObject{{u"name"_s, u"osapi-file-objects"_s}, {u"size"_s, 5'242'880}}});
        body.insert(u"consumers"_s, QJsonObject{{u"total"_s, 24}});
        body.insert(u"agents"_s,
            QJsonObject{{u"total"_s, world.controller.agents}, {u"ready"_s, world.controller.agents - world.controller.notReady}});
        body.insert(u"registry"_s, registry(world));
    }
    for (const QString &section : world.controller.omits)
        body.remove(section);
    return StubAnswer::http(word == u"ok"_s ? 200 : 503, QJsonDocument(body).toJson(QJsonDocument::Compact) + '\n');
}

} // namespace quorate
