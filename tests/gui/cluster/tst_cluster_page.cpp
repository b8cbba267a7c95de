// SPDX-License-Identifier: GPL-3.0-or-later
// The cluster page as a person uses it: what it shows of each kind of cluster, and what stays where it was while data keeps coming.
#include "tests/gui/cluster/shown_page.h"
#include "views/delegates/reason_list.h"
#include "views/delegates/table_view.h"
#include "views/pages/figure_strip.h"
#include "views/pages/page_bar.h"
#include "views/pages/pane.h"
#include "views/pages/raw_reply_view.h"

#include <QApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QTreeView>

using namespace quorate;
using namespace Qt::StringLiterals;
using test::pageOf, test::visible;

namespace {

/// Titles of the panes that are seen.
QStringList titles(const QWidget &page)
{
    QStringList list;
    for (const Pane *pane : page.findChildren<Pane *>()) {
        if (pane->isVisible())
            list += pane->title();
    }
    list.sort();
    return list;
}

QStringList tabs(const QWidget &page)
{
    QStringList list;
    const auto *tabWidget = page.findChild<QTabWidget *>(u"clusterTabs"_s);
    for (int i = 0; i < tabWidget->count(); ++i) {
        if (tabWidget->isTabVisible(i))
            list += tabWidget->tabText(i);
    }
    return list;
}

} // namespace

