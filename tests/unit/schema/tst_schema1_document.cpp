// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON Schema that ships: it knows every word of every vocabulary, accepts whatever the codec writes and refuses what it never writes.
#include "models/report/report.h"
#include "tests/support/json_schema.h"
#include "tests/support/random_status.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace quorate;
using namespace Qt::StringLiterals;
using quorate::test::schemaMistakes;

namespace {
QJsonObject schema() { return QJsonDocument::fromJson(schema1Document()).object(); }

QStringList enumeration(const QJsonObject &definition)
{
    QStringList words;
    for (const QJsonValue word : definition.value("enum"_L1).toArray())
        words.append(word.toString());
    return words;
}

QJsonObject definition(const char *name) { return schema().value("$defs"_L1).toObject().value(QLatin1String(name)).toObject(); }

QJsonObject propertyOf(const char *of, const char *name)
{
    return definition(of).value("properties"_L1).toObject().value(QLatin1String(name)).toObject();
}

template <class Enum>
QStringList wordsUpTo(Enum last)
{
    QStringList words;
    for (int i = 0; i <= static_cast<int>(last); ++i)
        words.append(name(static_cast<Enum>(i)));
    return words;
}
} // namespace

class TestSchema1Document : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void hasEveryWord();
    void everyObjectIsClosed();
    void acceptsWhateverIsWritten();
    void acceptsTheEmptyFleet();
    void refuses_data();
    void refuses();
};

void TestSchema1Document::hasEveryWord()
{
    QStringList codes;
    for (const ReasonCode code : allReasonCodes())
        codes.append(name(code));
    QCOMPARE(enumeration(definition("reason_code")), codes);
    QCOMPARE(enumeration(definition("severity")), wordsUpTo(Severity::Critical));
    QCOMPARE(enumeration(definition("reach")), wordsUpTo(Reach::NotPolled));
    QCOMPARE(enumeration(propertyOf("raft", "agreement")), wordsUpTo(Agreement::Unseen));
    QCOMPARE(enumeration(propertyOf("peer", "role")), wordsUpTo(PeerRole::Unknown));
    QCOMPARE(enumeration(propertyOf("peer", "state")), wordsUpTo(PeerState::Unseen));
}

void TestSchema1Document::everyObjectIsClosed()
{
    const QJsonObject definitions = schema().value("$defs"_L1).toObject();
    for (auto each = definitions.begin(); each != definitions.end(); ++each) {
        const QJsonObject object = each.value().toObject();
        if (object.value("type"_L1).toString() == "object"_L1)
            QVERIFY2(object.value("additionalProperties"_L1) == QJsonValue(false), qPrintable(each.key()));
    }
    QCOMPARE(schema().value("additionalProperties"_L1), QJsonValue(false));
}

void TestSchema1Document::acceptsWhateverIsWritten()
{
    for (quint64 seed = 0; seed < 100; ++seed) {
        std::mt19937_64 random(seed);
        const QByteArray json = jsonReport(test::randomFleet(random), seed % 2 == 0);
        const QStringList mistakes = schemaMistakes(QJsonDocument::fromJson(json).object(), schema());
        QVERIFY2(mistakes.isEmpty(), qPrintable(u"seed %1: %2"_s.arg(seed).arg(mistakes.join(u'\n'))));
    }
}

void TestSchema1Document::acceptsTheEmptyFleet()
{
    QCOMPARE(schemaMistakes(QJsonDocument::fromJson(jsonReport(FleetStatus())).object(), schema()), QStringList());
}

void TestSchema1Document::refuses_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("another version") << QByteArray(R"("schema":1)") << QByteArray(R"("schema":2)");
    QTest::newRow("an unknown severity") << QByteArray(R"("severity":"unknown")") << QByteArray(R"("severity":"fine")");
    QTest::newRow("a key that is not in it") << QByteArray(R"("schema":1)") << QByteArray(R"("schema":1,"moon":1)");
    QTest::newRow("a local time") << QByteArray(".000Z") << QByteArray(".000+01:00");
    QTest::newRow("a null") << QByteArray(R"("clusters":[])") << QByteArray(R"("clusters":null)");
    QTest::newRow("no clusters") << QByteArray(R"("clusters":[],)") << QByteArray();
}

void TestSchema1Document::refuses()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QByteArray json = jsonReport(FleetStatus(), true);
    QVERIFY(json.contains(before));
    json.replace(before, after);
    QVERIFY(!schemaMistakes(QJsonDocument::fromJson(json).object(), schema()).isEmpty());
}

QTEST_GUILESS_MAIN(TestSchema1Document)
#include "tst_schema1_document.moc"
