// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever a server calls its parts, every report keeps its form: lines, columns, labels, escapes.
#include "models/report/display_width.h"
#include "models/report/report.h"
#include "tests/support/prometheus_parser.h"
#include "tests/support/random_status.h"
#include "tests/support/sample_clusters.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace quorate;
using namespace Qt::StringLiterals;

namespace {
FleetStatus hostileFleet() { return {test::sampleTime().wall, u"h\n"_s, {{u"c"_s, u"a\u001b[31m\nb"_s}}, {test::hostileCluster()}}; }

/// The hostile fleet and fleets of every shape.
QList<FleetStatus> fleets()
{
    QList<FleetStatus> all{hostileFleet(), test::sampleFleet(), FleetStatus()};
    for (quint64 seed = 0; seed < 60; ++seed) {
        std::mt19937_64 random(seed);
        all.append(test::randomFleet(random));
    }
    return all;
}

bool hasControls(const QByteArray &text)
{
    for (const QChar c : QString::fromUtf8(text)) {
        if (c != u'\n' && (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format))
            return true;
    }
    return false;
}
} // namespace

class TestHostileReports : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void textHasNoControls();
    void nagiosIsOneLineWithOneBar();
    void prometheusIsValid();
    void prometheusStateSetsHaveOneState();
    void theParserIsStrict_data();
    void theParserIsStrict();
    void jsonIsValid();
    void tablesKeepTheirColumns();
    void markdown_data();
    void markdown();
    void columnsByDisplayWidth();
};

void TestHostileReports::textHasNoControls()
{
    for (const FleetStatus &fleet : fleets()) {
        QVERIFY(!hasControls(textReport(fleet, test::sampleTime())));
        for (const ClusterStatus &cluster : fleet.clusters)
            QVERIFY(!hasControls(vendorTable(cluster)));
    }
    // The name, the headline and three lines of a row in each section stay on lines of their own.
    const QByteArray text = textReport(hostileFleet(), test::sampleTime());
    QVERIFY(text.startsWith("note: a [31m b\n"));
    QVERIFY(text.contains("\nCRITICAL \"x' | y=1"));
    for (const QByteArray &line : text.split('\n'))
        QVERIFY2(!line.startsWith("# HELP"), line.constData());
}

void TestHostileReports::nagiosIsOneLineWithOneBar()
{
    for (const FleetStatus &fleet : fleets()) {
        const QByteArray line = nagiosReport(fleet);
        QVERIFY(!hasControls(line));
        QCOMPARE(line.count('\n'), 1);
        QVERIFY2(line.count('|') <= 1, line.constData());
        const QString perfdata = QString::fromUtf8(line).section(u" | "_s, 1).trimmed();
        // 'label'=value[unit][;warn]: quotes inside a label are doubled, and there is no "=" in it.
        static const QRegularExpression form(u"\\A('([^'=]|'')+'=-?[0-9.]+s?(;[0-9:]+)?( |\\z))*\\z"_s);
        QVERIFY2(form.match(perfdata).hasMatch(), qPrintable(perfdata));
    }
}

void TestHostileReports::prometheusIsValid()
{
    for (const FleetStatus &fleet : fleets()) {
        const test::PrometheusDocument document = test::parsePrometheus(prometheusReport(fleet));
        QCOMPARE(document.mistake, QString());
    }
    const auto document = test::parsePrometheus(prometheusReport(hostileFleet()));
    bool found = false;
    for (const test::PrometheusSample &sample : document.samples)
        found = found
            || (sample.family == "quorate_cluster_severity"_L1 && sample.labels.value(u"cluster"_s).startsWith(u"\"x' | y=1 \\ `z`"_s));
    QVERIFY2(found, "quotes and backslashes come back as they were");
}

void TestHostileReports::prometheusStateSetsHaveOneState()
{
    const auto document = test::parsePrometheus(prometheusReport(test::sampleFleet()));
    QMap<QString, double> states;
    for (const test::PrometheusSample &sample : document.samples) {
        if (sample.family == "quorate_cluster_severity"_L1)
            states[sample.labels.value(u"cluster"_s)] += sample.value;
        if (sample.family == "quorate_cluster_severity"_L1 && sample.labels.value(u"severity"_s) == "critical"_L1
            && sample.labels.value(u"cluster"_s) == "bufstream-eu"_L1)
            QCOMPARE(sample.value, 1.0);
    }
    QCOMPARE(states.size(), 5);
    for (const double sum : states)
        QCOMPARE(sum, 1.0);
}

