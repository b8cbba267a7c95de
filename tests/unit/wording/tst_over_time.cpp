// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wording/over_time.h"
#include "models/wording/wording.h"
#include "tests/support/made_up_clusters.h"

#include <QRegularExpression>
#include <QTest>

using namespace quorate;
using namespace Qt::StringLiterals;

namespace {
/// With plain spaces before units.
QString plain(QString text) { return text.replace(QChar(0x00a0), u' '); }
} // namespace

class OverTimeTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void aLagHasADirection_data()
    {
        QTest::addColumn<qint64>("trailing");
        QTest::addColumn<double>("perSecond");
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<QString>("column");
        QTest::newRow("grows") << qint64(1'204) << 2.0 << u"falling behind"_s << u"falling behind"_s;
        QTest::newRow("stays") << qint64(1'204) << 0.0 << u"not catching up"_s << u"no"_s;
        QTest::newRow("shrinks") << qint64(1'204) << -30.1 << u"catches up in about 40 s"_s << u"in about 40 s"_s;
        QTest::newRow("slowly") << qint64(1'204) << -0.5 << u"catches up in about 40 min"_s << u"in about 40 min"_s;
        QTest::newRow("has caught up") << qint64(0) << -5.0 << QString() << QString();
        QTest::newRow("not a number") << qint64(10) << qQNaN() << QString() << QString();
    }
    void aLagHasADirection()
    {
        QFETCH(qint64, trailing);
        QFETCH(double, perSecond);
        PeerStatus peer;
        QVERIFY(wording::lagDirection(peer).isEmpty() && wording::catchesUp(peer).isEmpty());
        peer.trailing = trailing;
        peer.trailingPerSecond = perSecond;
        QTEST(plain(wording::lagDirection(peer)), "sentence");
        QTEST(plain(wording::catchesUp(peer)), "column");
    }

    void aLeaderIsOneForAtLeastSoLong()
    {
        RaftStatus raft = made_up::consulShrunk().raft.first();
        QCOMPARE(plain(wording::tenure(raft, made_up::now())), u"leader for 3 h 12 min"_s);
        QCOMPARE(wording::leaderChanges(raft), u"2 leader changes in the last hour"_s);
        raft.leaderSinceExact = false; // it led before anybody looked
        QCOMPARE(plain(wording::ledFor(raft, made_up::now())), u"for at least 3 h 12 min"_s);
        raft.leader.clear();
        QVERIFY(wording::tenure(raft, made_up::now()).isEmpty());
    }

    void whatIsCheckedIsNamed()
    {
        ClusterStatus cluster = made_up::consulChecking();
        QCOMPARE(wording::checkingLine(cluster), u"checking, 1 of 2: node-3 timed out"_s);
        QCOMPARE(plain(wording::stateLine(cluster, made_up::now())),
            u"Ok for 9 h 3 min · checking, 1 of 2: node-3 timed out · 5/5 voters, can lose 2 · leader node-2"_s);
        cluster.checking.clear();
        QCOMPARE(wording::checkingLine(cluster), u"checking, 1 of 2"_s);
        cluster.pending.reset();
        QVERIFY(wording::checkingLine(cluster).isEmpty());
        cluster = made_up::consulLagging(); // beside a cause the cause stands first
        cluster.pending = Pending{.severity = Severity::Critical, .since = made_up::now().wall, .seen = 1, .needed = 3};
        QVERIFY2(plain(wording::stateLine(cluster, made_up::now()))
                     .startsWith(u"Warning for 6 min, checking, 1 of 3 · node-4 trails the leader by 1,204 entries"_s),
            qPrintable(wording::stateLine(cluster, made_up::now())));
    }

    /// All samples are there, the hold's seconds are not over: "2 of 2" would read as done. Nothing is counted of none either.
    void aCheckThatOnlyWaitsSaysSinceWhen()
    {
        ClusterStatus cluster = made_up::consulChecking();
        for (const int seen : {0, 2, 3}) {
            cluster.pending->seen = seen;
            const QString since = wording::clock(cluster.pending->since, made_up::now());
            QCOMPARE(wording::checking(*cluster.pending), u"checking"_s);
            QCOMPARE(wording::checkingLine(cluster), u"checking since %1: node-3 timed out"_s.arg(since));
        }
        const Pending over{.severity = Severity::Ok, .since = made_up::now().wall, .seen = 1, .needed = 2};
        QCOMPARE(wording::checking(over), u"checking for Ok, 1 of 2"_s);
    }
};

QTEST_APPLESS_MAIN(OverTimeTest)
#include "tst_over_time.moc"
