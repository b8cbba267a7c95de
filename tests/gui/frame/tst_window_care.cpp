// SPDX-License-Identifier: GPL-3.0-or-later
// What a person asks of the whole window: what if, accept and undo, maintenance; and how a cluster looks that is checked or worked on.
#include "tests/gui/frame/desk.h"
#include "tests/support/made_up_clusters.h"
#include "views/pages/accept_actions.h"
#include "views/pages/what_if_strip.h"

#include <QDateTimeEdit>
#include <QDialog>
#include <QDialogButtonBox>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStyleFactory>
#include <QTemporaryDir>
#include <QToolButton>

using namespace quorate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::Desk;

namespace {
const ClusterName prod(u"consul-prod"_s);

/// The made-up clusters as a test wants them.
FleetUpdate with(const ClusterStatus &status)
{
    FleetUpdate update;
    update.at = made_up::now();
    update.order = {status.name};
    update.changed = {status};
    return update;
}

/// A menu of the menu "Cluster".
QMenu *menu(const Desk &desk, const QString &title)
{
    for (const QAction *top : desk.window.menuBar()->actions()) {
        for (const QAction *action : top->menu()->actions()) {
            if (action->menu() && action->menu()->title() == title)
                return action->menu();
        }
    }
    return nullptr;
}
} // namespace

class WindowCareTest final : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    int m_file = 0;
    QString newFile() { return m_folder.filePath(u"%1.ini"_s.arg(++m_file)); }

