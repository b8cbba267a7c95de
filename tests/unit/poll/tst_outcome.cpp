// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/outcome.h"

#include <QRegularExpression>
#include <QTest>

namespace quorate {
using namespace Qt::StringLiterals;

/// How what a request came to becomes a reach and a sentence.
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
    void redirects_data();
    void redirects();
    void copiesFromCaches_data();
    void copiesFromCaches();
    void staleCopies_data();
    void staleCopies();
    void addressesAreNamedWithTheirPort();

private:
    static Outcome outcomeOf(const QString &url, Stage stage, QNetworkReply::NetworkError error = QNetworkReply::NoError)
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
    using Error = QNetworkReply;
    QTest::addColumn<int>("error");
    QTest::addColumn<int>("stage");
    QTest::addColumn<bool>("encrypted");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("proxy");
    QTest::addColumn<Reach>("reach");
    QTest::addColumn<QString>("words");
    const QString plain = u"http://db-1:9089/-/status"_s, tls = u"https://db-1/-/status"_s, none, proxy = u"gate:3128"_s;
    const auto row = [&](const char *name, Error::NetworkError error, Stage stage, const QString &url, const QString &through, Reach reach,
                         const QString &words, bool encrypted = false) {
        QTest::newRow(name) << int(error) << int(stage) << encrypted << url << through << reach << words;
    };
    const Stage connecting = Stage::Connecting, waiting = Stage::Waiting;
    row("refused", Error::ConnectionRefusedError, connecting, plain, none, Reach::Refused, u"connection refused by db-1:9089"_s);
    row("refused by the proxy", Error::ConnectionRefusedError, connecting, plain, proxy, Reach::ProxyFailed,
        u"refused by the proxy gate:3128"_s);
    row("tunnel refused", Error::ProxyConnectionRefusedError, connecting, tls, proxy, Reach::ProxyFailed, u"the proxy gate:3128"_s);
    row("proxy wants credentials", Error::ProxyAuthenticationRequiredError, connecting, tls, proxy, Reach::ProxyFailed,
        u"the proxy gate:3128"_s);
    row("unreachable through a proxy", Error::UnknownNetworkError, connecting, tls, proxy, Reach::ProxyFailed,
        u"the proxy gate:3128 leads nowhere"_s);
    row("no such name, says the proxy", Error::HostNotFoundError, connecting, tls, proxy, Reach::DnsFailed,
        u"the name db-1 was not found by the proxy gate:3128"_s);
    row("unreachable", Error::UnknownNetworkError, connecting, plain, none, Reach::Unreachable, u"no way to db-1:9089"_s);
    row("no such name", Error::HostNotFoundError, connecting, plain, none, Reach::DnsFailed, u"the name db-1 was not found"_s);
    row("system's own time-out", Error::TimeoutError, connecting, plain, none, Reach::TimedOut, u"db-1:9089"_s);
    row("closed", Error::RemoteHostClosedError, waiting, plain, none, Reach::Closed, u"may speak TLS"_s);
    row("closed after the handshake", Error::RemoteHostClosedError, waiting, tls, none, Reach::TlsFailed, u"wants a client certificate"_s,
        true);
    row("an alert after the handshake", Error::UnknownNetworkError, waiting, tls, none, Reach::TlsFailed, u"wants a client certificate"_s,
        true);
    row("an error on a connection that stood before", Error::UnknownNetworkError, waiting, tls, none, Reach::Closed,
        u"without an HTTP reply"_s);
    row("closed in the handshake", Error::RemoteHostClosedError, connecting, tls, none, Reach::TlsFailed, u"no TLS is spoken there"_s);
    row("closed on a connection that stood before", Error::RemoteHostClosedError, waiting, tls, none, Reach::Closed,
        u"without an HTTP reply"_s);
    row("no TLS there", Error::SslHandshakeFailedError, connecting, tls, none, Reach::TlsFailed, u"no TLS is spoken there"_s);
    row("not HTTP", Error::ProtocolFailure, waiting, plain, none, Reach::Malformed, u"not HTTP"_s);
}

void OutcomeTest::withoutAnyReply()
{
    QFETCH(int, error);
    QFETCH(int, stage);
    QFETCH(bool, encrypted);
    QFETCH(QString, url);
    QFETCH(QString, proxy);
    QFETCH(Reach, reach);
    QFETCH(QString, words);
    Outcome outcome = outcomeOf(url, Stage(stage), QNetworkReply::NetworkError(error));
    outcome.proxy = proxy;
    outcome.encrypted = encrypted;
    compare(endingOf(outcome), reach, words);
}

void OutcomeTest::withAStatus_data()
{
    using Error = QNetworkReply;
    QTest::addColumn<int>("http");
    QTest::addColumn<int>("error");
    QTest::addColumn<Reach>("reach");
    QTest::addColumn<QString>("words");
    // Whatever the status, a whole reply is the decoder's: 503 and 429 carry documents. Qt calls most of them errors.
    const auto whole
        = [](int http, Error::NetworkError error) { QTest::addRow("%d", http) << http << int(error) << Reach::Answered << QString(); };
    whole(200, Error::NoError);
    whole(204, Error::NoError);
    whole(304, Error::NoError);
    whole(400, Error::ProtocolInvalidOperationError);
    whole(401, Error::AuthenticationRequiredError);
    whole(403, Error::ContentAccessDenied);
    whole(404, Error::ContentNotFoundError);
    whole(429, Error::UnknownContentError);
    whole(500, Error::InternalServerError);
    whole(503, Error::ServiceUnavailableError);
    whole(999, Error::UnknownServerError);
    const auto broken = [](const char *name, int http, Error::NetworkError error) {
        QTest::newRow(name) << http << int(error) << Reach::Malformed << u"truncated: HTTP %1"_s.arg(http);
    };
    broken("200, broken off", 200, Error::RemoteHostClosedError);
    broken("503, broken off", 503, Error::RemoteHostClosedError);
    broken("200, its body fails", 200, Error::UnknownContentError);
    broken("500, ended by somebody", 500, Error::OperationCanceledError);
}

