// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/config/config_texts.h"

#include <QDir>
#include <QRegularExpression>

using namespace quorate;
using namespace quorate::test;
using namespace std::chrono_literals;

/// TOML → Config: what is understood.
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
};

QTEST_GUILESS_MAIN(TestParseConfig)
#include "test_parse_config.moc"
