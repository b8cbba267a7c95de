// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/cluster_list_model.h"
#include "tests/gui/frame/desk.h"
#include "views/delegates/table_view.h"
#include "views/main_window.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStyleFactory>
#include <QTemporaryDir>
#include <QTest>

using namespace quorate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::Desk;

class MainWindowTest final : public QObject {
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
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); // said by offscreen
    }

    void aClusterAndBackByKeyboardAlone()
    {
        Desk desk(newFile());
        QVERIFY(QTest::qWaitForWindowActive(&desk.window));
        QTRY_COMPARE(desk.table->model()->index(0, 0).data(IdRole).toString(), u"bufstream-eu"_s);
        QVERIFY(desk.table->hasFocus());
        desk.press(Qt::Key_Down);
        desk.press(Qt::Key_Down);
        desk.press(Qt::Key_Return);
        QCOMPARE(desk.sidebarRow(), u"consul-edge"_s);
        QCOMPARE(desk.window.cluster().text(), u"consul-edge"_s);
        QVERIFY(!desk.table->isVisible());
        desk.press(Qt::Key_PageDown, Qt::ControlModifier);
        QCOMPARE(desk.sidebarRow(), u"consul-fra"_s);
        desk.press(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(desk.sidebarRow(), u"consul-edge"_s);
        desk.press(Qt::Key_Backspace);
        QCOMPARE(desk.sidebarRow(), u"Overview"_s);
        QVERIFY(desk.table->isVisible());
    }

    void everyActionHasATextAndNoKeyIsTwice()
    {
        Desk desk(newFile());
        QSet<QString> keys;
        int withKeys = 0;
        for (const QAction *top : desk.window.menuBar()->actions()) {
            for (const QAction *action : top->menu()->actions()) {
                QVERIFY(action->isSeparator() || !action->text().isEmpty());
                for (const QKeySequence &key : action->shortcuts()) {
                    QVERIFY2(!keys.contains(key.toString()), qPrintable(key.toString()));
                    keys.insert(key.toString());
                    ++withKeys;
                }
            }
        }
        QVERIFY(withKeys >= 18);
    }

    void theFilterByKeyboard()
    {
        Desk desk(newFile());
        QVERIFY(QTest::qWaitForWindowActive(&desk.window));
        desk.press(Qt::Key_Slash);
        auto *filter = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        QVERIFY(filter);
        QTest::keyClicks(filter, u"osapi bu"_s);
        QCOMPARE(desk.table->model()->rowCount(), 1);
        QTest::keyClick(filter, Qt::Key_Backspace); // edits, does not go back
        QCOMPARE(filter->text(), u"osapi b"_s);
        QCOMPARE(desk.table->model()->rowCount(), 2); // build and lab
        QTest::keyClick(filter, Qt::Key_Escape);
        QCOMPARE(desk.table->model()->rowCount(), 12);
        QTest::keyClick(filter, Qt::Key_Escape);
        QVERIFY(desk.table->hasFocus());
    }

    void intentsAreSaid()
    {
        Desk desk(newFile());
        QVERIFY(QTest::qWaitForWindowActive(&desk.window));
        QSignalSpy poll(&desk.window, &MainWindow::pollWanted), pause(&desk.window, &MainWindow::pauseWanted),
            config(&desk.window, &MainWindow::configWanted);
        desk.press(Qt::Key_R, Qt::ControlModifier); // nothing selected: nothing to poll
        QCOMPARE(poll.count(), 0);
        desk.window.showCluster(ClusterName(u"consul-fra"_s));
        desk.press(Qt::Key_R, Qt::ControlModifier);
        desk.press(Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
        desk.press(Qt::Key_P, Qt::ControlModifier);
        desk.press(Qt::Key_E, Qt::ControlModifier);
        QCOMPARE(poll.count(), 2);
        QCOMPARE(poll.at(0).at(0).value<ClusterName>().text(), u"consul-fra"_s);
        QVERIFY(poll.at(1).at(0).value<ClusterName>().isEmpty());
        QCOMPARE(pause.count(), 1);
        QCOMPARE(pause.at(0).at(1).toBool(), true);
        QCOMPARE(config.count(), 1);
    }

    void copiesTheSelectedRows()
    {
        Desk desk(newFile());
        QVERIFY(QTest::qWaitForWindowActive(&desk.window));
        desk.table->setCurrentId(u"consul-fra"_s);
        desk.press(Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QApplication::clipboard()->text().contains(u"consul-fra\t"_s));
        QVERIFY(!QApplication::clipboard()->text().contains(u"consul-prod"_s));
        desk.press(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(QApplication::clipboard()->text().contains(u"|---|"_s));
    }

    void viewsAreWalkedAndTheSidebarHides()
    {
        Desk desk(newFile());
        QVERIFY(QTest::qWaitForWindowActive(&desk.window));
        desk.table->setFocus();
        desk.press(Qt::Key_F6);
        QCOMPARE(QApplication::focusWidget()->objectName(), u"overviewReasons"_s);
        desk.press(Qt::Key_F6);
        QCOMPARE(QApplication::focusWidget()->objectName(), u"sidebar"_s);
        desk.press(Qt::Key_F6, Qt::ShiftModifier);
        QCOMPARE(QApplication::focusWidget()->objectName(), u"overviewReasons"_s);
        desk.press(Qt::Key_F9);
        QVERIFY(!desk.sidebar->isVisible());
        desk.press(Qt::Key_F6);
        QCOMPARE(QApplication::focusWidget(), desk.table);
        desk.press(Qt::Key_F9);
        QVERIFY(desk.sidebar->isVisible());
    }

    void theSidebarChoosesAtOnceAndKeepsTheKeyboard()
    {
        Desk desk(newFile());
        QVERIFY(QTest::qWaitForWindowActive(&desk.window));
        desk.sidebar->setFocus();
        desk.press(Qt::Key_Down); // over the heading
        QCOMPARE(desk.window.cluster().text(), u"bufstream-eu"_s);
        QVERIFY(desk.sidebar->hasFocus());
        desk.press(Qt::Key_Down);
        QCOMPARE(desk.window.cluster().text(), u"bufstream-us"_s);
    }

    void keysAreShownBesideTheWindow()
    {
        Desk desk(newFile());
        QVERIFY(QTest::qWaitForWindowActive(&desk.window));
        desk.press(Qt::Key_F1);
        auto *keys = desk.window.findChild<QDialog *>(u"keys"_s);
        QVERIFY(keys && keys->isVisible() && !keys->isModal());
    }

    void silenceTurnsTheWindowUnknown()
    {
        Desk desk(newFile());
        const auto stateOf = [&](const QString &cluster) {
            const OverviewModel *model = desk.models.overview();
            return model->index(model->rowOf(cluster), 0).data(SeverityRole).value<Severity>();
        };
        QCOMPARE(stateOf(u"osapi-lab"_s), Severity::Ok);
        for (int second = 1; second <= 31; ++second)
            desk.models.setNow(test::pictureTime() + std::chrono::seconds(second)); // the engine is dead, the window's own tick goes on
        QCOMPARE(stateOf(u"osapi-lab"_s), Severity::Unknown);
        const ClusterListModel *list = desk.models.clusterList();
        for (int row = 0; row < list->rowCount(); ++row) {
            const QVariant severity = list->index(row, 0).data(SeverityRole);
            QVERIFY(!severity.isValid() || severity.value<Severity>() == Severity::Unknown);
        }
    }

    void nothingIsEverReset()
    {
        Desk desk(newFile());
        QList<QSharedPointer<QSignalSpy>> spies;
        for (QAbstractItemView *view : desk.window.findChildren<QAbstractItemView *>()) {
            if (view->model())
                spies << QSharedPointer<QSignalSpy>::create(view->model(), &QAbstractItemModel::modelReset);
        }
        QVERIFY(spies.size() >= 3);
        desk.table->setCurrentId(u"consul-prod"_s);
        for (int i = 1; i < 20; ++i) {
            desk.models.apply(test::madeUpUpdate(test::pictureTime() + i * 1s, i % 3 == 0));
            desk.models.setNow(test::pictureTime() + i * 1s + 500ms);
            QCoreApplication::processEvents();
        }
        QCOMPARE(desk.table->currentId(), u"consul-prod"_s);
        QCOMPARE(desk.table->selectedIds(), QStringList{u"consul-prod"_s});
        desk.window.showCluster(ClusterName(u"consul-prod"_s));
        for (int i = 20; i < 40; ++i)
            desk.models.apply(test::madeUpUpdate(test::pictureTime() + i * 1s, i % 3 == 0));
        for (const auto &spy : std::as_const(spies))
            QCOMPARE(spy->count(), 0);
    }

    void aClusterThatGoesAwayGivesWayToTheOverview()
    {
        Desk desk(newFile());
        desk.window.showCluster(ClusterName(u"consul-fra"_s));
        FleetUpdate update = test::madeUpUpdate(test::pictureTime() + 1s);
        update.order.removeOne(ClusterName(u"consul-fra"_s));
        update.changed.removeIf([](const ClusterStatus &cluster) { return cluster.name.text() == "consul-fra"_L1; });
        desk.models.apply(update);
        QVERIFY(desk.table->isVisible());
        QCOMPARE(desk.sidebarRow(), u"Overview"_s);
    }

    void noticesStandInABand()
    {
        Desk desk(newFile());
        auto *banner = desk.window.findChild<QWidget *>(u"banner"_s);
        QVERIFY(!banner->isVisible());
        FleetUpdate update = test::madeUpUpdate(test::pictureTime() + 1s);
        update.notices = {{u"config-invalid"_s, u"config.toml, line 3: <b>unknown key</b>"_s}};
        desk.models.apply(update);
        QVERIFY(banner->isVisible());
        QCOMPARE(banner->accessibleName(), u"config.toml, line 3: <b>unknown key</b>"_s);
        update.notices.clear();
        desk.models.apply(update);
        QVERIFY(!banner->isVisible());
    }

    void darkAndLightWhileItRuns()
    {
        Desk desk(newFile());
        const auto ground = [&] { return desk.table->viewport()->grab().toImage().pixelColor(5, desk.table->viewport()->height() - 3); };
        QCOMPARE(ground(), lightPalette().color(QPalette::Base));
        applyPalette(true);
        QTRY_COMPARE(ground(), darkPalette().color(QPalette::Base));
        applyPalette(false);
        QTRY_COMPARE(ground(), lightPalette().color(QPalette::Base));
    }

    void everyViewSaysWhatItIs()
    {
        Desk desk(newFile());
        for (const QAbstractItemView *view : desk.window.findChildren<QAbstractItemView *>()) {
            if (!qobject_cast<const QHeaderView *>(view) && view->isVisible())
                QVERIFY2(!view->accessibleName().isEmpty(), qPrintable(view->objectName()));
        }
    }
};

QTEST_MAIN(MainWindowTest)
#include "tst_main_window.moc"
