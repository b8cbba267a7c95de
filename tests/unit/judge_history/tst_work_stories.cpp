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
