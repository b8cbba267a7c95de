// SPDX-License-Identifier: GPL-3.0-or-later
// Each report of the same five clusters, against the texts in tests/fixtures/golden/report.
#include "models/report/report.h"
#include "tests/support/golden.h"
#include "tests/support/sample_clusters.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace quorate;
using namespace Qt::StringLiterals;

namespace {
void compare(const QString &name, const QByteArray &actual)
{
    QByteArray text = actual;
    text.replace("\"" QUORATE_VERSION "\"", "\"VERSION\""); // a release changes no golden
    const QString difference = test::goldenDifference(u"report/"_s + name, text);
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

FleetStatus one(const ClusterStatus &cluster) { return {test::sampleTime().wall, u"wall"_s, {}, {cluster}}; }

/// The components of the vendor's own table, for the table to be made again.
ClusterStatus fromVendor(const QString &file)
{
    ClusterStatus cluster;
    cluster.endpoints = {EndpointStatus()};
    cluster.endpoints[0].url = EndpointUrl(u"http://bufstream:9089"_s);
    QFile fixture(QStringLiteral(QUORATE_FIXTURES "/bufstream/") + file);
    if (!fixture.open(QIODevice::ReadOnly))
        return cluster;
    const QStringList lines = QString::fromUtf8(fixture.readAll()).split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines.mid(1)) {
        const QStringList cells = line.split(QRegularExpression(u"  +"_s));
        ComponentStatus component;
        component.name = cells.value(0);
        component.reported = cells.value(1);
        component.message = cells.value(2);
        component.endpoint = cluster.endpoints[0].url;
        cluster.components.append(component);
    }
    return cluster;
}
} // namespace

class TestReports : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void text() { compare(u"fleet.txt"_s, textReport(test::sampleFleet(), test::sampleTime())); }
    void textBrief() { compare(u"fleet_brief.txt"_s, textReport(test::sampleFleet(), test::sampleTime(), true)); }
    void textColour() { compare(u"fleet_colour.txt"_s, textReport(test::sampleFleet(), test::sampleTime(), true, true)); }
    void textOfManyBrokers();
    void json() { compare(u"fleet.json"_s, jsonReport(test::sampleFleet())); }
    void jsonCompactIsOneLine();
    void nagios() { compare(u"fleet_nagios.txt"_s, nagiosReport(test::sampleFleet())); }
    void nagiosOfOneCluster();
    void prometheus() { compare(u"fleet.prom"_s, prometheusReport(test::sampleFleet())); }
    void vendorTableIsTheVendors_data();
    void vendorTableIsTheVendors();
    void vendorTableOfSeveralBrokers() { compare(u"vendor_tables.txt"_s, vendorTable(test::failingBufstream())); }
    void nothingIsNeverOk();
    void maintenance();
    void whatARaftGroupTellsOverTime();
};

void TestReports::whatARaftGroupTellsOverTime()
{
    const Time now = test::sampleTime();
    ClusterStatus cluster = test::sampleFleet().clusters.first();
    for (const ClusterStatus &sample : test::sampleFleet().clusters) {
        if (!sample.raft.isEmpty())
            cluster = sample;
    }
    RaftStatus &raft = cluster.raft.first();
    raft.leaderSince = now.wall - std::chrono::hours(9);
    raft.leaderChanges = 2;
    raft.reported = RaftReported{false, 0};
    raft.peers.last().state = PeerState::Lagging;
    raft.peers.last().trailing = 1'204;
    raft.peers.last().trailingPerSecond = -30;
    const auto text = [&] { return QString::fromUtf8(textReport(one(cluster), now)); };
    const QString line
        = u"leader for at least 9 h · 2 leader changes in the last hour · the system itself reports unhealthy, no further server may fail"_s;
    QVERIFY2(text().contains(line), qPrintable(text()));
    QVERIFY2(text().contains(u"1,204 (catches up in about 40 s)"_s), qPrintable(text()));
    raft.leaderSinceExact = true;
    QVERIFY(text().contains(u"leader for 9 h"_s));
}

