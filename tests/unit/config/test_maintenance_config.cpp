// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/config/config_texts.h"

#include <QRegularExpression>

using namespace quorate;
using namespace quorate::test;

namespace {
const QByteArray head = "[[cluster]]\nname = 'a'\nsystem = 'consul'\nendpoints = ['http://a-{1..3}:8500']\n";

QList<Maintenance> maintenanceOf(const QByteArray &lines)
{
    const auto config = parsed(head + lines);
    return config ? config.value().clusters.first().spec.maintenance : QList<Maintenance>();
}

Instant at(const QString &text) { return *fromRfc3339(text); }
} // namespace

/// Planned maintenance, as it is written in the configuration.
class TestMaintenanceConfig final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void ofTheWholeCluster()
    {
        const QList<Maintenance> list = maintenanceOf("maintenance = [ { until = 2026-11-20T18:00:00Z, note = 'upgrade' } ]\n");
        QCOMPARE(list.size(), 1);
        QCOMPARE(list.first().until, at(u"2026-11-20T18:00:00Z"_s));
        QCOMPARE(list.first().note, u"upgrade"_s);
        QVERIFY(list.first().endpoints.isEmpty() && !list.first().asked);
        QVERIFY(maintenanceOf("").isEmpty());
        QVERIFY(maintenanceOf("maintenance = []\n").isEmpty());
    }

    void timesInEveryForm_data()
    {
        QTest::addColumn<QByteArray>("until");
        QTest::addColumn<QString>("utc");
        QTest::newRow("UTC") << QByteArray("2026-11-20T18:00:00Z") << u"2026-11-20T18:00:00Z"_s;
        QTest::newRow("east") << QByteArray("2026-11-20T18:00:00+01:30") << u"2026-11-20T16:30:00Z"_s;
        QTest::newRow("west, over midnight") << QByteArray("2026-12-31T20:00:00-05:00") << u"2027-01-01T01:00:00Z"_s;
        QTest::newRow("with a blank") << QByteArray("2026-11-20 18:00:00Z") << u"2026-11-20T18:00:00Z"_s;
        QTest::newRow("fractions") << QByteArray("2026-11-20T18:00:00.250Z") << u"2026-11-20T18:00:00.250Z"_s;
        QTest::newRow("a text") << QByteArray("'2026-11-20T18:00:00+01:00'") << u"2026-11-20T17:00:00Z"_s;
        QTest::newRow("far away") << QByteArray("2999-12-31T23:59:59.5Z") << u"2999-12-31T23:59:59.5Z"_s;
        QTest::newRow("long over") << QByteArray("1999-02-28T23:59:59Z") << u"1999-02-28T23:59:59Z"_s;
    }
    void timesInEveryForm()
    {
        QFETCH(QByteArray, until);
        QFETCH(QString, utc);
        const QList<Maintenance> list = maintenanceOf("maintenance = [ { until = " + until + " } ]\n");
        QCOMPARE(list.size(), 1);
        QCOMPARE(toRfc3339(list.first().until), toRfc3339(at(utc)));
    }

    void ofSomeEndpoints()
    {
        const QList<Maintenance> list
            = maintenanceOf("[[cluster.maintenance]]\nuntil = 2026-11-20T18:00:00Z\nendpoints = ['http://A-1:8500/', "
                            "'http://a-{1,3}:8500']\n[[cluster.maintenance]]\nuntil = 2026-11-21T18:00:00Z\n");
        QCOMPARE(list.size(), 2);
        QCOMPARE(list.first().endpoints, (QList{EndpointUrl(u"http://a-1:8500"_s), EndpointUrl(u"http://a-3:8500"_s)}));
        QVERIFY(list.last().endpoints.isEmpty());
    }

    void mistakes_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("told");
        const auto row
            = [](const char *name, const QByteArray &line, const QString &told) { QTest::newRow(name) << line << u"5:"_s + told; };
        const auto one = [&](const char *name, const QByteArray &inner, const QString &told) {
            row(name, "maintenance = [{ " + inner + " }]\n", told);
        };
        const QString key = u"cluster[1].maintenance[1]"_s;
        const QString write = u"write 2026-11-20T18:00:00Z, or with an offset like +01:00"_s;
        row("no list", "maintenance = { until = 2026-11-20T18:00:00Z }\n",
            u"15 cluster[1].maintenance: a list is expected, not a table; write ["_s);
        row("no tables", "maintenance = [ 2026-11-20T18:00:00Z ]\n", u"17 "_s + key + u": a table is expected, not a date or time"_s);
        one("no end", "note = 'x'", u"16 "_s + key + u".until: the time of its end is missing; "_s + write);
        one("no offset", "until = 2026-11-20T18:00:00",
            u"26 "_s + key + u".until: the date, the time or its offset is missing; "_s + write);
        one("a day", "until = 2026-11-20", u"26 "_s + key + u".until: the date, the time or its offset is missing; "_s + write);
        one("a time", "until = 18:00:00", u"26 "_s + key + u".until: the date, the time or its offset is missing; "_s + write);
        one("a text that is no time", "until = 'tomorrow'", u"26 "_s + key + u".until: this is no time; "_s + write);
        one("a number", "until = 5", u"26 "_s + key + u".until: a time is expected, not an integer; "_s + write);
        one("key mistyped", "until = 2026-11-20T18:00:00Z, endpoint = ['http://a-1:8500']",
            u"48 "_s + key + u".endpoint: unknown key; did you mean \"endpoints\"?"_s);
        one("no endpoint of it", "until = 2026-11-20T18:00:00Z, endpoints = ['http://a-4:8500']",
            u"61 "_s + key + u".endpoints: http://a-4:8500 is no endpoint of this cluster; did you mean \"http://a-1:8500\"?"_s);
        one("no URL", "until = 2026-11-20T18:00:00Z, endpoints = ['a-1']", u"61 "_s + key + u".endpoints: "_s);
        one("no endpoints", "until = 2026-11-20T18:00:00Z, endpoints = []",
            u"60 "_s + key + u".endpoints: the list is empty; leave it out"_s);
        one("endpoint no text", "until = 2026-11-20T18:00:00Z, endpoints = [1]", u"61 "_s + key + u".endpoints: a list of strings"_s);
        one("note with a line break", "until = 2026-11-20T18:00:00Z, note = \"a\\nb\"",
            u"55 "_s + key + u".note: the text contains a line"_s);
        one("a password", "until = 2026-11-20T18:00:00Z, endpoints = ['http://me:sesame@a-1:8500']", u"61 "_s + key + u".endpoints: "_s);
    }
    void mistakes()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, told);
        const auto config = parsed(head + line);
        QVERIFY2(!config, "a mistake was accepted");
        const QStringList all = lines(config.error().mistakes);
        QVERIFY2(all.size() == 1 && all.first().startsWith(told), qPrintable(all.join(u'\n')));
        QVERIFY(!all.first().contains("sesame"_L1));
    }
};

QTEST_GUILESS_MAIN(TestMaintenanceConfig)
#include "test_maintenance_config.moc"
