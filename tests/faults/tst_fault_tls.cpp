// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/fault.h"
#include "tests/support/certificates.h"
#include "tests/support/healthy.h"

#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

namespace quorate {
using namespace Qt::StringLiterals;

/// TLS that fails, and identities that must not be mixed up.
class TlsFaults final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void goodCertificate_data() { systems(); }
    void goodCertificate();
    void badCertificates_data();
    void badCertificates();
    void insecureIsAsked();
    void serverNameIsChecked();
    void tlsToAPlainPort_data() { systems(); }
    void tlsToAPlainPort();
    void tlsToAPortThatAnswersInPlainText();
    void plainToATlsPort_data() { systems(); }
    void plainToATlsPort();
    void alerts_data();
    void alerts();
    void unusableFiles_data();
    void unusableFiles();

private:
    void systems()
    {
        QTest::addColumn<QString>("system");
        for (const QString &system : allSystems)
            QTest::newRow(qPrintable(system)) << system;
    }
    TlsSettings clientOf(const QString &name) const
    {
        return {m_certificates.authority(), m_certificates.path(name + u".pem"_s), m_certificates.path(name + u".key"_s), false, {}};
    }
    Certificates m_certificates;
};

void TlsFaults::initTestCase() { QVERIFY2(m_certificates.make(), qPrintable(m_certificates.why())); }

void TlsFaults::goodCertificate()
{
    QFETCH(QString, system);
    FaultRound fault(system);
    StubServer server(healthyServer(system));
    useTls(fault, server, m_certificates, m_certificates.server(u"good"_s));
    fault.run();
    QCOMPARE(fault.endpoint().error, QString());
    QCOMPARE(fault.endpoint().reach, Reach::Answered);
    QVERIFY(fault.endpoint().certificateExpires.has_value());
    // Two days are left: a warning by now.
    QCOMPARE(fault.cluster().reasons.value(0).code, ReasonCode::CertificateExpires);
}

void TlsFaults::badCertificates_data()
{
    QTest::addColumn<QString>("system");
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("words");
    for (const QString &system : allSystems) {
        QTest::addRow("%s: self-signed", qPrintable(system)) << system << u"selfsigned"_s << u"self-signed"_s;
        QTest::addRow("%s: expired", qPrintable(system)) << system << u"expired"_s << u"has expired"_s;
        QTest::addRow("%s: wrong host", qPrintable(system)) << system << u"elsewhere"_s << u"not made for 127.0.0.1"_s;
        QTest::addRow("%s: unknown CA", qPrintable(system)) << system << u"stranger"_s << u"CA that is not trusted"_s;
    }
}

void TlsFaults::badCertificates()
{
    QFETCH(QString, system);
    QFETCH(QString, certificate);
    QFETCH(QString, words);
    FaultRound fault(system);
    StubServer server(healthyServer(system));
    useTls(fault, server, m_certificates, m_certificates.server(certificate));
    fault.run();
    QCOMPARE(fault.broken(Reach::TlsFailed, {words}), QString());
    QVERIFY2(server.seen().isEmpty(), "no request, no token");
}

void TlsFaults::insecureIsAsked()
{
    FaultRound fault(u"bufstream"_s);
    StubServer server(healthyServer(u"bufstream"_s));
    useTls(fault, server, m_certificates, m_certificates.server(u"selfsigned"_s));
    fault.sick().tls.insecure = true;
    fault.run();
    QCOMPARE(fault.endpoint().reach, Reach::Answered);
}

void TlsFaults::serverNameIsChecked()
{
    FaultRound fault(u"bufstream"_s);
    StubServer server(healthyServer(u"bufstream"_s));
    useTls(fault, server, m_certificates, m_certificates.server(u"elsewhere"_s));
    fault.sick().tls.serverName = u"elsewhere.example"_s;
    fault.run();
    QCOMPARE(fault.endpoint().error, QString());
    QCOMPARE(fault.endpoint().reach, Reach::Answered);
}

void TlsFaults::tlsToAPlainPort()
{
    QFETCH(QString, system);
    FaultRound fault(system);
    fault.sick().spec.timeout = soon;
    StubServer plain([](const StubRequest &) { return StubAnswer{}; });
    QVERIFY(plain.listen());
    fault.sick().spec.endpoints = {EndpointUrl(QString(plain.url()).replace("http:"_L1, "https:"_L1))};
    fault.run();
    // A server that reads HTTP waits for the end of a line that never comes: the deadline. Others answer 400 or close.
    QCOMPARE(fault.broken(QList{Reach::TlsFailed, Reach::TimedOut}, {u"TLS"_s}), QString());
}

