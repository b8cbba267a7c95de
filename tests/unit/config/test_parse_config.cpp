// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/example.h"
#include "app/config/parse_config.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace quorate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QStringList systems{u"bufstream"_s, u"consul"_s, u"osapi"_s};

Result<Config, ConfigErrors> parsed(const QByteArray &text, QList<ConfigMistake> *warnings = nullptr)
{
    return parseConfig(text, QString(), systems, warnings);
}

/// "line:column key: text" of each mistake.
QStringList lines(const QList<ConfigMistake> &mistakes)
{
    QStringList list;
    for (const ConfigMistake &mistake : mistakes)
        list.append(u"%1:%2 %3: %4"_s.arg(mistake.line).arg(mistake.column).arg(mistake.key, mistake.text));
    return list;
}

void write(
    const QString &path, const QByteArray &text, QFileDevice::Permissions permissions = QFileDevice::ReadOwner | QFileDevice::WriteOwner)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    QVERIFY(file.setPermissions(permissions));
}

constexpr auto valid = "[[cluster]]\nname = 'a'\nsystem = 'consul'\nendpoints = ['http://a:1']\n";
const QByteArray certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const QByteArray key = "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n";

} // namespace

/// TOML → Config: what is understood, and every mistake with its exact place.
class TestParseConfig final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void everyKeyIsUnderstood()
    {
        const auto config = parsed(R"([defaults]
interval = "1m"
timeout = "2s500ms"
critical_share = 0.25

[[cluster]]
name = "consul-prod"
system = "consul"
endpoints = ["http://10.1.10.{10..12}:8500", "http://node-{a,b}:8500/consul/"]
token = { env = "CONSUL_HTTP_TOKEN" }
expected_voters = 5
group = "Europe"
tags = ["prod", "db"]

[[cluster]]
name = "osapi"
system = "osapi"
endpoints = ["https://osapi-1"]
token = { command = ["pass", "show", "osapi"] }
tls.insecure = true
tls.server_name = "osapi.example.com"
interval = "30s"
timeout = "1s"
critical_share = 0
expected_agents = 0
dead_letters_known = 7
backlog_limit = 100
paused = true
)");
        QVERIFY2(config, config ? "" : qPrintable(lines(config.error().mistakes).join(u'\n')));
        QCOMPARE(config.value().clusters.size(), 2);
        const ClusterConfig &consul = config.value().clusters[0];
        QCOMPARE(consul.spec.name, ClusterName(u"consul-prod"_s));
        QCOMPARE(consul.spec.system, u"consul"_s);
        QCOMPARE(consul.spec.endpoints.size(), 5);
        QCOMPARE(consul.spec.endpoints[2], EndpointUrl(u"http://10.1.10.12:8500"_s));
        QCOMPARE(consul.spec.endpoints[4], EndpointUrl(u"http://node-b:8500/consul"_s));
        QVERIFY(consul.token == SecretReference(SecretFromEnvironment{u"CONSUL_HTTP_TOKEN"_s}));
        QVERIFY(consul.spec.expectedVoters == 5);
        QCOMPARE(consul.spec.group, u"Europe"_s);
        QCOMPARE(consul.spec.tags, QStringList({u"prod"_s, u"db"_s}));
        QVERIFY(consul.spec.interval == 1min); // of [defaults]
        QVERIFY(consul.spec.timeout == 2500ms);
        QCOMPARE(consul.spec.criticalShare, 0.25);
        const ClusterConfig &osapi = config.value().clusters[1];
        QVERIFY(osapi.token == SecretReference(SecretFromCommand{{u"pass"_s, u"show"_s, u"osapi"_s}}));
        QVERIFY(osapi.tls.insecure);
        QCOMPARE(osapi.tls.serverName, u"osapi.example.com"_s);
        QVERIFY(osapi.spec.interval == 30s && osapi.spec.timeout == 1s);
        QCOMPARE(osapi.spec.criticalShare, 0.0);
        QVERIFY(osapi.spec.expectedAgents == 0 && osapi.spec.deadLettersKnown == 7 && osapi.spec.backlogLimit == 100);
        QVERIFY(osapi.spec.paused);
    }

    void nothingIsAConfigurationWithoutClusters()
    {
        QVERIFY(parsed("").value().clusters.isEmpty());
        QVERIFY(parsed("\xef\xbb\xbf# only a comment\r\n").value().clusters.isEmpty());
    }

    void inlineTablesMeanTheSame()
    {
        const auto config = parsed("cluster = [{ name = 'a', system = 'consul', endpoints = ['http://a:1'] }]");
        QVERIFY(config);
        QVERIFY(config.value() == parsed(valid).value());
    }

    void placesForTokens()
    {
        const auto token = [](const QByteArray &text) {
            return parseConfig(QByteArray(valid) + "token = " + text, u"/etc/quorate/config.toml"_s, systems)
                .value()
                .clusters.first()
                .token;
        };
        QVERIFY(token("{ file = '~/t' }") == SecretReference(SecretFromFile{QDir::homePath() + u"/t"_s}));
        QVERIFY(token("{ file = 't' }") == SecretReference(SecretFromFile{u"/etc/quorate/t"_s}));
        QVERIFY(token("{ keyring = 'osapi prod' }") == SecretReference(SecretFromKeyring{u"osapi prod"_s}));
        QVERIFY(token("{ command = ['./bin/t', '-x'] }") == SecretReference(SecretFromCommand{{u"/etc/quorate/bin/t"_s, u"-x"_s}}));
        QVERIFY(token("'abc-123'") == SecretReference(SecretLiteral{u"abc-123"_s}));
    }

    void mistakes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("mistake"); // the beginning of "line:column key: text"
        const auto row = [](const char *name, const QByteArray &text, const QString &mistake) { QTest::newRow(name) << text << mistake; };
        const auto cluster = [&](const char *name, const QByteArray &more, const QString &mistake) { row(name, valid + more, mistake); };

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
        cluster("tag no text", "tags = ['a', 2]\n", u"5:14 cluster[1].tags: a list of strings is expected, not an integer"_s);
        cluster("paused as text", "paused = 'yes'\n", u"5:10 cluster[1].paused: true or false is expected, not a string"_s);

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
    void mistakes()
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

    void tlsFilesAreLookedInto()
    {
        QTemporaryDir folder;
        write(folder.filePath(u"ca.pem"_s), certificate);
        write(folder.filePath(u"both.pem"_s), certificate + key);
        write(folder.filePath(u"key.pem"_s), key);
        write(folder.filePath(u"locked.pem"_s), "-----BEGIN ENCRYPTED PRIVATE KEY-----\n");
        const auto read = [&](const QByteArray &tls) {
            return parseConfig("[[cluster]]\nname='a'\nsystem='consul'\nendpoints=['https://a']\ntls = { " + tls + " }\n",
                folder.filePath(u"config.toml"_s), systems);
        };
        const auto pair = read("ca = 'ca.pem', certificate = 'ca.pem', key = 'key.pem'");
        QVERIFY2(pair, pair ? "" : qPrintable(lines(pair.error().mistakes).join(u'\n')));
        QCOMPARE(pair.value().clusters[0].tls.caFile, folder.filePath(u"ca.pem"_s));
        QCOMPARE(pair.value().clusters[0].tls.keyFile, folder.filePath(u"key.pem"_s));
        QCOMPARE(read("certificate = 'both.pem'").value().clusters[0].tls.keyFile, folder.filePath(u"both.pem"_s));
        const auto first = [&](const QByteArray &tls) { return lines(read(tls).error().mistakes).join(u'\n'); };
        QVERIFY(first("certificate = 'ca.pem'").startsWith("5:23 cluster[1].tls.certificate: a certificate without a key"_L1));
        QVERIFY(first("key = 'key.pem'").startsWith("5:15 cluster[1].tls.key: a key without a certificate"_L1));
        QVERIFY(first("certificate = 'ca.pem', key = 'locked.pem'").contains("is encrypted"_L1));
        QVERIFY(first("certificate = 'ca.pem', key = 'ca.pem'").contains("no PEM private key"_L1));
    }

    void aLiteralTokenIsAWarningWhenOthersCanReadTheFile()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"config.toml"_s);
        write(path, valid + QByteArray("token = 'sesame'\n"));
        QList<ConfigMistake> warnings;
        QVERIFY(readConfig(path, systems, &warnings));
        QVERIFY(warnings.isEmpty());
        QVERIFY(QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadOther));
        QVERIFY(readConfig(path, systems, &warnings));
        QCOMPARE(warnings.size(), 1);
        QVERIFY(warnings.first().warning);
        QVERIFY2(lines(warnings).first().startsWith("5:9 cluster[1].token: the token stands in a file that others can read; chmod 600"_L1),
            qPrintable(lines(warnings).first()));
        QVERIFY(!warnings.first().text.contains("sesame"_L1));
    }

    void filesThatAreNone()
    {
        QTemporaryDir folder;
        const auto text = [&](const QString &path) {
            const auto config = readConfig(path, systems);
            return config ? QString() : mistakeLine(u"F"_s, config.error().mistakes.first());
        };
        QCOMPARE(text(folder.filePath(u"absent.toml"_s)), u"F: the file does not exist"_s);
        QCOMPARE(text(folder.path()), u"F: this is a folder, not a file"_s);
        write(folder.filePath(u"large.toml"_s), QByteArray(maximumConfigBytes + 1, '#'));
        QVERIFY(text(folder.filePath(u"large.toml"_s)).contains("larger than 1024 KiB"_L1));
        write(folder.filePath(u"endless.toml"_s), QByteArray(maximumConfigBytes, '#'));
        QCOMPARE(text(folder.filePath(u"endless.toml"_s)), QString());
        QVERIFY(text(u"/dev/zero"_s).contains("larger than"_L1));
    }

    void mistakeLinesAreForEditors()
    {
        QCOMPARE(mistakeLine(u"c.toml"_s, {.line = 3, .column = 7, .key = u"cluster[1].name"_s, .text = u"the text is empty"_s}),
            u"c.toml:3:7: cluster[1].name: the text is empty"_s);
        QCOMPARE(
            mistakeLine(u"c.toml"_s, {.line = 3, .column = 7, .key = {}, .text = u"expected value"_s}), u"c.toml:3:7: expected value"_s);
    }

    /// What the example tells people to take away the # from must be right.
    void theExampleIsTrue()
    {
        QByteArray text = exampleConfiguration();
        QVERIFY(parsed(text).value().clusters.isEmpty());
        QByteArrayList uncommented;
        for (QByteArray line : text.split('\n')) {
            static const QRegularExpression commented(u"\\A#(?=[a-z\\[])"_s);
            if (commented.match(QString::fromUtf8(line)).hasMatch())
                line.remove(0, 1);
            uncommented.append(line);
        }
        const auto config = parsed(uncommented.join('\n'));
        QVERIFY2(config, config ? "" : qPrintable(lines(config.error().mistakes).join(u'\n')));
        QCOMPARE(config.value().clusters.size(), 3);
    }

    void theExampleIsWrittenOnce()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"new/quorate/config.toml"_s);
        QCOMPARE(writeExample(path).value(), path);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QCOMPARE(file.readAll(), exampleConfiguration());
        QVERIFY(!(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther)));
        file.resize(0);
        file.write("mine");
        file.close();
        const auto again = writeExample(path);
        QVERIFY(!again && again.error().kind == ExampleError::Kind::Exists);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("mine"));
        const auto nowhere = writeExample(u"/proc/quorate/config.toml"_s);
        QVERIFY(!nowhere && nowhere.error().kind == ExampleError::Kind::NotWritable);
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

QTEST_GUILESS_MAIN(TestParseConfig)
#include "test_parse_config.moc"
