// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/endpoint_probe.h"
#include "app/cli/facts_summary.h"
#include "app/cli/redaction.h"
#include "app/cli/reply_files.h"
#include "app/demo/stub_server.h"
#include "tests/support/certificates.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace quorate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QByteArray content(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// "name ok · connect FAIL", and the last step's text and advice.
struct Walk {
    QString steps, text, advice;
};

Walk walked(const ClusterConfig &cluster, const QString &url, NameLookup lookup = lookUpName)
{
    Resolver resolver(std::move(lookup));
    EndpointProbe probe(cluster, EndpointUrl(url), resolver);
    QSignalSpy finished(&probe, &EndpointProbe::finished);
    probe.start();
    if (!finished.wait(10'000))
        return {u"never finished"_s, {}, {}};
    QStringList steps;
    for (const ProbeStep &step : probe.steps())
        steps.append(step.name + (step.ok ? u" ok"_s : u" FAIL"_s));
    return {steps.join(u" · "_s), probe.steps().last().text, probe.steps().last().advice};
}

} // namespace

/// What the doctor is made of: the walk to an endpoint, taking out secrets, files of replies, facts in a few words.
class TestDoctorParts final : public QObject {
    Q_OBJECT
private:
    Certificates m_certificates;

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_certificates.make(), qPrintable(m_certificates.why())); }
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void walkToAPlainServer()
    {
        StubServer server([](const StubRequest &) { return StubAnswer::http(200, "{}"); });
        QVERIFY(server.listen());
        const Walk walk = walked({}, server.url());
        QCOMPARE(walk.steps, u"name ok · connect ok"_s);
        QCOMPARE(walk.text, u"127.0.0.1 port %1 accepted"_s.arg(server.port()));
    }

    void walkToAClosedPort()
    {
        const Walk walk = walked({}, u"http://127.0.0.1:1"_s);
        QCOMPARE(walk.steps, u"name ok · connect FAIL"_s);
        QVERIFY2(walk.advice.contains("nothing listens on that port"_L1), qPrintable(walk.advice));
    }

    void walkToANameThatIsNone()
    {
        const Walk walk = walked({}, u"http://nowhere.invalid:1"_s, [](const QString &) { return false; });
        QCOMPARE(walk.steps, u"name FAIL"_s);
        QCOMPARE(walk.text, u"nowhere.invalid has no address"_s);
    }

    void walkThatNeverEndsIsCutOff()
    {
        QTcpServer silent; // accepts, and never says a word of TLS
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        ClusterConfig cluster;
        cluster.spec.timeout = 200ms;
        const Walk walk = walked(cluster, u"https://127.0.0.1:%1"_s.arg(silent.serverPort()));
        QCOMPARE(walk.steps, u"name ok · connect ok · TLS FAIL"_s);
        QCOMPARE(walk.text, u"no answer within 0.2 s"_s);
    }

    void handshakes_data()
    {
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<bool>("authority");
        QTest::addColumn<bool>("insecure");
        QTest::addColumn<QString>("serverName");
        QTest::addColumn<QString>("step");
        QTest::addColumn<QString>("said"); // in text or advice
        QTest::newRow("good") << u"good"_s << true << false << QString() << u"TLS ok"_s
                              << u"certificate of \"good\", signed by \"ca\", expires 20"_s;
        QTest::newRow("unknown authority") << u"good"_s << false << false << QString() << u"TLS FAIL"_s << u"ca (--cacert)"_s;
        QTest::newRow("expired") << u"expired"_s << true << false << QString() << u"TLS FAIL"_s << u"renew the server's certificate"_s;
        QTest::newRow("another host's") << u"elsewhere"_s << true << false << QString() << u"TLS FAIL"_s << u"server_name (--servername)"_s;
        QTest::newRow("another host's, by its name")
            << u"elsewhere"_s << true << false << u"elsewhere.example"_s << u"TLS ok"_s << u"elsewhere"_s;
        QTest::newRow("insecure") << u"selfsigned"_s << false << true << QString() << u"TLS ok"_s << u"not checked (insecure)"_s;
    }
    void handshakes()
    {
        QFETCH(QString, certificate);
        QFETCH(bool, authority);
        QFETCH(bool, insecure);
        QFETCH(QString, serverName);
        QFETCH(QString, step);
        QFETCH(QString, said);
        StubServer server([](const StubRequest &) { return StubAnswer::http(200, "{}"); });
        QVERIFY(server.listen(QHostAddress::LocalHost, 0, m_certificates.server(certificate)));
        ClusterConfig cluster;
        cluster.tls.caFile = authority ? m_certificates.authority() : QString();
        cluster.tls.insecure = insecure;
        cluster.tls.serverName = serverName;
        const Walk walk = walked(cluster, u"https://127.0.0.1:%1"_s.arg(server.port()));
        QCOMPARE(walk.steps, u"name ok · connect ok · "_s + step);
        QVERIFY2((walk.text + walk.advice).contains(said), qPrintable(walk.text + walk.advice));
    }

    void handshakeWithAPlainPort()
    {
        StubServer server([](const StubRequest &) { return StubAnswer::http(200, "{}"); });
        QVERIFY(server.listen());
        ClusterConfig cluster;
        cluster.spec.timeout = 500ms;
        const Walk walk = walked(cluster, u"https://127.0.0.1:%1"_s.arg(server.port()));
        QCOMPARE(walk.steps, u"name ok · connect ok · TLS FAIL"_s);
        QVERIFY2(walk.advice.contains("Try http://"_L1), qPrintable(walk.advice));
    }

    void secretsAreTakenOut()
    {
        Redaction redaction;
        redaction.add("ses");
        redaction.add("ses/ame+1");
        QCOMPARE(redaction.bytes("token ses/ame+1, ses"), QByteArray("token [redacted], [redacted]"));
        QCOMPARE(redaction.bytes("url ses%2Fame%2B1 basic c2VzL2FtZSsx"), QByteArray("url [redacted] basic [redacted]"));
        QCOMPARE(redaction.text(u"“ses/ame+1” expired"_s), u"“[redacted]” expired"_s);
        const Headers headers = redaction.headers(
            {{"Authorization", "Bearer x"}, {"X-Consul-Token", "x"}, {"Set-Cookie", "a=b"}, {"X-Echo", "ses/ame+1"}, {"Date", "now"}});
        QCOMPARE(headers, (Headers{{"X-Echo", "[redacted]"}, {"Date", "now"}}));
        QCOMPARE(Redaction().bytes("as it is"), QByteArray("as it is"));
    }

    void repliesBecomeFilesThatOthersCannotRead()
    {
        QTemporaryDir folder;
        const QString there = folder.filePath(u"new/replies"_s);
        StoredReply stored;
        stored.cluster = ClusterName(u"../../etc, prod\n1"_s);
        stored.endpoint = EndpointUrl(u"https://[::1]:8501"_s);
        stored.request.key = u"self"_s;
        stored.request.path = u"/v1/agent/self"_s;
        stored.reach = Reach::Answered;
        stored.reply.http = 200;
        stored.reply.headers = {{"Content-Type", "application/json"}, {"Set-Cookie", "id=sesame"}};
        stored.reply.body = "{\"token\":\"sesame\"}";
        Redaction redaction;
        redaction.add("sesame");
        QCOMPARE(saveReplies(there, {stored, stored}, redaction).files, 4);
        QCOMPARE(saveReplies(there, {stored}, redaction).files, 2); // never over what is there
        const QStringList names = QDir(there).entryList(QDir::Files);
        QCOMPARE(names.size(), 6);
        for (const QString &name : names) {
            const QString path = there + u'/' + name;
            QVERIFY2(QRegularExpression(u"\\A[A-Za-z0-9._-]+\\z"_s).match(name).hasMatch() && !name.startsWith(u'.'), qPrintable(name));
            QVERIFY(!(QFileInfo(path).permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther)));
            QVERIFY(!content(path).contains("sesame"));
        }
        QVERIFY(!(QFileInfo(there).permissions() & (QFileDevice::ExeGroup | QFileDevice::ExeOther)));
        const QByteArray meta = content(there + u'/' + names.filter(u".meta"_s).first());
        QVERIFY2(meta.startsWith("request: GET https://[::1]:8501/v1/agent/self\nreach: answered\n"), meta.constData());
        QVERIFY(meta.contains("status: 200\n") && meta.contains("Content-Type: application/json\n") && !meta.contains("Set-Cookie"));
    }

    void aFolderThatCannotBeMadeIsAProblem()
    {
        const SavedReplies saved = saveReplies(u"/proc/quorate"_s, {StoredReply()}, {});
        QCOMPARE(saved.files, 0);
        QCOMPARE(saved.problems.size(), 1);
    }

    void factsInAFewWords()
    {
        QCOMPARE(factsSummary({}), QString());
        Facts facts;
        facts.version = u"1.8.7"_s;
        RaftView view;
        view.state = u"Follower"_s;
        view.leader = QString();
        view.peers = QStringList{u"a"_s, u"b"_s, u"c"_s};
        facts.raft = view;
        QCOMPARE(factsSummary(facts), u"version 1.8.7, Follower, names no leader, 3 peers"_s);
        Facts parts;
        ComponentFact good, bad;
        good.state = ComponentState::Healthy;
        bad.state = ComponentState::Failed;
        parts.components = QList{good, good, bad};
        parts.narrowed = QStringList{u"operator:read"_s};
        QCOMPARE(factsSummary(parts), u"3 components (1 failed, 2 healthy), not allowed or not there: operator:read"_s);
    }
};

QTEST_GUILESS_MAIN(TestDoctorParts)
#include "test_doctor_parts.moc"
