// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/fault.h"
#include "tests/faults/tiny_proxy.h"
#include "tests/support/certificates.h"
#include "tests/support/healthy.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

namespace quorate {
using namespace Qt::StringLiterals;

/// A proxy stands between: what it does is told apart from what the server does, and its credentials are shown to nobody.
class ProxyFaults final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_certificates.make(), qPrintable(m_certificates.why())); }
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void cleanup()
    {
        for (const char *variable : {"http_proxy", "https_proxy", "no_proxy"})
            qunsetenv(variable);
    }

    void passesOn_data() { ways(); }
    void passesOn();
    void exceptions_data() { ways(); }
    void exceptions();
    void credentials_data();
    void credentials();
    void failures_data();
    void failures();
    void noSuchProxy_data() { ways(); }
    void noSuchProxy();
    void theServersCertificateIsChecked();
    void floodsAreEnded_data() { ways(); }
    void floodsAreEnded();

private:
    static void ways()
    {
        QTest::addColumn<bool>("tls");
        QTest::newRow("GET") << false;
        QTest::newRow("CONNECT") << true;
    }
    Certificates m_certificates;
};

namespace {
const QString plainHost = u"db-1.example:9089"_s, tlsHost = u"elsewhere.example:8443"_s;

/// A cluster behind a proxy: names that nobody but the proxy knows.
class Behind {
public:
    Behind(const Certificates &certificates, bool tls, TinyProxy::Manner manner, const QString &certificate = u"elsewhere"_s)
        : m_tls(tls)
        , m_fault(u"bufstream"_s)
        , m_server([](const StubRequest &request) { return healthyAnswer(u"bufstream"_s, request); })
    {
        const bool listens = tls ? m_server.listen(QHostAddress::LocalHost, 0, certificates.server(certificate)) : m_server.listen();
        if (!listens)
            qFatal("no port to listen on");
        m_proxy = std::make_unique<TinyProxy>(manner, m_server.port());
        m_through = u"127.0.0.1:%1"_s.arg(m_proxy->port());
        m_fault.sick().spec.timeout = soon;
        m_fault.sick().spec.endpoints = {EndpointUrl(tls ? u"https://"_s + tlsHost : u"http://"_s + plainHost)};
        m_fault.sick().tls.caFile = certificates.authority();
        setCredentials(QString());
    }
    /// "user:password"
    void setCredentials(const QString &credentials)
    {
        const QString at = credentials.isEmpty() ? QString() : credentials + u'@';
        qputenv(m_tls ? "https_proxy" : "http_proxy", QString(u"http://"_s + at + through()).toUtf8());
    }
    FaultRound &run(bool namesAreKnown = true)
    {
        EngineOptions options;
        options.lookup = [namesAreKnown](const QString &name) { return namesAreKnown || name == "127.0.0.1"_L1; };
        m_fault.run(options);
        return m_fault;
    }
    [[nodiscard]] QString through() const { return m_through; }
    [[nodiscard]] FaultRound &fault() { return m_fault; }
    [[nodiscard]] TinyProxy &proxy() { return *m_proxy; }
    [[nodiscard]] StubServer &server() { return m_server; }

private:
    bool m_tls;
    FaultRound m_fault;
    StubServer m_server;
    std::unique_ptr<TinyProxy> m_proxy;
    QString m_through;
};

/// Of the proxy's password, as it is and as it is sent.
bool isShown(const RoundResult &result)
{
    const QByteArray sent = (QByteArray(TinyProxy::user) + ':' + TinyProxy::password).toBase64();
    QByteArray all = result.json();
    for (const StoredReply &stored : result.replies) {
        all += stored.reply.body + stored.error.toUtf8() + stored.reply.error.toUtf8();
        for (const Headers &headers : {stored.reply.headers, stored.request.headers}) {
            for (const auto &[name, value] : headers)
                all += value;
        }
    }
    return all.contains(TinyProxy::password) || all.contains(sent);
}
} // namespace

