// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/arguments.h"
#include "app/demo/stub_server.h"
#include "tests/unit/cli/person.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace quorate;
using test::Ended, test::Person;
using namespace Qt::StringLiterals;

namespace {
Result<Arguments, UsageError> parsed(const QString &line) { return parseArguments(line.split(u' ', Qt::SkipEmptyParts)); }
} // namespace

/// `quorate accept` and `quorate status --what-if`: as arguments, and as a person runs them.
class TestAccept final : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<Person> m_person;

    Ended run(const QString &line) const { return m_person->run(line); }
    QJsonObject stateOf(const QString &cluster) const
    {
        QFile file(m_person->stateFile());
        return file.open(QIODevice::ReadOnly)
            ? QJsonDocument::fromJson(file.readAll()).object()[u"clusters"_s].toObject()[cluster].toObject()
            : QJsonObject();
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".?"_s));
        m_person = std::make_unique<Person>();
    }

    void arguments()
    {
        QCOMPARE(parsed(u"status --what-if a,10.0.0.1:8300 prod"_s).value().whatIf, (QStringList{u"a"_s, u"10.0.0.1:8300"_s}));
        QVERIFY(parsed(u"accept consul-prod --config /c.toml"_s).value().command == Command::Accept);
        QCOMPARE(parsed(u"accept consul-prod"_s).value().clusters, QStringList{u"consul-prod"_s});
        QVERIFY(parsed(u"accept osapi --agents"_s).value().agents);
        QVERIFY(!parsed(u"status --agents"_s));
        for (const QString &line : {u"accept"_s, u"accept a b"_s, u"accept a --demo"_s, u"status --what-if"_s, u"status --what-if a,,b"_s,
                 u"status --what-if a --watch"_s, u"status --what-if a --format json"_s, u"doctor --what-if a"_s})
            QVERIFY2(!parsed(line), qPrintable(line));
    }

    void deadLettersAreKnownFromNowOn()
    {
        int dead = 4;
        StubServer server([&](const StubRequest &request) {
            if (!request.path.startsWith("/api/health"))
                return StubAnswer::http(404, "{}");
            return StubAnswer::http(200,
                R"({"status":"ok","components":{"nats":{"status":"ok"},"kv":{"status":"ok"}},"version":"0.1.0","uptime":"2h30m0s","jobs":{"total":9,"unprocessed":0,"processing":0,"completed":9,"failed":0,"dlq":)"
                    + QByteArray::number(dead) + "}}");
        });
        QVERIFY(server.listen());
        QVERIFY(m_person->configure(u"[[cluster]]\nname = 'osapi'\nsystem = 'osapi'\nendpoints = ['%1']\n"_s.arg(server.url()).toUtf8()));
        QCOMPARE(run(u"status --exit-code -q"_s).code, 1);
        const Ended accepted = run(u"accept osapi"_s);
        QCOMPARE(accepted.err, QByteArray());
        QCOMPARE(accepted.code, 0);
        QCOMPARE(accepted.out, QByteArray("osapi: 4 dead letters in jobs accepted, 0 were known\n"));
        QCOMPARE(stateOf(u"osapi"_s)[u"dead_letters_known"_s].toObject()[u"jobs"_s].toInt(), 4);
        QCOMPARE(run(u"status --exit-code -q"_s).code, 0);
        QCOMPARE(run(u"accept osapi"_s).out, QByteArray("osapi: nothing to accept\n"));
        dead = 5;
        QCOMPARE(run(u"status --exit-code -q"_s).code, 1);
    }

    void agentsAreAcceptedWhenAskedFor()
    {
        const QByteArray document = R"({"status":"ok","components":{"nats":{"status":"ok"},"kv":{"status":"ok"}},"version":"0.1.0",
            "uptime":"2h30m0s","agents":{"total":2,"ready":2,"agents":[]}})";
        StubServer server([&](const StubRequest &request) {
            return request.path.startsWith("/api/health") ? StubAnswer::http(200, document) : StubAnswer::http(404, "{}");
        });
        QVERIFY(server.listen());
        QVERIFY(m_person->configure(u"[[cluster]]\nname = 'osapi'\nsystem = 'osapi'\nendpoints = ['%1']\n"_s.arg(server.url()).toUtf8()));
        QCOMPARE(run(u"accept osapi"_s).out, QByteArray("osapi: nothing to accept\n"));
        const Ended accepted = run(u"accept osapi --agents"_s);
        QCOMPARE(accepted.err, QByteArray());
        QCOMPARE(accepted.out, QByteArray("osapi: 2 agents accepted\n"));
        QVERIFY(!stateOf(u"osapi"_s)[u"agents_accepted"_s].toString().isEmpty());
        QVERIFY(m_person->configure(
            u"[[cluster]]\nname = 'osapi'\nsystem = 'osapi'\nendpoints = ['%1']\nexpected_agents = 3\n"_s.arg(server.url()).toUtf8()));
        const Ended refused = run(u"accept osapi --agents"_s);
        QCOMPARE(refused.code, 3);
        QVERIFY2(refused.err.contains("expected_agents = 3"), refused.err.constData());
    }

    void whatCannotBeAskedIsNotAccepted()
    {
        QVERIFY(m_person->configure(u"[[cluster]]\nname = 'a'\nsystem = 'consul'\nendpoints = ['http://127.0.0.1:1']\n"_s.toUtf8()));
        const Ended down = run(u"accept a"_s);
        QCOMPARE(down.code, 3);
        QCOMPARE(down.out, QByteArray());
        QVERIFY2(down.err.startsWith("quorate: a: none of its endpoints answers: "), down.err.constData());
        QVERIFY(!QDir(m_person->stateFolder()).exists());
        const Ended unknown = run(u"accept b"_s);
        QCOMPARE(unknown.code, 3);
        QVERIFY2(unknown.err.contains("no cluster is named \"b\""), unknown.err.constData());
    }

    void whatIf()
    {
        const QString command = u"status --demo --scenario calm --what-if "_s;
        const QByteArray unknown = run(command + u"nobody"_s).err;
        QVERIFY2(unknown.startsWith("quorate: --what-if: no peer is called \"nobody\"; "), unknown.constData());
        // Who there is, the command says itself.
        static const QRegularExpression names(u"known are ([^,\\s]+), ([^,\\s]+)"_s);
        const auto match = names.match(QString::fromUtf8(unknown));
        QVERIFY(match.hasMatch());
        const Ended one = run(command + match.captured(1) + u" --exit-code"_s);
        QCOMPARE(one.err, QByteArray());
        QVERIFY2(one.out.startsWith("consul-prod: Without ") && one.out.contains("quorum holds"), one.out.constData());
        QCOMPARE(run(command + u"nobody"_s).code, 3);
        QVERIFY(one.code == 0 || one.code == 1);
        const Ended none = run(u"status --demo --scenario calm osapi-fleet --what-if a"_s);
        QCOMPARE(none.code, 3);
        QVERIFY2(none.err.contains("no cluster shows a Raft group"), none.err.constData());
    }
};

QTEST_GUILESS_MAIN(TestAccept)
#include "test_accept.moc"
