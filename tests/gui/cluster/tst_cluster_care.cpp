// SPDX-License-Identifier: GPL-3.0-or-later
// What a person asks of a cluster page beyond looking: what if servers failed, accept what is, maintenance; and what is being checked.
#include "tests/support/made_up_clusters.h"
#include "views/delegates/reason_list.h"
#include "views/delegates/table_view.h"
#include "views/pages/accept_actions.h"
#include "views/pages/cluster_page.h"
#include "views/pages/page_bar.h"
#include "views/pages/what_if_strip.h"

#include <QMenu>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

using namespace quorate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// The page of a cluster, with the actions that a window gives it.
struct Sheet {
    AcceptActions accept;
    ClusterPage page;
    ClusterStatus cluster;

    explicit Sheet(const ClusterStatus &status)
        : cluster(status)
    {
        page.setAcceptActions(accept.all());
        page.resize(1195, 720);
        page.setNow(made_up::now());
        page.showCluster(status.name);
        apply();
        page.show();
    }
    void apply()
    {
        accept.show(cluster);
        page.apply(cluster);
    }
    [[nodiscard]] TableView *table(const QString &name) const
    {
        for (TableView *view : page.findChildren<TableView *>(name)) {
            if (view->isVisible())
                return view;
        }
        return nullptr;
    }
    [[nodiscard]] WhatIfStrip *strip() const { return page.findChild<WhatIfStrip *>(u"whatIf"_s); }
    /// Texts of the buttons that are seen.
    [[nodiscard]] QStringList buttons() const
    {
        QStringList texts;
        for (const QToolButton *button : page.findChildren<QToolButton *>()) {
            if (button->isVisible())
                texts += button->text();
        }
        return texts;
    }
    /// A cell of a row of a table, by the column's title.
    [[nodiscard]] QModelIndex cell(const QString &name, const QString &id, const QString &title) const
    {
        const QAbstractItemModel *model = table(name)->model();
        for (int column = 0; column < model->columnCount(); ++column) {
            if (model->headerData(column, Qt::Horizontal).toString() != title)
                continue;
            for (int row = 0; row < model->rowCount(); ++row) {
                if (model->index(row, 0).data(IdRole) == id)
                    return model->index(row, column);
            }
        }
        return {};
    }
};

/// With plain spaces before units.
QString plain(QString text) { return text.replace(QChar(0x00a0), u' '); }

