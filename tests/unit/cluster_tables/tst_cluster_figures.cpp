// SPDX-License-Identifier: GPL-3.0-or-later
// Figures, limits and the last ten minutes: what the cluster page says beyond its tables.
#include "models/tables/figures.h"
#include "models/tables/limits.h"
#include "models/tables/peers.h"
#include "models/tables/recent.h"
#include "models/tables/sample.h"
#include "tests/support/made_up_clusters.h"

#include <QRegularExpression>
#include <QTest>

#include <cmath>
#include <limits>

using namespace quorate;
using namespace Qt::StringLiterals;

namespace {

/// "Caption=value" or "Caption=value (note)"; "!" before an ink, one for each step.
QStringList shown(const QList<Figure> &figures)
{
    QStringList lines;
    for (const Figure &figure : figures) {
        QString line = QString(int(figure.severity), u'!') + figure.caption + u'=' + figure.value;
        if (!figure.note.isEmpty())
            line += u" (%1)"_s.arg(figure.note);
        lines += line.replace(QChar(0x00a0), u' ');
    }
    return lines;
}

/// "rule|value|limit|over"; "!" for a failed rule, "?" for one that is being checked.
QStringList shown(const QList<LimitRow> &rows)
{
    QStringList lines;
    for (const LimitRow &row : rows) {
        const QString mark = row.pending ? u"?"_s : QString(int(row.severity), u'!');
        QString line = mark + u"%1|%2|%3|%4"_s.arg(row.rule, row.value, row.limit, row.over);
        lines += line.replace(QChar(0x00a0), u' ');
    }
    return lines;
}

const PeerStatus &peer(const ClusterStatus &cluster, int at) { return cluster.raft.first().peers.at(at); }

} // namespace

