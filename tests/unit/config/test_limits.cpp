// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/duration.h"
#include "app/config/limits_reader.h"
#include "models/status/hold_table.h"
#include "tests/unit/config/config_texts.h"

#include <QFile>
#include <QRegularExpression>

using namespace quorate;
using namespace quorate::test;
using namespace std::chrono_literals;

namespace {

QByteArray clusterOf(const QByteArray &system, const QByteArray &more)
{
    return "[[cluster]]\nname = 'a'\nsystem = '" + system + "'\nendpoints = ['http://a:1']\n" + more;
}

/// A system that has this reason.
QByteArray systemOf(ReasonCode code)
{
    const QString text = name(code);
    return text.startsWith("raft"_L1) ? "consul" : "osapi";
}

HoldLimit tableOf(const HoldRow &row) { return {row.needed, row.of, row.least}; }

/// The limits of the only cluster of a text that must be right.
Limits limitsOf(const QByteArray &text)
{
    const auto config = parsed(text);
    if (!config) {
        QTest::qFail(qPrintable(lines(config.error().mistakes).join(u'\n')), __FILE__, __LINE__);
        return {};
    }
    return config.value().clusters.first().spec.limits;
}

void mistake(const char *name, const QByteArray &text, const QString &told) { QTest::newRow(name) << text << told; }

/// The lines of the manual between two others.
QStringList manual(const QString &from, const QString &to)
{
    QFile file(QStringLiteral(QUORATE_MANUAL));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString text = QString::fromUtf8(file.readAll()).replace("\\-"_L1, "-"_L1);
    return text.section(from, 1).section(to, 0, 0).split(u'\n', Qt::SkipEmptyParts);
}

} // namespace

