// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/http.h"
#include "models/wording/wording.h"
#include "tests/faults/fault.h"
#include "tests/support/healthy.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>

#include <sys/resource.h>

namespace quorate {
using namespace Qt::StringLiterals;

/// Statuses, redirects, encodings: replies that are whole but are not what was asked for.
class HttpFaults final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void statuses_data();
    void statuses();
    void waitingTimes_data();
    void waitingTimes();
    void redirectToItself_data() { systems(); }
    void redirectToItself();
    void noTokenFollowsARedirect_data();
    void noTokenFollowsARedirect();
    void requestsSayWhoAsks_data() { systems(); }
    void requestsSayWhoAsks();
    void compressedAlthoughNotAskedFor_data();
    void compressedAlthoughNotAskedFor();
    void aBombStaysSmall_data() { systems(); }
    void aBombStaysSmall();
    void cookiesAreNotKept();
    void anOldCopyIsNotFresh_data() { systems(); }
    void anOldCopyIsNotFresh();
    void noTokenWithoutASecret_data() { systems(); }
    void noTokenWithoutASecret();

private:
    void systems()
    {
        QTest::addColumn<QString>("system");
        for (const QString &system : allSystems)
            QTest::newRow(qPrintable(system)) << system;
    }
};

namespace {
struct Status {
    const char *name;
    int status;
    QByteArray type, body;
    Reach reach;
    QStringList words;
};

const QByteArray html = "text/html; charset=utf-8";
const QByteArray text = "text/plain";

QList<Status> allStatuses()
{
    return {
        {"200 with a login page", 200, html, "<!DOCTYPE html><html><head><title>Sign in</title></head><body><form>…</form></body></html>",
            Reach::Malformed, {u"HTML"_s, u"Sign in"_s}},
        {"204", 204, {}, {}, Reach::Malformed, {u"204"_s}},
        {"401 with a text", 401, text, "token has expired", Reach::Unauthorised, {u"401"_s, u"token has expired"_s}},
        {"401 with a challenge", 401, text, "who are you?", Reach::Unauthorised, {u"401"_s}},
        {"403", 403, text, "you may not", Reach::Unauthorised, {u"403"_s, u"you may not"_s}},
        {"404", 404, text, "404 page not found", Reach::NotFound, {u"404"_s}},
        {"429 with a text", 429, text, "slow down", Reach::Throttled, {u"429"_s, u"slow down"_s}},
        {"500 with a text", 500, text, "No cluster leader", Reach::ServerError, {u"500"_s, u"No cluster leader"_s}},
        {"502 with HTML", 502, html, "<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>",
            Reach::ServerError, {u"502"_s, u"HTML"_s}},
        {"503 without a body", 503, {}, {}, Reach::ServerError, {u"503"_s}},
        {"304", 304, {}, {}, Reach::Malformed, {u"304"_s}},
        {"400 with a text", 400, text, "Client sent an HTTP request to an HTTPS server.", Reach::Malformed, {u"400"_s, u"HTTPS server"_s}},
        {"418", 418, text, "short and stout", Reach::Malformed, {u"418"_s}},
        {"999", 999, text, "no such status", Reach::Malformed, {u"999"_s}},
    };
}
} // namespace

void HttpFaults::statuses_data()
{
    QTest::addColumn<QString>("system");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Reach>("reach");
    QTest::addColumn<QStringList>("words");
    for (const QString &system : allSystems) {
        for (const Status &row : allStatuses())
            QTest::addRow("%s: %s", qPrintable(system), row.name) << system << row.status << row.type << row.body << row.reach << row.words;
    }
}

void HttpFaults::statuses()
{
    QFETCH(QString, system);
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(Reach, reach);
    QFETCH(QStringList, words);
    FaultRound fault(system);
    StubAnswer answer = StubAnswer::http(status, body, type, {{"WWW-Authenticate", "Basic realm=\"status\""}});
    if (status == 204 || status == 304)
        answer.bytes = "HTTP/1.1 " + QByteArray::number(status) + " Nothing\r\n\r\n";
    fault.answer(answer);
    fault.run();
    QCOMPARE(fault.broken(reach, words), QString());
    QCOMPARE(fault.endpoint().http, status);
    if (reach != Reach::Unauthorised && reach != Reach::Throttled) // those say in the server's words what was not granted
        QCOMPARE(fault.broken(reach, {expectedOf(system)}), QString());
}

