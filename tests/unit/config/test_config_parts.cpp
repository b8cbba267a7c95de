// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/duration.h"
#include "app/config/endpoint_url.h"
#include "app/config/expansion.h"
#include "app/config/nearest_name.h"
#include "app/config/paths.h"
#include "app/config/toml_document.h"

#include <QDir>
#include <QRegularExpression>
#include <QTest>

using namespace quorate;
using namespace Qt::StringLiterals;

/// The small pieces of reading a configuration, each as a table.
class TestConfigParts final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void durations_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("milliseconds"); // −1: no duration
        QTest::newRow("seconds") << u"10s"_s << qint64(10'000);
        QTest::newRow("minutes and seconds") << u"1m30s"_s << qint64(90'000);
        QTest::newRow("milliseconds") << u"500ms"_s << qint64(500);
        QTest::newRow("fraction") << u"1.5h"_s << qint64(5'400'000);
        QTest::newRow("day") << u"1d"_s << qint64(86'400'000);
        QTest::newRow("zero") << u"0s"_s << qint64(0);
        QTest::newRow("nothing") << QString() << qint64(-1);
        QTest::newRow("no unit") << u"10"_s << qint64(-1);
        QTest::newRow("unit only") << u"s"_s << qint64(-1);
        QTest::newRow("negative") << u"-1s"_s << qint64(-1);
        QTest::newRow("blank") << u"10 s"_s << qint64(-1);
        QTest::newRow("unknown unit") << u"10sec"_s << qint64(-1);
        QTest::newRow("upper case") << u"10S"_s << qint64(-1);
        QTest::newRow("endless digits") << u"9999999999999999s"_s << qint64(-1);
        QTest::newRow("rest") << u"10s!"_s << qint64(-1);
        QTest::newRow("other digits") << u"١٠s"_s << qint64(-1);
    }
    void durations()
    {
        QFETCH(QString, text);
        QFETCH(qint64, milliseconds);
        const auto duration = parseDuration(text);
        QCOMPARE(duration ? duration->count() : -1, milliseconds);
        if (duration)
            QCOMPARE(parseDuration(durationText(*duration)), duration);
    }

    void expansions_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("result"); // joined by blanks; or "!" and words of the error
        QTest::newRow("plain") << u"http://a:1"_s << u"http://a:1"_s;
        QTest::newRow("range") << u"a{8..11}b"_s << u"a8b a9b a10b a11b"_s;
        QTest::newRow("range of one") << u"a{3..3}"_s << u"a3"_s;
        QTest::newRow("padded") << u"n{08..11}"_s << u"n08 n09 n10 n11"_s;
        QTest::newRow("list") << u"{eu,us}-x"_s << u"eu-x us-x"_s;
        QTest::newRow("list with nothing") << u"a{,-b}"_s << u"a a-b"_s;
        QTest::newRow("both multiply") << u"{a,b}{1..2}"_s << u"a1 a2 b1 b2"_s;
        QTest::newRow("open") << u"a{1..2"_s << u"!{ without }"_s;
        QTest::newRow("closed") << u"a}b"_s << u"!} without {"_s;
        QTest::newRow("nested") << u"{a,{1..2}}"_s << u"!inside braces"_s;
        QTest::newRow("neither") << u"{1...3}"_s << u"!write {1..3} or {a,b}"_s;
        QTest::newRow("downwards") << u"{3..1}"_s << u"!write {1..3}"_s;
        QTest::newRow("too many") << u"{0..10000}"_s << u"!more than 10000"_s;
        QTest::newRow("product too large") << u"{1..200}{1..200}"_s << u"!more than 10000"_s;
        QTest::newRow("absurd") << u"{0..99999999999999999999999}"_s << u"!more than 10000"_s;
    }
    void expansions()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, result);
        const auto expanded = expandBraces(pattern);
        if (result.startsWith(u'!'))
            QVERIFY2(
                !expanded && expanded.error().text.contains(result.mid(1)), qPrintable(expanded ? u"expanded"_s : expanded.error().text));
        else
            QCOMPARE(expanded.value().join(u' '), result);
    }
    void theLargestRangeIsTaken() { QCOMPARE(expandBraces(u"{1..10000}"_s).value().size(), 10'000); }

    void urls_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("url"); // or "!" and words of the error
        QTest::newRow("plain") << u"http://10.1.10.10:8500"_s << u"http://10.1.10.10:8500"_s;
        QTest::newRow("slash") << u"https://osapi/"_s << u"https://osapi"_s;
        QTest::newRow("path") << u"https://proxy/consul//"_s << u"https://proxy/consul"_s;
        QTest::newRow("case") << u"HTTP://Node-1:8500"_s << u"http://node-1:8500"_s;
        QTest::newRow("IPv6") << u"http://[::1]:8500"_s << u"http://[::1]:8500"_s;
        QTest::newRow("nothing") << u"  "_s << u"!is empty"_s;
        QTest::newRow("no scheme") << u"10.1.10.10:8500"_s << u"!write http://10.1.10.10:8500"_s;
        QTest::newRow("other scheme") << u"ftp://a"_s << u"!\"ftp\" is not supported"_s;
        QTest::newRow("no host") << u"http://"_s << u"!no host"_s;
        QTest::newRow("no host but port") << u"http://:8500"_s << u"!"_s;
        QTest::newRow("port 0") << u"http://a:0"_s << u"!port 0"_s;
        QTest::newRow("port too large") << u"http://a:70000"_s << u"!1 to 65535"_s;
        QTest::newRow("port of letters") << u"http://a:http"_s << u"!1 to 65535"_s;
        QTest::newRow("query") << u"http://a/v1?token=sesame"_s << u"!from \"?\" on"_s;
        QTest::newRow("fragment") << u"http://a#x"_s << u"!from \"#\" on"_s;
        QTest::newRow("blank") << u"http://a b"_s << u"!blanks"_s;
        QTest::newRow("line break") << u"http://a\n"_s << u"!blanks or control"_s;
        QTest::newRow("password") << u"http://me:sesame@a"_s << u"!give a token instead"_s;
        QTest::newRow("password with a slash") << u"http://me:ses/ame@a:x"_s << u"!give a token instead"_s;
        QTest::newRow("user alone") << u"http://sesame@a"_s << u"!give a token instead"_s;
        QTest::newRow("password, no scheme") << u"me:sesame@a"_s << u"!give a token instead"_s;
    }
    void urls()
    {
        QFETCH(QString, text);
        QFETCH(QString, url);
        const auto checked = checkEndpointUrl(text);
        if (!url.startsWith(u'!')) {
            QVERIFY2(checked, qPrintable(checked ? QString() : checked.error().text));
            QCOMPARE(checked.value().url.text(), url);
            return;
        }
        QVERIFY(!checked);
        QVERIFY2(checked.error().text.contains(url.mid(1)), qPrintable(checked.error().text));
        QVERIFY2(!checked.error().text.contains("sesame"_L1), "a message must not repeat a secret");
        QVERIFY(!checked.error().text.contains(u'\n'));
    }
    void oneAddressWrittenInManyWaysIsOne()
    {
        const QString identity = checkEndpointUrl(u"http://node-1"_s).value().identity;
        for (const QString &text : {u"http://node-1/"_s, u"http://NODE-1:80"_s, u"http://node-1:80//"_s})
            QCOMPARE(checkEndpointUrl(text).value().identity, identity);
        QVERIFY(checkEndpointUrl(u"https://node-1"_s).value().identity != identity);
    }

    void nearestNames_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("nearest");
        QTest::newRow("letter missing") << u"intervl"_s << u"interval"_s;
        QTest::newRow("letters swapped") << u"intervla"_s << u"interval"_s;
        QTest::newRow("case") << u"Timeout"_s << u"timeout"_s;
        QTest::newRow("far") << u"colour"_s << QString();
        QTest::newRow("nothing") << QString() << QString();
        QTest::newRow("garbage") << QString(5'000, u'x') << QString();
    }
    void nearestNames()
    {
        QFETCH(QString, word);
        QFETCH(QString, nearest);
        QCOMPARE(nearestName(word, {u"interval"_s, u"timeout"_s, u"token"_s}), nearest);
    }

    void pathsOfPeople()
    {
        QCOMPARE(resolvedPath(u"~/pki/ca.pem"_s, u"/etc"_s), QDir::homePath() + u"/pki/ca.pem"_s);
        QCOMPARE(resolvedPath(u"pki/../ca.pem"_s, u"/etc/quorate"_s), u"/etc/quorate/ca.pem"_s);
        QCOMPARE(resolvedPath(u"/a/b"_s, u"/etc"_s), u"/a/b"_s);
        QCOMPARE(shownPath(QDir::homePath() + u"/x"_s), u"~/x"_s);
        qputenv("XDG_CONFIG_HOME", "relative"); // the rule of XDG: ignored
        QCOMPARE(configPath(), QDir::homePath() + u"/.config/quorate/config.toml"_s);
        qputenv("XDG_CONFIG_HOME", "/c");
        QCOMPARE(configPath(), u"/c/quorate/config.toml"_s);
        qputenv("XDG_STATE_HOME", "/s");
        QCOMPARE(statePath(u"state.json"_s), u"/s/quorate/state.json"_s);
    }

    void syntax_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::newRow("missing value") << QByteArray("a = 1\nb = \nc = 2") << 2 << 5;
        QTest::newRow("twice the same key") << QByteArray("a=1\na=2") << 2 << 3;
        QTest::newRow("open bracket") << QByteArray("[defaults\n") << 1 << 10;
        QTest::newRow("table without a name") << QByteArray("a = 1\n[.b]\n") << 2 << 2;
        QTest::newRow("key outside ASCII") << QByteArray("a = 1\n[k\xc3\xbc]\n") << 2 << 3;
        QTest::newRow("value outside ASCII") << QByteArray("a = \"\xc3\xbc\" # \xc3\xbc\nb = '\xc3\xbc' \xc3\xbc\n") << 2 << 9;
        QTest::newRow("string without an end") << QByteArray("a = \"x\nb = \xc3\xbc\n") << 2 << 5;
        QTest::newRow("Latin-1") << QByteArray("# ok\nname = \"M\xfcnchen\"") << 2 << 10;
        QTest::newRow("UTF-16") << QByteArray("\xff\xfe\x61\x00", 4) << 1 << 1;
        QTest::newRow("NUL") << QByteArray("a = 1\nb\x00=2", 10) << 2 << 2;
        QTest::newRow("deep") << QByteArray("a=") + QByteArray(10'000, '[') << 1 << 259;
    }
    void syntax()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, line);
        QFETCH(int, column);
        const auto document = parseToml(text);
        QVERIFY(!document);
        QVERIFY(!document.error().text.isEmpty());
        QCOMPARE(document.error().line, line);
        QCOMPARE(document.error().column, column);
    }
    void lettersOfAllLanguagesInQuotesAndComments()
    {
        const auto document = parseToml(QByteArray(R"(# ☃ "
a = "\"ü"
b = 'ü\' # '
c = """ü
"\""日本"""
d = '''
ü'''
"ü" = 1
)"));
        QVERIFY2(document, document ? "" : qPrintable(document.error().text));
        QCOMPARE(document.value().entries.size(), 5);
        QCOMPARE(document.value().entries[0].value.string, u"\"ü"_s);
        QCOMPARE(document.value().entries[4].key, u"ü"_s);
    }
    void aSyntaxErrorDoesNotRepeatAnUnquotedToken()
    {
        const auto document = parseToml("token = 99999999999999999999999\n");
        QVERIFY(!document);
        QVERIFY2(!document.error().text.contains("999"_L1), qPrintable(document.error().text));
    }
    void byteOrderMarkAndCarriageReturnsAreFine()
    {
        const auto document = parseToml("\xef\xbb\xbf"
                                        "b = \"x\"\r\na = [1,\r\n  2]\r\n");
        QVERIFY(document);
        const TomlValue &file = document.value();
        QCOMPARE(file.entries.size(), 2);
        QCOMPARE(file.entries[0].key, u"b"_s); // the order of the file, not of the alphabet
        QCOMPARE(file.entries[1].value.items[1].at.line, 3);
        QCOMPARE(file.entries[1].value.items[1].at.column, 3);
    }
};

QTEST_GUILESS_MAIN(TestConfigParts)
#include "test_config_parts.moc"
