// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/fault.h"
#include "tests/support/certificates.h"
#include "tests/support/healthy.h"

#include <QDateTime>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

namespace quorate {
using namespace Qt::StringLiterals;

/// Servers that want to know who asks: certificates of clients that are missing, a stranger's, or must not be mixed up.
class TlsClientFaults final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_certificates.make(), qPrintable(m_certificates.why())); }
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void clientCertificateMissing_data();
    void clientCertificateMissing();
    void clientCertificateOfAStranger_data();
    void clientCertificateOfAStranger();
    void clientCertificateAccepted();
    void opensslsOwnServer_data();
    void opensslsOwnServer();
    void twoIdentitiesOnOneOriginAreTwo();
    void aChangedIdentityIsANewConnection();

private:
    TlsSettings clientOf(const QString &name) const
    {
        return {m_certificates.authority(), m_certificates.path(name + u".pem"_s), m_certificates.path(name + u".key"_s), false, {}};
    }
    Certificates m_certificates;
};

void TlsClientFaults::clientCertificateMissing_data()
{
    QTest::addColumn<QString>("system");
    QTest::addColumn<int>("protocol");
    for (const QString &system : allSystems) {
        QTest::addRow("%s: TLS 1.3", qPrintable(system)) << system << int(QSsl::TlsV1_3);
        QTest::addRow("%s: TLS 1.2", qPrintable(system)) << system << int(QSsl::TlsV1_2);
    }
}

void TlsClientFaults::clientCertificateMissing()
{
    QFETCH(QString, system);
    QFETCH(int, protocol);
    FaultRound fault(system);
    StubServer server(healthyServer(system));
    QSslConfiguration strict = m_certificates.strictServer(u"good"_s);
    strict.setProtocol(QSsl::SslProtocol(protocol));
    useTls(fault, server, m_certificates, strict);
    fault.run();
    QCOMPARE(fault.broken(Reach::TlsFailed, {u"wants a client certificate and none is configured"_s}), QString());
    if (protocol == QSsl::TlsV1_3) // before that the server may be one that speaks no TLS
        QCOMPARE(fault.cluster().reasons.constFirst().names, QStringList{u"client-certificate-missing"_s});
    QVERIFY(server.seen().isEmpty());
}

