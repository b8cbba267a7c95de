// SPDX-License-Identifier: GPL-3.0-or-later
// What a person asks of a cluster page beyond looking: accept what is, maintenance; and what is being checked.
#include "tests/gui/cluster/care_sheet.h"
#include "views/delegates/reason_list.h"
#include "views/pages/page_bar.h"

#include <QMenu>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace quorate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::Sheet;

class TestClusterCare final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

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
        const auto text = [&](const QString &queue, const QString &title) {
            return test::plain(sheet.cell(u"queues"_s, queue, title).data().toString());
        };
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
        QCOMPARE(test::plain(bar->sentence()),
            u"Ok for 9 h 3 min · checking, 1 of 2: node-3 timed out · 5/5 voters, can lose 2 · leader node-2"_s);
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
        QVERIFY(test::plain(bar->sentence()).startsWith("Warning for 6 min"_L1)); // judged all the same
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