class TestClusterFigures final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void figuresOfEachSystem_data()
    {
        QTest::addColumn<ClusterStatus>("cluster");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("Consul, calm") << made_up::consulCalm()
                                      << QStringList{u"Voters in touch=5 of 5"_s, u"Can lose=2 (quorum is 3)"_s,
                                             u"Leader=node-2 (for 9 h 3 min)"_s, u"Term=103,796"_s, u"Elections, 1 h=0"_s,
                                             u"Autopilot says=healthy (can lose 2)"_s, u"Commit index=111,098"_s, u"Version=1.8.7"_s};
        QTest::newRow("Consul, two leaders") << made_up::consulSplit()
                                             << QStringList{u"!!!Agreement=split (2 leaders named)"_s, u"!!!Voters in touch=2 of 5"_s,
                                                    u"Can lose=– (1 too few)"_s, u"Leader=fra-c-4 (newest term)"_s,
                                                    u"!Term=5,118 (5,117 on 2)"_s, u"Elections, 1 h=1"_s, u"Autopilot says=no answer"_s,
                                                    u"Commit index=88,421"_s, u"Version=1.8.7"_s};
        QTest::newRow("Consul, three gone") << made_up::consulShrunk()
                                            << QStringList{u"Agreement=2 of 5"_s, u"!Voters in touch=2 of 2 (5 expected)"_s,
                                                   u"!Can lose=0 (quorum is 2)"_s, u"Leader=node-2 (for 3 h 12 min)"_s, u"Term=103,796"_s,
                                                   u"Elections, 1 h=2"_s, u"Autopilot says=healthy (can lose 0)"_s,
                                                   u"Commit index=111,098"_s, u"Version=1.8.7"_s};
        QTest::newRow("Bufstream, failing") << made_up::bufstreamFailing()
                                            << QStringList{u"Brokers answering=3 of 3"_s, u"!!!Probes healthy=19 of 21"_s,
                                                   u"etcd members=3 of 3 (can lose 1)"_s, u"PostgreSQL=20 of 100 (connections)"_s,
                                                   u"!Versions=0.3.29 (and 0.3.28)"_s, u"Restarted=broker-1 (16 min ago)"_s};
        QTest::newRow("OSAPI, dead letters") << made_up::osapiWarning()
                                             << QStringList{u"Server says=ok (HTTP 200)"_s, u"!Quorate finds=2 warnings (derived)"_s,
                                                    u"Waiting=12 (drains in 8 min)"_s, u"Running=2"_s, u"!Dead letters=3"_s,
                                                    u"Agents ready=4 (1 gone)"_s, u"NATS=2.14.4"_s, u"Up for=7 h 6 min"_s};
        QTest::newRow("not asked yet") << made_up::neverPolled() << QStringList{u"!!Endpoints answering=0 of 3 (not polled)"_s};
        QTest::newRow("unauthorised") << made_up::unauthorised() << QStringList{u"!!Endpoints answering=0 of 3 (unauthorised)"_s};
    }
    void figuresOfEachSystem()
    {
        QFETCH(ClusterStatus, cluster);
        QFETCH(QStringList, expected);
        QCOMPARE(shown(figures(cluster, Recent(), made_up::now())), expected);
    }

    /// A server that calls itself ok reports dead letters: that they are bad is what Quorate finds.
    void whatTheServerReportsWithoutCallingItBad()
    {
        ClusterStatus cluster = made_up::osapiWarning();
        cluster.reasons.removeIf([](const Reason &reason) { return reason.code != ReasonCode::QueueDeadLetters; });
        cluster.reasons.first().derived = false;
        QCOMPARE(shown(figures(cluster, Recent(), made_up::now())).first(2),
            (QStringList{u"Server says=ok (HTTP 200)"_s, u"!Quorate finds=1 warning (in its numbers)"_s}));
        cluster.reasons.clear();
        QCOMPARE(shown(figures(cluster, Recent(), made_up::now())).at(1), u"Quorate finds=nothing (beyond it)"_s);
    }

    void whatIsNotReportedIsNotZero()
    {
        ClusterStatus cluster = made_up::osapiWarning();
        cluster.queues = QList<QueueStatus>(1);
        cluster.agents.reset();
        cluster.endpoints.first().reported.clear();
        const QStringList lines = shown(figures(cluster, Recent(), made_up::now()));
        QVERIFY(lines.contains(u"Waiting=–"_s));
        QVERIFY(lines.contains(u"!Dead letters=–"_s));
        QVERIFY(lines.contains(u"Server says=no answer"_s));
        QVERIFY(lines.filter(u"Agents"_s).isEmpty());
    }

    void whyNode4IsAWarning()
    {
        const ClusterStatus cluster = made_up::consulLagging();
        const auto rows = peerLimits(cluster, cluster.raft.first(), peer(cluster, 3), made_up::now());
        QCOMPARE(shown(rows),
            (QStringList{u"!Behind leader|1,204 entries|250 entries|+954"_s, u"!Last contact|412 ms|200 ms|+212 ms"_s,
                u"Same leader|node-2|node-2|"_s, u"Same term|103,796|103,796|"_s, u"Answers|14 ms||"_s, u"Voter, stable|9 h 3 min||"_s}));
        QCOMPARE(failed(rows), 2);
        QVERIFY(rows.first().maximum >= 1204);
    }

    void overTheLimitButStillHeld()
    {
        ClusterStatus cluster = made_up::consulLagging();
        cluster.reasons.clear();
        const auto rows = peerLimits(cluster, cluster.raft.first(), peer(cluster, 3), made_up::now());
        QCOMPARE(shown(rows).first(2),
            (QStringList{u"?Behind leader|1,204 entries|250 entries|+954"_s, u"?Last contact|412 ms|200 ms|+212 ms"_s}));
        QCOMPARE(failed(rows), 0);
    }

    void twoServersLead()
    {
        const ClusterStatus cluster = made_up::consulSplit();
        const auto rows = peerLimits(cluster, cluster.raft.first(), peer(cluster, 0), made_up::now());
        QVERIFY(shown(rows).contains(u"!!!Same leader|fra-c-1|fra-c-4|differs"_s));
        QVERIFY(shown(rows).contains(u"!!!Same term|5,117|5,118|−1"_s));
        QCOMPARE(int(rows.first().severity), int(Severity::Critical));
        const auto silent = peerLimits(cluster, cluster.raft.first(), peer(cluster, 4), made_up::now());
        QVERIFY(shown(silent).contains(u"!!!Answers|Timed out||"_s));
        QVERIFY(shown(silent).contains(u"Last contact|–|200 ms|"_s));
    }

    void nobodyIsNoSameLeader()
    {
        ClusterStatus cluster = made_up::consulCalm();
        RaftStatus &raft = cluster.raft.first();
        raft.leader.clear();
        raft.agreement = Agreement::Leaderless;
        for (PeerStatus &each : raft.peers)
            each.believesLeader = QString();
        const auto rule = [&] { return peerLimits(cluster, raft, peer(cluster, 0), made_up::now()); };
        QVERIFY2(shown(rule()).contains(u"?Same leader|nobody||"_s), qPrintable(shown(rule()).join(u'\n')));
        Reason leaderless;
        leaderless.code = ReasonCode::RaftLeaderless;
        leaderless.severity = Severity::Critical;
        cluster.reasons.append(leaderless);
        QVERIFY2(shown(rule()).contains(u"!!!Same leader|nobody||"_s), qPrintable(shown(rule()).join(u'\n')));
    }

    /// Its own silence says it; there is no number to be over a limit.
    void aSilentServerHasNoLastContact()
    {
        ClusterStatus cluster = made_up::consulCalm();
        PeerStatus &down = cluster.raft.first().peers[3];
        down.reach = Reach::Refused;
        down.lastContact.reset();
        Reason silent;
        silent.code = ReasonCode::RaftPeerDown;
        silent.severity = Severity::Warning;
        silent.subject = down.name;
        cluster.reasons.append(silent);
        const auto rows = peerLimits(cluster, cluster.raft.first(), down, made_up::now());
        QVERIFY2(shown(rows).contains(u"Last contact|–|200 ms|"_s), qPrintable(shown(rows).join(u'\n')));
        down.hasEndpoint = false; // then it is all that is known
        const auto unasked = peerLimits(cluster, cluster.raft.first(), down, made_up::now());
        QVERIFY2(shown(unasked).contains(u"!Last contact|–|200 ms|"_s), qPrintable(shown(unasked).join(u'\n')));
    }

    void rulesOfAGroup()
    {
        const ClusterStatus calm = made_up::consulCalm();
        QCOMPARE(shown(groupLimits(calm, calm.raft.first())),
            (QStringList{u"Leader, named by|node-2|5 of 5|"_s, u"Voters in touch, quorum|5|≥ 3|"_s, u"Can lose|2|≥ 1|"_s,
                u"Voters, expected|5|≥ 5|"_s, u"Servers' own report|healthy|can lose 2|"_s}));
        ClusterStatus unseen = calm;
        unseen.raft.first() = RaftStatus();
        for (const LimitRow &row : groupLimits(unseen, unseen.raft.first()))
            QVERIFY2(row.severity == Severity::Ok, qPrintable(row.rule));
    }

    void linesKeepTenMinutes()
    {
        Recent recent;
        for (qint64 at = 0; at <= 1'200'000; at += 1'000)
            recent.add(u"a"_s, at, double(at));
        const auto points = recent.points(u"a"_s);
        QVERIFY(points.size() <= 2 * Recent::span / Recent::resolution + 2);
        QCOMPARE(points.last().at, 1'200'000);
        QVERIFY(points.first().at >= 600'000);
        QVERIFY(std::abs(*recent.slope(u"a"_s) - 1000) < 1e-6);
        recent.add(u"a"_s, 1'200'000, 1); // seen already
        QCOMPARE(recent.points(u"a"_s).size(), points.size());
        recent.trim(1'900'000);
        QVERIFY(recent.points(u"a"_s).isEmpty());
        QVERIFY(!recent.slope(u"a"_s));
    }

    void anUnansweredSampleIsNotThinnedAway()
    {
        Recent recent;
        recent.add(u"a"_s, 0, 1);
        recent.add(u"a"_s, 1'000, std::numeric_limits<double>::quiet_NaN());
        recent.add(u"a"_s, 2'000, 1);
        const auto points = recent.points(u"a"_s);
        QVERIFY(std::any_of(points.cbegin(), points.cend(), [](const auto &point) { return std::isnan(point.value); }));
    }

    void gapsFollowTheRhythm()
    {
        Recent recent;
        for (qint64 at = 0; at <= 600'000; at += 60'000)
            recent.add(u"a"_s, at, 1);
        QCOMPARE(sparkline(recent.points(u"a"_s), 600'000).gapMs, 180'000);
        QCOMPARE(sparkline({}, 600'000).gapMs, 30'000);
    }

    void samplesOfAStatusAreTakenOnce()
    {
        Recent recent;
        ClusterStatus cluster = made_up::consulLagging();
        sample(recent, cluster);
        sample(recent, cluster);
        const QString key = recentKey(cluster.name, u"trailing"_s, u"id-3"_s);
        QCOMPARE(recent.points(key).size(), 1);
        QCOMPARE(recent.points(key).first().value, 1204.0);
        QCOMPARE(recent.points(recentKey(cluster.name, u"latency"_s, u"http://10.1.10.13:8500"_s)).first().at, 36'000'000 - 4'000);
        recent.forget(recentKey(cluster.name));
        QVERIFY(recent.points(key).isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestClusterFigures)
#include "tst_cluster_figures.moc"
