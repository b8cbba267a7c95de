// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers, ages, sizes and times as people read them. "_" stands for the no-break space.
#include "models/wording/phrase.h"
#include "models/wording/wording.h"

#include <QRegularExpression>
#include <QTest>
#include <QTranslator>

#include <limits>

using namespace quorate;
using namespace Qt::StringLiterals;

namespace {
QString shown(QString text) { return text.replace(QChar(0x00a0), u'_'); }
} // namespace

class TestNumbers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void cleanup() { QLocale::setDefault(QLocale::c()); }
    void latency_data();
    void latency();
    void duration_data();
    void duration();
    void bytes_data();
    void bytes();
    void measured_data();
    void measured();
    void clock_data();
    void clock();
    void unknownIsADash();
    void countsHaveSeparators();
    void numbersFollowTheLocale();
    void pluralsWithoutATranslator();
    void pluralsWithATranslator();
};

void TestNumbers::latency_data()
{
    QTest::addColumn<double>("seconds");
    QTest::addColumn<QString>("text");
    const auto row = [](double seconds, const QString &text) { QTest::newRow(qPrintable(QString::number(seconds))) << seconds << text; };
    row(0, u"0_ms"_s);
    row(0.00001, u"<_0.1_ms"_s);
    row(0.0009, u"0.9_ms"_s);
    row(0.0031, u"3.1_ms"_s);
    row(0.00994, u"9.9_ms"_s);
    row(0.00996, u"10_ms"_s);
    row(0.014, u"14_ms"_s);
    row(0.412, u"412_ms"_s);
    row(0.9994, u"999_ms"_s);
    row(0.9996, u"1.0_s"_s);
    row(1.23, u"1.2_s"_s);
    row(12.3, u"12_s"_s);
    row(59.9, u"59_s"_s);
    row(600, u"10_min"_s);
    row(-1, u"–"_s);
    row(std::numeric_limits<double>::infinity(), u"–"_s);
}

void TestNumbers::latency()
{
    QFETCH(double, seconds);
    QFETCH(QString, text);
    QCOMPARE(shown(wording::latency(seconds)).replace(u"< "_s, u"<_"_s), text);
}

void TestNumbers::duration_data()
{
    QTest::addColumn<double>("seconds");
    QTest::addColumn<QString>("text");
    const auto row = [](double seconds, const QString &text) { QTest::newRow(qPrintable(text)) << seconds << text; };
    row(0.4, u"0_s"_s);
    row(4.9, u"4_s"_s);
    row(59.9, u"59_s"_s);
    row(60, u"1_min"_s);
    row(6 * 60 + 21, u"6_min"_s);
    row(3600, u"1_h"_s);
    row(3600 + 55 * 60, u"1_h 55_min"_s);
    row(9 * 3600 + 3 * 60 + 59, u"9_h 3_min"_s);
    row(24 * 3600, u"1_d"_s);
    row(41 * 86400 + 2 * 3600 + 1800, u"41_d 2_h"_s);
    row(4000 * 86400.0, u"4,000_d"_s);
    row(1e30, u"–"_s);
}

void TestNumbers::duration()
{
    QFETCH(double, seconds);
    QFETCH(QString, text);
    QCOMPARE(shown(wording::duration(seconds)), text);
}

void TestNumbers::bytes_data()
{
    QTest::addColumn<qint64>("value");
    QTest::addColumn<QString>("text");
    const auto row = [](qint64 value, const QString &text) { QTest::newRow(qPrintable(text)) << value << text; };
    row(0, u"0_B"_s);
    row(1023, u"1,023_B"_s);
    row(1024, u"1.0_KiB"_s);
    row(1536, u"1.5_KiB"_s);
    row(52224, u"51_KiB"_s);
    row(1048575, u"1.0_MiB"_s);
    row(5242880, u"5.0_MiB"_s);
    row(std::numeric_limits<qint64>::max(), u"8.0_EiB"_s);
    row(-2048, u"-2.0_KiB"_s);
}

void TestNumbers::bytes()
{
    QFETCH(qint64, value);
    QFETCH(QString, text);
    QCOMPARE(shown(wording::bytes(value)), text);
}

void TestNumbers::measured_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("unit");
    QTest::addColumn<QString>("text");
    const auto row
        = [](double value, const QString &unit, const QString &text) { QTest::newRow(qPrintable(text)) << value << unit << text; };
    row(1204, u"entries"_s, u"1,204 entries"_s);
    row(1, u"entries"_s, u"1 entry"_s);
    row(0.412, u"s"_s, u"412_ms"_s);
    row(412, u"ms"_s, u"412_ms"_s);
    row(2048, u"bytes"_s, u"2.0_KiB"_s);
    row(90, u"connections"_s, u"90 connections"_s);
    row(1, u"letters"_s, u"1 dead letter"_s);
    row(3, u"agents"_s, u"3 agents"_s);
    row(1, u"days"_s, u"1 day"_s);
    row(7, u"members"_s, u"7 members"_s);
    row(1, u"voters"_s, u"1 voter"_s);
    row(12.34, u"%"_s, u"12.3_%"_s);
    row(5118, {}, u"5,118"_s);
    row(0.25, {}, u"0.25"_s);
    row(3, u"widgets"_s, u"3_widgets"_s);
    row(std::numeric_limits<double>::quiet_NaN(), {}, u"–"_s);
}