namespace {
/// `openssl s_server`, which lets nobody in without a certificate and says so by an alert, as other servers than Qt's do.
class OpensslServer {
public:
    bool start(const Certificates &certificates, const QString &protocol)
    {
        QTcpServer free;
        if (!free.listen(QHostAddress::LocalHost))
            return false;
        m_url = u"https://127.0.0.1:%1"_s.arg(free.serverPort());
        free.close();
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.start(u"openssl"_s,
            {u"s_server"_s, u"-accept"_s, m_url.section(u'/', -1), u"-cert"_s, certificates.path(u"good.pem"_s), u"-key"_s,
                certificates.path(u"good.key"_s), u"-CAfile"_s, certificates.authority(), u"-Verify"_s, u"1"_s, u"-verify_return_error"_s,
                u"-www"_s, protocol});
        QByteArray said;
        while (!said.contains("ACCEPT") && m_process.waitForReadyRead(5'000))
            said += m_process.readAll();
        return said.contains("ACCEPT");
    }
    ~OpensslServer()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    [[nodiscard]] QString url() const { return m_url; }

private:
    QProcess m_process;
    QString m_url;
};
} // namespace

void TlsClientFaults::opensslsOwnServer_data()
{
    QTest::addColumn<QString>("protocol");
    QTest::addColumn<bool>("stranger");
    for (const QString &protocol : {u"-tls1_3"_s, u"-tls1_2"_s}) {
        QTest::addRow("%s: none", qPrintable(protocol)) << protocol << false;
        QTest::addRow("%s: a stranger's", qPrintable(protocol)) << protocol << true;
    }
}

void TlsClientFaults::opensslsOwnServer()
{
    QFETCH(QString, protocol);
    QFETCH(bool, stranger);
    OpensslServer server;
    if (!server.start(m_certificates, protocol))
        QSKIP("openssl does not serve here");
    FaultRound fault(u"consul"_s);
    fault.sick().spec.endpoints = {EndpointUrl(server.url())};
    fault.sick().tls = stranger ? clientOf(u"stranger"_s) : TlsSettings{m_certificates.authority(), {}, {}, false, {}};
    fault.run();
    QCOMPARE(fault.broken(Reach::TlsFailed,
                 {stranger ? u"not accept the client certificate"_s : u"wants a client certificate and none is configured"_s}),
        QString());
}

void TlsClientFaults::clientCertificateOfAStranger_data()
{
    QTest::addColumn<int>("protocol");
    QTest::newRow("TLS 1.3") << int(QSsl::TlsV1_3);
    QTest::newRow("TLS 1.2") << int(QSsl::TlsV1_2);
}

void TlsClientFaults::clientCertificateOfAStranger()
{
    QFETCH(int, protocol);
    FaultRound fault(u"consul"_s);
    StubServer server(healthyServer(u"consul"_s));
    QSslConfiguration strict = m_certificates.strictServer(u"good"_s);
    strict.setProtocol(QSsl::SslProtocol(protocol));
    useTls(fault, server, m_certificates, strict);
    fault.sick().tls = clientOf(u"stranger"_s);
    fault.run();
    QCOMPARE(fault.broken(Reach::TlsFailed, {u"not accept the client certificate"_s}), QString());
    QVERIFY(server.seen().isEmpty());
}

void TlsClientFaults::clientCertificateAccepted()
{
    FaultRound fault(u"consul"_s);
    StubServer server(healthyServer(u"consul"_s));
    useTls(fault, server, m_certificates, m_certificates.strictServer(u"good"_s));
    fault.sick().tls = clientOf(u"alice"_s);
    fault.run();
    QCOMPARE(fault.endpoint().error, QString());
    QCOMPARE(fault.endpoint().reach, Reach::Answered);
}

void TlsClientFaults::twoIdentitiesOnOneOriginAreTwo()
{
    // One server, three clusters: each must be seen with its own certificate, whatever connection is still open.
    QStringList clients;
    StubServer server([&](const StubRequest &request) {
        clients.append(request.clientName);
        return healthyAnswer(u"bufstream"_s, request);
    });
    QSslConfiguration asking = m_certificates.strictServer(u"good"_s);
    asking.setPeerVerifyMode(QSslSocket::QueryPeer); // a client without a certificate is let in, and has no name
    QVERIFY(server.listen(QHostAddress::LocalHost, 0, asking));
    QList<ClusterConfig> clusters;
    for (const QString &name : {u"alice"_s, u"bob"_s, u"nobody"_s}) {
        ClusterConfig cluster = clusterOf(name, u"bufstream"_s, {server.url()});
        cluster.tls = name == "nobody"_L1 ? TlsSettings{m_certificates.authority(), {}, {}, false, {}} : clientOf(name);
        clusters.append(cluster);
    }
    const RoundResult result = oneRound(clusters);
    QVERIFY(result.finished);
    for (const ClusterStatus &cluster : result.status.clusters)
        QCOMPARE(cluster.endpoints.value(0).reach, Reach::Answered);
    clients.sort();
    QCOMPARE(clients, (QStringList{QString(), u"alice"_s, u"bob"_s}));
}

void TlsClientFaults::aChangedIdentityIsANewConnection()
{
    QStringList clients;
    StubServer server([&](const StubRequest &request) {
        clients.append(request.clientName);
        return healthyAnswer(u"bufstream"_s, request);
    });
    QSslConfiguration asking = m_certificates.strictServer(u"good"_s);
    asking.setPeerVerifyMode(QSslSocket::QueryPeer);
    QVERIFY(server.listen(QHostAddress::LocalHost, 0, asking));
    ClusterConfig cluster = clusterOf(u"mine"_s, u"bufstream"_s, {server.url()});

    Engine engine({.mode = JudgeMode::OneShot});
    QSignalSpy finished(&engine, &Engine::roundFinished);
    const auto roundAs = [&](const TlsSettings &tls) {
        cluster.tls = tls;
        Config config;
        config.clusters = {cluster};
        engine.setConfig(config);
        engine.runOnce();
        return finished.wait(10'000);
    };
    QVERIFY(roundAs(clientOf(u"alice"_s)));
    QVERIFY(roundAs(clientOf(u"bob"_s)));
    QVERIFY(roundAs({m_certificates.authority(), {}, {}, false, {}}));
    QCOMPARE(clients, (QStringList{u"alice"_s, u"bob"_s, QString()}));
    // A certificate renewed in its file is another identity too.
    for (const QString &end : {u".pem"_s, u".key"_s}) {
        QFile::remove(m_certificates.path(u"renewed"_s + end));
        QVERIFY(QFile::copy(m_certificates.path(u"alice"_s + end), m_certificates.path(u"renewed"_s + end)));
    }
    QVERIFY(roundAs(clientOf(u"renewed"_s)));
    for (const QString &end : {u".pem"_s, u".key"_s}) {
        QVERIFY(QFile::remove(m_certificates.path(u"renewed"_s + end)));
        QVERIFY(QFile::copy(m_certificates.path(u"bob"_s + end), m_certificates.path(u"renewed"_s + end)));
        QFile file(m_certificates.path(u"renewed"_s + end));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.setFileTime(QDateTime::currentDateTimeUtc().addSecs(60), QFileDevice::FileModificationTime));
    }
    QVERIFY(roundAs(clientOf(u"renewed"_s)));
    QCOMPARE(clients.mid(3), (QStringList{u"alice"_s, u"bob"_s}));
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::TlsClientFaults)
#include "tst_fault_tls_clients.moc"
