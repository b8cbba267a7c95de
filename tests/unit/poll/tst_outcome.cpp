// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/outcome.h"

#include <QRegularExpression>
#include <QTest>

namespace quorate {
using namespace Qt::StringLiterals;

/// How what a connection came to becomes a reach and a sentence.
class OutcomeTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void withoutAnyReply_data();
    void withoutAnyReply();
    void withAStatus_data();
    void withAStatus();
    void deadlines_data();
    void deadlines();
    void certificates_data();
    void certificates();
    void alerts_data();
    void alerts();
    void redirects_data();
    void redirects();
    void addressesAreNamedWithTheirPort();

private:
    static Outcome outcomeOf(const QString &url, Stage stage, QAbstractSocket::SocketError error)
    {
        Outcome outcome;
        outcome.url = QUrl(url);
        outcome.error = error;
        outcome.stage = stage;
        outcome.limit = Milliseconds(10'000);
        return outcome;
    }
};

namespace {
void compare(const Ending &ending, Reach reach, const QString &words)
{
    QVERIFY2(ending.reach == reach, name(ending.reach).data());
    QVERIFY2(ending.error.contains(words), qPrintable(ending.error));
    QCOMPARE(ending.error.isEmpty(), reach == Reach::Answered);
}
} // namespace

void OutcomeTest::withoutAnyReply_data()
{
    using Socket = QAbstractSocket;
    QTest::addColumn<int>("error");
    QTest::addColumn<int>("stage");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("proxy");
    QTest::addColumn<Reach>("reach");
    QTest::addColumn<QString>("words");
    const QString plain = u"http://db-1:9089/-/status"_s, tls = u"https://db-1/-/status"_s, none, proxy = u"gate:3128"_s;
    const auto row = [&](const char *name, Socket::SocketError error, Stage stage, const QString &url, const QString &through, Reach reach,
                         const QString &words) { QTest::newRow(name) << int(error) << int(stage) << url << through << reach << words; };
    const Stage connecting = Stage::Connecting, securing = Stage::Securing, waiting = Stage::Waiting;
    row("refused", Socket::ConnectionRefusedError, connecting, plain, none, Reach::Refused, u"connection refused by db-1:9089"_s);
    row("refused by the proxy", Socket::ConnectionRefusedError, connecting, plain, proxy, Reach::ProxyFailed,
        u"refused by the proxy gate:3128"_s);
    row("tunnel refused", Socket::ProxyConnectionRefusedError, connecting, tls, proxy, Reach::ProxyFailed,
        u"refused by the proxy gate:3128"_s);
    row("proxy wants credentials", Socket::ProxyAuthenticationRequiredError, connecting, tls, proxy, Reach::ProxyFailed,
        u"wants credentials"_s);
    row("proxy reaches nobody", Socket::ProxyProtocolError, connecting, tls, proxy, Reach::ProxyFailed, u"no connection to db-1:443"_s);
    row("unreachable", Socket::NetworkError, connecting, plain, none, Reach::Unreachable, u"no way to db-1:9089"_s);
    row("no such name", Socket::HostNotFoundError, connecting, plain, none, Reach::DnsFailed, u"the name db-1 was not found"_s);
    row("system's own time-out", Socket::SocketTimeoutError, connecting, plain, none, Reach::TimedOut, u"db-1:9089"_s);
    row("closed", Socket::RemoteHostClosedError, waiting, plain, none, Reach::Closed, u"may speak TLS"_s);
    row("closed after the handshake", Socket::RemoteHostClosedError, waiting, tls, none, Reach::TlsFailed, u"wants a client certificate"_s);
    row("closed in the handshake", Socket::RemoteHostClosedError, securing, tls, none, Reach::TlsFailed, u"no TLS is spoken there"_s);
    row("no TLS there", Socket::SslHandshakeFailedError, securing, tls, none, Reach::TlsFailed, u"no TLS is spoken there"_s);
}

void OutcomeTest::withoutAnyReply()
{
    QFETCH(int, error);
    QFETCH(int, stage);
    QFETCH(QString, url);
    QFETCH(QString, proxy);
    QFETCH(Reach, reach);
    QFETCH(QString, words);
    Outcome outcome = outcomeOf(url, Stage(stage), QAbstractSocket::SocketError(error));
    outcome.proxy = proxy;
    compare(endingOf(outcome), reach, words);
}

void OutcomeTest::withAStatus_data()
{
    using Problem = ReplyParser::Problem;
    QTest::addColumn<int>("http");
    QTest::addColumn<int>("problem");
    QTest::addColumn<Reach>("reach");
    QTest::addColumn<QString>("words");
    // Whatever the status, a whole reply is the decoder's: 503 and 429 carry documents.
    for (const int http : {200, 204, 304, 401, 403, 404, 429, 500, 503, 999})
        QTest::addRow("%d", http) << http << int(Problem::None) << Reach::Answered << QString();
    QTest::newRow("200, broken off") << 200 << int(Problem::Truncated) << Reach::Malformed << u"truncated: HTTP 200"_s;
    QTest::newRow("503, broken off") << 503 << int(Problem::Truncated) << Reach::Malformed << u"truncated: HTTP 503"_s;
    QTest::newRow("200, bad chunk") << 200 << int(Problem::BadChunk) << Reach::Malformed << u"chunked"_s;
    QTest::newRow("200, bad length") << 200 << int(Problem::BadLength) << Reach::Malformed << u"Content-Length"_s;
    QTest::newRow("200, large body") << 200 << int(Problem::BodyTooLarge) << Reach::TooLarge << u"larger than 8 MiB"_s;
    QTest::newRow("endless head") << 0 << int(Problem::HeadTooLarge) << Reach::TooLarge
                                  << u"headers of db-1:9089 are larger than 65536 bytes"_s;
    QTest::newRow("head broken off") << 0 << int(Problem::Truncated) << Reach::Closed << u"in the middle of the reply's head"_s;
    QTest::newRow("another protocol") << 0 << int(Problem::NotHttp) << Reach::Malformed << u"not HTTP: “SSH-2.0”"_s;
}

void OutcomeTest::withAStatus()
{
    QFETCH(int, http);
    QFETCH(int, problem);
    QFETCH(Reach, reach);
    QFETCH(QString, words);
    Outcome outcome
        = outcomeOf(u"http://db-1:9089/-/status"_s, http > 0 ? Stage::Receiving : Stage::Waiting, QAbstractSocket::UnknownSocketError);
    outcome.http = http;
    outcome.problem = ReplyParser::Problem(problem);
    outcome.anyByte = true;
    outcome.firstBytes = "SSH-2.0";
    compare(endingOf(outcome), reach, words);
}

void OutcomeTest::deadlines_data()
{
    QTest::addColumn<int>("stage");
    QTest::addColumn<Reach>("reach");
    QTest::addColumn<QString>("words");
    QTest::newRow("name") << int(Stage::Resolving) << Reach::DnsFailed << u"not resolved within 10 s"_s;
    QTest::newRow("connect") << int(Stage::Connecting) << Reach::TimedOut << u"no connection to db-1:9089 within 10 s"_s;
    QTest::newRow("handshake") << int(Stage::Securing) << Reach::TimedOut << u"is TLS spoken there"_s;
    QTest::newRow("head") << int(Stage::Waiting) << Reach::TimedOut << u"no whole reply head came within 10 s"_s;
    QTest::newRow("body") << int(Stage::Receiving) << Reach::TimedOut << u"was not complete within 10 s: HTTP 200"_s;
}

void OutcomeTest::deadlines()
{
    QFETCH(int, stage);
    QFETCH(Reach, reach);
    QFETCH(QString, words);
    Outcome outcome = outcomeOf(u"http://db-1:9089/-/status"_s, Stage(stage), QAbstractSocket::UnknownSocketError);
    outcome.deadline = true;
    outcome.http = Stage(stage) == Stage::Receiving ? 200 : 0;
    outcome.anyByte = outcome.http > 0;
    compare(endingOf(outcome), reach, words);
}

void OutcomeTest::certificates_data()
{
    using Error = QSslError;
    QTest::addColumn<QList<int>>("errors");
    QTest::addColumn<int>("problem");
    QTest::addColumn<QString>("words");
    QTest::newRow("self-signed") << QList<int>{Error::SelfSignedCertificate} << int(TlsProblem::SelfSigned) << u"is self-signed"_s;
    QTest::newRow("unknown CA") << QList<int>{Error::UnableToGetLocalIssuerCertificate, Error::UnableToVerifyFirstCertificate}
                                << int(TlsProblem::UnknownCa) << u"signed by a CA that is not trusted"_s;
    QTest::newRow("expired") << QList<int>{Error::CertificateExpired} << int(TlsProblem::Expired) << u"has expired"_s;
    QTest::newRow("not yet valid") << QList<int>{Error::CertificateNotYetValid} << int(TlsProblem::NotYetValid) << u"not valid yet"_s;
    QTest::newRow("wrong host") << QList<int>{Error::HostNameMismatch} << int(TlsProblem::WrongHost) << u"not made for db-1"_s;
    QTest::newRow("expired comes first") << QList<int>{Error::HostNameMismatch, Error::CertificateExpired} << int(TlsProblem::Expired)
                                         << u"has expired and is not made for db-1"_s;
    QTest::newRow("revoked") << QList<int>{Error::CertificateRevoked} << int(TlsProblem::Other) << u"failed a check"_s;
    QTest::newRow("none") << QList<int>{} << int(TlsProblem::NotTls) << u"no TLS is spoken there"_s;
}

void OutcomeTest::certificates()
{
    QFETCH(QList<int>, errors);
    QFETCH(int, problem);
    QFETCH(QString, words);
    Outcome outcome = outcomeOf(u"https://db-1/-/status"_s, Stage::Securing, QAbstractSocket::SslHandshakeFailedError);
    for (const int error : errors)
        outcome.tlsErrors.append(QSslError::SslError(error));
    const Ending ending = endingOf(outcome);
    compare(ending, Reach::TlsFailed, words);
    QCOMPARE(int(ending.tls), problem);
}

void OutcomeTest::alerts_data()
{
    QTest::addColumn<int>("alert");
    QTest::addColumn<int>("stage");
    QTest::addColumn<bool>("withCertificate");
    QTest::addColumn<int>("problem");
    QTest::addColumn<QString>("words");
    const int securing = int(Stage::Securing), waiting = int(Stage::Waiting);
    const int missing = int(TlsProblem::ClientCertificateMissing), other = int(TlsProblem::Other);
    QTest::newRow("TLS 1.2 misses one") << int(QSsl::AlertType::HandshakeFailure) << securing << false << missing
                                        << u"wants a client certificate"_s;
    QTest::newRow("TLS 1.3 misses one") << int(QSsl::AlertType::CertificateRequired) << waiting << false << missing
                                        << u"wants a client certificate"_s;
    QTest::newRow("of an unknown CA") << int(QSsl::AlertType::UnknownCa) << waiting << true << other
                                      << u"does not accept the client certificate"_s;
    QTest::newRow("expired") << int(QSsl::AlertType::CertificateExpired) << securing << true << other
                             << u"does not accept the client certificate"_s;
    QTest::newRow("old version") << int(QSsl::AlertType::ProtocolVersion) << securing << false << other << u"alert 70"_s;
}

void OutcomeTest::alerts()
{
    QFETCH(int, alert);
    QFETCH(int, stage);
    QFETCH(bool, withCertificate);
    QFETCH(int, problem);
    QFETCH(QString, words);
    Outcome outcome = outcomeOf(u"https://db-1/-/status"_s, Stage(stage), QAbstractSocket::SslInternalError);
    outcome.alert = QSsl::AlertType(alert);
    outcome.clientCertificate = withCertificate;
    const Ending ending = endingOf(outcome);
    compare(ending, Reach::TlsFailed, words);
    QCOMPARE(int(ending.tls), problem);
}

void OutcomeTest::redirects_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QString>("words");
    QTest::newRow("other host") << QByteArray("https://login.example:8443/?next=secret") << u"https://login.example:8443"_s;
    QTest::newRow("other port") << QByteArray("http://db-1:9999/-/status") << u"http://db-1:9999"_s;
    QTest::newRow("same place") << QByteArray("/-/status") << u"/-/status on the same server"_s;
    QTest::newRow("other scheme") << QByteArray("https://db-1:9089/") << u"https://db-1:9089"_s;
    QTest::newRow("no host") << QByteArray("http://") << u"no URL"_s;
}

void OutcomeTest::redirects()
{
    QFETCH(QByteArray, location);
    QFETCH(QString, words);
    Outcome outcome = outcomeOf(u"http://db-1:9089/-/status"_s, Stage::Receiving, QAbstractSocket::UnknownSocketError);
    outcome.http = 302;
    outcome.location = location;
    const Ending ending = endingOf(outcome);
    compare(ending, Reach::Redirected, words);
    QVERIFY2(!ending.error.contains("secret"_L1), "the query of a redirect may hold anything");
}

void OutcomeTest::addressesAreNamedWithTheirPort()
{
    QCOMPARE(hostAndPort(QUrl(u"http://db-1/x"_s)), u"db-1:80"_s);
    QCOMPARE(hostAndPort(QUrl(u"https://db-1/x"_s)), u"db-1:443"_s);
    QCOMPARE(hostAndPort(QUrl(u"http://[::1]:8500/x"_s)), u"[::1]:8500"_s);
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::OutcomeTest)
#include "tst_outcome.moc"
