// SPDX-License-Identifier: GPL-3.0-or-later
// The validator of the tests: every keyword accepts what it should and refuses what it should.
#include "tests/support/json_schema.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using quorate::test::schemaMistakes;

namespace {
QJsonObject parsed(const QByteArray &json) { return QJsonDocument::fromJson(json).object(); }
QJsonValue value(const QByteArray &json) { return QJsonDocument::fromJson("[" + json + "]").array().at(0); }
} // namespace

class TestJsonSchema : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void keyword_data();
    void keyword();
    void namesThePathOfEachMistake();
    void refusesKeywordsItDoesNotKnow();
};

void TestJsonSchema::keyword_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("good");
    QTest::addColumn<QByteArray>("bad");
    const auto row = [](const char *name, const char *schema, const char *good, const char *bad) {
        QTest::newRow(name) << QByteArray(schema) << QByteArray(good) << QByteArray(bad);
    };
    row("object", R"({"type":"object"})", "{}", "[]");
    row("array", R"({"type":"array"})", "[]", "{}");
    row("string", R"({"type":"string"})", R"("")", "1");
    row("boolean", R"({"type":"boolean"})", "false", "0");
    row("null", R"({"type":"null"})", "null", "false");
    row("number", R"({"type":"number"})", "1.5", R"("1.5")");
    row("integer", R"({"type":"integer"})", "9007199254740993", "1.5");
    row("integer beyond 63 bits", R"({"type":"integer"})", "18446744073709551615", "null");
    row("const", R"({"const":1})", "1", "2");
    row("enum", R"({"enum":["a","b"]})", R"("b")", R"("c")");
    row("minimum", R"({"minimum":0})", "0", "-0.1");
    row("minLength", R"({"minLength":1})", R"("x")", R"("")");
    row("pattern", R"({"pattern":"^a+$"})", R"("aa")", R"("ab")");
    row("date-time", R"({"format":"date-time"})", R"("2026-11-20T08:34:19.123Z")", R"("yesterday")");
    row("items", R"({"items":{"type":"string"}})", R"(["a"])", R"(["a",1])");
    row("minItems", R"({"minItems":2})", "[1,2]", "[1]");
    row("maxItems", R"({"maxItems":2})", "[1,2]", "[1,2,3]");
    row("required", R"({"required":["a"]})", R"({"a":null})", R"({"b":1})");
    row("properties", R"({"properties":{"a":{"type":"string"}}})", R"({"a":"x","b":1})", R"({"a":1})");
    row("no others", R"({"properties":{"a":{}},"additionalProperties":false})", R"({"a":1})", R"({"a":1,"b":1})");
    row("others of a kind", R"({"additionalProperties":{"type":"string"}})", R"({"b":"x"})", R"({"b":1})");
    row("$ref", R"({"$ref":"#/$defs/t","$defs":{"t":{"type":"string"}}})", R"("x")", "1");
    row("nested $ref", R"({"items":{"$ref":"#/$defs/t"},"$defs":{"t":{"enum":[1]}}})", "[1,1]", "[1,2]");
}

void TestJsonSchema::keyword()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, good);
    QFETCH(QByteArray, bad);
    QVERIFY(!parsed(schema).isEmpty());
    QCOMPARE(schemaMistakes(value(good), parsed(schema)), QStringList());
    QCOMPARE(schemaMistakes(value(bad), parsed(schema)).size(), 1);
}

void TestJsonSchema::namesThePathOfEachMistake()
{
    const QJsonObject schema = parsed(R"({"properties":{"list":{"items":{"properties":{"n":{"type":"integer"}},"required":["m"]}}}})");
    const QStringList mistakes = schemaMistakes(value(R"({"list":[{"m":1},{"n":"x"}]})"), schema);
    QCOMPARE(mistakes.size(), 2);
    QCOMPARE(mistakes.at(0), u"$.list[1]: \"m\" is missing"_s);
    QCOMPARE(mistakes.at(1), u"$.list[1].n: is not of type integer: [\"x\"]"_s);
}

void TestJsonSchema::refusesKeywordsItDoesNotKnow()
{
    QCOMPARE(schemaMistakes(value("1"), parsed(R"({"oneOf":[]})")).size(), 1);
    QCOMPARE(schemaMistakes(value("1"), parsed(R"({"$ref":"#/$defs/nowhere"})")).size(), 1);
}

QTEST_APPLESS_MAIN(TestJsonSchema)
#include "tst_json_schema.moc"
