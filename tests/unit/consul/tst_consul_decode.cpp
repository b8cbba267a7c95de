// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/consul/lenient.h"
#include "tests/unit/consul/tell.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;

class ConsulDecode final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void understandsCaptures_data();
    void understandsCaptures();
    void readsHeaders_data();
    void readsHeaders();
    void refusesOtherDocuments_data();
    void refusesOtherDocuments();
    void tellsErrors_data();
    void tellsErrors();
    void namesWhatIsMissing_data();
    void namesWhatIsMissing();
    void keepsWhatItUnderstands_data();
    void keepsWhatItUnderstands();
    void refusesWhatCantBeTrue_data();
    void refusesWhatCantBeTrue();
    void aStatusThatContradictsItsDocument();
    void namesTheLeafOfRaftThatCantBeRead_data();
    void namesTheLeafOfRaftThatCantBeRead();
    void infoIsRememberedOrNot();
    void repairsCommas_data();
    void repairsCommas();
};

namespace {
constexpr auto allKeys = {"leader", "peers", "info", "self", "configuration", "nodes", "autopilot"};

Decoded decode(const QString &key, const Reply &reply) { return consulSystem().decode(request(key), reply); }
} // namespace

void ConsulDecode::understandsCaptures_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<int>("http");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("told");
    const auto row = [](const char *key, int http, const char *file, const char *told) {
        QTest::newRow(file) << QString::fromUtf8(key) << http << QString::fromUtf8(file) << QString::fromUtf8(told);
    };
    row("leader", 200, "leader.json", "leader=127.0.0.2:8300");
    row("leader", 200, "leader_ipv6.json", "leader=[::1]:8300");
    row("leader", 200, "leader_none.json", "leader=");
    row("peers", 200, "peers_3.json", "peers=127.0.0.2:8300,127.0.0.1:8300,127.0.0.3:8300");
    row("peers", 200, "peers_1_ipv6.json", "peers=[::1]:8300");
    row("peers", 200, "peers_3_ipv6.json",
        "peers=[2a06:98c0:1400:100::c629:990d]:8300,[2a06:98c0:1400:100::c629:98fa]:8300,[2a06:98c0:1400:100::c629:98e5]:8300");
    row("peers", 200, "peers_empty.json", "peers=");
    for (const char *file : {"status_info_seed_raw.txt", "status_info_repaired.json"})
        row("info", 200, file,
            "server=true state=Follower leads=false term=103796 commit=111098 applied=111098 last=111098 pending=0 contact=0.0433029 "
            "failed=0 version=0.5.2");
    row("self", 200, "agent_self_leader.json",
        "server=true id=c2c3f480 name=server-2 dc=dc1 address=127.0.0.2:8300 state=Leader leads=true term=2 commit=12 applied=12 last=12 "
        "pending=0 contact=0 failed=0 members=@127.0.0.2:8300,@127.0.0.1:8300,@127.0.0.3:8300 version=1.8.7");
    row("self", 200, "agent_self_follower.json",
        "server=true id=f19dbda5 name=server-1 dc=dc1 address=127.0.0.1:8300 state=Follower leads=false term=2 commit=12 applied=12 "
        "last=12 pending=0 contact=0.0347195 failed=0 members=@127.0.0.2:8300,@127.0.0.1:8300,@127.0.0.3:8300 version=1.8.7");
    row("self", 200, "agent_self_candidate_noleader.json",
        "server=true id=c2c3f480 name=server-2 dc=dc1 address=127.0.0.2:8300 state=Candidate leads=false term=27 commit=34 applied=34 "
        "last=34 pending=0 contact=39.7457 failed=2 members=@127.0.0.2:8300,@127.0.0.1:8300,@127.0.0.3:8300 version=1.8.7");
    row("self", 200, "agent_self_client.json", "server=false id=0e1d6e29 name=client-9 dc=dc1 failed=0 version=1.8.7");
    row("self", 200, "agent_self_stats_071_leader_never.json", // a leader of old that says "never": it leads, so its contact is 0
        "server=true leads=true commit=5738761 applied=5738761 last=5738761 pending=0 contact=0 "
        "members=@10.21.32.247:8300,@10.6.63.24:8300,@10.232.97.195:8300 version=0.7.1");
    row("self", 200, "agent_self_stats_from_seed_strings.json",
        "server=true state=Follower leads=false term=103796 commit=111098 applied=111098 last=111098 pending=0 contact=0.0433029 failed=0 "
        "version=0.5.2");
    row("configuration", 200, "raft_configuration.json",
        "members=*server-2@127.0.0.2:8300,server-1@127.0.0.1:8300,server-3@127.0.0.3:8300");
    row("configuration", 200, "raft_configuration_docs_07.json", "members=*alice@127.0.0.1:8300,bob@127.0.0.2:8300,carol@127.0.0.3:8300");
    row("configuration", 200, "raft_configuration_lastindex_composed.json",
        "members=*server-2@127.0.0.2:8300,server-1@127.0.0.1:8300,server-3@127.0.0.3:8300,(non-voter)?@127.0.0.4:8300");
    row("autopilot", 200, "autopilot_health_healthy.json",
        "autopilot=healthy tolerates=1 servers=[*server-2:alive 0ms i11, server-1:alive 47ms i11, server-3:alive 14ms i11]");
    row("autopilot", 429, "autopilot_health_unhealthy.json",
        "autopilot=unhealthy tolerates=0 servers=[*server-2:alive 0ms i34, server-1:alive 14ms i34, server-3:failed! unreachable]");
    row("autopilot", 429, "autopilot_health_unhealthy_dev_pretty.json", "autopilot=unhealthy tolerates=0 servers=[*unh:alive! 0ms i12]");
}