void select(TableView &table, const QStringList &ids)
{
    table.clearSelection();
    for (int row = 0; row < table.model()->rowCount(); ++row) {
        const QModelIndex index = table.model()->index(row, 0);
        if (ids.contains(index.data(IdRole).toString()))
            table.selectionModel()->select(index, QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
}

} // namespace

class TestClusterCare final : public QObject {
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
        select(*sheet.table(u"peers"_s), {});
        sheet.page.askWhatIf();
        QVERIFY(sheet.strip()->isVisible());
        select(*sheet.table(u"peers"_s), selected);
        QCOMPARE(sheet.strip()->text(), told);
        QCOMPARE(sheet.strip()->accessibleName(), told);
        QVERIFY(sheet.page.findChild<PageBar *>()->sentence().contains("can lose 2"_L1)); // what is, is told as before
    }

    void whatIfStaysWhileDataComes()
    {
        Sheet sheet(made_up::consulLagging());
        auto *peers = sheet.table(u"peers"_s);
        select(*peers, {u"id-2"_s, u"id-4"_s});
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
        select(*peers, {u"id-3"_s, u"id-4"_s});
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
        select(*matrix, {u"id-0"_s, u"id-2"_s});
        sheet.page.askWhatIf();
        QVERIFY2(sheet.strip()->text().startsWith("What if node-1, node-3 failed?"_L1), qPrintable(sheet.strip()->text()));
        select(*matrix, {u"id-2"_s}); // and follows it
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
        select(*sheet.table(u"peers"_s), {u"id-3"_s});
        QVERIFY2(sheet.strip()->text().contains("not known"_L1), qPrintable(sheet.strip()->text()));
    }

    void aSmallerGroupIsAccepted()
    {
        Sheet sheet(made_up::consulShrunk());
        QVERIFY(sheet.buttons().contains(u"Accept 2 voters"_s));
        QSignalSpy wanted(&sheet.accept, &AcceptActions::wanted);
        for (const QToolButton *button : sheet.page.findChildren<QToolButton *>()) {
            if (button->text() == "Accept 2 voters"_L1)
                button->defaultAction()->trigger();
        }
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.first().at(0).value<ClusterName>(), sheet.cluster.name);
        const auto acceptance = wanted.first().at(1).value<Acceptance>();
        QCOMPARE(acceptance.kind, Acceptance::Kind::Size);
        QCOMPARE(acceptance.done, u"2 voters accepted, 5 were expected"_s);

        sheet.cluster.raft.first().expected = 2; // the judge has taken it
        sheet.apply();
        QVERIFY(!sheet.buttons().contains(u"Accept 2 voters"_s));
    }

    void deadLettersOfOneQueueOrOfAll()
    {
        Sheet sheet(made_up::osapiStuck());
        QVERIFY(sheet.buttons().contains(u"Accept 14 dead letters"_s));
        QVERIFY(sheet.buttons().contains(u"Accept that web-03 left"_s));
        auto *queues = sheet.table(u"queues"_s);
        const auto offered = [&] {
            QStringList texts;
            for (const QAction *action : queues->actions()) {
                if (action->isVisible() && !action->menu())
                    texts += action->text();
            }
            return texts;
        };
        queues->setCurrentId(u"mail"_s); // it has none that are new
        QCOMPARE(offered(), QStringList{u"Accept 14 dead letters"_s});
        queues->setCurrentId(u"jobs"_s);
        QCOMPARE(offered(), (QStringList{u"Accept 14 dead letters of jobs"_s, u"Accept 14 dead letters"_s}));
        QSignalSpy wanted(&sheet.page, &ClusterPage::acceptWanted);
        queues->actions().first()->trigger();
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.first().at(1).value<Acceptance>().subject, u"jobs"_s);
    }

    void queuesSayHowFastTheyMove()
    {
        Sheet sheet(made_up::osapiStuck());
        const auto text
            = [&](const QString &queue, const QString &title) { return plain(sheet.cell(u"queues"_s, queue, title).data().toString()); };
        QCOMPARE(text(u"jobs"_s, u"Dead"_s), u"14, 10 known"_s);
        QCOMPARE(text(u"mail"_s, u"Dead"_s), u"0"_s);
        QCOMPARE(text(u"jobs"_s, u"Drains in"_s), u"stuck"_s);
        QCOMPARE(text(u"mail"_s, u"Drains in"_s), u"6 min"_s);
        QCOMPARE(text(u"mail"_s, u"Backlog/min, 1 min"_s), u"−6.2"_s);
        QCOMPARE(text(u"jobs"_s, u"5 min"_s), u"+2.4"_s);
        QCOMPARE(text(u"mail"_s, u"15 min"_s), u"–"_s); // not watched for so long
        const int last = sheet.cell(u"queues"_s, u"jobs"_s, u"15 min"_s).column();
        sheet.page.resize(700, 720); // the longest window goes first where there is no room for all
        QTRY_VERIFY(sheet.table(u"queues"_s)->isColumnHidden(last));
    }

    void whatIsCheckedIsHollowAndNotCounted()
    {
        const Sheet sheet(made_up::consulChecking());
        const auto *bar = sheet.page.findChild<PageBar *>();
        QCOMPARE(
            plain(bar->sentence()), u"Ok for 9 h 3 min · checking, 1 of 2: node-3 timed out · 5/5 voters, can lose 2 · leader node-2"_s);
        const QModelIndex peer = sheet.cell(u"peers"_s, u"id-2"_s, u"State"_s);
        QVERIFY(peer.data(PendingRole).toBool());
        QCOMPARE(peer.data().toString(), u"checking, 1 of 2"_s);
        QCOMPARE(peer.data(SeverityRole).value<Severity>(), Severity::Ok); // as it was
        QCOMPARE(peer.data(Qt::AccessibleTextRole).toString(), u"Ok, checking, 1 of 2"_s);
        QVERIFY(!sheet.cell(u"peers"_s, u"id-0"_s, u"State"_s).data(PendingRole).toBool());
        const QModelIndex reach = sheet.cell(u"endpoints"_s, u"http://10.1.10.12:8500"_s, u"Reach"_s);
        QVERIFY(reach.data(PendingRole).toBool());
        QCOMPARE(reach.data(RowTintRole).value<Severity>(), Severity::Ok);
        const auto lists = sheet.page.findChildren<ReasonList *>();
        const auto why = std::find_if(lists.cbegin(), lists.cend(), [](const ReasonList *list) { return list->isVisible(); });
        QVERIFY(why != lists.cend());
        QCOMPARE((*why)->model()->rowCount(), 2); // the calm line, then the check
        const QModelIndex check = (*why)->model()->index(1, 0);
        QVERIFY(check.data(PendingRole).toBool() && check.data(QuietRole).toBool());
        QVERIFY2(check.data(SecondLineRole).toString().startsWith(u"checking, 1 of 2 · not counted yet"_s),
            qPrintable(check.data(SecondLineRole).toString()));
    }

    void maintenanceIsABadge()
    {
        Sheet sheet(made_up::inMaintenance(made_up::consulLagging()));
        const auto *bar = sheet.page.findChild<PageBar *>();
        QCOMPARE(bar->badge(), u"in maintenance until 05:00"_s);
        QVERIFY(plain(bar->sentence()).startsWith("Warning for 6 min"_L1)); // judged all the same
        QCOMPARE(sheet.cell(u"endpoints"_s, u"http://10.1.10.10:8500"_s, u"Error"_s).data().toString(), u"in maintenance until 05:00"_s);
        sheet.cluster.maintenanceUntil.reset();
        sheet.apply();
        QVERIFY(bar->badge().isEmpty());
    }

    void oneEndpointGoesIntoMaintenance()
    {
        Sheet sheet(made_up::consulLagging());
        auto *endpoints = sheet.table(u"endpoints"_s);
        const auto menu = [&]() -> QMenu * {
            for (const QAction *action : endpoints->actions()) {
                if (action->text() == "&Maintenance"_L1)
                    return action->menu();
            }
            return nullptr;
        };
        QVERIFY(menu());
        QVERIFY(!menu()->menuAction()->isEnabled()); // of none
        const QString url = u"http://10.1.10.12:8500"_s;
        endpoints->setCurrentId(url);
        QVERIFY(menu()->menuAction()->isEnabled());
        QSignalSpy begun(&sheet.page, &ClusterPage::maintenanceBegun), ended(&sheet.page, &ClusterPage::maintenanceEnded);
        menu()->actions().at(1)->trigger();
        QCOMPARE(begun.size(), 1);
        QCOMPARE(begun.first().at(0).value<ClusterName>(), sheet.cluster.name);
        QCOMPARE(begun.first().at(1).value<EndpointUrl>().text(), url);
        QCOMPARE(begun.first().at(2).value<Instant>(), made_up::now().wall + 2h);
        QVERIFY(!menu()->actions().last()->isEnabled());
        sheet.cluster.endpoints[2].maintenanceUntil = made_up::now().wall + 2h;
        sheet.apply();
        menu()->actions().last()->trigger();
        QCOMPARE(ended.size(), 1);
    }
};

QTEST_MAIN(TestClusterCare)
#include "tst_cluster_care.moc"
