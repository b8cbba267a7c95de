// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/consul/lenient.h"
#include "tests/unit/consul/tell.h"

#include <QRegularExpression>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;

/// What is understood of every reply of Consul.
class ConsulDecode final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void understandsCaptures_data();
    void understandsCaptures();
    void readsHeaders_data();
    void readsHeaders();
    void keepsWhatItUnderstands_data();
    void keepsWhatItUnderstands();
    void infoIsRememberedOrNot();
    void repairsCommas_data();
    void repairsCommas();
};

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
    row("limits", 200, "autopilot_configuration.json", "contact-limit=0.2 trailing-limit=250");
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

void ConsulDecode::keepsWhatItUnderstands_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("told");
    const auto limits = [](const char *name, const char *body, const char *told) {
        QTest::newRow(name) << u"limits"_s << QByteArray(body) << QString::fromUtf8(told);
    };
    limits("raised limits", R"({"LastContactThreshold":"5s","MaxTrailingLogs":1000})", "contact-limit=5 trailing-limit=1000");
    limits("one limit", R"({"MaxTrailingLogs":"300"})", "trailing-limit=300");
    limits("a limit that nothing can keep", R"({"LastContactThreshold":"-1s","MaxTrailingLogs":250})", "trailing-limit=250");
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
