// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/frame/shown_table.h"
#include "views/delegates/table_view.h"
#include "views/theme/metrics.h"
#include "views/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QHeaderView>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStyleFactory>
#include <QTest>

using namespace quorate;
using namespace Qt::StringLiterals;
using test::at, test::items, test::Item, test::ItemTable, test::Shown;
using Column = ItemTable::Column;

class TableViewTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
        applyPalette(false);
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); // said by offscreen
    }

    void worstComesFirstByItselfWhileNobodyTouches()
    {
        Shown shown(30);
        shown.change(17, 17, Severity::Critical);
        QTRY_COMPARE(shown.top(), u"row-017"_s);
    }

    /// Nobody chose the row that the keyboard came in on: the view must not follow it down and hide what is worse above its edge.
    void theWorstComesIntoSight()
    {
        Shown shown(30);
        QTRY_VERIFY(shown.view.verticalScrollBar()->maximum() > 0);
        shown.view.selectionModel()->setCurrentIndex(shown.view.model()->index(0, 0), QItemSelectionModel::NoUpdate);
        for (const int row : {17, 21, 29})
            shown.change(row, row, Severity::Critical);
        QTRY_COMPARE(shown.top(), u"row-017"_s);
        QCOMPARE(shown.view.verticalScrollBar()->value(), 0);
        QCOMPARE(shown.view.currentIndex().row(), 0);
        QVERIFY(shown.view.currentId().isEmpty());
    }

    void rowsStayWhileSomebodyWorksAndF5Sorts()
    {
        Shown shown(30);
        QTRY_COMPARE(shown.top(), u"row-000"_s);
        QTest::keyClick(&shown.view, Qt::Key_Down);
        QSignalSpy order(&shown.view, &TableView::inOrderChanged);
        shown.change(17, 17, Severity::Critical);
        QVERIFY(order.wait(3000));
        QCOMPARE(order.at(0).at(0).toBool(), false);
        QCOMPARE(shown.top(), u"row-000"_s);
        shown.view.sortNow();
        QCOMPARE(shown.top(), u"row-017"_s);
        QCOMPARE(order.constLast().at(0).toBool(), true);
    }

    void theQuietPeriodEnds()
    {
        Shown shown(30);
        shown.view.setQuietPeriod(1500);
        QTest::keyClick(&shown.view, Qt::Key_Down);
        shown.change(17, 17, Severity::Critical);
        QTRY_COMPARE(shown.top(), u"row-017"_s);
    }

    void selectionAndPlaceOnScreenAreKept()
    {
        Shown shown(200);
        QTRY_VERIFY(shown.view.verticalScrollBar()->maximum() > 0);
        shown.view.setCurrentId(u"row-120"_s);
        QSignalSpy resets(shown.view.model(), &QAbstractItemModel::modelReset);
        shown.view.scrollTo(shown.view.currentIndex(), QAbstractItemView::PositionAtCenter);
        const int y = shown.view.visualRect(shown.view.currentIndex()).top();
        for (int row = 0; row < 60; ++row)
            shown.change(row * 3, row, row % 2 ? Severity::Warning : Severity::Critical);
        shown.view.sortNow();
        QCOMPARE(shown.view.currentId(), u"row-120"_s);
        QCOMPARE(shown.view.selectedIds(), QStringList{u"row-120"_s});
        QCOMPARE(shown.view.visualRect(shown.view.currentIndex()).top(), y);
        QCOMPARE(resets.count(), 0);
    }

    void aRefreshWithoutChangeOfOrderMovesNothing()
    {
        Shown shown(200);
        QTRY_VERIFY(shown.view.verticalScrollBar()->maximum() > 0);
        shown.view.verticalScrollBar()->setValue(777);
        shown.view.setCurrentId(u"row-040"_s);
        shown.view.verticalScrollBar()->setValue(777);
        for (int row = 0; row < 200; ++row)
            shown.change(row, row + 1, Severity::Ok);
        shown.view.sortNow();
        QCOMPARE(shown.view.verticalScrollBar()->value(), 777);
        QCOMPARE(shown.view.currentId(), u"row-040"_s);
    }

    void aClickOnATitleSortsAndAnotherTurnsRound()
    {
        Shown shown(20);
        const auto click = [&](Column column) {
            QHeaderView *header = shown.view.horizontalHeader();
            const int x = header->sectionViewportPosition(int(column)) + 10;
            QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, {x, header->height() / 2});
        };
        click(Column::Value);
        QCOMPARE(shown.top(), u"row-000"_s);
        click(Column::Value);
        QCOMPARE(shown.top(), u"row-019"_s);
        shown.change(3, 3, Severity::Warning);
        click(Column::State); // worst first
        QCOMPARE(shown.top(), u"row-003"_s);
    }

    void theFilterKeepsTheSelectionAndSaysWhenNothingMatches()
    {
        Shown shown(20);
        shown.view.setCurrentId(u"row-007"_s);
        shown.view.setFilterText(u"row-01"_s);
        QCOMPARE(shown.view.model()->rowCount(), 10);
        shown.view.setFilterText(u"nowhere"_s);
        QCOMPARE(shown.view.model()->rowCount(), 0);
        const QImage said = shown.view.viewport()->grab().toImage();
        shown.view.setFilterText({});
        QCOMPARE(shown.view.model()->rowCount(), 20);
        QCOMPARE(shown.view.currentId(), u"row-007"_s);
        QVERIFY(said != shown.view.viewport()->grab().toImage());
    }

    void theFirstStepDownGoesToTheFirstRow()
    {
        Shown shown(5);
        QVERIFY(QTest::qWaitForWindowExposed(&shown.view));
        shown.view.setFocus();
        QVERIFY(shown.view.currentId().isEmpty());
        for (const QString &row : {u"row-000"_s, u"row-001"_s, u"row-002"_s}) {
            QTest::keyClick(&shown.view, Qt::Key_Down);
            QCOMPARE(shown.view.currentId(), row);
        }
        QTest::keyClick(&shown.view, Qt::Key_Up);
        QCOMPARE(shown.view.currentId(), u"row-001"_s);
    }

    void returnOpensTheRow()
    {
        Shown shown(5);
        QVERIFY(QTest::qWaitForWindowExposed(&shown.view));
        QSignalSpy activated(&shown.view, &TableView::idActivated);
        shown.view.setFocus();
        shown.view.setCurrentId(u"row-002"_s);
        QTest::keyClick(&shown.view, Qt::Key_Return);
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated.at(0).at(0).toString(), u"row-002"_s);
    }

    void theViewIsHappyWithRandomMerges()
    {
        Shown shown(0);
        const QAbstractItemModelTester tester(shown.view.model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy resets(shown.view.model(), &QAbstractItemModel::modelReset);
        QRandomGenerator random(11);
        for (int step = 0; step < 40; ++step) {
            QList<Item> list;
            for (int i = 0; i < 30; ++i) {
                if (random.bounded(4) > 0)
                    list.append({u"r%1"_s.arg(i), int(random.bounded(9)), allSeverities.at(random.bounded(4)), u"t"_s});
            }
            shown.table.merge(list, at(step * 1000));
            if (step % 5 == 0)
                shown.view.sortNow();
            QCoreApplication::processEvents();
        }
        QCOMPARE(resets.count(), 0);
    }
};

QTEST_MAIN(TableViewTest)
#include "tst_table_view.moc"
