// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/fault.h"
#include "tests/support/healthy.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

namespace quorate {
using namespace Qt::StringLiterals;

/// Documents that look like the system's own and hold wrong types, wrong numbers or the same key twice.
class DocumentFaults final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void wrongTypesEverywhere_data();
    void wrongTypesEverywhere();
    void duplicateKeys_data();
    void duplicateKeys();
    void numbersThatAreNone_data();
    void numbersThatAreNone();
    void raftNumbersThatAreNone_data();
    void raftNumbersThatAreNone();
    void partsThatCantBeRead_data();
    void partsThatCantBeRead();
};

namespace {
/// `value` with every leaf replaced.
QJsonValue withLeaves(const QJsonValue &value, const QJsonValue &leaf)
{
    if (value.isArray()) {
        QJsonArray array;
        for (const QJsonValue one : value.toArray())
            array.append(withLeaves(one, leaf));
        return array;
    }
    if (!value.isObject())
        return leaf;
    QJsonObject object = value.toObject();
    for (auto member = object.begin(); member != object.end(); ++member)
        member.value() = withLeaves(member.value(), leaf);
    return object;
}

QByteArray bodyOf(const StubAnswer &answer) { return answer.bytes.mid(answer.bytes.indexOf("\r\n\r\n") + 4); }

QByteArray withLeaves(const QByteArray &json, const QByteArray &leaf)
{
    const auto parsed = [](const QByteArray &text) { return QJsonDocument::fromJson('[' + text + ']').array().first(); };
    const QByteArray wrapped = QJsonDocument(QJsonArray{withLeaves(parsed(json), parsed(leaf))}).toJson(QJsonDocument::Compact);
    return wrapped.mid(1, wrapped.size() - 2);
}
} // namespace

void DocumentFaults::wrongTypesEverywhere_data()
{
    QTest::addColumn<QString>("system");
    QTest::addColumn<QByteArray>("leaf");
    for (const QString &system : allSystems) {
        for (const QByteArray &leaf : {QByteArray("null"), QByteArray("true"), QByteArray("-1"), QByteArray("1.5"), QByteArray("\"?\""),
                 QByteArray("[]"), QByteArray("{}"), QByteArray("18446744073709551616")})
            if (system != "bufstream"_L1 || leaf != "true") // there it is a status, and a good one
                QTest::addRow("%s: %s", qPrintable(system), leaf.constData()) << system << leaf;
    }
}

void DocumentFaults::wrongTypesEverywhere()
{
    QFETCH(QString, system);
    QFETCH(QByteArray, leaf);
    FaultRound fault(system);
    StubServer server([&](const StubRequest &request) {
        const StubAnswer healthy = healthyAnswer(system, request);
        const QByteArray body = bodyOf(healthy);
        return body.isEmpty() || !healthy.bytes.startsWith("HTTP/1.1 200") ? healthy : StubAnswer::http(200, withLeaves(body, leaf));
    });
    QVERIFY(server.listen());
    fault.sick().spec.endpoints = {EndpointUrl(server.url())};
    fault.run();
    QCOMPARE(fault.brokenRule(), QString());
}

void DocumentFaults::duplicateKeys_data()
{
    QTest::addColumn<QString>("system");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("bufstream") << u"bufstream"_s << QByteArray(R"([{"name": "etcd", "status": "healthy", "status": "error"}])");
    QTest::newRow("osapi") << u"osapi"_s
                           << QByteArray(R"({"status": "ok", "components": {"controller.nats": {"status": "ok", "status": "error"}},
        "version": "0.1.0", "uptime": "1m", "status": "degraded"})");
    QTest::newRow("consul") << u"consul"_s << QByteArray(R"({"leader": "127.0.0.2:8300", "leader": ""})");
}

void DocumentFaults::duplicateKeys()
{
    QFETCH(QString, system);
    QFETCH(QByteArray, body);
    FaultRound fault(system);
    fault.answer(StubAnswer::http(200, body));
    fault.run();
    QCOMPARE(fault.broken(Reach::Malformed, {u"stands twice"_s, expectedOf(system)}), QString());
}

void DocumentFaults::numbersThatAreNone_data()
{
    QTest::addColumn<QByteArray>("number");
    for (const char *number : {"-5", "9223372036854775808", "18446744073709551616", "99999999999999999999999999", "1e30", "-1e30", "1.5",
             "null", "true", "[]", "\"many\"", "\"-5\""})
        QTest::newRow(number) << QByteArray(number);
}

void DocumentFaults::numbersThatAreNone()
{
    QFETCH(QByteArray, number);
    FaultRound fault(u"osapi"_s);
    QByteArray body = bodyOf(healthyAnswer(u"osapi"_s, {"GET", "/api/health/status", {}, 1, {}}));
    body.replace(R"("dlq":0)", R"("dlq":)" + number).replace(R"("unprocessed":0)", R"("unprocessed":)" + number);
    fault.answer(StubAnswer::http(200, body));
    fault.run();
    QCOMPARE(fault.brokenSurroundings(), QString());
    // The rest of the document holds; a number that is none is absent, never zero and never another number.
    const auto queues = fault.cluster().queues.value_or(QList<QueueStatus>());
    for (const QueueStatus &queue : queues) {
        QCOMPARE(queue.dead, std::optional<qint64>());
        QCOMPARE(queue.unprocessed, std::optional<qint64>());
    }
    if (queues.isEmpty()) // not understood then, and so nothing is
        QCOMPARE(fault.broken(Reach::Malformed, {u"jobs."_s, expectedOf(u"osapi"_s)}), QString());
}

void DocumentFaults::raftNumbersThatAreNone_data() { numbersThatAreNone_data(); }

