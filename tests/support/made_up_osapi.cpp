// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/made_up_clusters.h"
#include "tests/support/made_up_parts.h"

#include <array>

using namespace Qt::StringLiterals;

namespace quorate::made_up {
namespace {

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

QList<ComponentStatus> components(const QString &url)
{
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
    QList<ComponentStatus> all;
    for (const auto &[group, name, reported, address] : parts) {
        all += component(QString::fromLatin1(group), QString::fromLatin1(name), url, QString::fromLatin1(reported), {});
        all.last().address = QString::fromLatin1(address);
    }
    return all;
}

QueueStatus jobQueue()
{
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
    jobs.backlogPerMinute = jobs.backlogPerMinute1 = -1.4;
    jobs.drainSeconds = 480;
    return jobs;
}

void addStores(ClusterStatus &status)
{
    status.streams = QList<StreamFact>{{u"osapi-JOBS"_s, 42, 1024, 24}};
    status.buckets = QList<BucketFact>{{u"osapi-agent-registry"_s, 7, 1946}, {u"osapi-audit-log"_s, 1204, 421'888},
        {u"osapi-job-queue"_s, 310, 52'224}, {u"osapi-job-responses"_s, 90, 20'480}};
    status.objectStores = QList<ObjectStoreFact>{{u"osapi-file-objects"_s, 5'242'880}};
    status.consumers = ConsumersFact{.total = 24, .list = {}};
    status.nats = NatsFact{u"nats://10.2.0.5:4222"_s, u"2.14.4"_s};
}

AgentsStatus registry()
{
    AgentsStatus agents;
    agents.total = agents.ready = 4;
    agents.list = {process(u"agent"_s, u"web-01"_s, 1.2, 96, 25'560), process(u"controller"_s, u"ctl-01"_s, 2.1, 128, 25'560),
        process(u"nats"_s, u"ctl-01"_s, 0.3, 64, 25'560), process(u"agent"_s, u"db-01"_s, 0.6, 88, 1'051'200),
        process(u"agent"_s, u"db-02"_s, 0.5, 91, 1'051'200), process(u"agent"_s, u"web-02"_s, 0.8, 82, 10'920)};
    agents.list[0].severity = Severity::Warning;
    agents.list[0].facts.conditions = {u"DiskPressure"_s};
    return agents;
}

} // namespace

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
    status.components = components(url);
    status.queues = QList<QueueStatus>{jobQueue()};
    addStores(status);
    status.agents = registry();
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

} // namespace quorate::made_up
