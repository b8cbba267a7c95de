// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/fault.h"
#include "tests/support/healthy.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

/// Names and messages that want to be more than text.
class TextFaults final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void componentTexts_data();
    void componentTexts();
    void serversOwnWords_data();
    void serversOwnWords();
    void anEchoedTokenIsNowhere_data();
    void anEchoedTokenIsNowhere();
    void headersAreTextToo();
};

namespace {
struct Text {
    const char *name;
    QString text;
};

QList<Text> texts()
{
    return {
        {"markup", u"<b>etcd</b><img src=http://evil.example/x.png><script>alert(1)</script>"_s},
        {"entities", u"&lt;b&gt; &amp; &#0;"_s},
        {"line breaks", u"one\ntwo\r\nthree\u2028four\u2029five\vsix"_s},
        {"right to left", u"healthy\u202Eytlaehnu\u2066\u200F\u061C"_s},
        {"escapes of a terminal", u"\x1b[2J\x1b]0;title\x07red\x1b[31m"_s},
        {"zero width", u"et\u200Bc\uFEFFd\u2060"_s},
        {"half a pair", QString(QChar(0xD800)) + u'x'},
        {"format marks", u"%1 %2 %n %s"_s},
        {"100 kB", QString(100 * 1024, u'x')},
        {"100 kB of emoji", u"🔥"_s.repeated(25 * 1024)},
    };
}

void addRows()
{
    QTest::addColumn<QString>("system");
    QTest::addColumn<QString>("text");
    for (const QString &system : allSystems) {
        for (const Text &text : texts())
            QTest::addRow("%s: %s", qPrintable(system), text.name) << system << text.text;
    }
}

QByteArray quoted(const QString &text)
{
    const QByteArray list = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return list.mid(1, list.size() - 2);
}

/// A document of `system` that carries `text` wherever it may.
StubAnswer answerWith(const QString &system, const QString &text, const StubRequest &request)
{
    const QByteArray said = quoted(text);
    if (system == "bufstream"_L1)
        return StubAnswer::http(
            200, R"([{"name": "etcd", "status": "healthy"}, {"name": )" + said + R"(, "status": "error", "message": )" + said + "}]");
    if (system == "consul"_L1) {
        StubAnswer answer = healthyAnswer(system, request);
        answer.bytes.replace("server-1", said.mid(1, said.size() - 2));
        const QByteArray body = answer.bytes.mid(answer.bytes.indexOf("\r\n\r\n") + 4);
        return answer.bytes.startsWith("HTTP/1.1 200") ? StubAnswer::http(200, body) : answer;
    }
    if (request.path == "/api/health")
        return healthyAnswer(system, request);
    return StubAnswer::http(200,
        R"({"status": "degraded", "components": {)" + said + R"(: {"status": "error", "error": )" + said + R"(}}, "version": )" + said
            + R"(, "uptime": )" + said + R"(, "streams": [{"name": )" + said + R"(, "messages": 1}]})");
}
} // namespace

void TextFaults::componentTexts_data() { addRows(); }

void TextFaults::componentTexts()
{
    QFETCH(QString, system);
    QFETCH(QString, text);
    FaultRound fault(system);
    StubServer server([&](const StubRequest &request) { return answerWith(system, text, request); });
    QVERIFY(server.listen());
    fault.sick().spec.endpoints = {EndpointUrl(server.url())};
    fault.run();
    QCOMPARE(fault.endpoint().reach, Reach::Answered); // it is read, and is no more than text
    QCOMPARE(fault.brokenSurroundings(), QString());
    if (system != "consul"_L1) // there it is a name, of a server that is well
        QCOMPARE(fault.brokenRule(), QString());
}

void TextFaults::serversOwnWords_data() { addRows(); }

void TextFaults::serversOwnWords()
{
    QFETCH(QString, system);
    QFETCH(QString, text);
    FaultRound fault(system);
    fault.answer(StubAnswer::http(500, text.toUtf8(), "text/plain"), true);
    fault.run();
    QCOMPARE(fault.broken(Reach::ServerError, {u"HTTP 500"_s}), QString());
}

void TextFaults::anEchoedTokenIsNowhere_data()
{
    QTest::addColumn<QString>("system");
    QTest::addColumn<int>("status");
    for (const QString &system : allSystems) {
        for (const int status : {200, 401, 404, 500})
            QTest::addRow("%s: %d", qPrintable(system), status) << system << status;
    }
}

void TextFaults::anEchoedTokenIsNowhere()
{
    QFETCH(QString, system);
    QFETCH(int, status);
    FaultRound fault(system);
    const QByteArray token = faultToken.toUtf8();
    // As debugging servers do: the request's headers in the answer.
    fault.answer(StubAnswer::http(
                     status, "bad credential: Bearer " + token, "text/plain", {{"X-Seen", token}, {"Location", "/login?token=" + token}}),
        true);
    fault.run();
    QVERIFY(fault.endpoint().reach != Reach::Answered);
    QCOMPARE(fault.brokenRule(), QString());
    QVERIFY(fault.endpoint().error.contains("bad credential"_L1));
}

void TextFaults::headersAreTextToo()
{
    FaultRound fault(u"bufstream"_s);
    fault.answer(
        {.bytes = "HTTP/1.1 302 Found\r\nLocation: http://evil.example\x1b[31m\xe2\x80\xae:99999999/\r\nContent-Length: 0\r\n\r\n"}, true);
    fault.run();
    QCOMPARE(fault.broken(Reach::Redirected, {u"302"_s}), QString());
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::TextFaults)
#include "tst_fault_texts.moc"
