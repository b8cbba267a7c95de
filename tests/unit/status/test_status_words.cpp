// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/status/facts.h"
#include "models/status/reach.h"
#include "models/status/reason_code.h"
#include "models/status/severity.h"
#include "models/status/time.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace quorate;
using namespace Qt::StringLiterals;

namespace {
ComponentFact component(const QString &name)
{
    ComponentFact made;
    made.name = name;
    return made;
}
} // namespace

/// The words that all layers share: texts made plain, durations, times, names of codes, facts laid over facts.
class TestStatusWords final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void boundedTexts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("plain");
        const QString bomb = QString::fromUtf8("\xF0\x9F\x92\xA3"); // outside the first plane: two code units
        QTest::newRow("as it is") << u"<err> & no"_s << u"<err> & no"_s;
        QTest::newRow("nothing") << QString() << QString();
        QTest::newRow("line breaks") << u"a\nb\r\nc\u2028d"_s << u"a b  c d"_s;
        QTest::newRow("right-to-left marks") << u"a\u202Eb\u2066c\u200Fd"_s << u"a b c d"_s;
        QTest::newRow("zero") << u"a\u0000b"_s << u"a b"_s;
        QTest::newRow("only invisible") << u"\u200B\n\t"_s << QString();
        QTest::newRow("at the limit") << u"0123456789"_s << u"0123456789"_s;
        QTest::newRow("over the limit") << u"0123456789a"_s << u"0123456789…"_s;
        QTest::newRow("a whole pair") << u"01234567"_s + bomb << u"01234567"_s + bomb;
        QTest::newRow("the limit cuts a pair") << u"012345678"_s + bomb << u"012345678…"_s;
        QTest::newRow("half a pair") << u"a"_s + bomb.left(1) + u"b"_s << u"a b"_s;
        QTest::newRow("a tag character of a higher plane") << u"a"_s + QString::fromUtf8("\xF3\xA0\x80\x81") + u"b"_s << u"a b"_s;
        QTest::newRow("other scripts") << u"ошибка 故障"_s << u"ошибка 故障"_s;
    }
    void boundedTexts()
    {
        QFETCH(QString, text);
        QTEST(boundedText(text, 10), "plain");
    }

    void boundedTextIsAtMost4000Characters()
    {
        QCOMPARE(boundedText(QString(100'000, u'x')).size(), 4001);
        QCOMPARE(boundedText(u"x", 0), u"…"_s);
    }

    void durations_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("seconds"); // "-" where it is no duration
        QFile file(QStringLiteral(QUORATE_FIXTURES "/osapi/uptime_samples.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        for (const QJsonValue sample : QJsonDocument::fromJson(file.readAll()).array()) {
            const QString text = sample["uptime"_L1].toString();
            QTest::addRow("sample %s", qPrintable(text)) << text << QString::number(sample["seconds"_L1].toDouble());
        }
        const auto row = [](const char *name, const QString &text, const QString &seconds) { QTest::newRow(name) << text << seconds; };
        row("micro sign", u"872.199\u00b5s"_s, u"0.000872199"_s);
        row("Greek mu", u"872.199\u03bcs"_s, u"0.000872199"_s);
        row("us", u"1.5us"_s, u"1.5e-06"_s);
        row("unreachable in autopilot", u"-1ns"_s, u"-1e-09"_s);
        row("zero without a unit", u"0"_s, u"0"_s);
        row("spaces around", u" 1h 2m "_s, u"3720"_s);
        row("nothing", QString(), u"-"_s);
        row("no unit", u"10"_s, u"-"_s);
        row("unit only", u"s"_s, u"-"_s);
        row("sign only", u"-"_s, u"-"_s);
        row("unknown unit", u"3w"_s, u"-"_s);
        row("never", u"never"_s, u"-"_s);
        row("two points", u"1.2.3s"_s, u"-"_s);
        row("two signs", u"--1s"_s, u"-"_s);
        row("sign inside", u"1h-2m"_s, u"-"_s);
        row("rest", u"1s!"_s, u"-"_s);
        row("Arabic digits", u"\u0663s"_s, u"-"_s);
        row("endless digits", QString(400, u'9') + u's', u"-"_s);
    }
    void durations()
    {
        QFETCH(QString, text);
        const auto seconds = parseGoDuration(text);
        QTEST(seconds ? QString::number(*seconds) : u"-"_s, "seconds");
    }

    void times_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("utc"); // empty: no time
        const auto row = [](const QString &text, const QString &utc) { QTest::newRow(qPrintable(text)) << text << utc; };
        row(u"2026-11-20T08:34:19Z"_s, u"2026-11-20T08:34:19.000Z"_s);
        row(u"2026-11-20T08:34:19.1Z"_s, u"2026-11-20T08:34:19.100Z"_s);
        row(u"2026-11-20T08:34:19.123456789Z"_s, u"2026-11-20T08:34:19.123Z"_s);
        row(u"2026-11-20T08:34:19.123456789+02:00"_s, u"2026-11-20T06:34:19.123Z"_s);
        row(u"2026-11-20T00:04:19-05:30"_s, u"2026-11-20T05:34:19.000Z"_s);
        row(u"1969-12-31T23:59:59.5Z"_s, u"1969-12-31T23:59:59.500Z"_s);
        row(u"0001-01-01T00:00:00Z"_s, QString()); // Go's zero: never
        row(u"0001-01-01T00:00:00.0Z"_s, QString());
        row(u"2026-11-20T08:34:19"_s, QString()); // no offset: in whose zone?
        row(u"2026-11-20"_s, QString());
        row(u"2026-13-40T08:34:19Z"_s, QString());
        row(u"yesterday"_s, QString());
        row(QString(), QString());
    }
    void times()
    {
        QFETCH(QString, text);
        const auto instant = fromRfc3339(text);
        QTEST(instant ? toRfc3339(*instant) : QString(), "utc");
    }

    void timeGoesOnOnAllClocks()
    {
        const Time start{Instant(Milliseconds(1000)), Milliseconds(20), Milliseconds(30)};
        QCOMPARE(start + Milliseconds(5), (Time{Instant(Milliseconds(1005)), Milliseconds(25), Milliseconds(35)}));
    }

    void everyNameLeadsBackToItsWord()
    {
        for (const ReasonCode code : allReasonCodes())
            QCOMPARE(reasonCodeFromName(name(code)), std::optional(code));
        for (const Severity severity : allSeverities)
            QCOMPARE(severityFromName(QString(name(severity))), std::optional(severity));
        for (size_t i = 0; i < reachCount; ++i)
            QCOMPARE(reachFromName(QString(name(static_cast<Reach>(i)))), std::optional(static_cast<Reach>(i)));
        QCOMPARE(name(ReasonCode::RaftPeerLagging), u"raft-peer-lagging"_s);
        QCOMPARE(name(ReasonCode::EndpointTlsFailed), u"endpoint-tls-failed"_s);
        QCOMPARE(name(Reach::NotPolled), "not-polled"_L1);
        QCOMPARE(reasonCodeFromName(u"Raft-Peer-Down"), std::nullopt);
        QCOMPARE(severityFromName(u""), std::nullopt);
        QCOMPARE(reachFromName(u"ok"), std::nullopt);
    }

    void theWorstWinsInTheOrderOfTheWords()
    {
        QCOMPARE(worst(Severity::Ok, Severity::Warning), Severity::Warning);
        QCOMPARE(worst(Severity::Unknown, Severity::Warning), Severity::Unknown);
        QCOMPARE(worst(Severity::Unknown, Severity::Critical), Severity::Critical);
    }

    void whatIsNewerIsLaidOverWhatWasKnown()
    {
        Facts older, newer;
        older.version = u"1.0"_s;
        older.components = {component(u"a"_s), component(u"b"_s)};
        older.narrowed = {u"operator:read"_s};
        older.raft = RaftView{};
        older.raft->leader = u"10.0.0.1:8300"_s;
        older.raft->term = 7;
        newer.components = {component(u"b"_s)};
        newer.narrowed = {u"operator:read"_s, u"agent:read"_s};
        newer.raft = RaftView{};
        newer.raft->leader = QString(); // names nobody: known, and newer
        const Facts facts = overlay(older, newer);
        QCOMPARE(facts.version, std::optional(u"1.0"_s)); // absent is not a statement
        QCOMPARE(facts.components->size(), 1); // a list is replaced as a whole
        QCOMPARE(facts.raft->leader, std::optional(QString()));
        QCOMPARE(facts.raft->term, std::optional<quint64>(7));
        QCOMPARE(facts.narrowed, (QStringList{u"operator:read"_s, u"agent:read"_s}));
        QCOMPARE(overlay(older, {}), older);
        QCOMPARE(overlay({}, older), older);
    }

    void theLastContactIsOneStatement()
    {
        Facts older, newer;
        older.raft = RaftView{};
        older.raft->lastContactSeconds = 0.1;
        newer.raft = RaftView{};
        newer.raft->neverContacted = true;
        const Facts facts = overlay(older, newer);
        QVERIFY(facts.raft->neverContacted);
        QCOMPARE(facts.raft->lastContactSeconds, std::nullopt);
    }
};

QTEST_GUILESS_MAIN(TestStatusWords)
#include "test_status_words.moc"