private Q_SLOTS:
    void initTestCase()
    {
        QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
        applyPalette(false);
    }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }

    void whatIfByKeyboardAlone()
    {
        Desk desk(newFile(), false);
        desk.models.apply(with(made_up::consulLagging()));
        QAction *ask = desk.action(QKeySequence(Qt::CTRL | Qt::Key_I));
        QVERIFY(ask);
        QVERIFY(!ask->isEnabled()); // in the overview there is nobody to select
        desk.window.showCluster(prod);
        QVERIFY(QTest::qWaitForWindowActive(&desk.window));
        QVERIFY(ask->isEnabled());
        desk.press(Qt::Key_I, Qt::ControlModifier);
        const auto *strip = desk.window.findChild<WhatIfStrip *>(u"whatIf"_s);
        QVERIFY(strip->isVisible());
        desk.press(Qt::Key_Down, Qt::ShiftModifier); // from node-4, which was selected as the worst
        QVERIFY2(strip->text().startsWith(u"What if node-1, node-4 failed? quorum holds · 3 of 5"_s), qPrintable(strip->text()));
        desk.press(Qt::Key_Escape);
        QVERIFY(!strip->isVisible());
    }

    void acceptIsSaidAndCanBeUndone()
    {
        Desk desk(newFile(), false);
        desk.models.apply(with(made_up::consulShrunk()));
        desk.window.showCluster(prod);
        QMenu *accept = menu(desk, u"Acc&ept"_s);
        QVERIFY(accept && accept->menuAction()->isEnabled());
        QStringList offered;
        for (const QAction *action : accept->actions()) {
            if (action->isVisible())
                offered += action->text();
        }
        QCOMPARE(offered, QStringList{u"Accept 2 voters"_s});
        QSignalSpy wanted(&desk.window, &MainWindow::acceptWanted), undone(&desk.window, &MainWindow::undoWanted);
        accept->actions().first()->trigger();
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.first().at(0).value<ClusterName>(), prod);

        QAction *undo = desk.action(QKeySequence(QKeySequence::Undo));
        auto *button = desk.window.findChild<QToolButton *>(u"undo"_s);
        QVERIFY(!undo->isEnabled() && !button->isVisible());
        desk.window.showAccepted(u"2 voters accepted, 5 were expected"_s, true); // as whoever owns the window answers
        QVERIFY(undo->isEnabled() && button->isVisible());
        QCOMPARE(undo->text(), u"U&ndo: 2 voters accepted, 5 were expected"_s);
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(undone.size(), 1);
        QVERIFY(!undo->isEnabled() && !button->isVisible());

        desk.window.showAccepted(u"web-03 may be gone"_s, false);
        QVERIFY(!undo->isEnabled() && !button->isVisible());
        desk.models.apply(with(made_up::consulCalm()));
        QVERIFY(!accept->menuAction()->isEnabled()); // nothing to accept
    }

    void maintenanceOfACluster()
    {
        Desk desk(newFile(), false);
        FleetUpdate update = with(made_up::consulLagging());
        desk.models.apply(update);
        desk.window.showCluster(prod);
        QMenu *maintenance = menu(desk, u"&Maintenance"_s);
        QVERIFY(maintenance);
        QSignalSpy begun(&desk.window, &MainWindow::maintenanceBegun), ended(&desk.window, &MainWindow::maintenanceEnded);
        const QList<QAction *> actions = maintenance->actions();
        QVERIFY(!actions.last()->isEnabled());
        for (const int choice : {0, 1, 2, 3})
            actions.at(choice)->trigger();
        const Instant now = made_up::now().wall;
        QList<Instant> ends;
        for (const QList<QVariant> &signal : begun) {
            QVERIFY(signal.at(1).value<EndpointUrl>().isEmpty());
            ends += signal.at(2).value<Instant>();
        }
        const QDateTime morning = toDateTime(ends.takeLast()).toLocalTime();
        QCOMPARE(ends, (QList<Instant>{now + 30min, now + 2h, now + 8h}));
        QCOMPARE(morning.time(), QTime(8, 0));
        QCOMPARE(morning.date(), toDateTime(now).toLocalTime().date().addDays(1));

        update.changed = {made_up::inMaintenance(made_up::consulLagging())};
        desk.models.apply(update);
        QVERIFY(actions.last()->isEnabled());
        actions.last()->trigger();
        QCOMPARE(ended.size(), 1);
    }

    void maintenanceUntilAChosenTime()
    {
        Desk desk(newFile(), false);
        desk.models.apply(with(made_up::consulLagging()));
        desk.window.showCluster(prod);
        QSignalSpy begun(&desk.window, &MainWindow::maintenanceBegun);
        menu(desk, u"&Maintenance"_s)->actions().at(4)->trigger();
        auto *dialog = desk.window.findChild<QDialog *>(u"until"_s);
        QVERIFY(dialog && dialog->isVisible() && !dialog->isModal());
        auto *until = dialog->findChild<QDateTimeEdit *>();
        const QDateTime chosen = QDateTime::currentDateTime().addDays(3);
        until->setDateTime(chosen);
        QTest::keyClick(until, Qt::Key_Return);
        QCOMPARE(begun.size(), 1);
        QCOMPARE(toDateTime(begun.first().at(2).value<Instant>()).toSecsSinceEpoch() / 60, chosen.toSecsSinceEpoch() / 60);
        QTRY_VERIFY(!desk.window.findChild<QDialog *>(u"until"_s));
    }

    void whatIsCheckedOrWorkedOnIsMarkedInTheLists()
    {
        Desk desk(newFile(), false);
        desk.models.apply(with(made_up::inMaintenance(made_up::consulChecking())));
        const QAbstractItemModel *sidebar = desk.sidebar->model();
        const QModelIndex line = sidebar->index(sidebar->rowCount() - 1, 0);
        QVERIFY(line.data(PendingRole).toBool() && line.data(MaintenanceRole).toBool());
        QCOMPARE(line.data(Qt::AccessibleTextRole).toString(),
            u"consul-prod, Ok, checking, 1 of 2, in maintenance until 05:00 (kernel upgrade)"_s);
        const QAbstractItemModel *table = desk.table->model();
        QVERIFY(table->index(0, 0).data(PendingRole).toBool());
        QCOMPARE(table->index(0, 0).data(SeverityRole).value<Severity>(), Severity::Ok);
        QCOMPARE(table->index(0, 3).data().toString(),
            u"in maintenance until 05:00 (kernel upgrade) · checking, 1 of 2: node-3 timed out · 5/5 voters, can lose 2 · leader node-2"_s);
        desk.models.apply(with(made_up::consulCalm()));
        QVERIFY(!line.data(PendingRole).toBool() && !line.data(MaintenanceRole).toBool());
    }

    void aMachineWithoutNetworkSaysWhatThereWas()
    {
        Desk desk(newFile(), false);
        desk.models.apply(with(made_up::consulCalm()));
        ClusterStatus unseen = made_up::consulCalm();
        unseen.severity = Severity::Unknown;
        Reason offline;
        offline.code = ReasonCode::MachineOffline;
        offline.since = unseen.since = made_up::now().wall;
        unseen.reasons = {offline};
        FleetUpdate update = with(unseen);
        update.notices = {{u"machine-offline"_s, u"this machine is offline: it has no route to any endpoint"_s}};
        desk.models.apply(update);
        desk.models.apply(update); // and stays so
        const QAbstractItemModel *table = desk.table->model();
        QCOMPARE(table->index(0, 3).data().toString(), u"was Ok: 5/5 voters, can lose 2 · leader node-2"_s);
        QCOMPARE(table->index(0, 0).data(SeverityRole).value<Severity>(), Severity::Unknown);
        QCOMPARE(table->index(0, 0).data(RowTintRole).value<Severity>(), Severity::Ok);
        QVERIFY(desk.window.findChild<QWidget *>(u"banner"_s)->isVisible());
        desk.models.apply(with(made_up::consulCalm()));
        QCOMPARE(table->index(0, 3).data().toString(), u"5/5 voters, can lose 2 · leader node-2"_s);
    }
};

QTEST_MAIN(WindowCareTest)
#include "tst_window_care.moc"