void TestReports::maintenance()
{
    const Time now = test::sampleTime();
    const auto midnight = std::chrono::floor<std::chrono::days>(now.wall);
    ClusterStatus cluster = test::failingBufstream();
    const auto lines = [&] {
        QStringList found;
        for (const QString &line : QString::fromUtf8(textReport(one(cluster), now)).split(u'\n')) {
            if (line.contains("maintenance"_L1))
                found.append(line);
        }
        return found;
    };
    QCOMPARE(lines(), QStringList());
    cluster.maintenanceUntil = midnight + std::chrono::hours(23) + std::chrono::minutes(30);
    cluster.maintenanceNote = u"upgrade"_s;
    for (EndpointStatus &endpoint : cluster.endpoints)
        endpoint.maintenanceUntil = cluster.maintenanceUntil; // said once
    QCOMPARE(lines(), QStringList{u"  in maintenance until 23:30 (upgrade)"_s});
    cluster.maintenanceUntil.reset();
    for (EndpointStatus &endpoint : cluster.endpoints)
        endpoint.maintenanceUntil.reset();
    cluster.endpoints.first().maintenanceUntil = midnight + std::chrono::days(400);
    const QString label = cluster.endpoints.first().label;
    QCOMPARE(lines().size(), 1);
    static const QRegularExpression other(u"\\A  (\\S+): in maintenance until \\d+ \\w+ \\d{4} 00:00\\z"_s);
    QVERIFY2(other.match(lines().first()).hasMatch(), qPrintable(lines().first()));
    QCOMPARE(other.match(lines().first()).captured(1), label);
}

void TestReports::textOfManyBrokers()
{
    ClusterStatus cluster = test::failingBufstream();
    const ComponentStatus storage = cluster.components.last();
    for (int number = 3; number < 40; ++number) {
        EndpointStatus broker = cluster.endpoints.first();
        broker.url = EndpointUrl(u"http://bufstream-%1.bufstream:9089"_s.arg(number));
        broker.label = u"bufstream-%1"_s.arg(number);
        cluster.endpoints.append(broker);
        ComponentStatus component = storage;
        component.endpoint = broker.url;
        component.reported = u"healthy"_s;
        component.severity = Severity::Ok;
        cluster.components.append(component);
    }
    compare(u"forty_brokers.txt"_s, textReport(one(cluster), test::sampleTime()));
}

void TestReports::jsonCompactIsOneLine()
{
    const QByteArray json = jsonReport(test::sampleFleet(), true);
    QCOMPARE(json.count('\n'), 1);
    QVERIFY(json.endsWith("}\n"));
    QVERIFY(!json.contains("\u00a0"));
}

void TestReports::nagiosOfOneCluster()
{
    QCOMPARE(nagiosReport(one(test::calmOsapi())),
        QByteArray("QUORATE OK - osapi-fleet: 5 waiting, 2 running, 0 dead · drains in 2 min | 'osapi-fleet osapi-1 latency'=0.014000s "
                   "'osapi-fleet jobs dead letters'=0;0 'osapi-fleet jobs waiting'=5\n"));
}

void TestReports::vendorTableIsTheVendors_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("0.2.0") << u"doc_cli_table_v0.2.0.txt"_s;
    QTest::newRow("0.3.29") << u"doc_cli_table_v0.3.29.txt"_s;
}

void TestReports::vendorTableIsTheVendors()
{
    QFETCH(QString, file);
    QFile fixture(QStringLiteral(QUORATE_FIXTURES "/bufstream/") + file);
    QVERIFY(fixture.open(QIODevice::ReadOnly));
    QCOMPARE(vendorTable(fromVendor(file)), fixture.readAll());
}

void TestReports::nothingIsNeverOk()
{
    QCOMPARE(textReport(FleetStatus(), test::sampleTime()), QByteArray("no clusters\n"));
    QCOMPARE(nagiosReport(FleetStatus()), QByteArray("QUORATE UNKNOWN - nothing to observe\n"));
    QVERIFY(prometheusReport(FleetStatus()).contains("quorate_fleet_severity{severity=\"unknown\"} 1\n"));
    QCOMPARE(vendorTable(ClusterStatus()), QByteArray());
}

QTEST_GUILESS_MAIN(TestReports)
#include "tst_reports.moc"