void ProxyFaults::passesOn()
{
    QFETCH(bool, tls);
    Behind behind(m_certificates, tls, TinyProxy::Manner::PassesOn);
    const FaultRound &fault = behind.run();
    QCOMPARE(fault.endpoint().error, QString());
    QCOMPARE(fault.endpoint().reach, Reach::Answered);
    QCOMPARE(behind.fault().brokenSurroundings(), QString());
    QVERIFY(behind.proxy().asked().contains(
        tls ? "CONNECT elsewhere.example:8443 HTTP/1.1" : "GET http://db-1.example:9089/-/status HTTP/1.1"));
    QVERIFY(!behind.server().seen().isEmpty());
    QCOMPARE(behind.server().seen().constFirst().path, "/-/status");
}

void ProxyFaults::exceptions()
{
    QFETCH(bool, tls);
    Behind behind(m_certificates, tls, TinyProxy::Manner::PassesOn);
    qputenv("no_proxy", "db-2.example,.example");
    behind.run(false); // asked directly, its name is not known
    QCOMPARE(behind.fault().broken(Reach::DnsFailed, {u"the name %1 was not found"_s.arg((tls ? tlsHost : plainHost).section(u':', 0, 0))}),
        QString());
    QVERIFY(behind.proxy().asked().isEmpty());
}

void ProxyFaults::credentials_data()
{
    QTest::addColumn<bool>("tls");
    QTest::addColumn<QString>("credentials");
    QTest::addColumn<bool>("right");
    const QString right = QString::fromLatin1(TinyProxy::user) + u':' + QString::fromLatin1(TinyProxy::password);
    for (const bool tls : {false, true}) {
        const char *way = tls ? "CONNECT" : "GET";
        QTest::addRow("%s: none", way) << tls << QString() << false;
        QTest::addRow("%s: wrong", way) << tls << QString(u"another:"_s + QString::fromLatin1(TinyProxy::password)) << false;
        QTest::addRow("%s: right", way) << tls << right << true;
    }
}

void ProxyFaults::credentials()
{
    QFETCH(bool, tls);
    QFETCH(QString, credentials);
    QFETCH(bool, right);
    Behind behind(m_certificates, tls, TinyProxy::Manner::WantsCredentials);
    behind.setCredentials(credentials);
    FaultRound &fault = behind.run();
    QVERIFY(!isShown(fault.result()));
    QVERIFY(!behind.proxy().asked().isEmpty());
    if (!right) {
        QCOMPARE(fault.broken(Reach::ProxyFailed, {u"the proxy "_s + behind.through()}), QString());
        QVERIFY(behind.server().seen().isEmpty());
        return;
    }
    QCOMPARE(fault.endpoint().error, QString());
    QCOMPARE(fault.endpoint().reach, Reach::Answered);
    QCOMPARE(fault.brokenSurroundings(), QString());
    for (const StubRequest &request : behind.server().seen()) {
        for (const auto &[name, value] : request.headers)
            QVERIFY2(tls ? !value.contains("Basic") : true, "the proxy's credentials are the proxy's"); // a GET is passed on as it came
    }
}

void ProxyFaults::failures_data()
{
    using Manner = TinyProxy::Manner;
    QTest::addColumn<bool>("tls");
    QTest::addColumn<int>("manner");
    QTest::addColumn<Reach>("reach");
    QTest::addColumn<QStringList>("words");
    const auto row = [](const char *name, bool tls, Manner manner, Reach reach, const QStringList &words) {
        QTest::newRow(name) << tls << int(manner) << reach << words;
    };
    // Of a GET nobody can tell who of the two answered: the words are passed on.
    row("GET: refuses", false, Manner::Refuses, Reach::Unauthorised, {u"HTTP 403"_s, u"Blocked by policy"_s});
    row("CONNECT: refuses", true, Manner::Refuses, Reach::ProxyFailed, {u"does not let us through to elsewhere.example"_s});
    row("GET: hangs", false, Manner::Hangs, Reach::TimedOut, {plainHost, u"through the proxy"_s, u"400 ms"_s});
    row("CONNECT: hangs", true, Manner::Hangs, Reach::TimedOut, {tlsHost, u"through the proxy"_s, u"400 ms"_s});
    row("GET: closes", false, Manner::Closes, Reach::Closed, {plainHost, u"through the proxy"_s});
    // Qt does not hear of it.
    row("CONNECT: closes", true, Manner::Closes, Reach::TimedOut, {tlsHost, u"through the proxy"_s, u"400 ms"_s});
}

