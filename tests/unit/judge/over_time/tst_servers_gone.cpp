// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/judge/over_time/drill.h"

#include <QTest>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What real servers showed when they were killed: one trouble is one row, whatever it is called in the end, and nobody else is blamed.
class TestServersGone : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void removedBeforeItIsDecided()
    {
        Drill drill(u"ABC"_s, Milliseconds(1s), u"A(leader) B C"_s);
        const qsizetype before = drill.watch.changes().size();
        drill.is(u"A(leader) B C(down)"_s, 8s);
        drill.settle(u"A(leader) B C(down); members:AB"_s);
        QCOMPARE(drill.watch.changes().mid(before),
            (QStringList{u"warning because endpoint-down(C)"_s, u"warning because raft-margin-zero, raft-peer-missing(C)"_s}));
    }

    void removedLater()
    {
        Drill drill(u"ABC"_s, Milliseconds(1s), u"A(leader) B C"_s);
        const qsizetype before = drill.watch.changes().size();
        drill.is(u"A(leader) B C(down)"_s, 30s);
        drill.settle(u"A(leader) B C(down); members:AB"_s);
        QCOMPARE(drill.watch.changes().mid(before),
            (QStringList{u"warning because endpoint-down(C)"_s, u"warning because raft-margin-zero, raft-peer-down(C)"_s,
                u"warning because raft-margin-zero, raft-peer-missing(C)"_s}));
    }

    void oneThatComesBackWithoutAVoteIsNoVoterYet()
    {
        Drill drill(u"ABC"_s, Milliseconds(1s), u"A(leader) B C"_s);
        drill.settle(u"A(leader) B C(down); members:AB"_s);
        drill.settle(u"A(leader) B C; nonvoter:C"_s);
        QVERIFY2(drill.watch.counts(ReasonCode::RaftMarginZero), qPrintable(drill.watch.told()));
        drill.settle(u"A(leader) B C"_s);
        QCOMPARE(drill.watch.told(), u"ok"_s);
    }

    void followersAreNotBlamed()
    {
        Drill drill(u"ABC"_s, Milliseconds(1s), u"A(leader) B C"_s);
        drill.is(u"A(down) B(contact:4000) C(contact:4000); leads:A forward:timeout"_s, 14s);
        drill.is(u"A(down) B(nobody) C(nobody)"_s, 20s);
        QVERIFY(!drill.counted.contains(ReasonCode::RaftPeerContact));
        drill.settle(u"A(down) B(leader term:3) C(term:3)"_s);
        QVERIFY(!drill.counted.contains(ReasonCode::RaftPeerContact));
    }

    void theTermOfALoneSurvivorIsNotTheLeaders()
    {
        Drill drill(u"ABC"_s, Milliseconds(10s), u"A(leader) B C"_s);
        drill.is(u"A(down) B(down) C(term:9); leads:A forward:timeout"_s, 10s); // it still names the dead leader, and is a candidate
        drill.settle(u"A(down) B(down) C(candidate term:12)"_s);
        QVERIFY(!drill.counted.contains(ReasonCode::RaftTermChurn));
        QVERIFY(drill.eventsOf(EventKind::LeaderChanged).isEmpty());
    }

    void halfARoundIsNoSample()
    {
        Drill drill(u"ABC"_s, Milliseconds(60s), u"A(leader) B C"_s);
        drill.watch.becomes(u"A(down) B(leader term:3) C(term:3)"_s);
        for (int poll = 0; poll < 4; ++poll) { // B is asked again and again; what C said was said before the election
            drill.watch.now = drill.watch.now + 5s;
            drill.watch.poll(u"B"_s);
            QVERIFY2(!drill.watch.counts(ReasonCode::RaftLeaderSplit), qPrintable(drill.watch.told()));
            QVERIFY2(!drill.watch.counts(ReasonCode::RaftTwoLeaders), qPrintable(drill.watch.told()));
        }
    }

    void whatNobodyFindsAnyMoreIsNotDecidedByTime()
    {
        Drill drill(u"ABC"_s, Milliseconds(1s), u"A(leader) B C"_s);
        drill.is(u"A(down) B(down) C; leads:A forward:timeout"_s, 2s); // once, that the call to the leader failed
        drill.settle(u"A(down) B(down) C(candidate)"_s);
        QVERIFY(drill.counted.contains(ReasonCode::RaftQuorumLost));
        QVERIFY(!drill.counted.contains(ReasonCode::RaftForwardFailed));
    }
};

QTEST_APPLESS_MAIN(TestServersGone)
#include "tst_servers_gone.moc"