void HttpFaults::waitingTimes_data()
{
    QTest::addColumn<QByteArray>("retryAfter");
    QTest::addColumn<double>("seconds"); // -1: none is told
    QTest::newRow("seconds") << QByteArray("120") << 120.0;
    QTest::newRow("none") << QByteArray() << -1.0;
    QTest::newRow("a date") << QByteArray("Fri, 20 Nov 2026 12:02:00 GMT") << 120.0;
    QTest::newRow("a date in the past") << QByteArray("Fri, 20 Nov 2026 11:00:00 GMT") << -1.0;
    QTest::newRow("negative") << QByteArray("-5") << -1.0;
    QTest::newRow("no number") << QByteArray("soon") << -1.0;
    QTest::newRow("nan") << QByteArray("nan") << -1.0;
    QTest::newRow("beyond all numbers") << QByteArray("1e300") << maxRetryAfterSeconds;
}

/// What a server that limits requests asks for is shown as it is, or not at all.
void HttpFaults::waitingTimes()
{
    QFETCH(QByteArray, retryAfter);
    QFETCH(double, seconds);
    FaultRound fault(u"osapi"_s);
    QList<QPair<QByteArray, QByteArray>> headers{{"Date", "Fri, 20 Nov 2026 12:00:00 GMT"}};
    if (!retryAfter.isEmpty())
        headers.append({"Retry-After", retryAfter});
    fault.answer(StubAnswer::http(429, "slow down", "text/plain", headers));
    fault.run();
    QCOMPARE(fault.broken(Reach::Throttled, {u"HTTP 429"_s, u"limits the rate of requests"_s, u"slow down"_s}), QString());
    const QList<Reason> reasons = fault.cluster().reasons;
    const auto throttled
        = std::find_if(reasons.begin(), reasons.end(), [](const Reason &one) { return one.code == ReasonCode::EndpointThrottled; });
    QVERIFY(throttled != reasons.end());
    QCOMPARE(throttled->value, seconds < 0 ? std::nullopt : std::optional(seconds));
    const QString sentence = wording::sentence(fault.cluster(), *throttled);
    // The server's wish, not a promise: it is asked again by the interval.
    QCOMPARE(sentence.contains(u"asks for a pause of "_s + wording::duration(120.0)), seconds == 120.0);
    QVERIFY2(!sentence.contains(u"nan"_s) && !sentence.contains(u"inf"_s) && !sentence.contains(u'-'), qPrintable(sentence));
}

void HttpFaults::redirectToItself()
{
    QFETCH(QString, system);
    FaultRound fault(system);
    fault.answer(StubAnswer::http(301, {}, {}, {{"Location", "/"}}), true);
    fault.run();
    QCOMPARE(fault.broken(Reach::Redirected, {u"301"_s, u"redirect"_s}), QString());
    QVERIFY2(fault.server().seen().size() <= 2 * 6, "redirects are not followed"); // each request of the plan once, by each engine
}

void HttpFaults::noTokenFollowsARedirect_data()
{
    QTest::addColumn<QString>("system");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("status");
    for (const QString &system : allSystems) {
        for (const int status : {301, 302, 303, 307, 308}) {
            QTest::addRow("%s: %d to another port", qPrintable(system), status) << system << u"127.0.0.1"_s << status;
            QTest::addRow("%s: %d to another host", qPrintable(system), status) << system << u"localhost"_s << status;
        }
    }
}

void HttpFaults::noTokenFollowsARedirect()
{
    QFETCH(QString, system);
    QFETCH(QString, host);
    QFETCH(int, status);
    StubServer target([&](const StubRequest &request) { return healthyAnswer(system, request); });
    QVERIFY(target.listen());
    FaultRound fault(system);
    const QString place = u"%1:%2"_s.arg(host).arg(target.port());
    fault.answer(StubAnswer::http(status, "moved", "text/plain", {{"Location", "http://" + place.toUtf8() + "/-/status?user=x"}}), true);
    fault.run();
    QCOMPARE(fault.broken(Reach::Redirected, {QString::number(status), place}), QString());
    QVERIFY2(target.seen().isEmpty(), "nothing goes there, the token least of all");
}

