// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/http.h"
#include "models/systems/shell.h"
#include "tests/unit/systems/replies.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

using namespace quorate;
using namespace quorate::test;

/// What all systems share in reading a reply: kinds of bodies, JSON and its limits, errors in words.
class TestHttp final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void bodyKinds_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("kind");
        QTest::newRow("nothing") << QByteArray() << u"nothing"_s;
        QTest::newRow("only spaces") << QByteArray(" \r\n\t ") << u"nothing"_s;
        QTest::newRow("object") << QByteArray("\n  {\"a\":1}") << u"JSON"_s;
        QTest::newRow("object after a byte order mark") << QByteArray("\xEF\xBB\xBF{}") << u"JSON"_s;
        QTest::newRow("string") << QByteArray("\"10.1.10.12:8300\"") << u"JSON"_s;
        QTest::newRow("null") << QByteArray("null\n") << u"JSON"_s;
        QTest::newRow("number") << QByteArray("-42") << u"JSON"_s;
        QTest::newRow("404 page not found") << QByteArray("404 page not found") << u"text"_s;
        QTest::newRow("No cluster leader") << QByteArray("No cluster leader") << u"text"_s;
        QTest::newRow("page") << QByteArray(" <!doctype html>") << u"HTML"_s;
        QTest::newRow("zeros") << QByteArray("{\0\0\0", 4) << u"binary data"_s;
        QTest::newRow("gzip") << QByteArray("\x1f\x8b\x08\x00", 4) << u"gzip, which was not asked for"_s;
        QTest::newRow("zstd") << QByteArray("\x28\xb5\x2f\xfd\x00", 5) << u"gzip, which was not asked for"_s;
    }
    void bodyKinds()
    {
        QFETCH(QByteArray, body);
        QTEST(words(bodyKind(QByteArrayView(body))), "kind");
    }

    void parsesJson_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("error"); // empty: understood
        QTest::newRow("top-level string") << QByteArray("\"x\"") << QString();
        QTest::newRow("top-level number") << QByteArray("42") << QString();
        QTest::newRow("null") << QByteArray("null") << QString();
        QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF[]") << QString();
        QTest::newRow("empty") << QByteArray(" ") << u"nothing where JSON was expected"_s;
        QTest::newRow("two values") << QByteArray("1,2") << u"broken JSON: 2 values where one was expected"_s;
        QTest::newRow("closes our bracket") << QByteArray("1],[2") << u"broken JSON at byte 2: more text after the value"_s;
        QTest::newRow("text after it") << QByteArray("{} x") << u"broken JSON at byte 4: something that JSON does not have there"_s;
        QTest::newRow("truncated") << QByteArray("{\"a\":\"b") << u"broken JSON at byte 7: it ends in the middle"_s;
        QTest::newRow("invalid UTF-8") << QByteArray("{\"a\":\"\xff\"}") << u"invalid UTF-8"_s;
        QTest::newRow("1e400") << QByteArray("{\"a\":1e400}") << u"broken JSON at byte 10: a number that is none or is too large"_s;
        QTest::newRow("10,000 arrays") << QByteArray(10'000, '[') << u"broken JSON at byte 1024: nested too deeply"_s;
    }
    void parsesJson()
    {
        QFETCH(QByteArray, body);
        const auto parsed = parseJson(body);
        QTEST(parsed ? QString() : parsed.error().text, "error");
    }

    // QJsonDocument keeps the last one: what the first one said would be gone without a word.
    void keysThatStandTwice_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("key"); // null: none
        const auto row = [](const char *name, const QByteArray &body, const QString &key) { QTest::newRow(name) << body << key; };
        row("beside each other", json("{'a':1,'a':2}"), u"a"_s);
        row("far from each other", json("{'a':1,'b':[{'c':{}},'a'],'a':2}"), u"a"_s);
        row("deep", json("[{'x':[{'nats':{'status':'ok'},'kv':{},'nats':{'status':'error'}}]}]"), u"nats"_s);
        row("the same value", json("{'a':1,'a':1}"), u"a"_s);
        row("spelt with an escape", json("{'status':1,'st\\u0061tus':2}"), u"status"_s);
        row("both with escapes", json("{'\\u0061\\'':1,'a\\u0022':2}"), u"a\""_s);
        row("a quote and a backslash in it", json("{'a\\\\':1,'b\\'':2,'a\\\\':3}"), u"a\\"_s);
        row("empty", json("{'':1,'':2}"), u""_s);
        row("not of ASCII", "{\"\xC3\xA9\":1,\"\\u00e9\":2}", u"é"_s);
        row("a line break in it", json("{'a\\nb':1,'a\\nb':2}"), u"a b"_s);
        row("with spaces and a mark", "\xEF\xBB\xBF { \"a\" : 1 ,\n\"a\" : 2 }", u"a"_s);
        row("one in each object", json("{'a':{'a':[{'a':1},{'a':2}]},'b':{'a':1}}"), QString());
        row("other case", json("{'a':1,'A':2}"), QString());
        row("values, not keys", json("{'a':'x','b':'x','c':['a','a',{}],'d':'a'}"), QString());
        row("brackets in strings", json("{'a':'}{,\\'a\\':','b':'\\\\'}"), QString());
        row("no object", json("['a','a']"), QString());
    }
    void keysThatStandTwice()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, key);
        const auto parsed = parseJson(body);
        QCOMPARE(parsed ? QString() : parsed.error().text, key.isNull() ? QString() : u"the key “%1” stands twice"_s.arg(key));
    }

    void keysOfManyAreFoundToo()
    {
        QByteArray body = "{\"k7\":0";
        for (int i = 0; i < 100'000; ++i)
            body += ",\"k" + QByteArray::number(i) + "\":{}";
        QCOMPARE(parseJson(body + '}').error().text, u"the key “k7” stands twice"_s);
    }

    void everyFixtureParses()
    {
        for (const QString &folder : {u"bufstream"_s, u"consul"_s, u"osapi"_s}) {
            for (const QString &file : fixtureNames(folder)) {
                if (!file.endsWith(".json"_L1))
                    continue;
                const auto parsed = parseJson(fixture(folder + u'/' + file));
                QVERIFY2(parsed, qPrintable(file + u": "_s + (parsed ? QString() : parsed.error().text)));
            }
        }
    }

    void numbers_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("expected"); // integer counter unsigned number, "-" where absent
        QTest::newRow("zero") << QByteArray("0") << u"0 0 0 0"_s;
        QTest::newRow("negative") << QByteArray("-5") << u"-5 - - -5"_s;
        QTest::newRow("2^53+1 is exact") << QByteArray("9007199254740993")
                                         << u"9007199254740993 9007199254740993 9007199254740993 9.0072e+15"_s;
        QTest::newRow("2^63-1") << QByteArray("9223372036854775807")
                                << u"9223372036854775807 9223372036854775807 9223372036854775807 9.22337e+18"_s;
        QTest::newRow("2^63") << QByteArray("9223372036854775808") << u"- - - 9.22337e+18"_s;
        QTest::newRow("2^64-1") << QByteArray("18446744073709551615") << u"- - - 1.84467e+19"_s;
        QTest::newRow("2^64-1 as text") << QByteArray("\"18446744073709551615\"") << u"- - 18446744073709551615 1.84467e+19"_s;
        QTest::newRow("fraction") << QByteArray("1.5") << u"- - - 1.5"_s;
        QTest::newRow("decimal text") << QByteArray("\"12\"") << u"12 12 12 12"_s;
        QTest::newRow("negative text") << QByteArray("\"-12\"") << u"-12 - - -12"_s;
        QTest::newRow("word") << QByteArray("\"many\"") << u"- - - -"_s;
        QTest::newRow("not a number") << QByteArray("\"nan\"") << u"- - - -"_s;
        QTest::newRow("infinite") << QByteArray("\"inf\"") << u"- - - -"_s;
        QTest::newRow("empty text") << QByteArray("\"\"") << u"- - - -"_s;
        QTest::newRow("null") << QByteArray("null") << u"- - - -"_s;
        QTest::newRow("true") << QByteArray("true") << u"- - - -"_s;
        QTest::newRow("array") << QByteArray("[1]") << u"- - - -"_s;
    }
    void numbers()
    {
        QFETCH(QByteArray, json);
        const QJsonValue value = parseJson(json).value();
        const auto told = [](const auto &leaf) { return leaf ? QString::number(*leaf) : u"-"_s; };
        const QString all
            = QStringList{told(integer(value)), told(counter(value)), told(unsignedInteger(value)), told(number(value))}.join(u' ');
        QTEST(all, "expected");
    }

    void booleansAndTexts()
    {
        QCOMPARE(boolean(QJsonValue(true)), std::optional(true));
        QCOMPARE(boolean(QJsonValue(u"false"_s)), std::optional(false));
        QCOMPARE(boolean(QJsonValue(1)), std::optional<bool>());
        QCOMPARE(text(QJsonValue(u"a\nb"_s)), std::optional(u"a b"_s));
        QCOMPARE(text(QJsonValue(1)), std::optional<QString>());
    }

    void saysWhatCame_data()
    {
        QTest::addColumn<int>("http");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("reach");
        QTest::addColumn<QString>("error");
        const auto row = [](const char *name, int http, const QByteArray &body, const QString &reach, const QString &error) {
            QTest::newRow(name) << http << body << reach << error;
        };
        const QByteArray page = "<html><head><title>502 Bad Gateway</title></head></html>";
        row("502 HTML", 502, page, u"server-error"_s, u"HTTP 502, HTML, not OSAPI's document: “502 Bad Gateway”"_s);
        row("503 without a body", 503, {}, u"server-error"_s, u"HTTP 503, an empty reply; OSAPI's document expected"_s);
        row("500 text", 500, "rpc error: No cluster leader", u"server-error"_s,
            u"HTTP 500, text, not OSAPI's document: “rpc error: No cluster leader”"_s);
        row("503 rate limit", 503, "rate limit exceeded, try again later", u"throttled"_s,
            u"HTTP 503, the server limits the rate of requests: “rate limit exceeded, try again later”"_s);
        row("429 text", 429, "slow down", u"throttled"_s, u"HTTP 429, the server limits the rate of requests: “slow down”"_s);
        row("login page", 200, "<html><title>Sign in</title>", u"malformed"_s,
            u"HTTP 200 with an HTML page; OSAPI's document expected – a login page or a proxy?"_s);
        row("204", 204, {}, u"malformed"_s, u"HTTP 204, an empty reply; OSAPI's document expected"_s);
        row("304", 304, {}, u"malformed"_s, u"HTTP 304, an empty reply; OSAPI's document expected"_s);
        row("401 JSON", 401, "{\"error\":\"Bearer token required\"}", u"unauthorised"_s, u"HTTP 401: “Bearer token required”"_s);
        row("403 nothing", 403, {}, u"unauthorised"_s, u"HTTP 403, no reason given"_s);
        row("404 JSON", 404, "{\"message\":\"Not Found\"}", u"not-found"_s, u"HTTP 404, JSON, not OSAPI's document: “Not Found”"_s);
        row("407", 407, {}, u"proxy-failed"_s, u"HTTP 407, an empty reply; OSAPI's document expected"_s);
        row("two fields", 500, "{\"code\":500,\"details\":\"Timeout.\",\"error\":\"Failed.\"}", u"server-error"_s,
            u"HTTP 500, JSON, not OSAPI's document: “Failed.; Timeout.”"_s);
        row("markup and line breaks stay text", 500, "<b>no</b>\nway\xE2\x80\xAE", u"server-error"_s,
            u"HTTP 500, HTML, not OSAPI's document"_s);
        row("binary", 200, QByteArray("\x00\x01\x02", 3), u"malformed"_s, u"HTTP 200, binary data, not OSAPI's document"_s);
        row("gzip", 200, QByteArray("\x1f\x8b\x08", 3), u"malformed"_s, u"HTTP 200, gzip, which was not asked for, not OSAPI's document"_s);
    }
    void saysWhatCame()
    {
        QFETCH(int, http);
        QFETCH(QByteArray, body);
        QFETCH(QString, error);
        const Decoded decoded = notUnderstood(reply(http, body), u"OSAPI's document"_s);
        QTEST(QString(name(decoded.reach)), "reach");
        if (http == 200 && body.startsWith('<'))
            QVERIFY2(decoded.error.startsWith(error), qPrintable(decoded.error));
        else
            QCOMPARE(decoded.error, error);
    }

    void namesTheCompressionAndBelievesItsHeader()
    {
        const auto read = readJson(reply(200, "{\"a\":1}", {{"content-encoding", "br"}}), u"the document"_s);
        QVERIFY(!read);
        QCOMPARE(read.error().error, u"HTTP 200, br, which was not asked for, not the document"_s);
        QVERIFY(bool(readJson(reply(200, "{\"a\":1}", {{"Content-Encoding", "identity"}}), u"the document"_s)));
    }

    void tellsWhereARedirectLeadsWithoutItsSecrets()
    {
        const Decoded decoded
            = notUnderstood(reply(302, {}, {{"Location", "https://me:secret@login.example/go?token=secret#secret"}}), u"the document"_s);
        QCOMPARE(decoded.reach, Reach::Redirected);
        QCOMPARE(decoded.error, u"HTTP 302, redirected to https://login.example/go, which is not followed; the document expected"_s);
        QCOMPARE(notUnderstood(reply(301, {}), u"it"_s).error, u"HTTP 301, redirected to nowhere, which is not followed; it expected"_s);
    }

    void namesWhatIsWrongWithTheJson()
    {
        const auto read = readJson(reply(200, "{\"a\":1e400}"), u"the document"_s);
        QVERIFY(!read);
        QCOMPARE(read.error().reach, Reach::Malformed);
        QVERIFY(read.error().error.startsWith(
            "HTTP 200, broken JSON at byte 10: a number that is none or is too large; the document expected"_L1));
    }

    void quotesAtMost200Characters()
    {
        const QString words = ownWords(reply(500, QByteArray(100'000, 'x')));
        QCOMPARE(words.size(), 201);
        QVERIFY(words.endsWith(u'…'));
    }

    void retryAfters_data()
    {
        QTest::addColumn<QByteArray>("retry");
        QTest::addColumn<QByteArray>("date");
        QTest::addColumn<double>("seconds"); // −1: absent
        const QByteArray date = "Fri, 20 Nov 2026 08:00:00 GMT";
        QTest::newRow("seconds") << QByteArray("120") << date << 120.0;
        QTest::newRow("date, against the server's own clock") << QByteArray("Fri, 20 Nov 2026 08:01:30 GMT") << date << 90.0;
        QTest::newRow("date, against our arrival") << QByteArray("Thu, 01 Jan 1970 00:00:45 GMT") << QByteArray() << 45.0;
        QTest::newRow("past date") << QByteArray("Fri, 20 Nov 2026 07:00:00 GMT") << date << -1.0;
        QTest::newRow("too long") << QByteArray("999999999") << date << maxRetryAfterSeconds;
        QTest::newRow("negative") << QByteArray("-5") << date << -1.0;
        QTest::newRow("nan") << QByteArray("nan") << date << -1.0;
        QTest::newRow("words") << QByteArray("soon") << date << -1.0;
        QTest::newRow("none") << QByteArray() << date << -1.0;
    }
    void retryAfters()
    {
        QFETCH(QByteArray, retry);
        QFETCH(QByteArray, date);
        const auto seconds = retryAfter(reply(429, {}, {{"retry-after", retry}, {"date", date}}));
        QTEST(seconds.value_or(-1), "seconds");
    }

    void dates_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("instant"); // empty: none
        const auto row = [](const char *text, const QString &instant) { QTest::newRow(text) << QByteArray(text) << instant; };
        row("Fri, 20 Nov 2026 08:49:22 GMT", u"2026-11-20T08:49:22.000Z"_s);
        row("  Sun, 29 Feb 2032 23:59:59 GMT\t", u"2032-02-29T23:59:59.000Z"_s);
        row("Sun, 29 Mar 2026 02:30:00 GMT", u"2026-03-29T02:30:00.000Z"_s); // a local time that many zones do not have
        row("Sun, 29 Feb 2026 08:49:22 GMT", {});
        row("Fri, 20 Nov 2026 25:00:00 GMT", {});
        row("Fri, 20 ov  2026 08:49:22 GMT", {});
        row("Fri, 20 vDe 2026 08:49:22 GMT", {});
        row("Fri, 20 Nov 2026 08:49:22 CET", {});
        row("Fri, 2x Nov 2026 08:49:22 GMT", {});
        row("Fri, 20 Nov 2026 08:49:22", {});
        row("", {});
    }
    void dates()
    {
        QFETCH(QByteArray, text);
        const auto date = httpDate(text);
        QTEST(date ? toRfc3339(*date) : QString(), "instant");
    }

    void shellWords()
    {
        QCOMPARE(shellQuoted(u"http://[::1]:9089"_s), u"'http://[::1]:9089'"_s);
        QCOMPARE(shellQuoted(u"http://b-0.example:9089"_s), u"http://b-0.example:9089"_s);
        QCOMPARE(shellQuoted(u"it's; rm -rf $HOME"_s), u"'it'\\''s; rm -rf $HOME'"_s);
        QCOMPARE(shellQuoted(QString()), u"''"_s);
        QVERIFY(isShellVariable(u"OSAPI_TOKEN"));
        QVERIFY(!isShellVariable(u"1TOKEN"));
        QVERIFY(!isShellVariable(u"A;rm"));
        QVERIFY(!isShellVariable(u""));
    }
};

QTEST_GUILESS_MAIN(TestHttp)
#include "test_http.moc"
