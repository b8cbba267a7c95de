// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/frame/shown_table.h"
#include "views/delegates/table_view.h"
#include "views/theme/metrics.h"
#include "views/theme/theme.h"

#include <QProxyStyle>
#include <QStyleFactory>
#include <QTest>

using namespace quorate;
using namespace Qt::StringLiterals;
using test::at, test::items, test::Item, test::ItemTable, test::Shown;
using Column = ItemTable::Column;

namespace {
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

} // namespace

class TableLightTest final : public QObject {
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

    /// What a whole screen of cells costs (run with -median 5); the aim is 16 ms at 1920 × 1080.
    void paintingAScreen()
    {
        Shown shown(1000, {1920, 1080});
        QVERIFY(QTest::qWaitForWindowExposed(&shown.view));
        QBENCHMARK { shown.view.viewport()->repaint(); }
    }
};

QTEST_MAIN(TableLightTest)
#include "tst_table_light.moc"
