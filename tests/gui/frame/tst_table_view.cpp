// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/frame/item_table.h"
#include "views/delegates/table_view.h"
#include "views/theme/metrics.h"
#include "views/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QContextMenuEvent>
#include <QFontMetrics>
#include <QHeaderView>
#include <QMenu>
#include <QProxyStyle>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStyleFactory>
#include <QTest>

using namespace quorate;
using namespace Qt::StringLiterals;
using test::Item;
using test::ItemTable;
using Column = ItemTable::Column;

namespace {
Time at(qint64 ms) { return {Instant(Milliseconds(ms)), Milliseconds(ms), Milliseconds(ms)}; }

QList<Item> items(int count)
{
    QList<Item> list;
    for (int i = 0; i < count; ++i)
        list.append({u"row-%1"_s.arg(i, 3, 10, QChar(u'0')), i, Severity::Ok, u"text %1"_s.arg(i)});
    return list;
}

/// A style on a desktop that asks for animations of that length.
class AnimatedFor final : public QProxyStyle {
public:
    explicit AnimatedFor(int ms)
        : QProxyStyle(u"Fusion"_s)
        , m_ms(ms)
    {
    }
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *more) const override
    {
        return hint == SH_Widget_Animation_Duration ? m_ms : QProxyStyle::styleHint(hint, option, widget, more);
    }

private:
    int m_ms;
};

/// A shown view over a table, worst first.
struct Shown {
    ItemTable table;
    TableView view;
    int time = 1000;

