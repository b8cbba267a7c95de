// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/cluster_list_model.h"
#include "tests/gui/frame/made_up_fleet.h"
#include "views/delegates/table_view.h"
#include "views/main_window.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QFile>
#include <QHeaderView>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QScreen>
#include <QSettings>
#include <QSignalSpy>
#include <QSplitter>
#include <QStyleFactory>
#include <QTemporaryDir>
#include <QTest>

using namespace quorate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
/// With its content, which otherwise comes after the first paint.
MainWindow &filledAtOnce(MainWindow &window)
{
    window.fill();
    return window;
}

/// What stood on the screen after each time that something was painted.
class Paints final : public QObject {
public:
    explicit Paints(QWidget *window)
        : QObject(window)
        , m_window(window)
    {
        window->installEventFilter(this);
    }
    QList<QImage> frames;

    bool eventFilter(QObject *, QEvent *event) override
    {
        if ((event->type() == QEvent::UpdateRequest || event->type() == QEvent::Paint) && !std::exchange(m_coming, true))
            QMetaObject::invokeMethod(this, &Paints::take, Qt::QueuedConnection);
        return false;
    }

private:
    void take()
    {
        m_coming = false;
        frames << m_window->screen()->grabWindow(m_window->winId()).toImage();
    }
    QWidget *m_window;
    bool m_coming = false;
};

/// A window over made-up clusters, with settings of its own.
struct Desk {
    QSettings settings;
    FleetModels models;
    MainWindow window;
    TableView *table;
    QListView *sidebar;