namespace {
QByteArray headerOf(const StubRequest &request, const QByteArray &name)
{
    for (const auto &[key, value] : request.headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}
} // namespace

void HttpFaults::requestsSayWhoAsks()
{
    QFETCH(QString, system);
    FaultRound fault(system);
    fault.run();
    QCOMPARE(fault.endpoint().reach, Reach::Answered);
    const QList<StubRequest> seen = fault.server().seen();
    QVERIFY(!seen.isEmpty());
    bool withToken = false;
    for (const StubRequest &request : seen) {
        QCOMPARE(request.method, "GET");
        QCOMPARE(headerOf(request, "User-Agent"), QByteArray("quorate/" QUORATE_VERSION));
        QCOMPARE(headerOf(request, "Accept-Encoding"), "identity");
        QCOMPARE(headerOf(request, "Cache-Control"), "no-cache");
        QVERIFY(!request.path.contains(faultToken.toUtf8()));
        const QByteArray token = system == "consul"_L1 ? headerOf(request, "X-Consul-Token") : headerOf(request, "Authorization");
        withToken |= token == (system == "consul"_L1 ? QByteArray() : QByteArray("Bearer ")) + faultToken.toUtf8();
    }
    QVERIFY(withToken);
}

namespace {
/// A gzip member, its checksum left out.
QByteArray gzip(const QByteArray &content)
{
    QByteArray bytes = qCompress(content, 9).mid(4); // zlib
    bytes = bytes.mid(2, bytes.size() - 6); // deflate
    return QByteArray::fromHex("1f8b0800000000000003") + bytes + QByteArray(8, '\0');
}
} // namespace

void HttpFaults::compressedAlthoughNotAskedFor_data()
{
    QTest::addColumn<QString>("system");
    QTest::addColumn<QByteArray>("encoding");
    for (const QString &system : allSystems) {
        QTest::addRow("%s: gzip", qPrintable(system)) << system << QByteArray("gzip");
        QTest::addRow("%s: gzip, unsaid", qPrintable(system)) << system << QByteArray();
        QTest::addRow("%s: deflate", qPrintable(system)) << system << QByteArray("deflate");
    }
}

void HttpFaults::compressedAlthoughNotAskedFor()
{
    QFETCH(QString, system);
    QFETCH(QByteArray, encoding);
    FaultRound fault(system);
    QList<QPair<QByteArray, QByteArray>> headers;
    if (!encoding.isEmpty())
        headers.append({"Content-Encoding", encoding});
    fault.answer(StubAnswer::http(200, gzip(R"([{"name": "etcd", "status": "healthy"}])"), "application/json", headers));
    fault.run();
    QCOMPARE(fault.broken(Reach::Malformed, {u"not asked for"_s, expectedOf(system)}), QString());
}

void HttpFaults::aBombStaysSmall()
{
    QFETCH(QString, system);
    FaultRound fault(system);
    // 200 MB of spaces in 200 KB.
    const QByteArray bomb = gzip(QByteArray(200 * 1024 * 1024, ' '));
    rusage before{}, after{};
    ::getrusage(RUSAGE_SELF, &before);
    fault.answer(StubAnswer::http(200, bomb, "application/json", {{"Content-Encoding", "gzip"}}));
    fault.run();
    ::getrusage(RUSAGE_SELF, &after);
    QCOMPARE(fault.broken(Reach::Malformed, {u"not asked for"_s}), QString());
    QVERIFY2(after.ru_maxrss - before.ru_maxrss < 32 * 1024, "nothing is unpacked");
}

void HttpFaults::cookiesAreNotKept()
{
    FaultRound fault(u"consul"_s);
    StubServer server([](const StubRequest &request) {
        StubAnswer answer = healthyAnswer(u"consul"_s, request);
        answer.bytes.insert(answer.bytes.indexOf("\r\n") + 2, "Set-Cookie: session=7; Path=/\r\n");
        return answer;
    });
    QVERIFY(server.listen());
    fault.sick().spec.endpoints = {EndpointUrl(server.url())};
    fault.run();
    QCOMPARE(fault.endpoint().reach, Reach::Answered);
    QCOMPARE(fault.brokenSurroundings(), QString());
    for (const StubRequest &request : server.seen())
        QVERIFY(headerOf(request, "Cookie").isEmpty());
}

void HttpFaults::anOldCopyIsNotFresh()
{
    QFETCH(QString, system);
    FaultRound fault(system);
    StubServer cache([&](const StubRequest &request) {
        StubAnswer answer = healthyAnswer(system, request); // as green as it gets, a day ago
        answer.bytes.replace("\r\n\r\n", "\r\nAge: 86400\r\n\r\n");
        return answer;
    });
    QVERIFY(cache.listen());
    fault.sick().spec.endpoints = {EndpointUrl(cache.url())};
    fault.run();
    QCOMPARE(fault.broken(Reach::Malformed, {u"an old copy from a cache (Age 86,400 s)"_s}), QString());
}

void HttpFaults::noTokenWithoutASecret()
{
    QFETCH(QString, system);
    FaultRound fault(system);
    fault.sick().token = SecretFromEnvironment{u"QUORATE_NO_SUCH_VARIABLE"_s};
    fault.run();
    QCOMPARE(fault.broken(Reach::NoSecret, {u"QUORATE_NO_SUCH_VARIABLE is not set"_s}), QString());
    QVERIFY2(fault.server().seen().isEmpty(), "never an anonymous request instead");
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::HttpFaults)
#include "tst_fault_http.moc"