    explicit Shown(int rows, QSize size = {900, 300})
    {
        QList<TableColumn> columns;
        columns.append({.column = int(Column::State), .shape = true, .worstFirst = true});
        columns << TableColumn{.column = int(Column::Name)};
        columns.append({.column = int(Column::Value), .dropOrder = 1});
        columns.append({.column = int(Column::Text), .stretch = true});
        view.setTable(&table, columns);
        view.sortBy(int(Column::State), Qt::DescendingOrder);
        view.resize(size);
        view.show();
        table.merge(items(rows), at(time));
    }
    void change(int row, int value, Severity severity)
    {
        Item item = table.row(row);
        item.value = value;
        item.severity = severity;
        table.mergeSome({item}, at(time += 1000));
    }
    [[nodiscard]] QString top() const { return view.model()->index(0, 0).data(IdRole).toString(); }
};
} // namespace

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

    void copiesAsTextAndMarkdown()
    {
        Shown shown(0);
        shown.table.merge({{u"a"_s, 1, Severity::Ok, u"pipe | and \\ and\nbreak"_s}, {u"b"_s, 2, Severity::Warning, u"x"_s}}, at(1));
        shown.view.sortNow();
        QCOMPARE(shown.view.copyText(false), u"State\tName\tValue\tText\nwarning\tb\t2\tx\nok\ta\t1\tpipe | and \\ and break\n"_s);
        shown.view.setCurrentId(u"a"_s);
        QCOMPARE(shown.view.copyText(true),
            u"| State | Name | Value | Text |\n|---|---|---|---|\n| ok | a | 1 | pipe \\| and \\\\ and break |\n"_s);
        QCOMPARE(shown.view.copyCount(), 1);
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

    void aChangedCellLightsUpAndFades()
    {
        Shown shown(20);
        QVERIFY(QTest::qWaitForWindowExposed(&shown.view));
        const QRect cell = shown.view.visualRect(shown.view.model()->index(2, int(Column::Value)));
        const auto ground = [&] { return shown.view.viewport()->grab(cell).toImage().pixelColor(3, 3); };
        QTRY_COMPARE(ground(), QColor(Qt::white));
        shown.change(2, 999, Severity::Ok);
        QTRY_VERIFY(ground() != QColor(Qt::white));
        QVERIFY(ground().blue() > ground().red()); // Highlight, not a severity
        QTRY_COMPARE_WITH_TIMEOUT(ground(), QColor(Qt::white), 3000);
    }

    void aDesktopWithoutAnimationsGetsASteadyLight_data()
    {
        QTest::addColumn<int>("animation");
        QTest::addColumn<bool>("fades");
        QTest::newRow("animations wanted") << 200 << true;
        QTest::newRow("no animations wanted") << 0 << false;
    }
    void aDesktopWithoutAnimationsGetsASteadyLight()
    {
        QFETCH(const int, animation);
        QFETCH(const bool, fades);
        AnimatedFor style(animation);
        Shown shown(20);
        shown.view.setStyle(&style);
        QVERIFY(QTest::qWaitForWindowExposed(&shown.view));
        const QRect cell = shown.view.visualRect(shown.view.model()->index(2, int(Column::Value)));
        QSet<QRgb> seen;
        const auto dark = [&] {
            const QColor ground = shown.view.viewport()->grab(cell).toImage().pixelColor(3, 3);
            if (ground != QColor(Qt::white))
                seen.insert(ground.rgb());
            return ground == QColor(Qt::white);
        };
        QTRY_VERIFY(dark());
        shown.change(2, 999, Severity::Ok);
        QTRY_VERIFY(!dark()); // marked in any case
        QTRY_VERIFY_WITH_TIMEOUT(dark(), 3000);
        QCOMPARE(seen.size() > 1, fades);
        shown.view.setStyle(nullptr);
    }

    /// A row's tint says what is wrong with it: neither the keyboard's place nor the mouse over it may cover that.
    void whereTheKeyboardAndTheMouseAreTheTintStays_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void whereTheKeyboardAndTheMouseAreTheTintStays()
    {
        QFETCH(const bool, dark);
        applyPalette(dark);
        Shown shown(5);
        shown.change(0, 0, Severity::Critical);
        QVERIFY(QTest::qWaitForWindowExposed(&shown.view));
        shown.view.setFocus();
        QTRY_VERIFY(shown.view.hasFocus() && shown.view.currentIndex().row() == 0);
        const QRect row = shown.view.visualRect(shown.view.model()->index(0, int(Column::Text)));
        const auto ground = [&] { return shown.view.viewport()->grab(row).toImage().pixelColor(row.width() - 30, row.height() / 2); };
        const QImage focused = shown.view.viewport()->grab().toImage();
        QTRY_COMPARE(ground(), severityColours(Severity::Critical, dark).tint);
        QTest::mouseMove(shown.view.viewport(), row.center());
        QCOMPARE(ground(), severityColours(Severity::Critical, dark).tint);
        shown.view.clearFocus();
        QVERIFY(shown.view.viewport()->grab().toImage() != focused); // the frame is seen all the same
        applyPalette(false);
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

    void aCrowdOfChangesDoesNotLightUp()
    {
        Shown shown(8);
        QVERIFY(QTest::qWaitForWindowExposed(&shown.view));
        QList<Item> all = items(8);
        for (Item &item : all)
            item.value += 50;
        shown.table.merge(all, at(5000));
        QTest::qWait(50); // long enough for a light to come, were there one
        const QRect cell = shown.view.visualRect(shown.view.model()->index(2, int(Column::Value)));
        QCOMPARE(shown.view.viewport()->grab(cell).toImage().pixelColor(3, 3), QColor(Qt::white));
    }

    void narrowViewsDropColumnsButKeepTheStretchColumnReadable()
    {
        Shown shown(5);
        QVERIFY(!shown.view.isColumnHidden(int(Column::Value)));
        shown.view.resize(Metrics(shown.view.font()).px(31), 300);
        QTRY_VERIFY(shown.view.isColumnHidden(int(Column::Value)));
        QVERIFY(!shown.view.isColumnHidden(int(Column::Text)));
        shown.view.resize(900, 300);
        QTRY_VERIFY(!shown.view.isColumnHidden(int(Column::Value)));
    }

    void aTitlesMenuShowsAndHidesColumns()
    {
        Shown shown(5);
        QVERIFY(QTest::qWaitForWindowExposed(&shown.view));
        QWidget *titles = shown.view.horizontalHeader()->viewport();
        QContextMenuEvent click(QContextMenuEvent::Mouse, {40, 5}, titles->mapToGlobal(QPoint(40, 5)));
        QCoreApplication::sendEvent(titles, &click);
        auto *menu = shown.view.findChild<QMenu *>(u"columnMenu"_s);
        QVERIFY(menu && menu->isVisible());
        QStringList offered;
        for (const QAction *action : menu->actions())
            offered << action->text() + (action->isCheckable() && action->isChecked() ? u" +"_s : QString())
                    + (action->isEnabled() || action->isSeparator() ? QString() : u" fixed"_s);
        QCOMPARE(offered,
            (QStringList{u"State + fixed"_s, u"Name + fixed"_s, u"Value +"_s, u"Text + fixed"_s, QString(), u"Reset columns fixed"_s}));
        menu->actions().at(2)->trigger();
        menu->close();
        QContextMenuEvent key(
            QContextMenuEvent::Keyboard, {5, 5}, shown.view.viewport()->mapToGlobal(QPoint(5, 5))); // the keyboard's way to the same menu
        QCoreApplication::sendEvent(shown.view.viewport(), &key);
        QVERIFY(menu->isVisible());
        menu->close();
        QVERIFY(shown.view.isColumnHidden(int(Column::Value)));
        shown.view.resize(1200, 300); // there is room; a person said no
        QVERIFY(shown.view.isColumnHidden(int(Column::Value)));

        Shown next(5);
        next.view.restore(shown.view.saved());
        QVERIFY(next.view.isColumnHidden(int(Column::Value)));
        next.view.columnMenu()->popup({});
        next.view.columnMenu()->actions().constLast()->trigger();
        next.view.columnMenu()->close();
        QVERIFY(!next.view.isColumnHidden(int(Column::Value)));
        QCOMPARE(next.view.saved().value(u"columns"_s).toMap(), QVariantMap());
    }

    /// LOOK section 6: a column that the user showed by hand stays.
    void aColumnShownByHandStaysInANarrowView()
    {
        Shown shown(5);
        shown.view.resize(Metrics(shown.view.font()).px(31), 300);
        QTRY_VERIFY(shown.view.isColumnHidden(int(Column::Value)));
        shown.view.showColumn(int(Column::Value), true);
        QVERIFY(!shown.view.isColumnHidden(int(Column::Value)));
        shown.view.resize(Metrics(shown.view.font()).px(30), 300);
        QVERIFY(!shown.view.isColumnHidden(int(Column::Value)));
        shown.view.resetColumns();
        QVERIFY(shown.view.isColumnHidden(int(Column::Value)));
        shown.view.showColumn(int(Column::State), false); // says what a row is
        QVERIFY(!shown.view.isColumnHidden(int(Column::State)));
    }

    void stateIsKept()
    {
        QVariantMap saved;
        int width = 0;
        {
            Shown shown(100);
            QTRY_VERIFY(shown.view.verticalScrollBar()->maximum() > 0);
            shown.view.horizontalHeader()->resizeSection(int(Column::Name), 222);
            width = shown.view.columnWidth(int(Column::Name));
            shown.view.sortBy(int(Column::Value), Qt::DescendingOrder);
            shown.view.setCurrentId(u"row-050"_s);
            shown.view.verticalScrollBar()->setValue(640);
            saved = shown.view.saved();
        }
        Shown shown(0);
        shown.view.restore(saved);
        shown.table.merge(items(100), at(1)); // the rows come after the start
        QTRY_COMPARE(shown.view.currentId(), u"row-050"_s);
        QTRY_COMPARE(shown.top(), u"row-099"_s);
        QVERIFY(qAbs(shown.view.columnWidth(int(Column::Name)) - width) <= 1);
        QTRY_COMPARE(shown.view.verticalScrollBar()->value(), 640);
    }

    void absurdStateIsLeftAlone()
    {
        Shown shown(5);
        const int width = shown.view.columnWidth(0);
        shown.view.restore({{u"widths"_s, QVariantMap{{u"0"_s, -5}, {u"x"_s, 1e9}}}, {u"sortColumn"_s, 99}, {u"scroll"_s, -7},
            {u"current"_s, 3}, {u"columns"_s, QVariantMap{{u"0"_s, false}, {u"77"_s, false}, {u"x"_s, true}}}});
        QVERIFY(!shown.view.isColumnHidden(0));
        QCOMPARE(shown.view.columnWidth(0), width);
        QCOMPARE(shown.view.proxy()->sortColumn(), int(Column::State));
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

    /// What a whole screen of cells costs (run with -median 5); the aim is 16 ms at 1920 × 1080.
    void paintingAScreen()
    {
        Shown shown(1000, {1920, 1080});
        QVERIFY(QTest::qWaitForWindowExposed(&shown.view));
        QBENCHMARK { shown.view.viewport()->repaint(); }
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