void DocumentFaults::raftNumbersThatAreNone()
{
    QFETCH(QByteArray, number);
    FaultRound fault(u"consul"_s);
    StubServer server([&](const StubRequest &request) {
        StubAnswer answer = healthyAnswer(u"consul"_s, request);
        if (request.path != "/v1/agent/self")
            return answer;
        QJsonObject root = QJsonDocument::fromJson(bodyOf(answer)).object();
        QJsonObject stats = root.value("Stats"_L1).toObject(), raft = stats.value("raft"_L1).toObject();
        const QJsonValue wrong = QJsonDocument::fromJson('[' + number + ']').array().first();
        for (const QLatin1String key : {"term"_L1, "commit_index"_L1, "applied_index"_L1})
            raft[key] = wrong.isDouble() ? QJsonValue(QString::fromLatin1(number)) : wrong;
        stats["raft"_L1] = raft;
        root["Stats"_L1] = stats;
        return StubAnswer::http(200, QJsonDocument(root).toJson());
    });
    QVERIFY(server.listen());
    fault.sick().spec.endpoints = {EndpointUrl(server.url())};
    fault.run();
    QCOMPARE(fault.brokenSurroundings(), QString());
    for (const RaftStatus &raft : fault.cluster().raft) {
        for (const PeerStatus &peer : raft.peers) {
            // Up to 2^64 − 1 Raft's numbers are right.
            const bool right = number == "9223372036854775808";
            QCOMPARE(peer.commit.has_value(), right);
            QCOMPARE(peer.applied.has_value(), right);
        }
    }
}

void DocumentFaults::partsThatCantBeRead_data()
{
    QTest::addColumn<QString>("system");
    QTest::addColumn<int>("http");
    QTest::addColumn<QByteArray>("body");
    const auto row
        = [](const char *name, const QString &system, int http, const QByteArray &body) { QTest::newRow(name) << system << http << body; };
    const QByteArray probes = R"([{"name": "etcd", "status": "healthy"}])";
    const QByteArray ok = R"("status": "ok", "components": {"nats": {"status": "ok"}}, "version": "0.1.0", "uptime": "1m")";
    row("a status that the key hides", u"bufstream"_s, 200, R"([{"name": "etcd", "status": "error", "st\u0061tus": "healthy"}])");
    row("null for a probe", u"bufstream"_s, 200, R"({"etcd": {"status": "healthy"}, "kafka": null})");
    row("the failed ones apart", u"bufstream"_s, 200, R"({"probes": )" + probes + R"(, "errors": [{"name": "kafka", "status": "error"}]})");
    row("errors as texts", u"bufstream"_s, 200, R"({"probes": )" + probes + R"(, "errors": ["kafka is down"]})");
    row("the good ones among errors", u"bufstream"_s, 200, R"({"error": )" + probes + "}");
    row("wrapped, among errors", u"bufstream"_s, 200, R"({"probes": {"error": )" + probes + "}}");
    row("the details of an error", u"bufstream"_s, 200, R"({"code": 13, "message": "internal", "details": )" + probes + "}");
    row("no member is left", u"bufstream"_s, 200, R"([{"name": "etcd", "status": "healthy", "message": "0/3 member(s) healthy"}])");
    row("no majority is left", u"bufstream"_s, 200, R"([{"name": "etcd", "status": "healthy", "message": "1/3 member(s) healthy"}])");
    row("a member is gone", u"bufstream"_s, 200, R"([{"name": "etcd", "status": "healthy", "message": "2/3 member(s) healthy"}])");
    for (const char *count : {"4/3", "-1/3", "99999999999999999999/3"})
        row(qPrintable(u"%1 members"_s.arg(QLatin1String(count))), u"bufstream"_s, 200,
            R"([{"name": "etcd", "status": "healthy", "message": ")" + QByteArray(count) + R"( member(s) healthy"}])");
    row("how it was before", u"bufstream"_s, 200, R"({"previous": )" + probes + "}");
    row("an example", u"bufstream"_s, 200, R"({"examples": {"probes": )" + probes + "}}");
    row("stale, as it says", u"bufstream"_s, 200, R"({"probes": )" + probes + R"(, "stale": true})");
    for (const char *number : {"18446744073709551616", "9223372036854775808", "-1", "0.5", "1e30", "3"}) {
        row(qPrintable(u"%1 for a status"_s.arg(QLatin1String(number))), u"bufstream"_s, 200,
            R"([{"name": "etcd", "status": )" + QByteArray(number) + "}]");
    }
    row("healthy, with an error", u"bufstream"_s, 200, R"([{"name": "etcd", "status": "healthy", "error": "timeout"}])");
    row("a page of one half", u"bufstream"_s, 200, "<html><table><tr><th>Name<th>Status<tr><td>etcd<td>healthy</table>");
    row("a part of it", u"bufstream"_s, 206, probes);
    row("changed on the way", u"bufstream"_s, 203, probes);
    row("dead letters below zero", u"osapi"_s, 200, "{" + ok + R"(, "jobs": {"dlq": -5}})");
    row("no list of agents", u"osapi"_s, 200, "{" + ok + R"(, "agents": [1, 2]})");
    row("a good word with an error", u"osapi"_s, 200, "{" + ok + R"(, "error": "nats not connected"})");
    row("the word in another case", u"osapi"_s, 200, "{" + ok + R"(, "Status": "degraded"})");
    row("a part of it, OSAPI", u"osapi"_s, 206, "{" + ok + "}");
}

void DocumentFaults::partsThatCantBeRead()
{
    QFETCH(QString, system);
    QFETCH(int, http);
    QFETCH(QByteArray, body);
    FaultRound fault(system);
    fault.answer(StubAnswer::http(http, body));
    fault.run();
    QCOMPARE(fault.brokenRule(), QString());
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::DocumentFaults)
#include "tst_fault_documents.moc"
