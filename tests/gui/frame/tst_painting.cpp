// SPDX-License-Identifier: GPL-3.0-or-later
// What each role looks like, told by the pixels: shapes, inks, tints, drawings, in the light and the dark palette.
#include "models/tables/roles.h"
#include "views/delegates/cell_delegate.h"
#include "views/delegates/drawings.h"
#include "views/theme/metrics.h"
#include "views/theme/shapes.h"
#include "views/theme/theme.h"

#include <QApplication>
#include <QStandardItemModel>
#include <QStyleFactory>
#include <QTableView>
#include <QTest>

#include <cmath>

using namespace quorate;
using namespace Qt::StringLiterals;

namespace {
/// One cell, painted 160 × 40 in the given palette.
QImage painted(const QMap<int, QVariant> &roles, bool dark, bool selected = false, double flash = 0)
{
    static QTableView view;
    QStandardItemModel model(1, 1);
    for (auto it = roles.cbegin(); it != roles.cend(); ++it)
        model.setData(model.index(0, 0), it.value(), it.key());
    CellDelegate delegate;
    delegate.setFlash([flash](const QModelIndex &) { return flash; });
    QStyleOptionViewItem option;
    option.palette = dark ? darkPalette() : lightPalette();
    option.font = QApplication::font();
    option.rect = QRect(0, 0, 160, 40);
    option.widget = &view;
    option.showDecorationSelected = true; // as an item view says it
    option.state = QStyle::State_Enabled | QStyle::State_Active;
    if (selected)
        option.state |= QStyle::State_Selected;
    QImage image(option.rect.size(), QImage::Format_RGB32);
    image.fill(option.palette.color(QPalette::Base));
    QPainter painter(&image);
    delegate.paint(&painter, option, model.index(0, 0));
    return image;
}

int count(const QImage &image, const QColor &colour)
{
    int found = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            found += image.pixelColor(x, y) == colour ? 1 : 0;
    }
    return found;
}

double luminance(const QColor &colour)
{
    const auto part = [](double value) { return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4); };
    return 0.2126 * part(colour.redF()) + 0.7152 * part(colour.greenF()) + 0.0722 * part(colour.blueF());
}
double contrast(const QColor &a, const QColor &b)
{
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}
} // namespace

class PaintingTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(QStyleFactory::create(u"Fusion"_s)); }
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void severities_data()
    {
        QTest::addColumn<Severity>("severity");
        QTest::addColumn<bool>("dark");
        for (const Severity severity : allSeverities) {
            for (const bool dark : {false, true})
                QTest::addRow("%s %s", name(severity).data(), dark ? "dark" : "light") << severity << dark;
        }
    }
    void severities()
    {
        QFETCH(const Severity, severity);
        QFETCH(const bool, dark);
        const SeverityColours &colours = severityColours(severity, dark);
        const QImage plain = painted({{SeverityRole, QVariant::fromValue(severity)}}, dark);
        if (severity == Severity::Unknown) {
            QVERIFY(count(plain, colours.ink) > 4);
            QCOMPARE(count(plain, colours.fill), 0); // a ring, never filled
        } else {
            QVERIFY(count(plain, colours.fill) > 8);
            // Being checked: hollow.
            const QImage pending = painted({{SeverityRole, QVariant::fromValue(severity)}, {PendingRole, true}}, dark);
            QCOMPARE(count(pending, colours.fill), 0);
            QVERIFY(count(pending, dark ? QColor(0x24, 0x24, 0x24) : QColor(Qt::white))
                > count(plain, dark ? QColor(0x24, 0x24, 0x24) : QColor(Qt::white)));
        }
        const QImage tinted = painted({{RowTintRole, QVariant::fromValue(severity)}}, dark);
        QCOMPARE(tinted.pixelColor(80, 20),
            severity == Severity::Ok ? (dark ? darkPalette() : lightPalette()).color(QPalette::Base) : colours.tint);
        const QImage selected = painted({{RowTintRole, QVariant::fromValue(severity)}}, dark, true);
        QCOMPARE(selected.pixelColor(80, 20), QColor(0x30, 0x8c, 0xc6)); // a selected row has no tint
        for (const QColor &ground : {(dark ? darkPalette() : lightPalette()).color(QPalette::Base),
                 (dark ? darkPalette() : lightPalette()).color(QPalette::Window)})
            QVERIFY(contrast(colours.ink, ground) >= 4.5);
        for (const Severity other : allSeverities) {
            const QColor tint = severityColours(other, dark).tint;
            if (tint.isValid())
                QVERIFY(contrast(colours.ink, tint) >= 4.5);
        }
    }

    void aDisabledPartIsADash()
    {
        const QImage image = painted({{DisabledRole, true}, {SeverityRole, QVariant::fromValue(Severity::Critical)}}, false);
        QCOMPARE(count(image, severityColours(Severity::Critical, false).fill), 0);
        QVERIFY(count(image, secondaryText(lightPalette())) > 8);
    }

    void whatIsChangedIsLitAndFades()
    {
        const QColor strong = painted({}, false, false, 1).pixelColor(80, 20);
        const QColor weak = painted({}, false, false, 0.3).pixelColor(80, 20);
        QVERIFY(strong != QColor(Qt::white));
        QVERIFY(luminance(weak) > luminance(strong));
        for (const Severity severity :
            {Severity::Warning, Severity::Critical}) { // the same on a tint: mixed with amber, blue would be a green
            QCOMPARE(painted({{RowTintRole, QVariant::fromValue(severity)}}, false, false, 1).pixelColor(80, 20), strong);
            QCOMPARE(painted({{RowTintRole, QVariant::fromValue(severity)}}, false, false, 0.3).pixelColor(80, 20), weak);
        }
        QCOMPARE(painted({}, false, true, 1).pixelColor(80, 20), painted({}, false, true, 0).pixelColor(80, 20));
    }

    void silenceIsHatchedAndDerivedStandsAtTheRight()
    {
        const QImage silent = painted({{SilentRole, true}}, false);
        QVERIFY(count(silent, QColor(Qt::white)) < 160 * 40 - 200);
        QCOMPARE(painted({{SilentRole, true}, {LeaderRole, true}}, false), silent); // it says nothing of the leader
        const QImage derived = painted({{DerivedRole, QVariant::fromValue(Severity::Critical)}}, false);
        QVERIFY(count(derived.copy(80, 0, 80, 40), severityColours(Severity::Critical, false).fill) > 8);
        QCOMPARE(count(derived.copy(0, 0, 80, 40), severityColours(Severity::Critical, false).fill), 0);
    }

    void theMatrixTellsOneNameFromAnother()
    {
        const auto mark = [](MatrixMark which) { return painted({{MarkRole, QVariant::fromValue(which)}}, false); };
        const QColor ok = severityColours(Severity::Ok, false).fill, critical = severityColours(Severity::Critical, false).fill;
        QVERIFY(count(mark(MatrixMark::Names), ok) > 20);
        QVERIFY(mark(MatrixMark::Leads) != mark(MatrixMark::Names));
        QVERIFY(count(mark(MatrixMark::NamesOther), critical) > 20);
        QVERIFY(mark(MatrixMark::LeadsOther) != mark(MatrixMark::NamesOther));
        QVERIFY(count(mark(MatrixMark::SplitYoung), severityColours(Severity::Warning, false).fill) > 8);
        QCOMPARE(count(mark(MatrixMark::None), ok) + count(mark(MatrixMark::None), critical), 0);
    }

    void aBulletShowsThePartOverItsLimitOnly()
    {
        const QColor over = severityColours(Severity::Warning, false).fill;
        const auto bullet = [](double value) {
            return painted(
                {{BulletRole, QVariant::fromValue(Bullet{.value = value, .limit = 250, .maximum = 1000, .severity = Severity::Warning})}},
                false);
        };
        QCOMPARE(count(bullet(200), over), 0);
        const int some = count(bullet(500), over), more = count(bullet(900), over);
        QVERIFY(some > 0);
        QVERIFY(more > 2 * some);
        painted({{BulletRole, QVariant::fromValue(Bullet{.value = 5, .limit = {}, .maximum = 0, .severity = Severity::Ok})}},
            true); // no limit, no scale
    }

    void aShareNeverHidesAPart()
    {
        Share share;
        share.parts = {{Share::Part::Waiting, 1}, {Share::Part::Running, 1}, {Share::Part::Done, 1'000'000}, {Share::Part::Failed, 1},
            {Share::Part::Other, 1}};
        share.total = 1'000'004;
        const QImage image = painted({{ShareRole, QVariant::fromValue(share)}}, false);
        QVERIFY(count(image, seriesColour(2, false)) > 0);
        QVERIFY(count(image, seriesColour(0, false)) > 0);
        painted({{ShareRole, QVariant::fromValue(Share{})}}, true, true); // nothing at all
        // The colours are those of the legend in the titles, on a tinted row too.
        for (const bool dark : {false, true}) {
            const QPalette palette = dark ? darkPalette() : lightPalette();
            const QColor done = shareColour(Share::Part::Done, palette.color(QPalette::Text), palette.color(QPalette::Base), dark);
            const QMap<int, QVariant> warned{
                {ShareRole, QVariant::fromValue(share)}, {RowTintRole, QVariant::fromValue(Severity::Warning)}};
            QVERIFY(count(painted(warned, dark), done) > 100);
        }
    }

    void aSparklineMarksWhatWasNotAnswered()
    {
        Sparkline line;
        line.from = 0;
        line.to = 600'000;
        for (int i = 0; i < 60; ++i)
            line.points.append({i * 10'000, i == 40 ? std::nan("") : 5.0});
        const QColor critical = severityColours(Severity::Critical, false).fill;
        QVERIFY(count(painted({{SparklineRole, QVariant::fromValue(line)}}, false), critical) >= 4);
        line.points[40].value = 5.0;
        QCOMPARE(count(painted({{SparklineRole, QVariant::fromValue(line)}}, false), critical), 0);
        line.points = {{0, std::nan("")}};
        painted({{SparklineRole, QVariant::fromValue(line)}}, true);
    }

    void textIsNeverMarkup()
    {
        QVERIFY(painted({{Qt::DisplayRole, u"<b>x</b>"_s}}, false) != painted({{Qt::DisplayRole, u"x"_s}, {StrongRole, true}}, false));
    }

    void palettesTellLightFromDark()
    {
        QVERIFY(isDark(darkPalette()));
        QVERIFY(!isDark(lightPalette()));
        for (const QPalette &palette : {lightPalette(), darkPalette()}) {
            QVERIFY(contrast(secondaryText(palette), palette.color(QPalette::Base)) >= 4.5);
            QVERIFY(contrast(palette.color(QPalette::WindowText), palette.color(QPalette::Window)) >= 9);
            QVERIFY(contrast(palette.color(QPalette::ToolTipText), palette.color(QPalette::ToolTipBase)) >= 7);
        }
    }
};

QTEST_MAIN(PaintingTest)
#include "tst_painting.moc"