void TlsFaults::tlsToAPortThatAnswersInPlainText()
{
    FaultRound fault(u"bufstream"_s);
    QTcpServer plain; // says 400 at once, as nginx and Go do
    connect(&plain, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *socket = plain.nextPendingConnection();
        socket->write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
        socket->disconnectFromHost();
    });
    QVERIFY(plain.listen(QHostAddress::LocalHost));
    fault.sick().spec.endpoints = {EndpointUrl(u"https://127.0.0.1:%1"_s.arg(plain.serverPort()))};
    fault.run();
    QCOMPARE(fault.broken(Reach::TlsFailed, {u"TLS"_s}), QString());
}

void TlsFaults::plainToATlsPort()
{
    QFETCH(QString, system);
    FaultRound fault(system);
    StubServer server(healthyServer(system));
    useTls(fault, server, m_certificates, m_certificates.server(u"good"_s));
    fault.sick().spec.endpoints = {EndpointUrl(QString(server.url()).replace("https:"_L1, "http:"_L1))};
    fault.run();
    QCOMPARE(fault.broken(Reach::Closed, {u"may speak TLS"_s}), QString());
}

void TlsFaults::alerts_data()
{
    QTest::addColumn<QByteArray>("alert");
    QTest::newRow("handshake failure") << QByteArray("\x02\x28", 2);
    QTest::newRow("protocol version") << QByteArray("\x02\x46", 2);
    QTest::newRow("internal error") << QByteArray("\x02\x50", 2);
    QTest::newRow("unrecognised name") << QByteArray("\x02\x70", 2);
    QTest::newRow("goodbye") << QByteArray("\x01\x00", 2);
}

/// A server that does not even say who it is: it may want another version, another name, another client.
void TlsFaults::alerts()
{
    QFETCH(QByteArray, alert);
    FaultRound fault(u"consul"_s);
    QTcpServer server;
    connect(&server, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QIODevice::readyRead, socket, [socket, alert] {
            socket->readAll();
            socket->write(QByteArray("\x15\x03\x03\x00\x02", 5) + alert);
            socket->disconnectFromHost();
        });
    });
    QVERIFY(server.listen(QHostAddress::LocalHost));
    fault.sick().spec.endpoints = {EndpointUrl(u"https://127.0.0.1:%1"_s.arg(server.serverPort()))};
    fault.run();
    QCOMPARE(fault.broken(Reach::TlsFailed, {u"TLS handshake"_s, u"127.0.0.1:%1"_s.arg(server.serverPort())}), QString());
}

void TlsFaults::unusableFiles_data()
{
    QTest::addColumn<QString>("which");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("words");
    const QString nothing = m_certificates.path(u"nothing.pem"_s);
    QTest::newRow("no CA file") << u"ca"_s << nothing << u"CA file"_s;
    QTest::newRow("no certificate file") << u"certificate"_s << nothing << u"certificate file"_s;
    QTest::newRow("no key file") << u"key"_s << nothing << u"key file"_s;
    QTest::newRow("a key as CA") << u"ca"_s << m_certificates.path(u"ca.key"_s) << u"holds no certificate"_s;
    QTest::newRow("a certificate as key") << u"key"_s << m_certificates.path(u"alice.pem"_s) << u"holds no private key"_s;
    QTest::newRow("a folder") << u"ca"_s << m_certificates.path(QString()) << u"not a regular file"_s;
}

void TlsFaults::unusableFiles()
{
    QFETCH(QString, which);
    QFETCH(QString, path);
    QFETCH(QString, words);
    FaultRound fault(u"bufstream"_s);
    StubServer server(healthyServer(u"bufstream"_s));
    useTls(fault, server, m_certificates, m_certificates.server(u"good"_s));
    fault.sick().tls = clientOf(u"alice"_s);
    (which == "ca"_L1 ? fault.sick().tls.caFile : which == "key"_L1 ? fault.sick().tls.keyFile : fault.sick().tls.certificateFile) = path;
    fault.run();
    QCOMPARE(fault.broken(Reach::TlsFailed, {words, path, u"nothing was sent"_s}), QString());
    QVERIFY(server.seen().isEmpty());
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::TlsFaults)
#include "tst_fault_tls.moc"
