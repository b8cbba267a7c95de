// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/judge/over_time/watch.h"

#include <QTest>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// More than anybody has, longer than anybody watches, other clocks than one's own: nothing of that may hide what is wrong.
class TestBounds : public QObject {
    Q_OBJECT
private:
    /// `all` parts, the first `failed` of them failed and as many degraded after them as `degraded` says.
    static Observation withParts(const Watch &watch, int all, int failed, int degraded = 0)
    {
        Observation reply = repliesAt(u"a:ok"_s, u"a"_s, watch.now).first();
        reply.facts.components.emplace();
        for (int i = 0; i < all; ++i) {
            ComponentFact part;
            part.name = u"part-%1"_s.arg(all - i);
            part.reported = u"word"_s;
            part.state = i < failed ? ComponentState::Failed : i < failed + degraded ? ComponentState::Degraded : ComponentState::Healthy;
            reply.facts.components->append(part);
        }
        reply.endpointDone = true;
        return reply;
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    /// Each of them gets its samples, although they are more than are followed.
    void partsWithoutNumberFail_data()
    {
        QTest::addColumn<int>("parts");
        for (const int parts : {600, 1'200, 5'000})
            QTest::addRow("%d", parts) << parts;
    }
    void partsWithoutNumberFail()
    {
        QFETCH(int, parts);
        Watch watch(u"a"_s);
        watch.tell(withParts(watch, parts, 0));
        QCOMPARE(watch.told(), u"ok"_s);
        const qsizetype before = watch.changes().size();
        for (int i = 0; i < 4; ++i) {
            watch.idle(5s);
            watch.tell(withParts(watch, parts, parts));
        }
        QCOMPARE(watch.status().severity, Severity::Critical);
        QVERIFY(!watch.status().pending);
        QCOMPARE(watch.changes().size(), before + 1);
        QVERIFY(watch.status().reasons.size() <= 512);
        for (int i = 0; i < 3; ++i) {
            watch.idle(5s);
            watch.tell(withParts(watch, parts, 0));
        }
        QCOMPARE(watch.told(), u"ok"_s);
    }

    void theWorstOfTooManyIsFollowed()
    {
        Watch watch(u"a"_s);
        watch.tell(withParts(watch, 2'000, 0));
        for (int i = 0; i < 3; ++i) {
            watch.idle(5s);
            watch.tell(withParts(watch, 2'000, 0, 1'999));
        }
        QCOMPARE(watch.status().severity, Severity::Warning);
        for (int i = 0; i < 3; ++i) {
            watch.idle(5s);
            watch.tell(withParts(watch, 2'000, 1, 1'999));
        }
        QCOMPARE(watch.status().severity, Severity::Critical);
    }

    void queuesWithoutNumberFillUp()
    {
        Watch watch(u"a"_s);
        const auto tell = [&](qint64 dead) {
            Observation reply = repliesAt(u"a:ok"_s, u"a"_s, watch.now).first();
            reply.facts.queues.emplace();
            for (int i = 0; i < 6'000; ++i) {
                QueueFact queue;
                queue.name = u"queue-%1"_s.arg(i);
                queue.total = 10;
                queue.dead = dead;
                reply.facts.queues->append(queue);
            }
            reply.endpointDone = true;
            watch.tell(reply);
        };
        tell(0);
        for (int i = 0; i < 4; ++i) {
            watch.idle(10s);
            tell(3);
        }
        QCOMPARE(watch.status().severity, Severity::Warning);
        QVERIFY(!watch.status().pending);
    }

    /// The first rung of a ladder is no sample.
    void firstRungIsNoVerdict()
    {
        Watch watch(u"a"_s);
        Observation rung = repliesAt(u"a:not-found"_s, u"a"_s, watch.now).first();
        rung.request = u"rung"_s;
        rung.endpointDone = false;
        watch.tell(rung);
        QCOMPARE(watch.told(), u"unknown because not-polled(a)"_s);
        QCOMPARE(watch.changes(), QStringList());
        watch.poll(u"a"_s);
        QCOMPARE(watch.told(), u"ok"_s);
        QCOMPARE(watch.changes(), QStringList{u"ok"_s});
    }
    void lastRungIsOne()
    {
        Watch watch(u"a"_s);
        Observation rung = repliesAt(u"a:not-found"_s, u"a"_s, watch.now).first();
        rung.request = u"rung"_s;
        rung.endpointDone = true;
        watch.tell(rung);
        QCOMPARE(watch.told(), u"unknown because endpoint-not-understood(a), checking unknown 1/2"_s);
    }

    /// What another window saw changes no rule.
    void anothersMemoryDecidesNothing()
    {
        Watch watch(u"a"_s);
        watch.poll(u"a"_s);
        watch.becomes(u"a:backlog(200)"_s);
        watch.pass(30s);
        QCOMPARE(watch.told(), u"warning because queue-backlog(jobs)"_s);
        watch.becomes(u"a:ok"_s);
        watch.idle(11s);
        watch.poll(u"a"_s);
        QCOMPARE(watch.told(), u"warning because queue-backlog(jobs), checking ok 1/2"_s);
        Memory memory = memoryOf(watch.fleet);
        memory.first().lastSeen = watch.now.wall + 1s;
        watch.tell(memory);
        QCOMPARE(watch.told(), u"warning because queue-backlog(jobs), checking ok 1/2"_s);
    }

    /// A queue that nobody could be asked about for hours is as it was.
    void silenceOfHoursHealsNoQueue()
    {
        Watch watch(u"a"_s);
        watch.poll(u"a"_s);
        watch.becomes(u"a:dead(3)"_s);
        watch.pass(60s);
        QCOMPARE(watch.told(), u"warning because queue-dead-letters(jobs)"_s);
        watch.becomes(u"a:refused"_s);
        watch.pass(2h);
        QVERIFY(watch.told().contains(u"queue-dead-letters(jobs)"_s));
        const qsizetype before = watch.changes().size();
        watch.becomes(u"a:dead(3)"_s);
        watch.pass(60s);
        QCOMPARE(watch.told(), u"warning because queue-dead-letters(jobs)"_s);
        QVERIFY(!watch.changes().mid(before).contains(u"ok"_s));
    }

    /// That nobody asked meanwhile is a person's doing.
    void resumedIsNoStaleness()
    {
        Watch watch(u"ab"_s);
        watch.pass(30s);
        Intent pause;
        watch.tell(pause);
        watch.idle(1h);
        watch.events.clear();
        pause.kind = Intent::Kind::Resume;
        watch.tell(pause);
        watch.pass(20s);
        watch.events.removeIf([](const Event &event) { return event.muted; });
        QCOMPARE(watch.changes(), QStringList{u"ok"_s});
    }

    /// Asked more often from now on, so that what was fresh enough is not.
    void shorterIntervalIsNoStaleness_data()
    {
        QTest::addColumn<QString>("world");
        QTest::addColumn<QStringList>("changes");
        QTest::newRow("well") << u"a:ok b:ok"_s << QStringList();
        QTest::newRow("bad since") << u"a:refused b:refused"_s << QStringList{u"critical because endpoint-down(a,b)"_s};
    }
    void shorterIntervalIsNoStaleness()
    {
        QFETCH(QString, world);
        QFETCH(QStringList, changes);
        Watch watch(u"ab"_s, 5min);
        watch.pass(250s);
        watch.events.clear();
        ClusterSpec spec = watch.cluster().spec;
        spec.interval = 1s;
        watch.tell(FleetSpec{spec});
        watch.becomes(world);
        watch.pass(30s);
        watch.events.removeIf([](const Event &event) { return event.muted; });
        QCOMPARE(watch.changes(), changes);
    }

    /// Asked for while the clock was years ahead.
    void maintenanceOfAWrongClockEnds()
    {
        Watch watch(u"a"_s);
        watch.poll(u"a"_s);
        Intent mute;
        mute.kind = Intent::Kind::Mute;
        mute.cluster = watch.cluster().spec.name;
        watch.now.wall += 24h * 365 * 50;
        mute.until = watch.now.wall + 2h;
        watch.tell(mute);
        watch.poll(u"a"_s);
        QVERIFY(watch.status().maintenanceUntil);
        watch.now.wall -= 24h * 365 * 50;
        watch.poll(u"a"_s);
        QVERIFY(!watch.status().maintenanceUntil);
        watch.events.clear();
        watch.becomes(u"a:refused"_s);
        watch.pass(30s);
        QCOMPARE(watch.changes(), QStringList{u"critical because endpoint-down(a)"_s});
        QVERIFY(!watch.events.last().muted);
    }

    /// Lists that are copied and appended to by turns keep the room of all that ever was in them.
    void whatComesAndGoesTakesNoRoom()
    {
        Watch watch(u"a"_s, Milliseconds(1'000));
        for (int i = 0; i < 300; ++i) {
            watch.becomes(i % 2 == 0 ? u"a:refused"_s : u"a:failed(s3)"_s);
            watch.pass(3s);
        }
        QVERIFY(watch.cluster().endpoints.first().verdict.holds.capacity() < 64);
    }
};

QTEST_APPLESS_MAIN(TestBounds)
#include "tst_bounds.moc"
