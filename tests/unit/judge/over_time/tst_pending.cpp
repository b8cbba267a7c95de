// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/endpoint_state.h"
#include "tests/unit/judge/over_time/watch.h"

#include <QTest>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(quorate::Milliseconds)

namespace {
const QString calm = QStringLiteral("A(leader) B C");

Watch watched(const QString &letters, Milliseconds interval, const QString &world)
{
    Watch watch(letters, interval);
    watch.becomes(world);
    watch.pass(3 * interval + 30s);
    watch.events.clear();
    return watch;
}

const PeerStatus *peer(const ClusterStatus &status, const QString &name)
{
    for (const PeerStatus &one : status.raft.first().peers) {
        if (one.name == name)
            return &one;
    }
    return nullptr;
}

/// The only change of the verdict.
const Event &change(const Watch &watch) { return watch.events.first(); }
} // namespace

/// What is shown of a cause until its hold is over, and which moments an event tells of (JUDGE section 1 and 2).
class TestPending : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void aGroupThatIsBadFromTheStartIsBeingChecked_data()
    {
        QTest::addColumn<QString>("world");
        for (const QString &world : {u"A(leader) B C(down)"_s, u"A(leader) B C(candidate term:9)"_s, u"A(down) B(nobody) C(nobody)"_s,
                 u"A(leader) B C; ghost:C"_s, u"A(rejected) B(rejected) C(rejected)"_s, u"A(leader) B C; nonvoter:C"_s})
            QTest::newRow(qPrintable(world)) << world;
    }
    void aGroupThatIsBadFromTheStartIsBeingChecked()
    {
        QFETCH(QString, world);
        for (const Milliseconds interval : {Milliseconds(1s), Milliseconds(10s), Milliseconds(5min)}) {
            Watch watch(u"ABC"_s, interval);
            watch.becomes(world);
            Milliseconds pending{};
            for (int i = 0; i < 120; ++i) {
                watch.pass(1s);
                const ClusterStatus status = watch.status();
                const bool decided = std::none_of(status.reasons.cbegin(), status.reasons.cend(), [&](const Reason &reason) {
                    return reason.pending && reason.clusterSeverity == Severity::Unknown && status.severity == Severity::Unknown;
                });
                QVERIFY2(decided || status.pending, qPrintable(u"%1 s: %2"_s.arg(i).arg(watch.told())));
                pending += status.pending ? 1s : 0s;
            }
            QVERIFY(pending > 0s || interval == 1s); // by then some are decided at the first look
            QVERIFY2(pending <= evidenceLimit(watch.cluster().spec) + 2s, qPrintable(QString::number(pending / 1s)));
            QVERIFY2(watch.status().severity != Severity::Ok && !watch.status().pending, qPrintable(watch.told()));
        }
    }

    void aLongHoldIsListedAtOnceAndPendingAtItsEnd()
    {
        Watch watch = watched(u"ABC"_s, 1s, calm); // pending for 12 s at most
        watch.becomes(u"A(leader) B C(peers:AC)"_s); // held for 30 s
        int listed = 0, pending = 0;
        for (int i = 0; i < 60; ++i) {
            watch.pass(1s);
            const ClusterStatus status = watch.status();
            if (status.severity != Severity::Ok)
                break;
            listed += watch.checks(ReasonCode::RaftMembershipDiffers) ? 1 : 0;
            pending += status.pending ? 1 : 0;
            QVERIFY2(!pending || status.pending, "once pending, until it is decided");
        }
        QVERIFY2(listed >= 28, qPrintable(QString::number(listed)));
        QVERIFY2(pending >= 10 && pending <= 13, qPrintable(QString::number(pending)));
        QCOMPARE(watch.told(), u"warning because raft-membership-differs(C)"_s);
    }

    void aPeerKeepsItsSeverityWhileItIsChecked()
    {
        Watch watch = watched(u"ABC"_s, 1s, calm);
        watch.becomes(u"A(leader) B C(candidate term:9)"_s);
        watch.pass(3s);
        const ClusterStatus checked = watch.status();
        QVERIFY(peer(checked, u"C"_s)->pending);
        QCOMPARE(peer(checked, u"C"_s)->pending->severity, Severity::Critical);
        QVERIFY(!peer(checked, u"B"_s)->pending);
        watch.pass(30s);
        const ClusterStatus decided = watch.status();
        QVERIFY(!peer(decided, u"C"_s)->pending);
        QCOMPARE(peer(decided, u"C"_s)->severity, Severity::Critical);
    }

    void oneSampleMakesNoPeerBad()
    {
        for (const QString &world : {u"A(leader) B C(timeout)"_s, u"A(leader) B C(rejected); autopilot:none"_s,
                 u"A(leader) B C(down); autopilot:none"_s, u"A(down) B(nobody) C(nobody)"_s, u"A(leader) B C(candidate term:9)"_s,
                 u"A(leader) B C(contact:900)"_s, u"A(leader) B C; trails:C=900"_s, u"A(timeout) B(timeout) C(timeout)"_s}) {
            Watch watch = watched(u"ABC"_s, 10s, calm);
            watch.becomes(world);
            for (const QString &letter : {u"A"_s, u"B"_s, u"C"_s})
                watch.poll(letter);
            const ClusterStatus status = watch.status();
            for (const PeerStatus &one : status.raft.first().peers)
                QVERIFY2(one.severity == Severity::Ok, qPrintable(u"%1: %2 is %3"_s.arg(world, one.name, name(one.severity))));
        }
    }

    void anEventTellsBetweenWhichLooksItHappened_data()
    {
        QTest::addColumn<Milliseconds>("interval");
        for (const int seconds : {1, 10, 300})
            QTest::addRow("%d s", seconds) << Milliseconds(std::chrono::seconds(seconds));
    }
    void anEventTellsBetweenWhichLooksItHappened()
    {
        QFETCH(Milliseconds, interval);
        Watch watch = watched(u"abc"_s, interval, u"a:ok b:ok c:ok"_s);
        const Instant begun = watch.now.wall;
        watch.becomes(u"a:refused b:refused c:refused"_s);
        watch.pass(interval + 60s);
        QCOMPARE(watch.changes().size(), 1);
        QVERIFY(change(watch).notBefore && *change(watch).notBefore <= begun);
        QVERIFY(change(watch).since > begun || change(watch).since - *change(watch).notBefore <= interval);
        QVERIFY(change(watch).since - *change(watch).notBefore <= interval + 1s);
        QVERIFY(change(watch).at.wall - change(watch).since <= 20s);

        watch.events.clear();
        const Instant ended = watch.now.wall;
        watch.becomes(u"a:ok b:ok c:ok"_s);
        watch.pass(interval + 60s);
        QCOMPARE(watch.changes().size(), 1);
        QCOMPARE(change(watch).after, Severity::Ok);
        QVERIFY(change(watch).notBefore && *change(watch).notBefore <= ended && change(watch).since >= ended);
        QVERIFY(change(watch).since - *change(watch).notBefore <= interval + 1s);
    }

    void ofAGroupToo()
    {
        Watch watch = watched(u"ABC"_s, 5min, calm);
        const Instant begun = watch.now.wall;
        watch.becomes(u"A(leader) B C; trails:C=900"_s);
        watch.pass(8min);
        QCOMPARE(watch.changes(), QStringList{u"warning because raft-peer-lagging(C)"_s});
        QVERIFY(change(watch).notBefore && *change(watch).notBefore <= begun);
        QVERIFY(change(watch).since - *change(watch).notBefore == 5min);
    }

    void whatIsNewUnderAnotherCauseHasItsOwnMoment()
    {
        Watch watch = watched(u"abc"_s, 1s, u"a:refused b:ok c:ok"_s);
        watch.becomes(u"b:degraded(storage)"_s);
        const Instant begun = watch.now.wall;
        watch.pass(10s);
        QCOMPARE(watch.changes(), QStringList{u"warning because component-degraded(storage), endpoint-down(a)"_s});
        QVERIFY(change(watch).since >= begun && change(watch).since <= begun + 1s);
        QVERIFY(change(watch).notBefore && *change(watch).notBefore <= begun);
    }

    void manyThatFailTogetherAreOneChange()
    {
        // One second apart: the first alone would be a Warning.
        Watch watch = watched(u"abcd"_s, 10s, u"a:ok b:ok c:ok d:ok"_s);
        for (const QString &letter : {u"a"_s, u"b"_s, u"c"_s, u"d"_s}) {
            watch.becomes(letter + u":timeout"_s);
            watch.poll(letter);
            watch.pass(1s);
        }
        watch.pass(60s);
        QCOMPARE(watch.changes().size(), 1);
        QCOMPARE(watch.told(), u"critical because endpoint-down(a,b,c,d)"_s);
    }

    void aWarningDoesNotWaitForLong()
    {
        Watch watch = watched(u"abcd"_s, 10s, u"a:ok b:ok c:ok d:ok"_s);
        watch.becomes(u"a:refused"_s);
        for (int i = 0; i < 30 && watch.changes().isEmpty(); ++i) { // others never stop being checked
            watch.becomes(i % 2 ? u"b:refused c:failed(storage) d:ok"_s : u"b:ok c:ok d:failed(storage)"_s);
            watch.pass(3s);
        }
        QVERIFY(!watch.changes().isEmpty());
        QVERIFY(change(watch).at.wall - change(watch).since <= 60s);
    }
};

QTEST_APPLESS_MAIN(TestPending)
#include "tst_pending.moc"
