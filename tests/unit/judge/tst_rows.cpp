// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/judge/scene.h"

#include <QTest>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The rows of a ClusterStatus beside its reasons.
class TestRows : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void labels()
    {
        Scene scene(0, JudgeMode::OneShot, [](ClusterSpec &spec) {
            for (const QString &url : {u"http://a:1"_s, u"http://a:2"_s, u"https://b:8443/base"_s, u"http://[fd00::1]:80"_s, u"http://c"_s})
                spec.endpoints.append(EndpointUrl(url));
        });
        QStringList labels;
        for (const EndpointStatus &endpoint : scene.status().endpoints)
            labels.append(endpoint.label);
        QCOMPARE(labels, (QStringList{u"a:1"_s, u"a:2"_s, u"b"_s, u"fd00::1"_s, u"c"_s}));
    }

    void anEndpoint()
    {
        Scene scene(1);
        Observation extra = scene.failure(1, Reach::NotFound, u"HTTP 404"_s);
        extra.request = u"a-first-by-key"_s;
        extra.path = u"/extra"_s;
        extra.http = 404;
        extra.primary = extra.endpointDone = false;
        scene.tell(extra);
        scene.jump(100ms);
        Facts facts = says(u"ok"_s, ComponentState::Healthy);
        facts.version = u"1.8.7"_s;
        facts.uptimeSeconds = 9000;
        Observation observation = scene.reply(1, facts);
        observation.certificateExpires = scene.now.wall + 24h * 90;
        scene.tell(observation);
        scene.jump(400ms);
        const EndpointStatus row = scene.status().endpoints.first();
        QCOMPARE(row.reach, Reach::Answered);
        QCOMPARE(row.http, 200);
        QCOMPARE(row.latency, 0.003);
        QCOMPARE(row.observed, observation.at.wall);
        QCOMPARE(row.factsAge, 0.4);
        QCOMPARE(row.version, u"1.8.7"_s);
        QCOMPARE(row.uptime, 9000.0);
        QCOMPARE(row.reported, u"ok"_s);
        QCOMPARE(row.severity, Severity::Ok);
        QCOMPARE(row.certificateExpires, observation.certificateExpires);
        QCOMPARE(row.requests.size(), 2);
        QCOMPARE(row.requests.at(0).path, u"/status"_s); // the primary first
        QCOMPARE(row.requests.at(1).http, 404);
        QCOMPARE(scene.status().observed, observation.at.wall);
        QCOMPARE(scene.status().observedBoot, observation.at.boot);
        QCOMPARE(scene.status().validUntil, observation.at.boot + 30s);
    }

    void components()
    {
        Scene scene(2);
        Facts facts = with(component(u"storage"_s, ComponentState::Healthy));
        facts.components->append(component(u"etcd"_s, ComponentState::Healthy));
        facts.components->last().numbers.members = {1, 3};
        facts.components->append(component(u"tracing"_s, ComponentState::Disabled));
        scene.answer(1, facts);
        scene.answer(2, with(component(u"etcd"_s, ComponentState::Failed)));
        const QList<ComponentStatus> rows = scene.status().components;
        QCOMPARE(rows.size(), 4);
        QCOMPARE(rows.at(0).name, u"etcd"_s);
        QCOMPARE(rows.at(0).endpoint, scene.url(1));
        QCOMPARE(rows.at(0).severity, Severity::Ok); // as reported
        QCOMPARE(rows.at(0).derived, Severity::Critical); // as found
        QCOMPARE(rows.at(1).endpoint, scene.url(2));
        QCOMPARE(rows.at(1).severity, Severity::Critical);
        QCOMPARE(rows.at(2).name, u"storage"_s);
        QCOMPARE(rows.at(3).name, u"tracing"_s);
        QVERIFY(rows.at(3).disabled);
        QCOMPARE(scene.status().endpoints.first().severity, Severity::Critical);
    }

    void queues()
    {
        Scene scene(1);
        Facts facts = healthy();
        QueueFact second;
        second.name = u"b"_s;
        second.dead = 1;
        QueueFact first;
        first.name = u"a"_s;
        first.total = 100;
        first.unprocessed = 5;
        first.processing = 2;
        first.completed = 80;
        first.failed = 3;
        facts.queues = QList<QueueFact>{second, first};
        scene.answer(1, facts);
        const QList<QueueStatus> rows = *scene.status().queues;
        QCOMPARE(rows.at(0).name, u"a"_s);
        QCOMPARE(rows.at(0).other, 10);
        QCOMPARE(rows.at(0).severity, Severity::Ok);
        QVERIFY(!rows.at(0).deadKnown);
        QCOMPARE(rows.at(1).severity, Severity::Warning);
        QCOMPARE(rows.at(1).deadKnown, 0);
        QVERIFY(!rows.at(1).other);
        // The endpoint itself is well: it only reports the queue.
        QCOMPARE(scene.status().endpoints.first().severity, Severity::Ok);
    }

    void partsThatExceedTheTotalHaveNoOther()
    {
        Scene scene(1);
        Facts facts = healthy();
        QueueFact queue;
        queue.total = 1;
        queue.unprocessed = queue.processing = queue.completed = queue.failed = std::numeric_limits<qint64>::max();
        facts.queues = QList<QueueFact>{queue};
        scene.answer(1, facts);
        QVERIFY(!scene.status().queues->first().other);
    }

    void aSectionComesFromWhoToldItLast()
    {
        Scene scene(3, JudgeMode::OverTime);
        const auto streams = [](const QString &name) {
            Facts facts = healthy();
            StreamFact stream;
            stream.name = name;
            facts.streams = QList<StreamFact>{stream};
            return facts;
        };
        scene.answer(1, streams(u"one"_s));
        scene.jump(1s);
        scene.answer(2, streams(u"two"_s));
        scene.jump(1s);
        scene.answer(3, healthy());
        QCOMPARE(scene.status().streams->first().name, u"two"_s);
        scene.fail(2, Reach::Refused);
        QCOMPARE(scene.status().streams->first().name, u"one"_s);
        QVERIFY(!scene.status().buckets);
        QVERIFY(!scene.status().queues);
        QVERIFY(!scene.status().agents);
    }

    void agents()
    {
        Scene scene(1, JudgeMode::OverTime);
        AgentFact web;
        web.name = u"web-2"_s;
        web.reported = u"Ready"_s;
        AgentFact full;
        full.name = u"web-1"_s;
        full.reported = u"Ready"_s;
        full.conditions = {u"DiskPressure"_s};
        Facts facts = healthy();
        facts.agents = AgentsFact{2, 2, {web, full}};
        scene.answer(1, facts);
        scene.pass(5s);
        scene.answer(1, facts);
        const AgentsStatus rows = *scene.status().agents;
        QCOMPARE(rows.total, 2);
        QCOMPARE(rows.list.at(0).facts.name, u"web-1"_s);
        QCOMPARE(rows.list.at(0).severity, Severity::Warning);
        QCOMPARE(rows.list.at(1).severity, Severity::Ok);
        scene.fail(1, Reach::TimedOut);
        QCOMPARE(scene.status().agents->list.at(1).severity, Severity::Unknown);
    }

    void reasonsAreSorted()
    {
        Scene scene(1);
        Facts facts = with(component(u"b"_s, ComponentState::Failed));
        facts.components->append(component(u"a"_s, ComponentState::Failed));
        facts.components->append(component(u"c"_s, ComponentState::Degraded));
        facts.components->append(component(u"d"_s, ComponentState::NotUnderstood));
        facts.narrowed = {u"permission"_s};
        scene.answer(1, facts);
        QCOMPARE(scene.reasons(),
            (QStringList{u"component-failed a critical/critical"_s, u"component-failed b critical/critical"_s,
                u"component-unknown d unknown/unknown"_s, u"component-degraded c warning/warning"_s,
                u"facts-narrowed http://node-1:80 ok/ok"_s}));
    }
};

QTEST_APPLESS_MAIN(TestRows)
#include "tst_rows.moc"