/// Every limit that can be set: for all clusters, for one, in the manual.
class TestLimits final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void everyHoldCanBeSet_data()
    {
        QTest::addColumn<int>("index");
        for (const HoldRow &row : holdTable())
            QTest::newRow(qPrintable(name(row.code))) << int(&row - holdTable().data());
    }
    void everyHoldCanBeSet()
    {
        QFETCH(int, index);
        const HoldRow &row = holdTable()[size_t(index)];
        const QByteArray key = name(row.code).toUtf8();
        const QByteArray value = row.ownHistory ? "{ bad = 7, for = '42s' }" : "{ bad = 6, of = 7, for = '42s' }";
        const HoldLimit wanted{row.ownHistory ? 7 : 6, 7, 42s};
        const QByteArray line = key + " = " + value + '\n';
        QCOMPARE(limitsOf(clusterOf(systemOf(row.code), "[cluster.limits]\n" + line)).holds, (QMap{std::pair(row.code, wanted)}));
        QCOMPARE(limitsOf("[defaults.limits]\n" + line + clusterOf("bufstream", {})).holds, (QMap{std::pair(row.code, wanted)}));
        // Each part alone, the others as in the table.
        HoldLimit one = tableOf(row);
        one.least = 42s;
        QCOMPARE(limitsOf(clusterOf(systemOf(row.code), "limits = { " + key + " = { for = '42s' } }\n")).holds.value(row.code), one);
        QCOMPARE(limitOf({}, row.code), tableOf(row));
    }

    void plainLimitsCanBeSet()
    {
        const QByteArray all
            = "slow_share = 0.25\ncertificate_days = 14\nclock_skew = '90s'\nconnections_share = 0.8\nlast_contact = '350ms'\n"
              "trailing = 1000\n";
        for (const QByteArray &text :
            {"[defaults.limits]\n" + all + clusterOf("consul", {}), clusterOf("consul", "[cluster.limits]\n" + all)}) {
            const Limits limits = limitsOf(text);
            QCOMPARE(limits.slowShare, 0.25);
            QCOMPARE(limits.expiryDays, 14.0);
            QCOMPARE(limits.skewSeconds, 90.0);
            QCOMPARE(limits.connectionShare, 0.8);
            QCOMPARE(limits.lastContactSeconds, 0.35);
            QCOMPARE(limits.trailingEntries, 1000);
            QVERIFY(limits.holds.isEmpty());
        }
        QVERIFY(limitsOf(clusterOf("consul", {})) == Limits());
    }

    void theClustersWinKeyByKey()
    {
        const auto config
            = parsed("[defaults.limits]\nendpoint-down = { bad = 3, of = 5 }\nendpoint-slow = { for = '1m' }\nslow_share = 0.25\n"
                     "trailing = 1000\n"
                + clusterOf("consul", "[cluster.limits]\nendpoint-down = { for = '30s' }\ntrailing = 5\n")
                + "[[cluster]]\nname = 'b'\nsystem = 'osapi'\nendpoints = ['http://b']\n");
        QVERIFY2(config, config ? "" : qPrintable(lines(config.error().mistakes).join(u'\n')));
        const Limits own = config.value().clusters.first().spec.limits, usual = config.value().clusters.last().spec.limits;
        QVERIFY((limitOf(own, ReasonCode::EndpointDown) == HoldLimit{3, 5, 30s}));
        QVERIFY((limitOf(own, ReasonCode::EndpointSlow) == HoldLimit{3, 3, 60s}));
        QVERIFY(own.slowShare == 0.25 && own.trailingEntries == 5);
        QVERIFY((limitOf(usual, ReasonCode::EndpointDown) == HoldLimit{3, 5, 10s}));
        QVERIFY(usual.slowShare == 0.25 && usual.trailingEntries == 1000);
    }

    void countsOfQueuesHaveDefaultsToo()
    {
        const auto config = parsed("[defaults]\nbacklog_limit = 50\ndead_letters_known = 3\n" + clusterOf("osapi", "backlog_limit = 7\n")
            + "[[cluster]]\nname = 'b'\nsystem = 'consul'\nendpoints = ['http://b']\n");
        QVERIFY(config);
        const ClusterSpec queues = config.value().clusters.first().spec, none = config.value().clusters.last().spec;
        QVERIFY(queues.backlogLimit == 7 && queues.deadLettersKnown == 3);
        QVERIFY(!none.backlogLimit && !none.deadLettersKnown);
    }

    void aReferenceThatIsReachedWhileOnline()
    {
        const auto reference = [](const QByteArray &text) { return parsed("[defaults]\nreference = '" + text + "'\n").value().reference; };
        QVERIFY((reference("tcp://192.0.2.1:443") == ReferenceAddress{u"192.0.2.1"_s, 443}));
        QVERIFY((reference("tcp://gate.example:80") == ReferenceAddress{u"gate.example"_s, 80}));
        QVERIFY((reference("tcp://[2001:db8::1]:53") == ReferenceAddress{u"2001:db8::1"_s, 53}));
        QVERIFY(!parsed("[defaults]\n").value().reference);
    }

    void mistakes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("told"); // the beginning of "line:column key: text"
        const auto limit = [](const char *name, const QByteArray &line, const QString &told) {
            mistake(name, clusterOf("consul", "[cluster.limits]\n" + line + '\n'), u"6:"_s + told);
        };
        const QString down = u"cluster[1].limits.endpoint-down"_s;
        limit("more bad than looked at", "endpoint-down = { bad = 4, of = 3 }",
            u"33 "_s + down + u".of: 4 bad of the last 3 can't be; write bad = 3 or less"_s);
        limit("more bad than the table looks at", "endpoint-down = { bad = 4 }",
            u"25 "_s + down + u".bad: 4 bad of the last 3 can't be; write of = 4 or more as well"_s);
        limit("fewer looked at than the table's bad ones", "endpoint-down = { of = 1 }",
            u"24 "_s + down + u".of: 2 bad of the last 1 can't be; write bad = 1 or less as well"_s);
        limit("too many samples", "endpoint-down = { bad = 2, of = 33 }", u"33 "_s + down + u".of: 33 is out of range; write 1 to 32"_s);
        limit("no samples", "endpoint-down = { bad = 0 }", u"25 "_s + down + u".bad: 0 is out of range; write 1 to 32"_s);
        limit("negative samples", "endpoint-down = { bad = -2 }", u"25 "_s + down + u".bad: -2 is out of range; write 1 to 32"_s);
        limit("too long", "endpoint-down = { for = '31m' }", u"25 "_s + down + u".for: 31m is out of range; write 0s to 30m"_s);
        limit("negative time", "endpoint-down = { for = '-5s' }", u"25 "_s + down + u".for: \"-5s\" is not a duration; write \"10s\""_s);
        limit("time without unit", "endpoint-down = { for = 5 }", u"25 "_s + down + u".for: a duration needs a unit; write \"5s\""_s);
        limit("key mistyped", "endpoint-down = { bd = 2 }", u"19 "_s + down + u".bd: unknown key; did you mean \"bad\"?"_s);
        limit("no table", "endpoint-down = 2", u"17 "_s + down + u": a table is expected, not an integer"_s);
        limit(
            "nothing in it", "endpoint-down = {}", u"17 "_s + down + u": nothing stands here; write { bad = 2, of = 3, for = \"10s\" }"_s);
        limit("code mistyped", "endpoint-donw = { bad = 2 }",
            u"1 cluster[1].limits.endpoint-donw: unknown key; did you mean \"endpoint-down\"?"_s);
        limit("no such code", "everything = { bad = 2 }", u"1 cluster[1].limits.everything: unknown key; known are slow_share,"_s);
        limit("a code without hold", "secret-unavailable = { bad = 2 }",
            u"22 cluster[1].limits.secret-unavailable: this is judged without a hold, so there is none to set"_s);
        limit("a code with a plain limit", "certificate-expires = { bad = 2 }",
            u"23 cluster[1].limits.certificate-expires: this is judged without a hold, so there is none to set; its limit is certificate_days"_s);
        limit("another system's code", "queue-stuck = { bad = 2 }",
            u"15 cluster[1].limits.queue-stuck: this is for osapi; nothing of a consul cluster is compared with it"_s);
        limit("share of one", "slow_share = 1", u"14 cluster[1].limits.slow_share: a share from 0 up to"_s);
        limit("days as text", "certificate_days = '30d'", u"20 cluster[1].limits.certificate_days: an integer is expected, not a string"_s);
        limit("negative entries", "trailing = -1", u"12 cluster[1].limits.trailing: -1 is out of range"_s);
        limit("no skew at all", "clock_skew = '0s'", u"14 cluster[1].limits.clock_skew: 0s is out of range; write 1s to 1d"_s);
        mistake("plain limit of another system", clusterOf("osapi", "limits = { trailing = 5 }\n"),
            u"5:23 cluster[1].limits.trailing: this is for consul; nothing of a osapi cluster"_s);
        mistake("refreshes in a row", clusterOf("osapi", "limits = { queue-stuck = { bad = 3, of = 5 } }\n"),
            u"5:42 cluster[1].limits.queue-stuck.of: refreshes in a row are looked at here; leave `of` out"_s);
        mistake("in the defaults", "[defaults.limits]\nendpoint-donw = { bad = 2 }\n",
            u"2:1 defaults.limits.endpoint-donw: unknown key; did you mean \"endpoint-down\"?"_s);
        mistake("limits no table", "[defaults]\nlimits = 5\n", u"2:10 defaults.limits: a table is expected, not an integer"_s);
        mistake("limits outside", "[limits]\n", u"1:2 limits: unknown key; it belongs into [defaults] or a [[cluster]]"_s);
        mistake("voters for all", "[defaults]\nexpected_voters = 3\n",
            u"2:1 defaults.expected_voters: unknown key; it belongs into a [[cluster]]"_s);
        for (const char *reference : {"http://a:1", "tcp://a", "tcp://:5", "tcp://a:0", "a:1", "tcp://a:1/x", "tcp://me:sesame@a:1"})
            mistake(reference, "[defaults]\nreference = '" + QByteArray(reference) + "'\n",
                u"2:13 defaults.reference: an address is expected, like \"tcp://192.0.2.1:443\""_s);
        mistake("reference in a cluster", clusterOf("consul", "reference = 'tcp://a:1'\n"), u"5:1 cluster[1].reference: unknown key"_s);
    }
    void mistakes()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, told);
        const auto config = parsed(text);
        QVERIFY2(!config, "a mistake was accepted");
        const QStringList all = lines(config.error().mistakes);
        QVERIFY2(all.size() == 1 && all.first().startsWith(told), qPrintable(all.join(u'\n')));
        QVERIFY(!all.first().contains("sesame"_L1));
    }

    /// The manual's table is the table of the judge, to the last number.
    void theManualTellsTheDefaults()
    {
        QStringList expected;
        for (const auto &[key, value] : plainLimits())
            expected.append(u"%1 %2"_s.arg(key, value));
        for (const HoldRow &row : holdTable())
            expected.append(u"%1 bad = %2, of = %3, for = \"%4\"%5"_s.arg(name(row.code))
                                .arg(row.needed)
                                .arg(row.of)
                                .arg(durationText(row.least), row.ownHistory ? u" (in a row)"_s : QString()));
        QStringList told;
        for (const QString &line : manual(u"With their defaults:\n.PP\n.nf\n"_s, u".fi"_s)) {
            const QString key = line.section(u' ', 0, 0);
            const QString rest = line.mid(key.size()).simplified();
            told.append(key + u' ' + (key.contains(u'_') || key == "trailing"_L1 ? rest.section(u' ', 0, 0).remove(u'"') : rest));
        }
        QCOMPARE(told, expected);
    }

    void theManualTellsEveryKey()
    {
        const QString text = manual(u".SH CONFIGURATION\n"_s, u".SS Limits"_s).join(u'\n');
        for (const QString &key :
            {u"interval"_s, u"timeout"_s, u"critical_share"_s, u"reference"_s, u"maintenance"_s, u"expected_voters"_s, u"expected_agents"_s,
                u"dead_letters_known"_s, u"backlog_limit"_s, u"limits"_s, u"token"_s, u"tls"_s, u"group"_s, u"tags"_s, u"paused"_s})
            QVERIFY2(text.contains(key), qPrintable(key));
    }
};

QTEST_GUILESS_MAIN(TestLimits)
#include "test_limits.moc"