void TestHostileReports::theParserIsStrict_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray head = "# HELP a b\n# TYPE a gauge\n";
    QTest::newRow("no last line break") << head + "a 1";
    QTest::newRow("no type") << QByteArray("# HELP a b\na 1\n");
    QTest::newRow("another family") << head + "b 1\n";
    QTest::newRow("a series twice") << head + "a 1\na 2\n";
    QTest::newRow("a family twice") << head + "a 1\n" + head + "a{x=\"y\"} 1\n";
    QTest::newRow("no number") << head + "a x\n";
    QTest::newRow("a quote in a label") << head + "a{x=\"y\"z\"} 1\n";
    QTest::newRow("an open label") << head + "a{x=\"y} 1\n";
    QTest::newRow("an unknown escape") << head + "a{x=\"\\t\"} 1\n";
    QTest::newRow("a bad label name") << head + "a{x-y=\"\"} 1\n";
    QTest::newRow("a line that a name made") << head + "a{x=\"\n# HELP\"} 1\n";
}

void TestHostileReports::theParserIsStrict()
{
    QFETCH(QByteArray, text);
    QVERIFY(!test::parsePrometheus(text).mistake.isEmpty());
    QCOMPARE(test::parsePrometheus("# HELP a b c\n# TYPE a gauge\na{x=\"1\\\"\\n\",y=\"\"} 1.5\na 2\n").mistake, QString());
}

void TestHostileReports::jsonIsValid()
{
    for (const FleetStatus &fleet : fleets()) {
        QVERIFY(QJsonDocument::fromJson(jsonReport(fleet)).isObject());
        QCOMPARE(QJsonDocument::fromJson(jsonReport(fleet, true)), QJsonDocument::fromJson(jsonReport(fleet)));
    }
}

void TestHostileReports::tablesKeepTheirColumns()
{
    const QString evil = test::hostileCluster().name.text();
    const QList<QStringList> rows{{evil, evil, evil}, {u"too few"_s}, {u"a"_s, u"b"_s, u"c"_s, u"too many"_s}};
    const QStringList plain = plainTable({u"A"_s, u"B"_s, u"C"_s}, rows).split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(plain.size(), 4);
    for (const QString &line : plain)
        QCOMPARE(line.count(u'\t'), 2);
    const QStringList lines = markdownTable({u"A"_s, u"B"_s, u"C"_s}, rows).split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 5);
    static const QRegularExpression bareBar(u"(?<!\\\\)\\|"_s);
    for (const QString &line : lines)
        QCOMPARE(line.count(bareBar), 4);
}

void TestHostileReports::markdown_data()
{
    QTest::addColumn<QString>("cell");
    QTest::addColumn<QString>("escaped");
    const auto row = [](const QString &cell, const QString &escaped) { QTest::newRow(qPrintable(cell)) << cell << escaped; };
    row(u"object_storage"_s, u"object_storage"_s);
    row(u"_private_"_s, u"\\_private\\_"_s);
    row(u"a|b"_s, u"a\\|b"_s);
    row(u"a\\|b"_s, u"a\\\\\\|b"_s);
    row(u"<b>x</b> &amp;"_s, u"&lt;b>x&lt;/b> &amp;amp;"_s);
    row(u"[x](http://y)"_s, u"\\[x\\](http://y)"_s);
    row(u"*x* `y` ~~z~~"_s, u"\\*x\\* \\`y\\` \\~\\~z\\~\\~"_s);
    row(u"two\nlines"_s, u"two lines"_s);
    row(u"1\u00a0204 ms"_s, u"1 204 ms"_s);
}

void TestHostileReports::markdown()
{
    QFETCH(QString, cell);
    QFETCH(QString, escaped);
    QCOMPARE(markdownTable({cell}, {}), u"| %1 |\n| --- |\n"_s.arg(escaped));
}

void TestHostileReports::columnsByDisplayWidth()
{
    QCOMPARE(displayWidth(u"abc"), 3);
    QCOMPARE(displayWidth(u"\u5317\u4EAC"), 4); // wide
    QCOMPARE(displayWidth(u"e\u0301"), 1); // combining
    QCOMPARE(displayWidth(u"\U0001F600"), 2); // beyond the first plane
    const QStringList lines = alignedTable({{u"Name"_s}, {u"N"_s, true}}, {{u"\u5317\u4EAC"_s, u"1"_s}, {u"abcdef"_s, u"1,204"_s}});
    QCOMPARE(lines, (QStringList{u"Name        N"_s, u"\u5317\u4EAC        1"_s, u"abcdef  1,204"_s}));
}

QTEST_GUILESS_MAIN(TestHostileReports)
#include "tst_hostile_reports.moc"