void ConsulDecode::understandsCaptures()
{
    QFETCH(QString, key);
    QFETCH(int, http);
    QFETCH(QString, file);
    QFETCH(QString, told);
    const QByteArray body = fixture(file);
    QVERIFY(!body.isEmpty());
    const Decoded decoded = decode(key, reply(http, body));
    QCOMPARE(decoded.reach, Reach::Answered);
    QCOMPARE(decoded.error, QString());
    QCOMPARE(tell(decoded.facts), told);
}

void ConsulDecode::readsHeaders_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<int>("http");
    QTest::addColumn<QString>("headers");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("told");
    const QString unhealthy
        = u"autopilot=unhealthy tolerates=0 servers=[*server-2:alive 0ms i34, server-1:alive 14ms i34, server-3:failed! unreachable]"_s;
    // Go writes the names its own way, "X-Consul-Knownleader"; the 429 without gzip says text/plain; both are the document.
    QTest::newRow("catalog") << u"nodes"_s << 200 << u"health_state_any.txt"_s << u"catalog_nodes.json"_s
                             << u"known-leader=true header-contact=0"_s;
    QTest::newRow("429 as text") << u"autopilot"_s << 429 << u"autopilot_health_unhealthy_identity.txt"_s
                                 << u"autopilot_health_unhealthy.json"_s << unhealthy;
    QTest::newRow("self, chunked") << u"self"_s << 200 << u"agent_self_chunked.txt"_s << u"agent_self_client.json"_s
                                   << u"server=false id=0e1d6e29 name=client-9 dc=dc1 failed=0 version=1.8.7"_s;
    QTest::newRow("leader") << u"leader"_s << 200 << u"leader.txt"_s << u"leader.json"_s << u"leader=127.0.0.2:8300"_s;
}

void ConsulDecode::readsHeaders()
{
    QFETCH(QString, key);
    QFETCH(int, http);
    QFETCH(QString, headers);
    QFETCH(QString, file);
    QFETCH(QString, told);
    const QByteArray captured = fixture(u"headers/"_s + headers);
    QVERIFY(captured.startsWith("HTTP/1.1 " + QByteArray::number(http)));
    const Decoded decoded = decode(key, reply(http, fixture(file), headersOf(captured)));
    QCOMPARE(decoded.reach, Reach::Answered);
    QCOMPARE(tell(decoded.facts), told);
}

// Every document that is not the one asked for, whatever its status says, is not understood.
void ConsulDecode::refusesOtherDocuments_data()
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

void ConsulDecode::refusesOtherDocuments()
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
void ConsulDecode::tellsErrors_data()
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

void ConsulDecode::tellsErrors()
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

void ConsulDecode::namesWhatIsMissing_data()
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

void ConsulDecode::namesWhatIsMissing()
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