class TestClusterPage final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void eachKindHasItsPanes_data()
    {
        QTest::addColumn<ClusterStatus>("cluster");
        QTest::addColumn<QStringList>("panes");
        QTest::addColumn<QStringList>("evidence");
        const QStringList plain{u"Endpoints"_s, u"Raw reply"_s};
        QTest::newRow("Raft, calm") << made_up::consulCalm() << QStringList{u"Agreement"_s, u"Raft peers"_s, u"consul-prod is Ok"_s}
                                    << plain;
        QTest::newRow("Raft, lagging") << made_up::consulLagging()
                                       << QStringList{u"Agreement"_s, u"Raft peers"_s, u"Why node-4 is a Warning"_s} << plain;
        QTest::newRow("probes") << made_up::bufstreamFailing()
                                << QStringList{u"Components"_s, u"Why bufstream-eu is Critical"_s, u"object_storage"_s} << plain;
        QTest::newRow("queues") << made_up::osapiWarning()
                                << QStringList{u"Agents and processes"_s, u"Components"_s, u"Queues"_s, u"Why osapi-fleet is a Warning"_s}
                                << QStringList{u"Streams and buckets"_s, u"Endpoints"_s, u"Raw reply"_s};
        QTest::newRow("never polled") << made_up::neverPolled() << QStringList{u"Why consul-edge is Unknown"_s} << plain;
        QTest::newRow("unauthorised") << made_up::unauthorised() << QStringList{u"Why osapi-lab is Unknown"_s} << plain;
    }
    void eachKindHasItsPanes()
    {
        QFETCH(ClusterStatus, cluster);
        QFETCH(QStringList, panes);
        QFETCH(QStringList, evidence);
        const auto page = pageOf(cluster);
        QCOMPARE(titles(*page), panes);
        QCOMPARE(tabs(*page), evidence);
        QCOMPARE(page->findChild<TableView *>(u"endpoints"_s)->model()->rowCount(), int(cluster.endpoints.size()));
    }

    void whatIsNotReportedSaysSo()
    {
        ClusterStatus cluster = made_up::osapiWarning();
        cluster.queues.reset();
        cluster.agents.reset();
        cluster.reasons.clear();
        const auto page = pageOf(cluster);
        QStringList notes;
        for (const Pane *pane : page->findChildren<Pane *>()) {
            if (pane->isVisible())
                notes += pane->title() + u": "_s + pane->note();
        }
        QVERIFY(notes.contains(u"Queues: not reported"_s));
        QVERIFY(notes.contains(u"Agents and processes: not reported"_s));
        QVERIFY(!visible<TableView>(*page, u"queues"_s));
    }

    void selectionStaysWhileDataComes()
    {
        ClusterStatus cluster = made_up::consulLagging();
        const auto page = pageOf(cluster);
        auto *peers = visible<TableView>(*page, u"peers"_s);
        QCOMPARE(peers->currentId(), u"id-3"_s); // the worst one, to begin with
        peers->setCurrentId(u"id-4"_s);
        QVERIFY(titles(*page).contains(u"node-5 is Ok"_s));
        QSignalSpy reset(peers->model(), &QAbstractItemModel::modelReset);
        for (int i = 0; i < 30; ++i) {
            *cluster.observed += std::chrono::seconds(1);
            cluster.observedBoot += std::chrono::seconds(1);
            cluster.raft.first().peers[4].applied = 200'000 + quint64(i);
            std::rotate(cluster.raft.first().peers.begin(), cluster.raft.first().peers.begin() + 1, cluster.raft.first().peers.end());
            page->apply(cluster);
        }
        QCOMPARE(peers->currentId(), u"id-4"_s);
        QCOMPARE(peers->selectedIds(), QStringList{u"id-4"_s});
        QVERIFY(reset.isEmpty());
    }

    void escapeExplainsTheWholeCluster()
    {
        const auto page = pageOf(made_up::consulLagging());
        auto *peers = visible<TableView>(*page, u"peers"_s);
        QVERIFY(visible<TableView>(*page, u"limits"_s));
        QTest::keyClick(peers, Qt::Key_Escape);
        QVERIFY(titles(*page).contains(u"Why consul-prod is a Warning"_s));
        QVERIFY(visible<ReasonList>(*page, u"reasons"_s));
        QCOMPARE(visible<ReasonList>(*page, u"reasons"_s)->model()->rowCount(), 2);
    }

    void eachClusterKeepsItsSelectionAndTab()
    {
        const auto page = pageOf(made_up::consulLagging());
        page->apply(made_up::osapiWarning());
        auto *tabWidget = page->findChild<QTabWidget *>(u"clusterTabs"_s);
        visible<TableView>(*page, u"peers"_s)->setCurrentId(u"id-0"_s);
        page->showRawReply();
        QCOMPARE(tabWidget->tabText(tabWidget->currentIndex()), u"Raw reply"_s);
        page->showCluster(made_up::osapiWarning().name);
        QCOMPARE(tabWidget->tabText(tabWidget->currentIndex()), u"Streams and buckets"_s);
        page->showCluster(made_up::consulLagging().name);
        QCOMPARE(tabWidget->tabText(tabWidget->currentIndex()), u"Raw reply"_s);
        QCOMPARE(visible<TableView>(*page, u"peers"_s)->currentId(), u"id-0"_s);
    }

    void greenDoesNotOutliveTheEngine()
    {
        const auto page = pageOf(made_up::consulCalm());
        auto *bar = page->findChild<PageBar *>();
        QVERIFY2(bar->sentence().startsWith("Ok"_L1), qPrintable(bar->sentence()));
        page->setNow(made_up::now() + std::chrono::seconds(39));
        QVERIFY(bar->sentence().startsWith("Ok"_L1));
        page->setNow(made_up::now() + std::chrono::seconds(41));
        QVERIFY2(bar->sentence().startsWith("Unknown"_L1), qPrintable(bar->sentence()));
        QVERIFY(titles(*page).contains(u"Why consul-prod is Unknown"_s));
        auto *peers = visible<TableView>(*page, u"peers"_s);
        for (int row = 0; row < peers->model()->rowCount(); ++row)
            QVERIFY(peers->model()->index(row, 0).data(SeverityRole).value<Severity>() != Severity::Ok);
        ClusterStatus fresh = made_up::consulCalm();
        fresh.validUntil += std::chrono::minutes(5);
        page->apply(fresh);
        QVERIFY(bar->sentence().startsWith("Ok"_L1));
    }

    void theFilterFiltersTheMainTable()
    {
        const auto page = pageOf(made_up::consulLagging());
        auto *peers = visible<TableView>(*page, u"peers"_s);
        page->focusFilter();
        auto *filter = page->findChild<QLineEdit *>(u"filter"_s);
        QTRY_COMPARE(QApplication::focusWidget(), filter);
        QTest::keyClicks(filter, u"node-4"_s);
        QCOMPARE(peers->model()->rowCount(), 1);
        QTest::keyClick(filter, Qt::Key_Escape);
        QCOMPARE(peers->model()->rowCount(), 5);
        QTest::keyClick(filter, Qt::Key_Return);
        QTRY_COMPARE(QApplication::focusWidget(), peers);
    }

    void brokersBecomeOneColumnWhereTheyDoNotFit()
    {
        const auto page = pageOf(made_up::bufstreamMany(12, 2));
        auto *probes = visible<TableView>(*page, u"probes"_s);
        const auto brokersShown = [&] { return !probes->horizontalHeader()->isSectionHidden(2); };
        const auto summaryShown = [&] { return !probes->horizontalHeader()->isSectionHidden(1); };
        QVERIFY(!brokersShown() && summaryShown());
        page->resize(2400, 900);
        QTRY_VERIFY(brokersShown() && !summaryShown());
        page->resize(1195, 720);
        QTRY_VERIFY(!brokersShown() && summaryShown());
        auto *detail = visible<TableView>(*page, u"probeDetail"_s);
        QCOMPARE(detail->model()->rowCount(), 12);
        QCOMPARE(detail->model()->index(0, 1).data().toString(), u"error"_s);
    }

    void groupsOfComponentsStayClosed()
    {
        const auto page = pageOf(made_up::osapiWarning());
        auto *tree = visible<QTreeView>(*page, u"components"_s);
        const QModelIndex nats = tree->model()->index(1, 0);
        QVERIFY(tree->isExpanded(nats));
        tree->collapse(nats);
        ClusterStatus cluster = made_up::osapiWarning();
        cluster.components[3].reported = u"error"_s;
        cluster.components[3].severity = Severity::Critical;
        page->apply(cluster);
        QVERIFY(!tree->isExpanded(tree->model()->index(1, 0)));
        QVERIFY(tree->isExpanded(tree->model()->index(0, 0)));
    }

    void rowsAreCopiedAsTextAndMarkdown()
    {
        const auto page = pageOf(made_up::consulLagging());
        auto *peers = visible<TableView>(*page, u"peers"_s);
        peers->setCurrentId(u"id-3"_s);
        peers->setFocus();
        QTRY_VERIFY(peers->hasFocus());
        const QString markdown = page->copyText(true);
        QVERIFY(markdown.startsWith("| State | Server |"_L1));
        QCOMPARE(markdown.count(u'\n'), 3);
        QVERIFY(page->copyText(false).contains("Warning\tnode-4"_L1));
        peers->clearSelection();
        const QString all = page->copyText(true);
        QVERIFY2(
            all.startsWith("**consul-prod**: Warning"_L1) && all.contains("- "_L1) && all.contains("| Ok | node-1 |"_L1), qPrintable(all));
    }

    void widthsAndOrderComeBack()
    {
        QVariantMap state;
        {
            const auto page = pageOf(made_up::consulLagging());
            auto *peers = visible<TableView>(*page, u"peers"_s);
            peers->horizontalHeader()->resizeSection(1, 170);
            peers->sortBy(1, Qt::DescendingOrder);
            state = page->saved();
        }
        ClusterPage page;
        page.resize(1195, 720);
        page.restore(state);
        page.setNow(made_up::now());
        page.showCluster(made_up::consulLagging().name);
        page.apply(made_up::consulLagging());
        page.show();
        auto *peers = visible<TableView>(page, u"peers"_s);
        QVERIFY(std::abs(peers->columnWidth(1) - 170) <= 1);
        QCOMPARE(peers->model()->index(0, 1).data().toString(), u"node-5"_s);
    }

    /// No system of today has more than one; were there more, a page of the first one must not pass for all.
    void oneOfSeveralRaftGroupsSaysSo()
    {
        ClusterStatus cluster = made_up::consulCalm();
        cluster.raft += cluster.raft.first();
        cluster.raft.first().group = u"orders"_s;
        const auto page = pageOf(cluster);
        for (const Pane *pane : page->findChildren<Pane *>()) {
            if (pane->title() == "Raft peers"_L1)
                QCOMPARE(pane->note(), u"orders of 2 Raft groups"_s);
        }
    }

    void figuresAreDroppedNotCut()
    {
        const auto page = pageOf(made_up::osapiWarning());
        auto *figures = page->findChild<FigureStrip *>();
        QCOMPARE(figures->shownCount(), 8);
        page->resize(700, 720);
        QTRY_VERIFY(figures->shownCount() < 8);
        QVERIFY(figures->accessibleName().contains("Dead letters 3"_L1));
    }

    void aForgottenClusterIsGone()
    {
        const auto page = pageOf(made_up::consulLagging());
        page->keepOnly({});
        page->showCluster(made_up::osapiWarning().name);
        page->showCluster(made_up::consulLagging().name);
        QCOMPARE(page->findChild<PageBar *>()->sentence(), u"not yet polled"_s);
    }
};

QTEST_MAIN(TestClusterPage)
#include "tst_cluster_page.moc"
