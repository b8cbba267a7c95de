// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/config/config_texts.h"

#include <QRegularExpression>

using namespace quorate;
using namespace quorate::test;

namespace {

void columns()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("mistake"); // the beginning of "line:column key: text"
}

void row(const char *name, const QByteArray &text, const QString &mistake) { QTest::newRow(name) << text << mistake; }

/// In a cluster that is otherwise right; its first own line is line 5.
void cluster(const char *name, const QByteArray &more, const QString &mistake) { row(name, valid + more, mistake); }

void compare()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, mistake);
    const auto config = parsed(text);
    QVERIFY2(!config, "a mistake was accepted");
    const QStringList all = lines(config.error().mistakes);
    QVERIFY2(all.first().startsWith(mistake), qPrintable(all.join(u'\n')));
    QVERIFY2(all.size() == 1 || text.contains("evn") || text.contains("env = 'sesame"), qPrintable(all.join(u'\n')));
    QVERIFY(!all.join(u'\n').contains("sesame"_L1));
}

} // namespace

/// Every mistake in a configuration with its exact place.
class TestConfigMistakes final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void keys_data()
    {
        columns();
        row("unknown table", "[default]\n", u"1:2 default: unknown key; did you mean \"defaults\"?"_s);
        row("key outside", "interval = '10s'\n", u"1:1 interval: unknown key; it belongs into [defaults] or a [[cluster]]"_s);
        row("key of a cluster in defaults", "[defaults]\nname = 'x'\n", u"2:1 defaults.name: unknown key; it belongs into a [[cluster]]"_s);
        row("defaults no table", "defaults = 5\n", u"1:12 defaults: a table is expected, not an integer"_s);
        row("one bracket", "[cluster]\nname = 'x'\n", u"1:2 cluster: write [[cluster]] with two brackets"_s);
        row("cluster no table", "cluster = [1]\n", u"1:12 cluster[1]: a table is expected, not an integer; write [[cluster]]"_s);
        cluster("unknown key", "  intervall = '10s'\n", u"5:3 cluster[1].intervall: unknown key; did you mean \"interval\"?"_s);
        cluster("unknown key, nothing near", "colour = 'red'\n", u"5:1 cluster[1].colour: unknown key; known are name, system"_s);
        cluster("second cluster counts", "[[cluster]]\nname='b'\nsystem='consul'\nendpoints=['http://b']\npausd=true\n",
            u"9:1 cluster[2].pausd: unknown key; did you mean \"paused\"?"_s);
    }
    void keys() { compare(); }

    void names_data()
    {
        columns();
        row("no name", "[[cluster]]\nsystem='consul'\nendpoints=['http://a']\n", u"1:1 cluster[1].name: the name is missing"_s);
        row("empty name", "[[cluster]]\nname = ''\nsystem='consul'\nendpoints=['http://a']\n", u"2:8 cluster[1].name: the text is empty"_s);
        row("name with a line break", "[[cluster]]\nname = \"a\\nb\"\nsystem='consul'\nendpoints=['http://a']\n",
            u"2:8 cluster[1].name: the text contains a line break"_s);
        row("name with a direction mark", "[[cluster]]\nname = \"a\\u202eb\"\nsystem='consul'\nendpoints=['http://a']\n",
            u"2:8 cluster[1].name: the text contains a line break or an invisible"_s);
        row("name of blanks around", "[[cluster]]\nname = ' a'\nsystem='consul'\nendpoints=['http://a']\n",
            u"2:8 cluster[1].name: the text begins or ends with a blank"_s);
        row("name no text", "[[cluster]]\nname = 1\nsystem='consul'\nendpoints=['http://a']\n",
            u"2:8 cluster[1].name: a string is expected, not an integer"_s);
        cluster("duplicate name", "[[cluster]]\nname = 'a'\nsystem='consul'\nendpoints=['http://b']\n",
            u"6:8 cluster[2].name: \"a\" is already the name of the cluster in line 2"_s);
        row("no system", "[[cluster]]\nname='a'\nendpoints=['http://a']\n",
            u"1:1 cluster[1].system: the system is missing; known are bufstream, consul, osapi"_s);
        row("unknown system", "[[cluster]]\nname='a'\nsystem = 'consl'\nendpoints=['http://a']\n",
            u"3:10 cluster[1].system: unknown system \"consl\"; did you mean \"consul\"?"_s);
    }
    void names() { compare(); }

    void endpointLists_data()
    {
        columns();
        const QByteArray head = "[[cluster]]\nname='a'\nsystem='consul'\n";
        row("no endpoints", head, u"1:1 cluster[1].endpoints: the endpoints are missing"_s);
        row("empty endpoints", head + "endpoints = []\n", u"4:13 cluster[1].endpoints: the list is empty"_s);
        row("endpoints no list", head + "endpoints = 'http://a'\n", u"4:13 cluster[1].endpoints: a list is expected, not a string"_s);
        row("endpoint no text", head + "endpoints = [1]\n", u"4:14 cluster[1].endpoints: a list of strings is expected, not an integer"_s);
        row("endpoint without scheme", head + "endpoints = ['http://a', 'b:1']\n", u"4:26 cluster[1].endpoints: \"b:1\" has no scheme"_s);
        row("endpoint in a later line", head + "endpoints = [\n  'http://a',\n  'htp://b',\n]\n",
            u"6:3 cluster[1].endpoints: the scheme \"htp\" is not supported"_s);
        row("duplicate endpoint", head + "endpoints = ['http://a',\n'http://A:80/']\n",
            u"5:1 cluster[1].endpoints: http://a:80 stands here twice (first in line 4)"_s);
        row("duplicate by expansion", head + "endpoints = ['http://a{1..3}', 'http://a2']\n",
            u"4:32 cluster[1].endpoints: http://a2 stands here twice (first in line 4)"_s);
        row("bad range", head + "endpoints = ['http://a{1..}']\n", u"4:14 cluster[1].endpoints: {1..} is neither a range nor a list"_s);
        row("too many in all", head + "endpoints = ['http://a{1..9999}', 'http://b{1..2}']\n",
            u"4:35 cluster[1].endpoints: more than 10000 endpoints in all"_s);
    }
    void endpointLists() { compare(); }

    void values_data()
    {
        columns();
        cluster("interval too short", "interval = '999ms'\n", u"5:12 cluster[1].interval: 999ms is out of range; write 1s to 1d"_s);
        cluster("interval without unit", "interval = 10\n", u"5:12 cluster[1].interval: a duration needs a unit; write \"10s\""_s);
        cluster("interval no duration", "interval = 'often'\n", u"5:12 cluster[1].interval: \"often\" is not a duration; write \"10s\""_s);
        cluster("interval of the wrong kind", "interval = true\n", u"5:12 cluster[1].interval: true or false is not a duration"_s);
        cluster("timeout too long", "timeout = '1h'\n", u"5:11 cluster[1].timeout: 1h is out of range; write 100ms to 5m"_s);
        cluster("share of one", "critical_share = 1.0\n", u"5:18 cluster[1].critical_share: a share from 0 up to"_s);
        cluster("share is no number", "critical_share = nan\n", u"5:18 cluster[1].critical_share: a share"_s);
        cluster("no voters", "expected_voters = 0\n", u"5:19 cluster[1].expected_voters: 0 is out of range; write 1 to"_s);
        cluster("voters as text", "expected_voters = '3'\n", u"5:19 cluster[1].expected_voters: an integer is expected, not a string"_s);
        cluster("negative letters", "dead_letters_known = -1\n", u"5:22 cluster[1].dead_letters_known: -1 is out of range"_s);
        cluster("a limit of another system", "expected_agents = 3\n",
            u"5:19 cluster[1].expected_agents: this is for osapi; nothing of a consul cluster is compared with it"_s);
        row("voters where nobody votes", "[[cluster]]\nname='b'\nsystem='bufstream'\nendpoints=['http://b']\nexpected_voters=3\n",
            u"5:17 cluster[1].expected_voters: this is for consul; nothing of a bufstream cluster is compared with it"_s);
        cluster("tag no text", "tags = ['a', 2]\n", u"5:14 cluster[1].tags: a list of strings is expected, not an integer"_s);
        cluster("paused as text", "paused = 'yes'\n", u"5:10 cluster[1].paused: true or false is expected, not a string"_s);
    }
    void values() { compare(); }

    void tokens_data()
    {
        columns();
        cluster("token of the wrong kind", "token = 5\n", u"5:9 cluster[1].token: an integer is no token; write { env"_s);
        cluster("token empty", "token = ''\n", u"5:9 cluster[1].token: the token is empty"_s);
        cluster("token with a line break", "token = \"sesame\\r\\nX: y\"\n", u"5:9 cluster[1].token: the token is empty or contains"_s);
        cluster("token from two places", "token = { env = 'A', file = 'b' }\n", u"5:9 cluster[1].token: one place is expected, not 2"_s);
        cluster("token from nowhere", "token = {}\n", u"5:9 cluster[1].token: one place is expected, not 0"_s);
        cluster("token key mistyped", "token = { evn = 'A' }\n", u"5:11 cluster[1].token.evn: unknown key; did you mean \"env\"?"_s);
        cluster(
            "token as a variable's name", "token = { env = 'sesame-open' }\n", u"5:17 cluster[1].token.env: this is no name of an env"_s);
        cluster("command empty", "token = { command = [] }\n", u"5:21 cluster[1].token.command: the command is empty"_s);
        cluster("command as text", "token = { command = 'pass' }\n", u"5:21 cluster[1].token.command: a list is expected, not a string"_s);
    }
    void tokens() { compare(); }

    void tls_data()
    {
        columns();
        const QByteArray secure = "[[cluster]]\nname='a'\nsystem='consul'\nendpoints=['https://a']\n";
        cluster("TLS without https", "tls = { insecure = true }\n", u"5:7 cluster[1].tls: no endpoint of this cluster is https://"_s);
        row("TLS key mistyped", secure + "tls = { insecur = true }\n",
            u"5:9 cluster[1].tls.insecur: unknown key; did you mean \"insecure\"?"_s);
        cluster("TLS of the wrong kind", "tls = true\n", u"5:7 cluster[1].tls: a table is expected, not true or false"_s);
        row("CA missing", secure + "tls = { ca = '/nowhere/ca.pem' }\n", u"5:14 cluster[1].tls.ca: /nowhere/ca.pem does not exist"_s);
        row("CA a folder", secure + "tls = { ca = '/' }\n", u"5:14 cluster[1].tls.ca: / is not a file"_s);
        row("CA no certificate", secure + "tls = { ca = '/etc/passwd' }\n",
            u"5:14 cluster[1].tls.ca: /etc/passwd has no PEM certificate"_s);
        row("dotted TLS key", secure + "tls.server_name = ''\n", u"5:19 cluster[1].tls.server_name: the text is empty"_s);
    }
    void tls() { compare(); }

    void allMistakesAreToldInTheOrderOfTheFile()
    {
        const auto config = parsed(
            "[defaults]\nintervall = '1s'\n[[cluster]]\nsystem = 'nats'\nname = 'a'\ntimeout = 5\nendpoints = ['a', 'http://me:sesame@b']\n"
            "[[cluster]]\nname = 'a'\n[extra]\n");
        QVERIFY(!config);
        const QStringList all = lines(config.error().mistakes);
        QStringList places;
        for (const QString &line : all)
            places.append(line.section(u": "_s, 0, 0));
        QCOMPARE(places,
            QStringList({u"2:1 defaults.intervall"_s, u"4:10 cluster[1].system"_s, u"6:11 cluster[1].timeout"_s,
                u"7:14 cluster[1].endpoints"_s, u"7:19 cluster[1].endpoints"_s, u"8:1 cluster[2].system"_s, u"8:1 cluster[2].endpoints"_s,
                u"9:8 cluster[2].name"_s, u"10:2 extra"_s}));
        QVERIFY(!all.join(u'\n').contains("sesame"_L1));
    }

    void mistakeLinesAreForEditors()
    {
        QCOMPARE(mistakeLine(u"c.toml"_s, {.line = 3, .column = 7, .key = u"cluster[1].name"_s, .text = u"the text is empty"_s}),
            u"c.toml:3:7: cluster[1].name: the text is empty"_s);
        QCOMPARE(
            mistakeLine(u"c.toml"_s, {.line = 3, .column = 7, .key = {}, .text = u"expected value"_s}), u"c.toml:3:7: expected value"_s);
    }

    /// Whatever is cut or overwritten in a good file: an answer, never a crash.
    void damagedFilesAreAnswered()
    {
        const QByteArray good
            = QByteArray(valid) + "token = { env = 'A' }\ntls = { insecure = true }\ninterval = \"1m30s\"\ntags = ['x', \"y\"]\n";
        quint32 seed = 20'261'120;
        const auto next = [&](qsizetype below) {
            seed = seed * 1'664'525u + 1'013'904'223u;
            return qsizetype(seed >> 8) % below;
        };
        const QByteArray letters = "{}[]'\"=.,#\n\r\t \\0a\xff\xc3\xbc";
        for (int round = 0; round < 3'000; ++round) {
            QByteArray text = good.left(next(good.size()) + 1);
            for (int change = 0; change < 3; ++change)
                text[next(text.size())] = letters[next(letters.size())];
            const auto config = parsed(text);
            if (!config)
                QVERIFY(!config.error().mistakes.isEmpty() && config.error().mistakes.first().line > 0);
        }
    }
};

QTEST_GUILESS_MAIN(TestConfigMistakes)
#include "test_config_mistakes.moc"
