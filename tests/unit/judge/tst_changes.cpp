// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/judge/scene.h"

#include <QTest>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
Facts running(double uptime, const QString &version)
{
    Facts facts = healthy();
    facts.uptimeSeconds = uptime;
    facts.version = version;
    return facts;
}
} // namespace

/// Events, configurations, intents and memory.
class TestChanges : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void aVerdictChangesOnce()
    {
        Scene scene(3, JudgeMode::OverTime);
        for (int i = 1; i <= 3; ++i)
            scene.answer(i, healthy());
        scene.events.clear();
        for (int poll = 0; poll < 5; ++poll) {
            scene.pass(10s);
            scene.fail(1, Reach::Refused, u"attempt %1"_s.arg(poll));
            scene.answer(2, healthy());
            scene.answer(3, healthy());
        }
        QCOMPARE(scene.events.size(), 1);
        const Event event = scene.events.first();
        QCOMPARE(event.kind, EventKind::VerdictChanged);
        QCOMPARE(event.before, Severity::Ok);
        QCOMPARE(event.after, Severity::Warning);
        QCOMPARE(event.since, scene.now.wall - 40s);
        QCOMPARE(event.reasons.first().code, ReasonCode::EndpointDown);
        QCOMPARE(scene.status().since, event.since);
        QCOMPARE(scene.status().reasons.first().since, event.since);
        QCOMPARE(scene.status().reasons.first().detail, u"attempt 4"_s);
    }

    void anotherReasonOfTheSameSeverityIsAnEvent()
    {
        Scene scene(1, JudgeMode::OverTime);
        scene.answer(1, with(component(u"a"_s, ComponentState::Degraded)));
        scene.pass(10s);
        scene.answer(1, with(component(u"a"_s, ComponentState::Degraded)));
        const std::optional<Instant> since = scene.status().since;
        scene.events.clear();
        scene.pass(10s);
        scene.answer(1, with(component(u"b"_s, ComponentState::Degraded)));
        QVERIFY(scene.events.isEmpty());
        scene.pass(10s);
        scene.answer(1, with(component(u"b"_s, ComponentState::Degraded)));
        QCOMPARE(scene.eventsOf(EventKind::VerdictChanged).size(), 1);
        QCOMPARE(scene.events.first().before, scene.events.first().after);
        QCOMPARE(scene.status().since, since);
    }

    void aRestartAndANewVersion()
    {
        Scene scene(1, JudgeMode::OverTime);
        scene.answer(1, running(1000, u"1"_s));
        scene.pass(10s);
        scene.answer(1, running(1010, u"1"_s));
        QCOMPARE(scene.eventsOf(EventKind::Restarted).size(), 0);
        scene.pass(10s);
        scene.fail(1, Reach::Refused);
        scene.pass(10s);
        scene.answer(1, running(5, u"2"_s));
        QCOMPARE(scene.eventsOf(EventKind::Restarted).size(), 1);
        QCOMPARE(scene.eventsOf(EventKind::Restarted).first().subject, u"http://node-1:80"_s);
        QCOMPARE(scene.eventsOf(EventKind::VersionChanged).size(), 1);
        QCOMPARE(scene.eventsOf(EventKind::VersionChanged).first().names, (QStringList{u"1"_s, u"2"_s}));
    }

    void aNewConfigurationKeepsWhatDidNotChange()
    {
        Scene scene(2, JudgeMode::OverTime);
        QVERIFY(scene.eventsOf(EventKind::ConfigReloaded).isEmpty());
        scene.answer(1, healthy());
        scene.answer(2, healthy());
        ClusterSpec spec = scene.spec();
        scene.tell(FleetSpec{spec});
        QVERIFY(scene.eventsOf(EventKind::ConfigReloaded).isEmpty());

        spec.endpoints = {spec.endpoints.at(1), EndpointUrl(u"http://node-3:80"_s)};
        ClusterSpec other = spec;
        other.name = ClusterName(u"other"_s);
        scene.tell(FleetSpec{other, spec});
        QCOMPARE(scene.eventsOf(EventKind::ConfigReloaded).size(), 1);
        QCOMPARE(scene.fleet.clusters.size(), 2);
        const ClusterStatus status = judged(scene.fleet.clusters.at(1), scene.fleet.mode, scene.now);
        QCOMPARE(status.endpoints.at(0).url.text(), u"http://node-2:80"_s);
        QCOMPARE(status.endpoints.at(0).reach, Reach::Answered);
        QCOMPARE(status.endpoints.at(1).reach, Reach::NotPolled);
        QCOMPARE(judged(scene.fleet.clusters.at(0), scene.fleet.mode, scene.now).severity, Severity::Unknown);

        spec.system = u"another system"_s;
        scene.tell(FleetSpec{spec});
        QCOMPARE(scene.status().endpoints.at(0).reach, Reach::NotPolled);
    }

    void aConfiguredLimitAppliesToWhatIsKnown()
    {
        Scene scene(1, JudgeMode::OverTime);
        Facts facts = healthy();
        QueueFact queue;
        queue.name = u"jobs"_s;
        queue.dead = 3;
        facts.queues = QList<QueueFact>{queue};
        scene.answer(1, facts);
        QCOMPARE(scene.codes(), QStringList{u"queue-dead-letters"_s});
        ClusterSpec spec = scene.spec();
        spec.deadLettersKnown = 3;
        scene.tell(FleetSpec{spec});
        QCOMPARE(scene.codes(), QStringList());
    }

    void answersOfAFormerConfigurationAreDropped()
    {
        Scene scene(2, JudgeMode::OverTime);
        const Observation late = scene.reply(2, healthy());
        ClusterSpec spec = scene.spec();
        spec.endpoints.removeLast();
        scene.tell(FleetSpec{spec});
        scene.tell(late);
        QCOMPARE(scene.status().endpoints.size(), 1);
        QCOMPARE(scene.codes(), QStringList{u"not-polled"_s});
    }

    void pauseAndResume()
    {
        Scene scene(1, JudgeMode::OverTime);
        scene.answer(1, healthy());
        Intent intent;
        intent.kind = Intent::Kind::Pause;
        intent.cluster = scene.spec().name;
        scene.tell(intent);
        scene.tell(intent);
        QCOMPARE(scene.eventsOf(EventKind::PollingPaused).size(), 1);
        QCOMPARE(scene.codes(), QStringList{u"nothing-to-observe"_s});
        QCOMPARE(scene.status().endpoints.first().severity, Severity::Unknown);
        QCOMPARE(scene.status().components.first().severity, Severity::Unknown);
        scene.pass(1h);
        QCOMPARE(scene.codes(), QStringList{u"nothing-to-observe"_s});
        QVERIFY(scene.status().validUntil > scene.now.boot);
        intent.kind = Intent::Kind::Resume;
        scene.tell(intent);
        QCOMPARE(scene.eventsOf(EventKind::PollingResumed).size(), 1);
        QCOMPARE(scene.codes(), QStringList{u"stale"_s});
        scene.answer(1, healthy());
        QCOMPARE(scene.codes(), QStringList());
    }

    void aReloadDoesNotUndoAPauseUnlessItSpeaksOfIt()
    {
        Scene scene(1, JudgeMode::OverTime);
        Intent intent;
        intent.kind = Intent::Kind::Pause;
        scene.tell(intent);
        ClusterSpec spec = scene.spec();
        spec.interval = 5s;
        scene.tell(FleetSpec{spec});
        QVERIFY(scene.status().paused);
        spec.paused = true;
        scene.tell(FleetSpec{spec});
        spec.paused = false;
        scene.tell(FleetSpec{spec});
        QVERIFY(!scene.status().paused);
    }

    void memorySurvivesAndIsNotOverwrittenByNothing()
    {
        Scene scene(1, JudgeMode::OverTime);
        const ClusterName name = scene.spec().name;
        const Instant long_ago = scene.now.wall - 24h;
        ClusterMemory memory;
        memory.lastSeverity = Severity::Critical;
        memory.lastSince = long_ago;
        memory.deadLettersKnown.insert(u"jobs"_s, 4);
        scene.tell(Memory{{name, memory}});
        QCOMPARE(memoryOf(scene.fleet).value(name), memory); // nothing polled yet
        scene.fail(1, Reach::Refused);
        scene.pass(10s);
        scene.fail(1, Reach::Refused);
        QCOMPARE(scene.status().since, long_ago); // as bad as when Quorate was last there
        scene.pass(10s);
        const Instant well = scene.now.wall;
        scene.answer(1, healthy());
        QCOMPARE(scene.status().severity, Severity::Critical);
        scene.pass(10s);
        scene.answer(1, healthy());
        QCOMPARE(scene.status().since, well);
        QCOMPARE(memoryOf(scene.fleet).value(name).lastSeverity, Severity::Ok);
        QCOMPARE(memoryOf(scene.fleet).value(name).lastSeen, scene.now.wall);
        scene.tell(FleetSpec{});
        QCOMPARE(memoryOf(scene.fleet).value(name).deadLettersKnown.value(u"jobs"_s), 4);
    }

    void theStartTellsWhatWasLastSeen()
    {
        Scene scene(1, JudgeMode::OverTime);
        ClusterMemory memory;
        memory.lastSeverity = Severity::Ok;
        memory.lastSeen = scene.now.wall - 24h;
        scene.tell(Memory{{scene.spec().name, memory}});
        scene.tell(FleetSpec{scene.spec()});
        const ClusterStatus status = scene.status();
        QCOMPARE(status.severity, Severity::Unknown);
        QCOMPARE(status.reasons.first().code, ReasonCode::NotPolled);
        QCOMPARE(status.reasons.first().names, QStringList({toRfc3339(*memory.lastSeen), u"ok"_s}));
    }

    void okBeforeARestartProvesNothing()
    {
        Scene scene(1, JudgeMode::OverTime);
        ClusterMemory memory;
        memory.lastSeverity = Severity::Ok;
        memory.lastSince = scene.now.wall - 24h;
        scene.tell(Memory{{scene.spec().name, memory}});
        scene.answer(1, healthy());
        QCOMPARE(scene.status().since, scene.now.wall);
    }

    void sinceIsTheFirstEvidenceOfTheSeverity()
    {
        Scene scene(3, JudgeMode::OverTime);
        for (int i = 1; i <= 3; ++i)
            scene.answer(i, healthy());
        scene.pass(5s);
        scene.fail(1, Reach::Refused);
        const Instant first = scene.now.wall;
        scene.pass(5s);
        scene.fail(2, Reach::Refused);
        const Instant second = scene.now.wall;
        scene.pass(5s);
        scene.fail(1, Reach::Refused);
        QCOMPARE(scene.status().severity, Severity::Warning);
        QCOMPARE(scene.status().since, first);
        scene.pass(5s);
        scene.fail(2, Reach::Refused);
        QCOMPARE(scene.status().severity, Severity::Critical);
        QCOMPARE(scene.status().since, second);
        QCOMPARE(scene.status().reasons.first().since, first);
    }

    void manyEndpointsAreJudgedInBatches()
    {
        Scene scene(200, JudgeMode::OverTime);
        for (int i = 1; i <= 200; ++i)
            scene.answer(i, healthy());
        scene.pass(1s);
        scene.events.clear();
        for (int i = 1; i <= 200; ++i)
            scene.fail(i, Reach::Refused);
        scene.pass(10s);
        QVERIFY(scene.events.isEmpty());
        for (int i = 1; i <= 200; ++i)
            scene.fail(i, Reach::Refused);
        // All in the same millisecond: what is shown is up to date, the event comes with the next tick.
        QCOMPARE(scene.status().severity, Severity::Critical);
        scene.pass(1s);
        QVERIFY(!scene.events.isEmpty());
        QVERIFY(scene.events.size() <= 2);
        QCOMPARE(scene.events.last().after, Severity::Critical);
    }
};

QTEST_APPLESS_MAIN(TestChanges)
#include "tst_changes.moc"
