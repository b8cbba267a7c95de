// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/judge/scene.h"

#include <QRegularExpression>
#include <QTest>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
Facts work(qint64 waiting, qint64 dead = 0, int agents = 2, qint64 completed = 0)
{
    Facts facts = healthy();
    QueueFact queue;
    queue.name = u"jobs"_s;
    queue.unprocessed = waiting;
    queue.processing = queue.failed = 0;
    queue.completed = completed;
    queue.dead = dead;
    queue.total = 100;
    facts.queues = QList<QueueFact>{queue};
    facts.agents.emplace();
    for (int i = 1; i <= agents; ++i) {
        AgentFact agent;
        agent.name = u"host-%1"_s.arg(i);
        facts.agents->list.append(agent);
    }
    facts.agents->total = facts.agents->ready = agents;
    return facts;
}

/// The same answer every 10 s.
void repeat(Scene &scene, const Facts &facts, Milliseconds duration)
{
    for (Milliseconds passed{}; passed < duration; passed += 10s) {
        scene.pass(10s);
        scene.answer(1, facts);
    }
}

Facts raft(quint64 commit, const QString &name = u"node-1"_s)
{
    Facts facts;
    facts.raft.emplace();
    facts.raft->id = u"id-"_s + name;
    facts.raft->name = name;
    facts.raft->commit = facts.raft->applied = commit;
    facts.raft->lastContactSeconds = 0.03;
    return facts;
}
} // namespace