void ProxyFaults::failures()
{
    QFETCH(bool, tls);
    QFETCH(int, manner);
    QFETCH(Reach, reach);
    QFETCH(QStringList, words);
    Behind behind(m_certificates, tls, TinyProxy::Manner(manner));
    behind.setCredentials(QString::fromLatin1(TinyProxy::user) + u':' + QString::fromLatin1(TinyProxy::password));
    behind.run();
    QCOMPARE(behind.fault().broken(reach, words), QString());
    QVERIFY(!isShown(behind.fault().result()));
    QVERIFY(behind.server().seen().isEmpty());
    QVERIFY2(behind.proxy().asked().size() < 20, "it is not asked again and again");
}

void ProxyFaults::noSuchProxy()
{
    QFETCH(bool, tls);
    Behind behind(m_certificates, tls, TinyProxy::Manner::PassesOn);
    behind.proxy().close();
    behind.run();
    QCOMPARE(behind.fault().broken(Reach::ProxyFailed, {u"the proxy "_s + behind.through()}), QString());

    qputenv(tls ? "https_proxy" : "http_proxy", "http://agent:pr0xy-s3cret@no-gate.example:3128");
    behind.run(false);
    QCOMPARE(behind.fault().broken(Reach::DnsFailed, {u"the name of the proxy no-gate.example:3128 was not found"_s}), QString());
    QVERIFY(!isShown(behind.fault().result()));
}

void ProxyFaults::theServersCertificateIsChecked()
{
    Behind behind(m_certificates, true, TinyProxy::Manner::PassesOn, u"selfsigned"_s);
    behind.run();
    QCOMPARE(behind.fault().broken(Reach::TlsFailed, {u"self-signed"_s, u"elsewhere.example"_s}), QString());
    QVERIFY2(behind.server().seen().isEmpty(), "no request, no token");
}

void ProxyFaults::floodsAreEnded()
{
    QFETCH(bool, tls);
    TinyProxy proxy(TinyProxy::Manner::Floods, 0);
    StubServer neighbour([](const StubRequest &request) { return healthyAnswer(u"bufstream"_s, request); });
    QVERIFY(neighbour.listen());
    qputenv(tls ? "https_proxy" : "http_proxy", "http://127.0.0.1:" + QByteArray::number(proxy.port()));
    ClusterConfig cluster
        = clusterOf(u"all"_s, u"bufstream"_s, {tls ? u"https://"_s + tlsHost : u"http://"_s + plainHost, neighbour.url()});
    cluster.spec.timeout = Milliseconds(1'000);
    Config config;
    config.clusters = {cluster};
    Engine engine({.mode = JudgeMode::OneShot, .lookup = [](const QString &) { return true; }});
    QSignalSpy finished(&engine, &Engine::roundFinished);
    engine.setConfig(config);
    engine.runOnce();
    QVERIFY(finished.wait(10'000));
    const QList<EndpointStatus> endpoints = engine.status().clusters.constFirst().endpoints;
    QVERIFY2(
        QList({Reach::TimedOut, Reach::TooLarge, Reach::ProxyFailed}).contains(endpoints.at(0).reach), name(endpoints.at(0).reach).data());
    QVERIFY2(endpoints.at(0).error.contains(u"proxy"_s), qPrintable(endpoints.at(0).error));
    QCOMPARE(endpoints.at(1).reach, Reach::Answered);
    // With the engine still there, and its connections: this one is gone, and nothing of it is taken any more.
    QVERIFY(proxy.flooded().bytes > 0);
    QTRY_VERIFY_WITH_TIMEOUT(proxy.flooded().closed, 3'000);
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::ProxyFaults)
#include "tst_fault_proxy.moc"