void OutcomeTest::withAStatus()
{
    QFETCH(int, http);
    QFETCH(int, error);
    QFETCH(Reach, reach);
    QFETCH(QString, words);
    Outcome outcome = outcomeOf(u"http://db-1:9089/-/status"_s, Stage::Receiving, QNetworkReply::NetworkError(error));
    outcome.http = http;
    compare(endingOf(outcome), reach, words);
    // The same, and less came than was announced, whatever Qt thinks of it.
    outcome.announced = 100;
    outcome.received = 10;
    compare(endingOf(outcome), http == 304 ? Reach::Answered : Reach::Malformed, http == 304 ? QString() : u"truncated"_s);
    outcome.received = 100;
    compare(endingOf(outcome), reach, words);
    outcome.endIsKnown = false;
    compare(endingOf(outcome), Reach::Malformed, reach == Reach::Answered ? u"does not show whether its body is whole"_s : words);
    outcome.cut = Outcome::Cut::TooLarge;
    outcome.cap = 8 * 1024 * 1024;
    compare(endingOf(outcome), Reach::TooLarge, u"larger than 8 MiB"_s);
}

void OutcomeTest::copiesFromCaches_data()
{
    QTest::addColumn<QByteArray>("age");
    QTest::addColumn<QString>("words");
    QTest::newRow("none") << QByteArray() << QString();
    QTest::newRow("a minute") << QByteArray("60") << QString();
    QTest::newRow("more") << QByteArray(" 61") << u"Age 61 s"_s;
    QTest::newRow("a day") << QByteArray("86400") << u"an old copy from a cache (Age 86,400 s)"_s;
    QTest::newRow("beyond all numbers") << QByteArray("99999999999999999999") << u"old copy"_s;
    QTest::newRow("no number") << QByteArray("old") << QString();
    QTest::newRow("negative") << QByteArray("-100") << QString();
}

void OutcomeTest::copiesFromCaches()
{
    QFETCH(QByteArray, age);
    QFETCH(QString, words);
    Outcome outcome = outcomeOf(u"http://db-1:9089/-/status"_s, Stage::Receiving);
    outcome.http = 200;
    outcome.age = age;
    compare(endingOf(outcome), words.isEmpty() ? Reach::Answered : Reach::Malformed, words);
}

void OutcomeTest::staleCopies_data()
{
    QTest::addColumn<QByteArray>("warning");
    QTest::addColumn<QString>("words");
    QTest::newRow("none") << QByteArray() << QString();
    QTest::newRow("stale") << QByteArray("110 proxy \"Response is stale\"") << u"calls stale (Warning 110)"_s;
    QTest::newRow("not asked again") << QByteArray(" 111 - \"Revalidation Failed\"") << u"Warning 111"_s;
    QTest::newRow("cut off") << QByteArray("112 - \"Disconnected Operation\"") << u"Warning 112"_s;
    QTest::newRow("something else") << QByteArray("299 - \"Deprecated\"") << QString();
    QTest::newRow("no code") << QByteArray("11") << QString();
}

void OutcomeTest::staleCopies()
{
    QFETCH(QByteArray, warning);
    QFETCH(QString, words);
    Outcome outcome = outcomeOf(u"http://db-1:9089/-/status"_s, Stage::Receiving);
    outcome.http = 200;
    outcome.warning = warning;
    compare(endingOf(outcome), words.isEmpty() ? Reach::Answered : Reach::Malformed, words);
}

void OutcomeTest::deadlines_data()
{
    QTest::addColumn<int>("stage");
    QTest::addColumn<Reach>("reach");
    QTest::addColumn<QString>("words");
    QTest::newRow("name") << int(Stage::Resolving) << Reach::DnsFailed << u"not resolved within 10 s"_s;
    QTest::newRow("connect") << int(Stage::Connecting) << Reach::TimedOut << u"no connection to db-1:9089 within 10 s"_s;
    QTest::newRow("head") << int(Stage::Waiting) << Reach::TimedOut << u"no whole reply head came within 10 s"_s;
    QTest::newRow("body") << int(Stage::Receiving) << Reach::TimedOut << u"was not complete within 10 s: HTTP 200"_s;
}

void OutcomeTest::deadlines()
{
    QFETCH(int, stage);
    QFETCH(Reach, reach);
    QFETCH(QString, words);
    Outcome outcome = outcomeOf(u"http://db-1:9089/-/status"_s, Stage(stage), QNetworkReply::OperationCanceledError);
    outcome.cut = Outcome::Cut::Deadline;
    outcome.http = Stage(stage) == Stage::Receiving ? 200 : 0;
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
    Outcome outcome = outcomeOf(u"https://db-1/-/status"_s, Stage::Connecting, QNetworkReply::SslHandshakeFailedError);
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
    Outcome outcome = outcomeOf(u"http://db-1:9089/-/status"_s, Stage::Receiving);
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