/// The histories as the judge uses them: raised, told in rows, cleared by contrary evidence, accepted.
class TestWorkStories final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void aQueueThatIsStuckUntilItMoves()
    {
        Scene scene(1, JudgeMode::OverTime);
        scene.answer(1, work(5));
        repeat(scene, work(5), 4min);
        QVERIFY(!scene.codes().contains(u"queue-stuck"_s));
        repeat(scene, work(5), 8min);
        QCOMPARE(scene.codes(), QStringList{u"queue-stuck"_s});
        QCOMPARE(scene.status().severity, Severity::Warning);
        QCOMPARE(scene.status().queues->first().severity, Severity::Warning);
        QCOMPARE(find(scene.status(), ReasonCode::QueueStuck)->value, 5.0);
        repeat(scene, work(4, 0, 2, 1), 1min);
        QCOMPARE(scene.codes(), QStringList());
    }

    void rowsTellTheRates()
    {
        Scene scene(1, JudgeMode::OverTime);
        for (int i = 0; i <= 100; ++i) {
            scene.answer(1, work(2000 - 10 * i));
            scene.pass(10s);
        }
        const QueueStatus row = scene.status().queues->first();
        QCOMPARE(row.backlogPerMinute, -60.0);
        QCOMPARE(row.backlogPerMinute1, -60.0);
        QCOMPARE(row.backlogPerMinute5, -60.0);
        QCOMPARE(row.backlogPerMinute15, -60.0);
        QCOMPARE(row.drainSeconds, 1000.0);
    }

    void oneRoundTellsNoRate()
    {
        Scene scene(1);
        scene.answer(1, work(5));
        QCOMPARE(scene.status().queues->first().backlogPerMinute, std::nullopt);
    }

    void agentsLeaveAndAreAccepted()
    {
        Scene scene(1, JudgeMode::OverTime);
        scene.answer(1, work(0, 0, 3));
        repeat(scene, work(0, 0, 3), 1min);
        repeat(scene, work(0, 0, 2), 4min);
        QCOMPARE(scene.codes(), QStringList{u"agents-missing"_s});
        const ClusterStatus status = scene.status();
        QCOMPARE(find(status, ReasonCode::AgentsMissing)->names, QStringList{u"host-3"_s});
        scene.tell(Intent{Intent::Kind::AcceptAgents, scene.spec().name, {}});
        repeat(scene, work(0, 0, 2), 1min);
        QCOMPARE(scene.codes(), QStringList());
        repeat(scene, work(0, 0, 0), 5min);
        QCOMPARE(scene.codes(), QStringList{u"agents-none"_s});
        QCOMPARE(scene.status().severity, Severity::Critical);
        repeat(scene, work(0, 0, 2), 1min);
        QCOMPARE(scene.codes(), QStringList());
    }

    void aMissingAgentWaitsOnceAndIsMarkedMeanwhile()
    {
        Scene scene(1, JudgeMode::OverTime);
        scene.answer(1, work(0, 0, 3));
        repeat(scene, work(0, 0, 3), 1min);
        repeat(scene, work(0, 0, 2), 60s);
        QCOMPARE(scene.codes(), QStringList());
        QVERIFY(scene.status().pending);
        QCOMPARE(scene.status().checking.size(), 1);
        QCOMPARE(scene.status().checking.first().code, ReasonCode::AgentsMissing);
        repeat(scene, work(0, 0, 2), 10s); // 60 s since the first answer without it
        QCOMPARE(scene.codes(), QStringList{u"agents-missing"_s});
    }

    void noAgentsAtAll()
    {
        Scene scene(1, JudgeMode::OverTime);
        scene.answer(1, work(0, 0, 2));
        repeat(scene, work(0, 0, 2), 30s);
        repeat(scene, work(0, 0, 0), 60s);
        QCOMPARE(scene.codes(), QStringList());
        QVERIFY(scene.status().pending);
        QCOMPARE(scene.status().pending->severity, Severity::Critical);
        repeat(scene, work(0, 0, 0), 10s);
        QCOMPARE(scene.codes(), QStringList{u"agents-none"_s});
        QCOMPARE(scene.status().severity, Severity::Critical);
        repeat(scene, work(0, 0, 1), 30s); // some again: but one has been gone for long enough
        QCOMPARE(scene.codes(), QStringList{u"agents-missing"_s});
    }

    void anotherProgramAcceptsTheAgents()
    {
        Scene scene(1, JudgeMode::OverTime);
        scene.answer(1, work(0, 0, 3));
        repeat(scene, work(0, 0, 2), 3min);
        QCOMPARE(scene.codes(), QStringList{u"agents-missing"_s});
        Memory memory = memoryOf(scene.fleet);
        QCOMPARE(memory.first().agentsAccepted, std::nullopt);
        memory.first().agentsAccepted = scene.now.wall - 1h; // long ago: nothing new
        scene.tell(memory);
        repeat(scene, work(0, 0, 2), 30s);
        QCOMPARE(scene.codes(), QStringList{u"agents-missing"_s});
        memory.first().agentsAccepted = scene.now.wall;
        scene.tell(memory);
        repeat(scene, work(0, 0, 2), 30s);
        QCOMPARE(scene.codes(), QStringList());
        QCOMPARE(memoryOf(scene.fleet).first().agentsAccepted, memory.first().agentsAccepted);
        repeat(scene, work(0, 0, 1), 3min); // another one
        QCOMPARE(scene.codes(), QStringList{u"agents-missing"_s});
    }

    void whatVanishedIsUnknownInItsPlace()
    {
        Scene scene(1, JudgeMode::OverTime);
        Facts all = work(7);
        all.components->append(component(u"cache"_s, ComponentState::Healthy));
        scene.answer(1, all);
        QCOMPARE(scene.status().components.size(), 2);
        repeat(scene, work(7), 10s);
        Facts rest = work(7);
        rest.queues.reset();
        repeat(scene, rest, 3min);
        const ClusterStatus status = scene.status();
        QCOMPARE(scene.codes().join(u' '), u"component-vanished section-vanished"_s);
        QCOMPARE(status.severity, Severity::Warning);
        QStringList rows;
        for (const ComponentStatus &row : status.components)
            rows.append(u"%1 %2 %3"_s.arg(row.name, name(row.severity), row.message));
        QCOMPARE(
            rows, (QStringList{u"cache unknown not reported any more"_s, u"queues unknown not reported any more"_s, u"storage ok "_s}));
        QCOMPARE(status.queues->size(), 1); // as they last were
        QCOMPARE(status.queues->first().severity, Severity::Unknown);
        QCOMPARE(status.queues->first().unprocessed, 7);
        repeat(scene, all, 1min);
        QCOMPARE(scene.status().components.size(), 2);
        QCOMPARE(scene.status().queues->first().severity, Severity::Ok);
        QCOMPARE(scene.status().severity, Severity::Ok);
    }

    void anotherVersionMayReportLess()
    {
        Scene scene(1, JudgeMode::OverTime);
        Facts old = work(7);
        old.version = u"1"_s;
        scene.answer(1, old);
        Facts rest = work(7);
        rest.version = u"2"_s;
        rest.queues.reset();
        repeat(scene, rest, 3min);
        QCOMPARE(scene.codes(), QStringList());
        QCOMPARE(scene.status().components.size(), 1);
        QVERIFY(!scene.status().queues);
    }

    void aCertificateIsToldOfTwice()
    {
        Scene scene(1, JudgeMode::OverTime);
        const Instant expires = scene.now.wall + 8 * 24h + 22h;
        const auto answer = [&] {
            Observation reply = scene.reply(1, healthy());
            reply.certificateExpires = expires;
            scene.tell(reply);
        };
        const auto told = [&] { return scene.eventsOf(EventKind::VerdictChanged).size(); };
        const auto limit = [&] {
            const ClusterStatus status = scene.status();
            const Reason *found = find(status, ReasonCode::CertificateExpires, scene.url(1).text());
            return found ? found->limit : std::nullopt;
        };
        answer();
        QCOMPARE(limit(), 30);
        const qsizetype before = told();
        for (int hour = 0; hour < 30; ++hour) {
            scene.jump(1h);
            answer();
            scene.tell(Tick{});
            if (hour < 20)
                QCOMPARE(limit(), 30);
        }
        QCOMPARE(limit(), 7);
        QCOMPARE(told(), before + 1);
        QCOMPARE(scene.events.last().reasons.first().limit, 7);
    }

    void aSectionVanishesAndAFailedComponentExplainsIt()
    {
        Scene scene(1, JudgeMode::OverTime);
        scene.answer(1, work(0));
        Facts rest = work(0);
        rest.queues.reset();
        repeat(scene, rest, 3min);
        QCOMPARE(scene.codes(), QStringList{u"section-vanished"_s});
        QCOMPARE(scene.status().severity, Severity::Warning);
        rest.components->first().state = ComponentState::Failed;
        repeat(scene, rest, 1min);
        QCOMPARE(scene.codes(), QStringList{u"component-failed"_s});
        QCOMPARE(find(scene.status(), ReasonCode::SectionVanished)->foldedUnder, ReasonCode::ComponentFailed);
        repeat(scene, work(0), 1min);
        QCOMPARE(scene.codes(), QStringList());
    }

    void whatWasAcceptedFallsWithTheDeadLetters()
    {
        Scene scene(1, JudgeMode::OverTime);
        scene.answer(1, work(0, 6));
        repeat(scene, work(0, 6), 1min);
        QCOMPARE(scene.codes(), QStringList{u"queue-dead-letters"_s});
        scene.tell(Intent{Intent::Kind::AcceptDeadLetters, scene.spec().name, {}});
        repeat(scene, work(0, 6), 1min);
        QCOMPARE(scene.codes(), QStringList());
        repeat(scene, work(0, 0), 10s); // once: the letters could not be read
        repeat(scene, work(0, 6), 1min);
        QCOMPARE(scene.codes(), QStringList());
        QCOMPARE(scene.status().queues->first().deadKnown, 6);
        repeat(scene, work(0, 2), 1min);
        QCOMPARE(scene.status().queues->first().deadKnown, 2);
        repeat(scene, work(0, 3), 1min);
        QCOMPARE(scene.codes(), QStringList{u"queue-dead-letters"_s});
    }

    void whatIsConfiguredAsKnownFallsWithTheDeadLetters()
    {
        const auto known = [](qint64 letters) { return [letters](ClusterSpec &spec) { spec.deadLettersKnown = letters; }; };
        Scene scene(1, JudgeMode::OverTime, known(7));
        scene.answer(1, work(0, 7));
        repeat(scene, work(0, 7), 1min);
        QCOMPARE(scene.codes(), QStringList());
        repeat(scene, work(0, 0), 10s); // once: the letters could not be read
        repeat(scene, work(0, 7), 1min);
        QCOMPARE(scene.codes(), QStringList());
        repeat(scene, work(0, 3), 1min);
        QCOMPARE(scene.codes(), QStringList());
        QCOMPARE(scene.status().queues->first().deadKnown, 3);
        repeat(scene, work(0, 4), 1min);
        QCOMPARE(scene.codes(), QStringList{u"queue-dead-letters"_s});
        // After a restart as well.
        Scene again(1, JudgeMode::OverTime, known(7));
        again.tell(memoryOf(scene.fleet));
        again.answer(1, work(0, 4));
        QCOMPARE(again.status().queues->first().deadKnown, 3);
        // Another number in the configuration counts as it is written there.
        ClusterSpec spec = scene.spec();
        spec.deadLettersKnown = 9;
        scene.tell(FleetSpec{spec});
        QCOMPARE(scene.status().queues->first().deadKnown, 9);
        repeat(scene, work(0, 4), 10s);
        QCOMPARE(scene.codes(), QStringList());
    }

    void restartsBetweenPolls()
    {
        Scene scene(1, JudgeMode::OverTime);
        const auto restarts = [&] { return scene.eventsOf(EventKind::Restarted).size(); };
        Facts facts = healthy();
        facts.uptimeSeconds = 20;
        scene.answer(1, facts);
        scene.jump(300s);
        facts.uptimeSeconds = 320;
        scene.answer(1, facts);
        QCOMPARE(restarts(), 0);
        scene.jump(400s);
        facts.uptimeSeconds = 350; // longer than before, but not for as long as nobody looked
        scene.answer(1, facts);
        QCOMPARE(restarts(), 1);
    }

    void aBalancerInFrontOfTwoProcessesRestartsOnceAtMost()
    {
        Scene scene(1, JudgeMode::OverTime);
        for (int poll = 0; poll < 40; ++poll) {
            Facts facts = healthy();
            facts.uptimeSeconds = (poll % 2 == 0 ? 90'000 : 3'600) + 10 * poll;
            facts.version = poll % 2 == 0 ? u"1"_s : u"2"_s;
            scene.answer(1, facts);
            scene.jump(10s);
        }
        // The younger one after the older one looks like a restart, once: then the older one is back.
        QCOMPARE(scene.eventsOf(EventKind::Restarted).size(), 1);
        QVERIFY(scene.eventsOf(EventKind::VersionChanged).size() <= 2);
    }

    void aRaftServerThatRestarted()
    {
        Scene scene(1, JudgeMode::OverTime);
        const auto restarts = [&] { return scene.eventsOf(EventKind::Restarted).size(); };
        scene.answer(1, raft(5000));
        scene.jump(10s);
        scene.answer(1, raft(5100));
        QCOMPARE(restarts(), 0);
        scene.jump(10s);
        scene.answer(1, raft(0));
        QCOMPARE(restarts(), 1);
        scene.jump(10s);
        scene.answer(1, raft(5200));
        QCOMPARE(restarts(), 1);
        scene.jump(10s);
        scene.answer(1, raft(100, u"node-2"_s)); // another server, behind a balancer
        QCOMPARE(restarts(), 1);
    }
};

QTEST_APPLESS_MAIN(TestWorkStories)
#include "tst_work_stories.moc"
