// SPDX-License-Identifier: GPL-3.0-or-later
// A reply made readable: what it says is never changed, whatever a server sends.
#include "views/pages/pretty_json.h"

#include <QRegularExpression>
#include <QTest>

using namespace quorate;
using namespace Qt::StringLiterals;

class TestPrettyJson final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void body_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("text");
        const QByteArray filler(120, 'x');
        QTest::newRow("nothing") << QByteArray() << u"empty"_s << QString();
        QTest::newRow("short stays on a line") << QByteArray(R"({"b":1,"a":[1,2]})") << u"JSON"_s << uR"({ "b": 1, "a": [1, 2] })"_s;
        QTest::newRow("empty ones") << QByteArray("{\"a\":{},\"b\":[ ]}") << u"JSON"_s << uR"({ "a": {}, "b": [] })"_s;
        QTest::newRow("a scalar") << QByteArray("\"10.0.0.1:8300\"\n") << u"JSON"_s << u"\"10.0.0.1:8300\""_s;
        QTest::newRow("null") << QByteArray("null") << u"JSON"_s << u"null"_s;
        QTest::newRow("numbers as sent") << QByteArray("[9007199254740993,1e30,1.50]") << u"JSON"_s << u"[9007199254740993, 1e30, 1.50]"_s;
        QTest::newRow("a number that no double holds") << QByteArray("[1e400]") << u"text"_s << u"[1e400]"_s;
        QTest::newRow("brackets and quotes in strings")
            << QByteArray("{\"a\":\"}] \\\" , : {[\",\"b\":\"\\\\\"}") << u"JSON"_s << u"{ \"a\": \"}] \\\" , : {[\", \"b\": \"\\\\\" }"_s;
        QTest::newRow("duplicate keys stay") << QByteArray(R"({"a":1,"a":2})") << u"JSON"_s << uR"({ "a": 1, "a": 2 })"_s;
        QTest::newRow("long is broken") << QByteArray("{\"a\":\"" + filler + "\",\"b\":[1]}") << u"JSON"_s
                                        << u"{\n  \"a\": \"%1\",\n  \"b\": [1]\n}"_s.arg(QString::fromLatin1(filler));
        QTest::newRow("HTML") << QByteArray("<!DOCTYPE html><b>hi</b>") << u"HTML"_s << u"<!DOCTYPE html><b>hi</b>"_s;
        QTest::newRow("text") << QByteArray("No cluster leader\r\n") << u"text"_s << u"No cluster leader\n"_s;
        QTest::newRow("broken JSON as it came") << QByteArray("{\"a\":1,}") << u"text"_s << u"{\"a\":1,}"_s;
        QTest::newRow("binary") << QByteArray("\x1f\x00\x07", 3) << u"binary"_s << u"\u241f\u2400\u2407"_s;
        QTest::newRow("invalid UTF-8") << QByteArray("a\xff") << u"text"_s << u"a\ufffd"_s;
        QTest::newRow("direction marks") << QByteArray("\"a\xe2\x80\xae z\"") << u"JSON"_s << u"\"a\ufffd z\""_s;
    }
    void body()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, kind);
        QFETCH(QString, text);
        const ReadableBody read = readable(body);
        QCOMPARE(read.kind, kind);
        QCOMPARE(read.text, text);
        QCOMPARE(read.leftOut, 0);
    }

    void deepNestingStaysLinear()
    {
        const ReadableBody within = readable(QByteArray(500, '[') + QByteArray(500, ']'));
        QVERIFY(within.text.size() < 100'000);
        const ReadableBody beyond = readable(QByteArray(10'000, '[') + QByteArray(10'000, ']'));
        QCOMPARE(beyond.text.count(u'['), 10'000);
    }

    void aLongLineIsBrokenAndALargeBodyCut()
    {
        const ReadableBody line = readable(QByteArray(longestLine + 10, 'x'));
        QCOMPARE(line.text.count(u'\n'), 1);
        QCOMPARE(line.text.count(u'x'), longestLine + 10);
        const ReadableBody large = readable(QByteArray(mostShownBytes + 5, 'y'));
        QCOMPARE(large.leftOut, 5);
    }
};

QTEST_APPLESS_MAIN(TestPrettyJson)
#include "tst_pretty_json.moc"
