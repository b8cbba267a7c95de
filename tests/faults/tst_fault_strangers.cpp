// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/fault.h"
#include "tests/support/healthy.h"

#include <QDirIterator>
#include <QRegularExpression>
#include <QStringConverter>
#include <QTest>

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

/// Somebody else answers on the port, in good health: none of it is this system's, so none of it is Ok.
class StrangerFaults final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void otherSystems_data();
    void otherSystems();
    void otherDocumentsOfItsOwn_data();
    void otherDocumentsOfItsOwn();
    void otherProducts_data();
    void otherProducts();
    void otherEncodings_data();
    void otherEncodings();
    void aByteOrderMarkIsNone_data();
    void aByteOrderMarkIsNone();
};

namespace {
struct Page {
    QString name;
    QByteArray type, body;
};

QByteArray typeOf(const QString &file)
{
    return file.endsWith(".html"_L1) ? "text/html" : file.endsWith(".txt"_L1) ? "text/plain" : "application/json";
}

/// Every captured reply of a system.
QList<Page> fixturesOf(const QString &system)
{
    QList<Page> pages;
    QDirIterator files(QStringLiteral(QUORATE_FIXTURES "/") + system, {u"*.json"_s, u"*.txt"_s, u"*.html"_s}, QDir::Files);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("no fixture %s", qPrintable(file.fileName()));
        pages.append({files.fileName(), typeOf(files.fileName()), file.readAll()});
    }
    std::sort(pages.begin(), pages.end(), [](const Page &a, const Page &b) { return a.name < b.name; });
    return pages;
}

const QByteArray json = "application/json", text = "text/plain", html = "text/html";

/// What others answer when they are well.
const QList<Page> products{
    {u"a word"_s, text, "OK"},
    {u"a quoted word"_s, json, R"("OK")"},
    {u"status ok"_s, json, R"({"status":"ok"})"},
    {u"healthy: true"_s, json, R"({"healthy":true})"},
    {u"Spring Boot"_s, json, R"({"status":"UP"})"},
    {u"Spring Boot, with details"_s, json,
        R"({"status":"UP","components":{"db":{"status":"UP","details":{"database":"PostgreSQL"}},"ping":{"status":"UP"}}})"},
    {u"Spring Boot, with groups"_s, json, R"({"status":"UP","groups":["liveness","readiness"]})"},
    {u"MicroProfile"_s, json, R"({"status":"UP","checks":[{"name":"Database connections","status":"UP","data":{}}]})"},
    {u"ASP.NET"_s, json,
        R"({"status":"Healthy","totalDuration":"00:00:00.1","entries":{"sql":{"data":{},"duration":"00:00:00.1","status":"Healthy"}}})"},
    {u"NestJS"_s, json, R"({"status":"ok","info":{"db":{"status":"up"}},"error":{},"details":{"db":{"status":"up"}}})"},
    {u"health+json"_s, "application/health+json",
        R"({"status":"pass","version":"1","checks":{"cpu:utilization":[{"componentId":"1","status":"pass"}]}})"},
    {u"Airflow"_s, json, R"({"metadatabase":{"status":"healthy"},"scheduler":{"status":"healthy"}})"},
    {u"etcd"_s, json, R"({"health":"true","reason":""})"},
    {u"Elasticsearch"_s, json, R"({"cluster_name":"es","status":"green","timed_out":false,"number_of_nodes":3})"},
    {u"Grafana"_s, json, R"({"commit":"d3a4f1b","database":"ok","version":"9.3.2"})"},
    {u"Vault"_s, json, R"({"initialized":true,"sealed":false,"standby":false,"version":"1.12.0","cluster_name":"v"})"},
    {u"Nomad"_s, json, R"({"client":{"message":"ok","ok":true},"server":{"message":"ok","ok":true}})"},
    {u"InfluxDB"_s, json, R"({"name":"influxdb","message":"ready for queries and writes","status":"pass","checks":[],"version":"2.7"})"},
    {u"Patroni"_s, json, R"({"state":"running","role":"master","server_version":140005,"patroni":{"version":"2","scope":"a"}})"},
    {u"Redpanda"_s, json, R"({"is_healthy":true,"controller_id":1,"all_nodes":[1],"nodes_down":[]})"},
    {u"Prometheus"_s, text, "Prometheus Server is Ready.\n"},
    {u"Prometheus' API"_s, json, R"({"status":"success","data":{"resultType":"vector","result":[]}})"},
    {u"Kubernetes"_s, text, "[+]ping ok\n[+]log ok\n[+]etcd ok\nreadyz check passed\n"},
    {u"Kubernetes' components"_s, json,
        R"({"kind":"ComponentStatusList","items":[{"conditions":[{"type":"Healthy","status":"True"}],"metadata":{"name":"etcd-0"}}]})"},
    {u"a table of containers"_s, text, "NAME   STATUS\nweb    up\nredis  up\n"},
    {u"a page with a table"_s, html, "<table><tr><th>Name<th>Status<tr><td>web<td>OK<tr><td>db<td>OK</table>"},
    {u"nginx"_s, html, "<!DOCTYPE html><html><head><title>Welcome to nginx!</title></head><body></body></html>"},
    {u"counters"_s, text, "# HELP up 1 if up\n# TYPE up gauge\nup{job=\"x\"} 1\n"},
};

