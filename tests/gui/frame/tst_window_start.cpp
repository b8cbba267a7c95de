// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/cluster_list_model.h"
#include "tests/gui/frame/desk.h"
#include "views/delegates/table_view.h"
#include "views/main_window.h"

#include <QApplication>
#include <QFile>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSplitter>
#include <QStyleFactory>
#include <QTemporaryDir>
#include <QTest>

using namespace quorate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::Desk;

namespace {
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

} // namespace

class WindowStartTest final : public QObject {
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
};

QTEST_MAIN(WindowStartTest)
#include "tst_window_start.moc"
