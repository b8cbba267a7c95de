// SPDX-License-Identifier: GPL-3.0-or-later
// What the tables of a Raft group say: its peers, and who believes whom.
#include "tests/unit/cluster_tables/cluster_tables.h"

#include <QRegularExpression>
#include <QTest>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;

namespace {

/// Marks of a matrix row: N names, L leads, n names another, l leads beside the elected one, 0 nobody, y a young split, . none, # silent.
QString marks(const MatrixModel &model, int row)
{
    QString text;
    for (int column = 1; column <= model.nobodyColumn(); ++column) {
        const QModelIndex index = model.index(row, column);
        const QVariant mark = index.data(MarkRole);
        text += index.data(SilentRole).toBool() ? u'#' : mark.isValid() ? u".NLnl0y"_s.at(int(mark.value<MatrixMark>())) : u' ';
    }
    return text;
}

} // namespace

class TestRaftTables final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void peers()
    {
        Tables tables;
        tables.apply(made_up::consulLagging());
        QCOMPARE(line(tables.peers, 0), u"Ok · node-1 · follower · 38 ms · 0 ·  · 111,098 · 103,796 · 2.9 ms · 1.8.7 · 10.1.10.10:8300"_s);
        QCOMPARE(line(tables.peers, 1), u"Ok · node-2 · leader · – · – ·  · 111,098 · 103,796 · 3.2 ms · 1.8.7 · 10.1.10.11:8300"_s);
        QCOMPARE(line(tables.peers, 3),
            u"Warning · node-4 · follower · 412 ms · 1,204 · falling behind · 109,894 · 103,796 · 14 ms · 1.8.7 · 10.1.10.13:8300"_s);
        const QModelIndex behind = tables.peers.index(3, int(PeerModel::Column::Behind));
        QVERIFY(behind.data(StrongRole).toBool());
        QCOMPARE(severity(behind, InkRole), Severity::Warning);
        QCOMPARE(severity(behind, RowTintRole), Severity::Warning);
        QVERIFY(tables.peers.index(0, 0).data(QuietRole).toBool());
    }

    void aLagThatGrowsFallsBehindAndOneThatShrinksHasATime()
    {
        Tables tables;
        ClusterStatus cluster = made_up::consulLagging();
        // The judge says how fast; the line is drawn from what was seen.
        const auto feed = [&](qint64 trailing, std::optional<double> perSecond) {
            *cluster.observed += std::chrono::seconds(5);
            cluster.observedBoot += std::chrono::seconds(5);
            cluster.raft.first().peers[3].trailing = trailing;
            cluster.raft.first().peers[3].trailingPerSecond = perSecond;
            tables.apply(cluster);
            return tables.peers.index(3, int(PeerModel::Column::CatchesUp)).data().toString().replace(QChar(0x00a0), u' ');
        };
        QCOMPARE(feed(1'204, std::nullopt), QString());
        QCOMPARE(feed(1'954, 10), u"falling behind"_s);
        QCOMPARE(feed(1'954, 0), u"no"_s);
        QCOMPARE(feed(1'954, -10), u"in about 3 min"_s);
        QCOMPARE(feed(400, -10), u"in about 40 s"_s);
        QCOMPARE(feed(2, -10), QString()); // within the limit entries come and go with every write
        QVERIFY(tables.peers.index(3, int(PeerModel::Column::Behind)).data(SparklineRole).isValid());
    }

    void aSilentPeerIsNotShownAsIfItHadAnswered()
    {
        Tables tables;
        tables.apply(made_up::consulSplit());
        QCOMPARE(line(tables.peers, 4), u"Critical · fra-c-5 · down · – · – ·  · 88,402 · 5,117 · timed out · 1.8.7 · 10.3.1.15:8300"_s);
        ClusterStatus cluster = made_up::consulCalm();
        cluster.raft.first().peers[0].hasEndpoint = false;
        cluster.raft.first().peers[0].believesLeader.reset();
        tables.apply(cluster);
        QCOMPARE(tables.peers.index(0, int(PeerModel::Column::Latency)).data().toString(), u"not asked"_s);
    }

    void whoBelievesWhom()
    {
        Tables tables;
        tables.apply(made_up::consulCalm());
        QCOMPARE(tables.matrix.leaders(), 5);
        QCOMPARE(marks(tables.matrix, 0), u".N...."_s);
        QCOMPARE(marks(tables.matrix, 1), u".L...."_s);
        QVERIFY(tables.matrix.index(0, 2).data(LeaderRole).toBool());
        QVERIFY(!tables.matrix.index(0, 1).data(LeaderRole).toBool());
        QCOMPARE(tables.matrix.headerData(2, Qt::Horizontal, Qt::DisplayRole).toString(), u"node-2"_s);

        tables.apply(made_up::consulSplit());
        QCOMPARE(marks(tables.matrix, 0), u"l....."_s);
        QCOMPARE(marks(tables.matrix, 1), u"n....."_s);
        QCOMPARE(marks(tables.matrix, 2), u"...N.."_s);
        QCOMPARE(marks(tables.matrix, 3), u"...L.."_s);
        QCOMPARE(marks(tables.matrix, 4), u"######"_s);
        QCOMPARE(tables.matrix.index(4, 1).data(Qt::AccessibleTextRole).toString(), u"no answer"_s);
        QCOMPARE(tables.matrix.index(4, tables.matrix.saysColumn()).data().toString(), u"timed out, 8.0\u00a0s"_s);
        QCOMPARE(severity(tables.matrix.index(0, tables.matrix.termColumn()), InkRole), Severity::Warning);
        QCOMPARE(severity(tables.matrix.index(0, tables.matrix.saysColumn()), InkRole), Severity::Critical);
    }

    void nobodyIsNamedAndAStrangerIs()
    {
        ClusterStatus cluster = made_up::consulCalm();
        RaftStatus &raft = cluster.raft.first();
        raft.leader.clear();
        raft.agreement = Agreement::Leaderless;
        for (PeerStatus &peer : raft.peers)
            peer.believesLeader = u""_s;
        Tables tables;
        tables.apply(cluster);
        QCOMPARE(marks(tables.matrix, 0), u".....0"_s);
        raft.peers[0].believesLeader = u"10.9.9.9:8300"_s;
        raft.peers[1].believesLeader = u"10.1.10.10:8300"_s;
        tables.apply(cluster);
        QCOMPARE(tables.matrix.leaders(), 6);
        QCOMPARE(tables.matrix.headerData(6, Qt::Horizontal, Qt::DisplayRole).toString(), u"10.9.9.9:8300"_s);
        QCOMPARE(marks(tables.matrix, 0), u".....n."_s);
    }

    void aSplitIsAWarningFirst()
    {
        ClusterStatus cluster = made_up::consulSplit();
        Reason split = cluster.reasons.first();
        split.code = ReasonCode::RaftLeaderSplit;
        split.severity = split.clusterSeverity = Severity::Warning;
        cluster.reasons = {split};
        Tables tables;
        tables.apply(cluster);
        QCOMPARE(marks(tables.matrix, 1), u"y....."_s);
    }

    void aLargeGroupHasTheNamedColumnsOnly()
    {
        ClusterStatus cluster = made_up::consulCalm();
        RaftStatus &raft = cluster.raft.first();
        for (int i = 0; i < 6; ++i) {
            PeerStatus peer = raft.peers.first();
            peer.id = u"more-%1"_s.arg(i);
            peer.name = peer.id;
            peer.address = u"10.1.11.%1:8300"_s.arg(i);
            raft.peers += peer;
        }
        Tables tables;
        tables.apply(cluster);
        QCOMPARE(tables.matrix.leaders(), 1);
        QCOMPARE(tables.matrix.rowCount(), 11);
    }

    void aChangedNumberLightsItsCell()
    {
        Tables tables;
        ClusterStatus cluster = made_up::consulLagging();
        tables.apply(cluster);
        for (PeerStatus &peer : cluster.raft.first().peers)
            *peer.applied += 5;
        cluster.raft.first().peers[4].trailing = 7;
        tables.apply(cluster, made_up::now() + std::chrono::seconds(3));
        QCOMPARE(tables.peers.index(4, int(PeerModel::Column::Applied)).data(ChangedRole).toLongLong(), 36'003'000);
        QVERIFY(!tables.peers.index(4, int(PeerModel::Column::Term)).data(ChangedRole).isValid());
        QVERIFY(!tables.peers.index(0, int(PeerModel::Column::Applied)).data(ChangedRole).isValid()); // keeps up with the leader
    }
};

QTEST_APPLESS_MAIN(TestRaftTables)
#include "tst_raft_tables.moc"
