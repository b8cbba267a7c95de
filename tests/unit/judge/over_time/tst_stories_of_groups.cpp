// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/judge/over_time/drill.h"

#include <QTest>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(quorate::Milliseconds)

namespace {
const QString three = QStringLiteral("A(leader) B C"), five = QStringLiteral("A(leader) B C D E");

void intervals()
{
    QTest::addColumn<Milliseconds>("interval");
    QTest::newRow("1 s") << Milliseconds(1s);
    QTest::newRow("10 s") << Milliseconds(10s);
    QTest::newRow("5 min") << Milliseconds(5min);
}
} // namespace

/// The stories of JUDGE section 8 about Raft groups, told at each interval: the same is shown, up to the interval.
class TestStoriesOfGroups : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void leaderKilled_data() { intervals(); }
    void leaderKilled()
    {
        // Measured at raft_multiplier 5.
        QFETCH(Milliseconds, interval);
        Drill drill(u"ABC"_s, interval, three);
        QCOMPARE(drill.watch.told(), u"ok"_s);
        const Instant killed = drill.watch.now.wall;
        drill.is(u"A(down) B C; leads:A forward:timeout"_s, 8'600ms);
        drill.is(u"A(down) B(nobody) C(nobody)"_s, 7'400ms);
        drill.is(u"A(down) B(leader term:3) C(term:3)"_s, 12s);
        drill.settle(u"A(down) B(leader term:3) C(term:3); members:BC"_s);
        QCOMPARE(drill.worst, Severity::Warning); // leaderless 7 s stays under its hold
        QVERIFY(!drill.counted.contains(ReasonCode::RaftQuorumLost));

        const QList<Event> led = drill.eventsOf(EventKind::LeaderChanged);
        QCOMPARE(led.size(), 1);
        QCOMPARE(led.first().names, (QStringList{u"A"_s, u"B"_s}));
        QVERIFY(led.first().notBefore && *led.first().notBefore <= killed);
        QVERIFY(led.first().since >= killed + 16s);
        QVERIFY2(led.first().since - *led.first().notBefore <= 16s + 2 * interval + 5s, "no wider than two looks");

        QCOMPARE(drill.codes(), u"raft-margin-zero, raft-peer-missing"_s); // the endpoint that is down is the same row
        QVERIFY(
            drill.reason(ReasonCode::EndpointDown) && drill.reason(ReasonCode::EndpointDown)->foldedUnder == ReasonCode::RaftPeerMissing);
        QCOMPARE(drill.watch.status().raft.first().margin, std::optional(0));
        drill.neverGreenFromHere();
        drill.is(u"A(down) B(leader term:3) C(term:3); members:BC"_s, 20 * interval);
        QVERIFY(!drill.wasGreen);
        drill.settle(u"A(term:3) B(leader term:3) C(term:3)"_s);
        QCOMPARE(drill.watch.told(), u"ok"_s);
    }

    void followerCutOff_data() { intervals(); }
    void followerCutOff()
    {
        QFETCH(Milliseconds, interval);
        Drill drill(u"ABC"_s, interval, three);
        drill.settle(u"A(leader) B C(candidate term:27); unreachable:C"_s);
        QCOMPARE(drill.worst, Severity::Warning);
        QCOMPARE(drill.codes(), u"raft-margin-zero, raft-peer-isolated"_s);
        const Reason *cut = drill.reason(ReasonCode::RaftPeerIsolated);
        QCOMPARE(cut->subject, u"C"_s);
        QCOMPARE(cut->value, std::optional(27.0)); // its term …
        QCOMPARE(cut->limit, std::optional(2.0)); // … against the group's
        const RaftStatus raft = drill.watch.status().raft.first();
        QCOMPARE(raft.margin, std::optional(0));
        QCOMPARE(raft.peers.last().role, PeerRole::Candidate);

        // On its return it deposes the leader.
        drill.is(u"A(nobody term:28) B(nobody term:28) C(candidate term:28)"_s, 2s);
        drill.settle(u"A(term:28) B(leader term:28) C(term:28)"_s);
        QCOMPARE(drill.eventsOf(EventKind::LeaderChanged).size(), 1);
        QVERIFY(!drill.counted.contains(ReasonCode::RaftQuorumLost));
        QVERIFY(drill.worst < Severity::Critical);
    }

    void leaderFrozen_data() { intervals(); }
    void leaderFrozen()
    {
        QFETCH(Milliseconds, interval);
        Drill drill(u"ABC"_s, interval, three);
        drill.is(u"A(timeout) B C; leads:A forward:timeout"_s, 10s); // its followers answer, and still name it
        drill.is(u"A(timeout) B(nobody) C(nobody)"_s, 6s);
        drill.settle(u"A(timeout) B(leader term:3) C(term:3)"_s);
        QVERIFY(!drill.counted.contains(ReasonCode::MachineOffline));
        QVERIFY(!drill.counted.contains(ReasonCode::RaftQuorumLost));
        QCOMPARE(drill.worst, Severity::Warning);
        QCOMPARE(drill.eventsOf(EventKind::LeaderChanged).size(), 1);
        QCOMPARE(drill.codes(), u"raft-margin-zero, raft-peer-down"_s);
    }

    void leaderFrozenAndNobodyElected_data() { intervals(); }
    void leaderFrozenAndNobodyElected()
    {
        QFETCH(Milliseconds, interval);
        Drill drill(u"ABC"_s, interval, three);
        drill.settle(u"A(timeout) B C; leads:A forward:timeout"_s);
        QVERIFY2(drill.counted.contains(ReasonCode::RaftLeaderUnconfirmed), qPrintable(drill.watch.told()));
        QVERIFY(!drill.counted.contains(ReasonCode::MachineOffline));
        drill.settle(u"A(timeout) B(nobody) C(nobody)"_s);
        QVERIFY(drill.watch.told().startsWith("critical because "_L1));
        QVERIFY(drill.counted.contains(ReasonCode::RaftLeaderless));
        QVERIFY(!drill.counted.contains(ReasonCode::MachineOffline));
    }

    void threeOfFiveKilledInTurn_data() { intervals(); }
    void threeOfFiveKilledInTurn()
    {
        QFETCH(Milliseconds, interval);
        Drill drill(u"ABCDE"_s, interval, five);
        const Milliseconds between = 3 * interval + 60s;
        drill.is(u"A(leader) B C D E(down)"_s, 12s);
        drill.is(u"A(leader) B C D E(down); members:ABCD"_s, between);
        drill.neverGreenFromHere();
        drill.is(u"A(leader) B C D(down) E(down); members:ABCD"_s, 12s);
        drill.is(u"A(leader) B C D(down) E(down); members:ABC"_s, between);
        drill.is(u"A(leader) B C(down) D(down) E(down); members:ABC"_s, 12s);
        drill.settle(u"A(leader) B C(down) D(down) E(down); members:AB"_s);
        drill.is(u"A(leader) B C(down) D(down) E(down); members:AB"_s, 30 * interval);
        QVERIFY(!drill.wasGreen);
        QCOMPARE(drill.worst, Severity::Warning);
        QVERIFY(!drill.counted.contains(ReasonCode::RaftQuorumLost));
        QVERIFY(!drill.counted.contains(ReasonCode::Flapping));
        const RaftStatus raft = drill.watch.status().raft.first();
        QCOMPARE(raft.voters, 2);
        QCOMPARE(raft.margin, std::optional(0));
        QCOMPARE(raft.missing.size(), 3);
        QCOMPARE(drill.codes(), u"raft-margin-zero, raft-peer-missing, raft-peer-missing, raft-peer-missing"_s);
    }

    void rollingRestart_data() { intervals(); }
    void rollingRestart()
    {
        QFETCH(Milliseconds, interval);
        Drill drill(u"ABC"_s, interval, three);
        const Milliseconds between = 3 * interval + 60s;
        drill.is(u"A(leader) B C(down)"_s, 4s);
        drill.is(u"A(leader) B C(never)"_s, 2s);
        drill.is(three, between);
        drill.is(u"A(leader) B(down) C"_s, 4s);
        drill.is(u"A(leader) B(never) C"_s, 2s);
        drill.is(three, between);
        drill.is(u"A(down) B C; leads:A forward:timeout"_s, 4s);
        drill.is(u"A(never nobody) B(nobody) C(nobody)"_s, 7s);
        drill.is(u"A(never term:3) B(leader term:3) C(term:3)"_s, 2s);
        drill.is(u"A(term:3) B(leader term:3) C(term:3)"_s, between);
        QCOMPARE(drill.watch.changes(), QStringList());
        QCOMPARE(drill.watch.told(), u"ok"_s);
        QVERIFY(drill.eventsOf(EventKind::LeaderChanged).size() <= 1);
        const auto restarted = drill.eventsOf(EventKind::Restarted).size();
        QVERIFY2(interval > 1s ? restarted <= 3 : restarted == 3, qPrintable(QString::number(restarted)));
        for (const Event &event : std::as_const(drill.watch.events))
            QVERIFY(event.kind == EventKind::LeaderChanged || event.kind == EventKind::Restarted);
    }

    void powerCut_data() { intervals(); }
    void powerCut()
    {
        QFETCH(Milliseconds, interval);
        Drill drill(u"ABC"_s, interval, three);
        drill.settle(u"A(timeout) B(timeout) C(timeout)"_s);
        QVERIFY2(drill.watch.told().startsWith("critical because endpoint-down"_L1), qPrintable(drill.watch.told()));
        QCOMPARE(drill.watch.changes().size(), 1);
        QCOMPARE(drill.watch.events.size(), 1);
    }
};

QTEST_APPLESS_MAIN(TestStoriesOfGroups)
#include "tst_stories_of_groups.moc"
