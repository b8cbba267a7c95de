// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/fault.h"
#include "tests/support/healthy.h"

#include <QRegularExpression>
#include <QTest>

namespace quorate {
using namespace Qt::StringLiterals;

/// HTTP 200 with a body that is no system's document.
class BodyFaults final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void notADocument_data();
    void notADocument();
    void notADocumentAnywhere_data() { notADocument_data(); }
    void notADocumentAnywhere();
    void aHugeStringUnderTheCap_data();
    void aHugeStringUnderTheCap();
    void aStringOfTenMegabytes_data() { aHugeStringUnderTheCap_data(); }
    void aStringOfTenMegabytes();
};

namespace {
struct Body {
    const char *name;
    QByteArray bytes;
    QString words;
};

QList<Body> bodies()
{
    QByteArray zeroes(64, '\0');
    return {
        {"empty", {}, u"empty"_s},
        {"only spaces", "  \r\n ", u"empty"_s},
        {"null", "null", {}},
        {"a list of nothing", "[]", {}},
        {"an object of nothing", "{}", {}},
        {"a string", R"("x")", {}},
        {"a number", "42", {}},
        {"true", "true", {}},
        {"invalid UTF-8", "[{\"name\": \"etcd\xff\xfe\", \"status\": \"healthy\"}]", u"UTF-8"_s},
        {"10,000 nested arrays", QByteArray(10'000, '[') + QByteArray(10'000, ']'), {}},
        {"10,000 arrays opened", QByteArray(10'000, '['), {}},
        {"an exponent that is no number", R"({"status": 1e400})", {}},
        {"half a document", R"([{"name": "etcd", "status": "heal)", {}},
        {"two documents", R"([{"name": "etcd", "status": "healthy"}] [])", {}},
        {"another API", R"({"kind": "Status", "apiVersion": "v1", "items": [{"a": {"b": null}}]})", {}},
        {"lists of lists", "[[[1]], [2], 3]", {}},
        {"text", "Welcome!", u"Welcome!"_s},
        {"zero bytes", zeroes, {}},
        {"a picture", QByteArray::fromHex("89504e470d0a1a0a0000000d49484452"), {}},
    };
}
} // namespace

void BodyFaults::notADocument_data()
{
    QTest::addColumn<QString>("system");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("words");
    for (const QString &system : allSystems) {
        for (const Body &body : bodies())
            QTest::addRow("%s: %s", qPrintable(system), body.name) << system << body.bytes << body.words;
    }
}

void BodyFaults::notADocument()
{
    QFETCH(QString, system);
    QFETCH(QByteArray, body);
    QFETCH(QString, words);
    FaultRound fault(system);
    fault.answer(StubAnswer::http(200, body));
    fault.run();
    QCOMPARE(fault.broken(Reach::Malformed, {u"HTTP 200"_s, expectedOf(system), words}), QString());
}

void BodyFaults::notADocumentAnywhere()
{
    QFETCH(QString, system);
    QFETCH(QByteArray, body);
    FaultRound fault(system);
    fault.answer(StubAnswer::http(200, body), true);
    fault.run();
    QCOMPARE(fault.broken(Reach::Malformed, {u"HTTP 200"_s}), QString());
}

void BodyFaults::aHugeStringUnderTheCap_data()
{
    QTest::addColumn<QString>("system");
    for (const QString &system : allSystems)
        QTest::newRow(qPrintable(system)) << system;
}

void BodyFaults::aHugeStringUnderTheCap()
{
    QFETCH(QString, system);
    FaultRound fault(system);
    fault.answer(StubAnswer::http(200, '"' + QByteArray(7 * 1024 * 1024, 'a') + '"'));
    fault.run();
    QCOMPARE(fault.broken(Reach::Malformed, {u"HTTP 200"_s, expectedOf(system)}), QString());
}

void BodyFaults::aStringOfTenMegabytes()
{
    QFETCH(QString, system);
    FaultRound fault(system);
    fault.answer(StubAnswer::http(200, '"' + QByteArray(10 * 1024 * 1024, 'a') + '"'));
    fault.run();
    QCOMPARE(fault.broken(Reach::TooLarge, {u"larger than 8 MiB"_s}), QString());
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::BodyFaults)
#include "tst_fault_bodies.moc"