    explicit Desk(const QString &file, bool fed = true)
        : settings(file, QSettings::IniFormat)
        , window(&models, &settings)
        , table(filledAtOnce(window).findChild<TableView *>(u"overviewTable"_s))
        , sidebar(window.findChild<QListView *>(u"sidebar"_s))
    {
        window.show();
        window.activateWindow();
        if (fed)
            models.apply(test::madeUpUpdate(test::pictureTime()));
    }
    [[nodiscard]] QString sidebarRow() const { return sidebar->currentIndex().data().toString(); }
    [[nodiscard]] QAction *action(const QKeySequence &key) const
    {
        for (QAction *action : window.findChildren<QAction *>()) {
            if (action->shortcuts().contains(key))
                return action;
        }
        return nullptr;
    }
    void press(int key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &window, Qt::Key(key), modifiers);
    }
};
} // namespace

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

    void withoutClustersItSaysHowToBegin()
    {
        Desk desk(newFile(), false);
        FleetUpdate none;
        none.at = test::pictureTime();
        desk.models.apply(none);
        auto *demo = desk.window.findChild<QPushButton *>(u"openDemo"_s);
        auto *example = desk.window.findChild<QPushButton *>(u"writeExample"_s);
        QVERIFY(demo->isVisible() && example->isVisible());
        QSignalSpy demoWanted(&desk.window, &MainWindow::demoWanted), exampleWanted(&desk.window, &MainWindow::exampleWanted);
        demo->click();
        example->click();
        QCOMPARE(demoWanted.count(), 1);
        QCOMPARE(exampleWanted.count(), 1);
        desk.models.apply(test::madeUpUpdate(test::pictureTime())); // the first cluster comes: the page gives way
        QVERIFY(desk.table->isVisible() && !demo->isVisible());
    }

    void nothingIsSaidToBeEmptyBeforeTheFirstUpdate()
    {
        Desk desk(newFile(), false);
        QVERIFY(desk.table->isVisible());
        QVERIFY(!desk.window.findChild<QPushButton *>(u"openDemo"_s));
    }

    void theFrameIsPaintedBeforeItsContentIsMade()
    {
        QSettings settings(newFile(), QSettings::IniFormat);
        FleetModels models;
        MainWindow window(&models, &settings);
        QSignalSpy filled(&window, &MainWindow::filled);
        models.apply(test::madeUpUpdate(test::pictureTime())); // what comes before the pages is not lost
        Paints paints(&window);
        qsizetype framesBefore = 0;
        connect(&window, &MainWindow::filled, &paints, [&] { framesBefore = paints.frames.size(); });
        window.show();
        QTRY_COMPARE(filled.count(), 1);
        QCOMPARE(framesBefore, 1);
        const QImage frame = paints.frames.first();
        for (const QPoint at : {QPoint(0, 0), frame.rect().center(), frame.rect().bottomRight()})
            QCOMPARE(frame.pixelColor(at), lightPalette().color(QPalette::Window));
        auto *table = window.findChild<TableView *>(u"overviewTable"_s);
        QTRY_COMPARE(table->model()->rowCount(), 12);
        QTRY_VERIFY(paints.frames.size() >= 2);
        // The second picture is the last one: nothing comes piece by piece, nothing moves.
        QCoreApplication::processEvents();
        QCOMPARE(paints.frames.at(1), window.grab().toImage());
        window.showCluster(ClusterName(u"consul-fra"_s));
        QCOMPARE(window.cluster().text(), u"consul-fra"_s);
    }

    void aWindowThatNobodyPaintsIsFilledTooAndAtOnceWhereItMust()
    {
        QSettings settings(newFile(), QSettings::IniFormat);
        FleetModels models;
        MainWindow window(&models, &settings);
        QVERIFY(window.cluster().isEmpty());
        window.setReplies(ClusterName(u"consul-fra"_s), {});
        window.saveSettings();
        QVERIFY(settings.allKeys().isEmpty());
        QSignalSpy filled(&window, &MainWindow::filled);
        window.showMinimized();
        QTRY_COMPARE(filled.count(), 1);
        window.fill();
        QCOMPARE(filled.count(), 1);

        MainWindow hidden(&models, &settings);
        models.apply(test::madeUpUpdate(test::pictureTime()));
        hidden.showCluster(ClusterName(u"consul-fra"_s));
        QCOMPARE(hidden.cluster().text(), u"consul-fra"_s);
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

    void aRestartGivesEverythingBack()
    {
        const QString file = newFile();
        QByteArray splitter;
        {
            Desk desk(file);
            QVERIFY(QTest::qWaitForWindowActive(&desk.window));
            desk.window.resize(1111, 666);
            desk.table->sortBy(int(OverviewModel::Column::Cluster), Qt::AscendingOrder);
            desk.table->setCurrentId(u"osapi-lab"_s);
            desk.press(Qt::Key_F9);
            auto *divider = desk.window.findChild<QSplitter *>(u"overviewSplitter"_s);
            divider->setSizes({300, 200});
            splitter = divider->saveState();
            QSignalSpy quit(&desk.window, &MainWindow::quitWanted);
            desk.window.close();
            QCOMPARE(quit.count(), 1);
        }
        Desk desk(file);
        QCOMPARE(desk.window.size(), QSize(1111, 666));
        QVERIFY(!desk.sidebar->isVisible());
        QTRY_COMPARE(desk.table->currentId(), u"osapi-lab"_s);
        QTRY_COMPARE(desk.table->model()->index(0, 0).data(IdRole).toString(), u"bufstream-apac"_s);
        QCOMPARE(desk.window.findChild<QSplitter *>(u"overviewSplitter"_s)->saveState(), splitter);
    }

    void aRestartOpensTheClusterThatWasShown()
    {
        const QString file = newFile();
        {
            Desk desk(file);
            desk.window.showCluster(ClusterName(u"consul-lab"_s));
            desk.window.close();
        }
        Desk desk(file, false);
        QVERIFY(desk.window.cluster().isEmpty());
        desk.models.apply(test::madeUpUpdate(test::pictureTime()));
        QCOMPARE(desk.window.cluster().text(), u"consul-lab"_s);
    }

    void spoiltSettingsDoNoHarm()
    {
        const QString file = newFile();
        QFile spoilt(file);
        QVERIFY(spoilt.open(QIODevice::WriteOnly));
        spoilt.write(
            "[window]\ngeometry=@ByteArray(nonsense)\ntheme=99\npage=cluster:nobody\nsidebar=maybe\n[pages]\noverview=7\ncluster=x\n");
        spoilt.close();
        Desk desk(file);
        QVERIFY(desk.table->isVisible());
        QCOMPARE(desk.table->model()->rowCount(), 12);
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
