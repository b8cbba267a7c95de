// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/consul/tell.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;

/// Replies that can't be Consul's, or can't be true: why not, by the key that is wrong.
class ConsulRefusals final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void refusesOtherDocuments_data();
    void refusesOtherDocuments();
    void tellsErrors_data();
    void tellsErrors();
    void namesWhatIsMissing_data();
    void namesWhatIsMissing();
    void refusesWhatCantBeTrue_data();
    void refusesWhatCantBeTrue();
    void aStatusThatContradictsItsDocument();
    void namesTheLeafOfRaftThatCantBeRead_data();
    void namesTheLeafOfRaftThatCantBeRead();
};

namespace {
constexpr auto allKeys = {"leader", "peers", "info", "self", "configuration", "nodes", "autopilot", "limits"};
}

// Every document that is not the one asked for, whatever its status says, is not understood.
void ConsulRefusals::refusesOtherDocuments_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QByteArray>("body");
    const QByteArray nested = QByteArray(10'000, '[') + QByteArray(10'000, ']');
    const QList<QPair<const char *, QByteArray>> bodies{{"empty", ""}, {"spaces", " \n "}, {"null", "null"}, {"list", "[]"},
        {"object", "{}"}, {"string", "\"x\""}, {"number", "42"}, {"true", "true"}, {"login page", "<!DOCTYPE html><title>Sign in</title>"},
        {"Consul's own page", "<a href=\"/ui/\">Moved Permanently</a>."}, {"text", "Consul Agent"}, {"not UTF-8", "\"\xff\xfe\""},
        {"nested", nested}, {"1e400", "{\"Healthy\":1e400,\"Servers\":[1e400]}"}, {"truncated", "{\"Stats\":{\"consul\":{\"server\":\"tr"},
        {"list of wrong things", "[1,null,{},[]]"}, {"sections of wrong types", R"({"Config":[],"Stats":"x","Servers":{},"Healthy":[]})"},
        {"empty sections", R"({"Config":{},"Stats":{"raft":{},"consul":{}},"Servers":[{}],"Healthy":null})"},
        {"leaves of wrong types", R"({"Config":{"Server":1},"Stats":{"raft":{"term":-1,"state":7},"consul":{"server":[]}}})"},
        {"gzip", QByteArray("\x1f\x8b\x08\x00\x00\x00\x00\x00", 8)}};
    for (const char *key : allKeys) {
        for (const auto &[name, body] : bodies) {
            // An empty list or null is a list of peers; everything that is meant to be one of the others stays wrong for every request.
            const bool isRight = QByteArray(key) == "peers" && (body == "[]" || body == "null");
            if (!isRight)
                QTest::addRow("%s: %s", key, name) << QString::fromUtf8(key) << body;
        }
    }
}

void ConsulRefusals::refusesOtherDocuments()
{
    QFETCH(QString, key);
    QFETCH(QByteArray, body);
    const Decoded decoded = decode(key, reply(200, body));
    QCOMPARE(decoded.reach, Reach::Malformed);
    QVERIFY2(decoded.error.startsWith(u"HTTP 200"_s), qPrintable(decoded.error));
    QVERIFY(decoded.error.size() < 600);
    QCOMPARE(tell(decoded.facts), QString());
}

// errors.json: what Consul says when it can't or won't answer.
void ConsulRefusals::tellsErrors_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<int>("http");
    QTest::addColumn<QByteArray>("body");
    const QJsonArray errors = QJsonDocument::fromJson(fixture(u"errors.json"_s)).array();
    QVERIFY(errors.size() > 15);
    for (const QJsonValue error : errors) {
        for (const char *key : allKeys)
            QTest::addRow("%s: %s", key, qPrintable(error[u"case"_s].toString()))
                << QString::fromUtf8(key) << error[u"status"_s].toInt() << error[u"body"_s].toString().toUtf8();
    }
}

void ConsulRefusals::tellsErrors()
{
    QFETCH(QString, key);
    QFETCH(int, http);
    QFETCH(QByteArray, body);
    const QMap<int, Reach> expected{{400, Reach::Malformed}, {403, Reach::Unauthorised}, {404, Reach::NotFound}, {405, Reach::Malformed},
        {429, Reach::Throttled}, {500, Reach::ServerError}, {503, Reach::Throttled}};
    const Decoded decoded = decode(key, reply(http, body));
    QCOMPARE(decoded.reach, expected.value(http));
    const QString words = QString::fromUtf8(body).trimmed().left(150);
    QVERIFY2(decoded.error.contains(words), qPrintable(decoded.error));
    QVERIFY(!decoded.facts.raft);
}

void ConsulRefusals::namesWhatIsMissing_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<int>("http");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QStringList>("narrowed");
    const QByteArray denied = "Permission denied";
    const QByteArray newer
        = "Permission denied: token with AccessorID '00000000-0000-0000-0000-0000000000aa' lacks permission 'agent:read' on \"s\"";
    QTest::newRow("agent") << u"self"_s << 403 << denied << QStringList{u"agent:read"_s};
    QTest::newRow("operator") << u"configuration"_s << 403 << denied << QStringList{u"operator:read"_s};
    QTest::newRow("autopilot's limits") << u"limits"_s << 403 << denied << QStringList{u"operator:read"_s};
    QTest::newRow("too old for autopilot") << u"limits"_s << 404 << QByteArray() << QStringList{u"/v1/limits"_s};
    QTest::newRow("operator, through a client")
        << u"autopilot"_s << 403 << QByteArray("rpc error making call: Permission denied") << QStringList{u"operator:read"_s};
    QTest::newRow("named by the server") << u"self"_s << 403 << newer << QStringList{u"agent:read"_s};
    QTest::newRow("catalog") << u"nodes"_s << 403 << denied << QStringList{u"node:read"_s};
    QTest::newRow("an old Consul") << u"configuration"_s << 404 << QByteArray() << QStringList{u"/v1/configuration"_s};
    QTest::newRow("blocked") << u"self"_s << 403 << QByteArray("Endpoint is blocked by agent configuration") << QStringList{u"/v1/self"_s};
    QTest::newRow("info is nowhere") << u"info"_s << 404 << QByteArray() << QStringList{};
    QTest::newRow("a token that is unknown") << u"self"_s << 403 << QByteArray("ACL not found") << QStringList{};
    QTest::newRow("the primary is not narrowed but refused") << u"leader"_s << 403 << denied << QStringList{};
}

