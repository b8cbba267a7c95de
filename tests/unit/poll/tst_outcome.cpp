// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/outcome.h"

#include <QRegularExpression>
#include <QTest>

namespace quorate {
using namespace Qt::StringLiterals;

/// How what QNetworkAccessManager tells becomes a reach and a sentence.
class OutcomeTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void withoutAnyReply_data();
    void withoutAnyReply();
    void withAStatus_data();
    void withAStatus();
    void cutByUs_data();
    void cutByUs();
    void certificates_data();
    void certificates();
    void redirects_data();
    void redirects();
    void addressesAreNamedWithTheirPort();

private:
    static Outcome ended(QNetworkReply::NetworkError error, const QString &url = u"http://db-1:9089/-/status"_s)
    {
        Outcome outcome;
        outcome.url = QUrl(url);
        outcome.error = error;
        outcome.stage = Stage::Waiting;
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
    QTest::addColumn<int>("error");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("proxy");
    QTest::addColumn<bool>("encrypted");
    QTest::addColumn<Reach>("reach");
    QTest::addColumn<QString>("words");
    const QString plain = u"http://db-1:9089/-/status"_s, tls = u"https://db-1/-/status"_s, none, proxy = u"gate:3128"_s;
    QTest::newRow("refused") << 1 << plain << none << false << Reach::Refused << u"connection refused by db-1:9089"_s;
    QTest::newRow("refused by the proxy") << 1 << plain << proxy << false << Reach::ProxyFailed << u"refused by the proxy gate:3128"_s;
    QTest::newRow("proxy refuses by its own error") << 101 << plain << proxy << false << Reach::ProxyFailed << u"gate:3128"_s;
    QTest::newRow("proxy wants credentials") << 105 << plain << proxy << false << Reach::ProxyFailed << u"gate:3128"_s;
    QTest::newRow("unreachable") << 99 << plain << none << false << Reach::Unreachable << u"no way to db-1:9089"_s;
    QTest::newRow("network went away") << 7 << plain << none << false << Reach::Unreachable << u"db-1:9089"_s;
    QTest::newRow("no such name") << 3 << plain << none << false << Reach::DnsFailed << u"the name db-1 was not found"_s;
    QTest::newRow("system's own time-out") << 4 << plain << none << false << Reach::TimedOut << u"db-1:9089"_s;
    QTest::newRow("closed") << 2 << plain << none << false << Reach::Closed << u"may speak TLS"_s;
    QTest::newRow("closed after the handshake") << 2 << tls << none << true << Reach::TlsFailed << u"wants a client certificate"_s;
    QTest::newRow("no TLS there") << 6 << tls << none << false << Reach::TlsFailed << u"no TLS is spoken there"_s;
    QTest::newRow("not HTTP") << 399 << plain << none << false << Reach::Malformed << u"not HTTP"_s;
    QTest::newRow("no status") << 0 << plain << none << false << Reach::Malformed << u"without an HTTP status"_s;
}

void OutcomeTest::withoutAnyReply()
{
    QFETCH(int, error);
    QFETCH(QString, url);
    QFETCH(QString, proxy);
    QFETCH(bool, encrypted);
    QFETCH(Reach, reach);
    QFETCH(QString, words);
    Outcome outcome = ended(QNetworkReply::NetworkError(error), url);
    outcome.proxy = proxy;
    outcome.encrypted = encrypted;
    compare(endingOf(outcome), reach, words);
}

void OutcomeTest::withAStatus_data()
{
    QTest::addColumn<int>("http");
    QTest::addColumn<int>("error");
    QTest::addColumn<qint64>("announced");
    QTest::addColumn<Reach>("reach");
    // Whatever the status, a whole reply is the decoder's: 503 and 429 carry documents.
    for (const auto &[http, error] :
        {std::pair{200, 0}, {204, 0}, {401, 204}, {403, 201}, {404, 203}, {429, 299}, {500, 401}, {503, 403}, {999, 499}})
        QTest::addRow("%d", http) << http << error << qint64(-1) << Reach::Answered;
    QTest::newRow("200, broken off") << 200 << 2 << qint64(-1) << Reach::Malformed;
    QTest::newRow("503, broken off") << 503 << 2 << qint64(-1) << Reach::Malformed;
    QTest::newRow("200, shorter than announced") << 200 << 0 << qint64(101) << Reach::Malformed;
    QTest::newRow("200, as long as announced") << 200 << 0 << qint64(100) << Reach::Answered;
    QTest::newRow("200, wrongly encoded") << 200 << 299 << qint64(-1) << Reach::Malformed;
    QTest::newRow("304 with a length") << 304 << 0 << qint64(5'000) << Reach::Answered;
}

void OutcomeTest::withAStatus()
{
    QFETCH(int, http);
    QFETCH(int, error);
    QFETCH(qint64, announced);
    QFETCH(Reach, reach);
    Outcome outcome = ended(QNetworkReply::NetworkError(error));
    outcome.http = http;
    outcome.received = 100;
    if (announced >= 0)
        outcome.announced = announced;
    compare(endingOf(outcome), reach, reach == Reach::Answered ? QString() : u"HTTP %1"_s.arg(http));
}

void OutcomeTest::cutByUs_data()
{
    QTest::addColumn<int>("stage");
    QTest::addColumn<bool>("tooLarge");
    QTest::addColumn<Reach>("reach");
    QTest::addColumn<QString>("words");
    QTest::newRow("name") << int(Stage::Resolving) << false << Reach::DnsFailed << u"not resolved within 10 s"_s;
    QTest::newRow("connect") << int(Stage::Connecting) << false << Reach::TimedOut << u"no connection to db-1:9089 within 10 s"_s;
    QTest::newRow("head") << int(Stage::Waiting) << false << Reach::TimedOut << u"no whole reply head came within 10 s"_s;
    QTest::newRow("body") << int(Stage::Receiving) << false << Reach::TimedOut << u"was not complete within 10 s"_s;
    QTest::newRow("cap") << int(Stage::Receiving) << true << Reach::TooLarge << u"larger than 8 MiB"_s;
}

void OutcomeTest::cutByUs()
{
    QFETCH(int, stage);
    QFETCH(bool, tooLarge);
    QFETCH(Reach, reach);
    QFETCH(QString, words);
    Outcome outcome = ended(QNetworkReply::OperationCanceledError); // the same error for both: only our own flag tells
    outcome.cut = tooLarge ? Outcome::Cut::TooLarge : Outcome::Cut::Deadline;
    outcome.stage = Stage(stage);
    outcome.cap = 8 * 1024 * 1024;
    outcome.http = stage == int(Stage::Receiving) ? 200 : 0;
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
    QTest::newRow("none") << QList<int>{} << int(TlsProblem::NotTls) << u"or it wants a client certificate"_s;
}

void OutcomeTest::certificates()
{
    QFETCH(QList<int>, errors);
    QFETCH(int, problem);
    QFETCH(QString, words);
    Outcome outcome = ended(QNetworkReply::SslHandshakeFailedError, u"https://db-1/-/status"_s);
    for (const int error : errors)
        outcome.tlsErrors.append(QSslError::SslError(error));
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
    Outcome outcome = ended(QNetworkReply::NoError);
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