void addColumns()
{
    QTest::addColumn<QString>("system");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
}

void addRow(const QString &system, const Page &page)
{
    QTest::addRow("%s: %s", qPrintable(system), qPrintable(page.name)) << system << page.type << page.body;
}
} // namespace

void StrangerFaults::otherSystems_data()
{
    addColumns();
    for (const QString &system : allSystems) {
        for (const QString &other : allSystems) {
            if (other == system)
                continue;
            for (const Page &page : fixturesOf(other))
                addRow(system, page);
        }
    }
}

void StrangerFaults::otherSystems()
{
    QFETCH(QString, system);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    FaultRound fault(system);
    fault.answer(StubAnswer::http(200, body, type), true);
    fault.run();
    QCOMPARE(fault.broken(Reach::Malformed, {u"HTTP 200"_s, expectedOf(system)}), QString());
}

/// One document of its own, whatever is asked for: as a balancer or a mock that knows no paths answers.
void StrangerFaults::otherDocumentsOfItsOwn_data()
{
    addColumns();
    for (const Page &page : fixturesOf(u"consul"_s))
        addRow(u"consul"_s, page);
    for (const Page &page : fixturesOf(u"osapi"_s)) {
        if (!page.name.startsWith("status_"_L1) && !page.name.startsWith("synthetic_"_L1))
            addRow(u"osapi"_s, page);
    }
}

void StrangerFaults::otherDocumentsOfItsOwn()
{
    QFETCH(QString, system);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    FaultRound fault(system);
    fault.answer(StubAnswer::http(200, body, type), true);
    fault.run();
    QCOMPARE(fault.brokenRule(), QString());
    if (system == "osapi"_L1)
        QCOMPARE(fault.broken(Reach::Malformed, {expectedOf(system)}), QString());
}

void StrangerFaults::otherProducts_data()
{
    addColumns();
    for (const QString &system : allSystems) {
        for (const Page &page : products)
            addRow(system, page);
    }
}

void StrangerFaults::otherProducts()
{
    QFETCH(QString, system);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    FaultRound fault(system);
    fault.answer(StubAnswer::http(200, body, type), true);
    fault.run();
    QCOMPARE(fault.broken(Reach::Malformed, {u"HTTP 200"_s, expectedOf(system)}), QString());
}

namespace {
QByteArray healthyBody(const QString &system)
{
    const QByteArray path = system == "consul"_L1 ? "/v1/status/leader" : "/api/health/status";
    const QByteArray bytes = healthyAnswer(system, {"GET", path, {}, 1, {}}).bytes;
    return bytes.mid(bytes.indexOf("\r\n\r\n") + 4);
}
} // namespace

/// JSON on the wire is UTF-8: what else Windows tools save it as is not guessed at.
void StrangerFaults::otherEncodings_data()
{
    addColumns();
    using Converter = QStringConverter;
    const QList<std::pair<const char *, Converter::Encoding>> encodings{{"UTF-16, little end first", Converter::Utf16LE},
        {"UTF-16, big end first", Converter::Utf16BE}, {"UTF-32, little end first", Converter::Utf32LE},
        {"UTF-32, big end first", Converter::Utf32BE}};
    for (const QString &system : allSystems) {
        const QString body = QString::fromUtf8(healthyBody(system));
        for (const auto &[name, encoding] : encodings) {
            QStringEncoder plain(encoding), marked(encoding, Converter::Flag::WriteBom);
            addRow(system, {QString::fromLatin1(name), json, QByteArray(plain(body))});
            addRow(system, {QString::fromLatin1(name) + u", with a mark"_s, json, QByteArray(marked(body))});
        }
        const QByteArray bytes = body.toUtf8();
        const qsizetype text = bytes.indexOf('"');
        addRow(system, {u"Latin-1"_s, json, bytes.first(text + 1) + "\xfc\xdf" + bytes.sliced(text + 1)});
        addRow(system, {u"UTF-8 of half a pair"_s, json, bytes.first(text + 1) + "\xed\xa0\x80" + bytes.sliced(text + 1)});
    }
}

void StrangerFaults::otherEncodings()
{
    QFETCH(QString, system);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    FaultRound fault(system);
    fault.answer(StubAnswer::http(200, body, type));
    fault.run();
    QCOMPARE(fault.broken(Reach::Malformed, {u"HTTP 200"_s, expectedOf(system)}), QString());
}

void StrangerFaults::aByteOrderMarkIsNone_data()
{
    QTest::addColumn<QString>("system");
    for (const QString &system : allSystems)
        QTest::newRow(qPrintable(system)) << system;
}

/// UTF-8 with the mark that Windows tools write before it is UTF-8.
void StrangerFaults::aByteOrderMarkIsNone()
{
    QFETCH(QString, system);
    FaultRound fault(system);
    fault.answer(StubAnswer::http(200, "\xef\xbb\xbf" + healthyBody(system)));
    fault.run();
    QCOMPARE(fault.endpoint().error, QString());
    QCOMPARE(fault.endpoint().reach, Reach::Answered);
    QCOMPARE(fault.brokenSurroundings(), QString());
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::StrangerFaults)
#include "tst_fault_strangers.moc"
