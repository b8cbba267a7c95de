// SPDX-License-Identifier: GPL-3.0-or-later
// What if servers failed: asked of the cluster page by selecting them.
#include "tests/gui/cluster/care_sheet.h"
#include "views/pages/page_bar.h"

#include <QRegularExpression>
#include <QTest>
#include <QToolButton>

using namespace quorate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::Sheet;

class TestClusterWhatIf final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void whatIfFollowsTheSelection_data()
    {
        QTest::addColumn<QStringList>("selected");
        QTest::addColumn<QString>("told");
        QTest::newRow("nobody") << QStringList()
                                << u"What if … select the servers that would fail: Shift or Ctrl and the arrows, or a click"_s;
        QTest::newRow("a follower") << QStringList{u"id-3"_s}
                                    << u"What if node-4 failed? quorum holds · 4 of 5 voters live · 1 more may fail"_s;
        QTest::newRow("the leader")
            << QStringList{u"id-1"_s}
            << u"What if node-2 failed? quorum holds · 4 of 5 voters live · 1 more may fail · a new leader would have to be elected"_s;
        QTest::newRow("as many as may") << QStringList{
            u"id-3"_s, u"id-4"_s} << u"What if node-4, node-5 failed? quorum holds · 3 of 5 voters live · no further voter may fail"_s;
        QTest::newRow("one too many") << QStringList{u"id-0"_s, u"id-3"_s, u"id-4"_s}
                                      << u"What if node-1, node-4, node-5 failed? quorum lost · 2 of 5 voters live · 3 needed"_s;
    }
    void whatIfFollowsTheSelection()
    {
        QFETCH(QStringList, selected);
        QFETCH(QString, told);
        Sheet sheet(made_up::consulLagging());
        QVERIFY(!sheet.strip()->isVisible());
        QVERIFY(sheet.page.canAskWhatIf());
        test::select(*sheet.table(u"peers"_s), {});
        sheet.page.askWhatIf();
        QVERIFY(sheet.strip()->isVisible());
        test::select(*sheet.table(u"peers"_s), selected);
        QCOMPARE(sheet.strip()->text(), told);
        QCOMPARE(sheet.strip()->accessibleName(), told);
        QVERIFY(sheet.page.findChild<PageBar *>()->sentence().contains("can lose 2"_L1)); // what is, is told as before
    }

    void whatIfStaysWhileDataComes()
    {
        Sheet sheet(made_up::consulLagging());
        auto *peers = sheet.table(u"peers"_s);
        test::select(*peers, {u"id-2"_s, u"id-4"_s});
        sheet.page.askWhatIf();
        for (int i = 0; i < 20; ++i) {
            *sheet.cluster.observed += 1s;
            sheet.cluster.observedBoot += 1s;
            QList<PeerStatus> &rows = sheet.cluster.raft.first().peers;
            std::rotate(rows.begin(), rows.begin() + 1, rows.end());
            for (PeerStatus &peer : rows)
                *peer.applied += 380;
            sheet.apply();
        }
        QStringList ids = peers->selectedIds();
        ids.sort();
        QCOMPARE(ids, (QStringList{u"id-2"_s, u"id-4"_s}));
        QVERIFY2(sheet.strip()->text().contains("3 of 5 voters live"_L1), qPrintable(sheet.strip()->text()));

        // One more is really lost meanwhile: the answer is that of now.
        PeerStatus &lost = *std::find_if(sheet.cluster.raft.first().peers.begin(), sheet.cluster.raft.first().peers.end(),
            [](const PeerStatus &peer) { return peer.id == "id-0"_L1; });
        lost.state = PeerState::Down;
        sheet.cluster.raft.first().live = 4;
        sheet.cluster.raft.first().margin = 1;
        sheet.apply();
        QVERIFY2(sheet.strip()->text().contains(u"quorum lost · 2 of 5 voters live"_s), qPrintable(sheet.strip()->text()));
    }

    void escapeLeavesWhatIfFirstAndTheSelectionThen()
    {
        Sheet sheet(made_up::consulLagging());
        auto *peers = sheet.table(u"peers"_s);
        test::select(*peers, {u"id-3"_s, u"id-4"_s});
        sheet.page.askWhatIf();
        peers->setFocus();
        QTest::keyClick(peers, Qt::Key_Escape);
        QVERIFY(!sheet.strip()->isVisible());
        QCOMPARE(peers->selectedIds().size(), 2);
        QTest::keyClick(peers, Qt::Key_Escape);
        QVERIFY(peers->selectedIds().isEmpty());
    }

    void whatIfIsEndedByItsButtonAndByAnotherCluster()
    {
        Sheet sheet(made_up::consulLagging());
        sheet.page.askWhatIf();
        QTest::mouseClick(sheet.strip()->findChild<QToolButton *>(), Qt::LeftButton);
        QVERIFY(!sheet.strip()->isVisible());
        sheet.page.askWhatIf();
        sheet.page.apply(made_up::consulSplit());
        sheet.page.showCluster(made_up::consulSplit().name);
        QVERIFY(!sheet.strip()->isVisible());
        sheet.page.apply(made_up::bufstreamFailing());
        sheet.page.showCluster(made_up::bufstreamFailing().name);
        QVERIFY(!sheet.page.canAskWhatIf());
    }

    void whatIfIsAskedFromTheMatrixToo()
    {
        Sheet sheet(made_up::consulLagging());
        sheet.page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&sheet.page));
        auto *matrix = sheet.table(u"matrix"_s);
        matrix->setFocus();
        test::select(*matrix, {u"id-0"_s, u"id-2"_s});
        sheet.page.askWhatIf();
        QVERIFY2(sheet.strip()->text().startsWith("What if node-1, node-3 failed?"_L1), qPrintable(sheet.strip()->text()));
        test::select(*matrix, {u"id-2"_s}); // and follows it
        QVERIFY2(sheet.strip()->text().startsWith("What if node-3 failed?"_L1), qPrintable(sheet.strip()->text()));
        QTest::keyClick(matrix, Qt::Key_Escape);
        QVERIFY(!sheet.strip()->isVisible());
    }

    void nobodyKnowsWhatIsLeftWithoutEvidence()
    {
        ClusterStatus cluster = made_up::consulLagging();
        cluster.raft.first().margin.reset();
        Sheet sheet(cluster);
        sheet.page.askWhatIf();
        test::select(*sheet.table(u"peers"_s), {u"id-3"_s});
        QVERIFY2(sheet.strip()->text().contains("not known"_L1), qPrintable(sheet.strip()->text()));
    }
};

QTEST_MAIN(TestClusterWhatIf)
#include "tst_cluster_what_if.moc"
