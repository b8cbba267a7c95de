// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/frame/shown_table.h"
#include "views/delegates/table_view.h"
#include "views/theme/metrics.h"
#include "views/theme/theme.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>
#include <QStyleFactory>
#include <QTest>

using namespace quorate;
using namespace Qt::StringLiterals;
using test::at, test::items, test::Item, test::ItemTable, test::Shown;
using Column = ItemTable::Column;

class TableColumnsTest final : public QObject {
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
};

QTEST_MAIN(TableColumnsTest)
#include "tst_table_columns.moc"