void ConsulDecode::keepsWhatItUnderstands_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("told");
    const auto self = [](const char *name, const char *body, const char *told) {
        QTest::newRow(name) << u"self"_s << QByteArray(body) << QString::fromUtf8(told);
    };
    self("the largest index is exact", R"({"Config":{"Server":true},"Stats":{"raft":{"commit_index":"18446744073709551615"}}})",
        "server=true commit=18446744073709551615");
    self("other sections stay lenient", R"({"Config":{"Server":true},"Stats":{"raft":{"term":null},"serf_lan":{"failed":"-1"}}})",
        "server=true");
    self("never", R"({"Config":{"Server":true},"Stats":{"raft":{"state":"Follower","last_contact":"never","commit_index":"0"}}})",
        "server=true state=Follower commit=0 contact=never");
    self("a contact in bare nanoseconds", R"({"Config":{"Server":true},"Stats":{"raft":{"last_contact":5000000}}})",
        "server=true contact=0.005");
    self("markup and controls in a name are text", R"({"Config":{"Server":true,"NodeName":"<b>a\u202e\n\u0007</b>"}})",
        "server=true name=<b>a   </b>");
    self("a configuration that is none",
        R"({"Config":{"Server":true},"Stats":{"raft":{"latest_configuration":"[{Suffrage:Voter ID:a Address:b}]"}}})", "server=true");
    self("IPv6", R"({"Config":{"Server":true},"Member":{"Addr":"::1","Tags":{"port":"8300"}}})", "server=true address=[::1]:8300");
    self("non-voters",
        R"({"Config":{"Server":true},"Stats":{"raft":{"latest_configuration":"[{Suffrage:Voter ID:a Address:[::1]:8300} {Suffrage:Staging ID:b Address:10.0.0.1:8300}]"}}})",
        "server=true members=@[::1]:8300,(non-voter)@10.0.0.1:8300");
    QTest::newRow("autopilot without servers") << u"autopilot"_s << QByteArray(R"({"Healthy":true,"FailureTolerance":0,"Servers":null})")
                                               << u"autopilot=healthy tolerates=0 servers=absent"_s;
    QTest::newRow("a server not joined yet") << u"configuration"_s << QByteArray(R"({"Servers":null,"Index":0})") << u"members="_s;
    QTest::newRow("peers as null") << u"peers"_s << QByteArray("null") << u"peers="_s;
    QTest::newRow("a host by name") << u"leader"_s << QByteArray("\"consul-1.example.org:8300\"") << u"leader=consul-1.example.org:8300"_s;
}

void ConsulDecode::keepsWhatItUnderstands()
{
    QFETCH(QString, key);
    QFETCH(QByteArray, body);
    QFETCH(QString, told);
    const Decoded decoded = decode(key, reply(200, body));
    QCOMPARE(decoded.reach, Reach::Answered);
    QCOMPARE(tell(decoded.facts), told);
}

// Raft is judged by these: one that can't be read would be missing without a word.
void ConsulDecode::refusesWhatCantBeTrue_data()
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

void ConsulDecode::refusesWhatCantBeTrue()
{
    QFETCH(QString, key);
    QFETCH(QByteArray, body);
    const Decoded decoded = decode(key, reply(200, body));
    QCOMPARE(decoded.reach, Reach::Malformed);
    QVERIFY(!decoded.facts.raft);
}

void ConsulDecode::aStatusThatContradictsItsDocument()
{
    QVERIFY(decode(u"autopilot"_s, reply(429, fixture(u"autopilot_health_healthy.json"_s))).reach != Reach::Answered);
}

void ConsulDecode::namesTheLeafOfRaftThatCantBeRead_data()
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

void ConsulDecode::namesTheLeafOfRaftThatCantBeRead()
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

void ConsulDecode::infoIsRememberedOrNot()
{
    QCOMPARE(decode(u"info"_s, reply(404, "")).remember, u"self"_s);
    QCOMPARE(decode(u"info"_s, reply(200, "<html>")).remember, u"self"_s);
    QCOMPARE(decode(u"info"_s, reply(200, fixture(u"status_info_seed_raw.txt"_s))).remember, u"info"_s);
    QCOMPARE(decode(u"self"_s, reply(404, "")).remember, QString()); // neither: info is asked again
    QVERIFY(!decode(u"self"_s, reply(200, fixture(u"agent_self_leader.json"_s))).remember);
}

void ConsulDecode::repairsCommas_data()
{
    QTest::addColumn<QByteArray>("broken");
    QTest::addColumn<QByteArray>("repaired");
    const auto row = [](const char *name, const char *broken, const char *repaired) {
        QTest::newRow(name) << QByteArray(broken) << QByteArray(repaired);
    };
    row("trailing", R"({"a":1,})", R"({"a":1})");
    row("trailing with space", "{\"a\":[1,2,\n ] , }", "{\"a\":[1,2\n ]  }");
    row("missing after an object", "{\"a\":{}\n \"b\":1}", "{\"a\":{},\n \"b\":1}");
    row("missing after a number", "{\"a\":1\n\"b\":true \"c\":\"d\" \"e\":0}", "{\"a\":1,\n\"b\":true, \"c\":\"d\", \"e\":0}");
    row("right as it is", R"({"a":"x,}","b":["\"",{}]})", R"({"a":"x,}","b":["\"",{}]})");
    row("never closed", R"({"a":"x,})", R"({"a":"x,})");
    row("a backslash at the end", R"({"a":"x\)", R"({"a":"x\)");
    row("nothing", "", "");
}

void ConsulDecode::repairsCommas()
{
    QFETCH(QByteArray, broken);
    QFETCH(QByteArray, repaired);
    QCOMPARE(consul::withCommasRepaired(broken), repaired);
}

QTEST_GUILESS_MAIN(ConsulDecode)
#include "tst_consul_decode.moc"