void TestNumbers::measured()
{
    QFETCH(double, value);
    QFETCH(QString, unit);
    QFETCH(QString, text);
    QCOMPARE(shown(wording::measured(value, unit)), text);
}

void TestNumbers::clock_data()
{
    QTest::addColumn<QString>("then");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("full");
    const auto row
        = [](const QString &then, const QString &text, const QString &full) { QTest::newRow(qPrintable(text)) << then << text << full; };
    row(u"2026-11-20T02:58:21Z"_s, u"02:58:21"_s, u"Fri 20 Nov 2026 02:58:21 UTC"_s);
    row(u"2026-11-19T18:09:00Z"_s, u"Thu 18:09"_s, u"Thu 19 Nov 2026 18:09:00 UTC"_s);
    row(u"2026-11-14T18:09:00Z"_s, u"Sat 18:09"_s, u"Sat 14 Nov 2026 18:09:00 UTC"_s);
    row(u"2026-11-13T18:09:00Z"_s, u"13 Nov"_s, u"Fri 13 Nov 2026 18:09:00 UTC"_s);
    row(u"2026-10-10T18:09:00Z"_s, u"10 Oct"_s, u"Sat 10 Oct 2026 18:09:00 UTC"_s);
    row(u"2025-10-10T18:09:00Z"_s, u"10 Oct 2025"_s, u"Fri 10 Oct 2025 18:09:00 UTC"_s);
    row(u"2026-11-21T18:09:00Z"_s, u"21 Nov"_s, u"Sat 21 Nov 2026 18:09:00 UTC"_s);
}

void TestNumbers::clock()
{
    QFETCH(QString, then);
    QFETCH(QString, text);
    QFETCH(QString, full);
    const Time now{*fromRfc3339(u"2026-11-20T03:12:31Z"), {}, {}};
    QCOMPARE(wording::clock(*fromRfc3339(then), now), text);
    QCOMPARE(wording::fullTime(*fromRfc3339(then)), full);
}

void TestNumbers::unknownIsADash()
{
    QCOMPARE(wording::count(std::optional<qint64>()), u"–"_s);
    QCOMPARE(wording::count(std::optional<quint64>()), u"–"_s);
    QCOMPARE(wording::latency(std::nullopt), u"–"_s);
    QCOMPARE(wording::duration(std::nullopt), u"–"_s);
    QCOMPARE(wording::bytes(std::nullopt), u"–"_s);
    QCOMPARE(wording::percent(std::nullopt, 1), u"–"_s);
}

void TestNumbers::countsHaveSeparators()
{
    QCOMPARE(wording::count(1204), u"1,204"_s); // also in the "C" locale, which has none
    QCOMPARE(wording::count(std::numeric_limits<quint64>::max()), u"18,446,744,073,709,551,615"_s);
    QCOMPARE(wording::count(std::numeric_limits<qint64>::min()), u"-9,223,372,036,854,775,808"_s);
    QCOMPARE(shown(wording::percent(99.984, 2)), u"99.98_%"_s);
}

void TestNumbers::numbersFollowTheLocale()
{
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    QCOMPARE(wording::count(1204), u"1.204"_s);
    QCOMPARE(shown(wording::latency(0.0031)), u"3,1_ms"_s);
}

void TestNumbers::pluralsWithoutATranslator()
{
    QCOMPARE(wording::plural(0, QUORATE_PLURAL("%1 server", "%1 servers")), u"0 servers"_s);
    QCOMPARE(wording::plural(1, QUORATE_PLURAL("%1 server", "%1 servers")), u"1 server"_s);
    QCOMPARE(wording::plural(2, QUORATE_PLURAL("%1 server", "%1 servers")), u"2 servers"_s);
    QCOMPARE(wording::plural(4'294'967'297, QUORATE_PLURAL("%1 server", "%1 servers")), u"4,294,967,297 servers"_s);
}

/// A language with a form of its own for two.
class DualTranslator : public QTranslator {
public:
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char *context, const char *source, const char *, int n) const override
    {
        if (QLatin1String(context) != "quorate::wording"_L1 || QLatin1String(source) != "%1 servers"_L1)
            return {};
        return n == 1 ? u"%1 eins"_s : n == 2 ? u"%1 zwei"_s : u"%1 viele"_s;
    }
};

void TestNumbers::pluralsWithATranslator()
{
    DualTranslator translator;
    QVERIFY(QCoreApplication::installTranslator(&translator));
    QCOMPARE(wording::plural(1, QUORATE_PLURAL("%1 server", "%1 servers")), u"1 eins"_s);
    QCOMPARE(wording::plural(2, QUORATE_PLURAL("%1 server", "%1 servers")), u"2 zwei"_s);
    QCOMPARE(wording::plural(3, QUORATE_PLURAL("%1 server", "%1 servers")), u"3 viele"_s);
    QCoreApplication::removeTranslator(&translator);
}

QTEST_GUILESS_MAIN(TestNumbers)
#include "tst_numbers.moc"