void ConsulRefusals::namesWhatIsMissing()
{
    QFETCH(QString, key);
    QFETCH(int, http);
    QFETCH(QByteArray, body);
    QFETCH(QStringList, narrowed);
    const Decoded decoded = decode(key, reply(http, body));
    QCOMPARE(decoded.reach, http == 404 ? Reach::NotFound : Reach::Unauthorised);
    QCOMPARE(decoded.facts.narrowed, narrowed);
    QCOMPARE(decoded.facts.credentialRejected, body == "ACL not found");
}

// Raft is judged by these: one that can't be read would be missing without a word.
void ConsulRefusals::refusesWhatCantBeTrue_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QByteArray>("body");
    const auto row
        = [](const char *name, const char *key, const QByteArray &body) { QTest::newRow(name) << QString::fromUtf8(key) << body; };
    row("a port with a line break", "leader", R"("127.0.0.2:8300\n")");
    row("a port with a zero before it", "leader", R"("127.0.0.2:08300")");
    row("a peer twice", "peers", R"(["127.0.0.2:8300","127.0.0.1:8300","127.0.0.2:8300"])");
    row("a voter twice", "configuration",
        R"({"Servers":[{"Address":"127.0.0.2:8300","Voter":true},{"Address":"127.0.0.2:8300","Voter":true}]})");
    row("a negative tolerance", "autopilot", R"({"Healthy":true,"FailureTolerance":-5,"Servers":[]})");
    const auto server = [&](const char *name, const QByteArray &leaf) {
        row(name, "autopilot", R"({"Healthy":true,"Servers":[{"Address":"127.0.0.2:8300","Healthy":true,)" + leaf + "}]}");
    };
    server("an unknown word of gossip", R"("SerfStatus":"dead")");
    server("gossip in another case", R"("SerfStatus":"Failed")");
    server("gossip as a number", R"("SerfStatus":4)");
    server("a contact that is none", R"("LastContact":"banana")");
    server("a term that is none", R"("LastTerm":"x")");
    server("a negative index", R"("LastIndex":-1)");
}

void ConsulRefusals::refusesWhatCantBeTrue()
{
    QFETCH(QString, key);
    QFETCH(QByteArray, body);
    const Decoded decoded = decode(key, reply(200, body));
    QCOMPARE(decoded.reach, Reach::Malformed);
    QVERIFY(!decoded.facts.raft);
}

void ConsulRefusals::aStatusThatContradictsItsDocument()
{
    QVERIFY(decode(u"autopilot"_s, reply(429, fixture(u"autopilot_health_healthy.json"_s))).reach != Reach::Answered);
}

void ConsulRefusals::namesTheLeafOfRaftThatCantBeRead_data()
{
    QTest::addColumn<QByteArray>("leaf");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char *leaf, const char *problem) { QTest::newRow(leaf) << QByteArray(leaf) << QString::fromUtf8(problem); };
    row(R"("term":"-5")", "raft.term: a number from 0 expected, “-5” came");
    row(R"("term":"99999999999999999999")", "raft.term: a number from 0 expected, “99999999999999999999” came");
    row(R"("commit_index":"1e400")", "raft.commit_index: a number from 0 expected, “1e400” came");
    row(R"("commit_index":9223372036854775808)", "raft.commit_index: a number from 0 expected, “9223372036854776000” came");
    row(R"("applied_index":"")", "raft.applied_index: a number from 0 expected, something else came");
    row(R"("last_log_index":[12])", "raft.last_log_index: a number from 0 expected, something else came");
    row(R"("fsm_pending":true)", "raft.fsm_pending: a number from 0 expected, “true” came");
    row(R"("state":7)", "raft.state: a state of Raft expected, “7” came");
    row(R"("state":"leader")", "raft.state: a state of Raft expected, “leader” came");
    row(R"("last_contact":"soon")", "raft.last_contact: a duration expected, “soon” came");
    row(R"("last_contact":"-1ns")", "raft.last_contact: a duration expected, “-1ns” came");
}

void ConsulRefusals::namesTheLeafOfRaftThatCantBeRead()
{
    QFETCH(QByteArray, leaf);
    QFETCH(QString, problem);
    const QByteArray stats = R"({"consul":{"server":"true","leader":"false"},"raft":{)" + leaf + "}}";
    for (const auto &[key, body] :
        {std::pair(u"info"_s, stats), std::pair(u"self"_s, R"({"Config":{"Server":true},"Stats":)" + stats + '}')}) {
        const Decoded decoded = decode(key, reply(200, body));
        QCOMPARE(decoded.reach, Reach::Malformed);
        QVERIFY2(decoded.error.startsWith(u"HTTP 200, %1; Consul's "_s.arg(problem)), qPrintable(decoded.error));
        QVERIFY(!decoded.facts.raft);
    }
}

QTEST_GUILESS_MAIN(ConsulRefusals)
#include "tst_consul_refusals.moc"
