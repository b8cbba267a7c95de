// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/fault.h"
#include "tests/support/healthy.h"

#include <QRegularExpression>
#include <QTest>

namespace quorate {
using namespace Qt::StringLiterals;

/// Replies of which a byte comes now and then, for ever: always something new, never the end. The deadline is one for the whole.
class DripFaults final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void heads_data();
    void heads();
    void bodies_data();
    void bodies();
};

namespace {
constexpr int everyMs = 4;
constexpr int longer = 20'000; ///< bytes, each everyMs: minutes

StubAnswer dripping(const QByteArray &bytes)
{
    StubAnswer answer{.bytes = bytes};
    answer.dripMs = everyMs;
    return answer;
}

void addColumns()
{
    QTest::addColumn<QString>("system");
    QTest::addColumn<QByteArray>("bytes");
}

void addRows(const char *name, const QByteArray &bytes)
{
    for (const QString &system : allSystems)
        QTest::addRow("%s: %s", qPrintable(system), name) << system << bytes;
}
} // namespace

void DripFaults::heads_data()
{
    addColumns();
    const QByteArray ok = "HTTP/1.1 200 OK\r\n";
    addRows("status line", "HTTP/1.1 200 " + QByteArray(longer, 'O'));
    addRows("the name of a header", ok + QByteArray(longer, 'X'));
    addRows("the value of a header", ok + "X: " + QByteArray(longer, 'x'));
    addRows("headers", ok + QByteArray("A: b\r\n").repeated(longer / 6));
    addRows("empty space before the reply", QByteArray("\r\n").repeated(longer / 2));
}

void DripFaults::heads()
{
    QFETCH(QString, system);
    QFETCH(QByteArray, bytes);
    FaultRound fault(system);
    fault.sick().spec.timeout = soon;
    fault.answer(dripping(bytes));
    fault.run();
    QCOMPARE(fault.broken(Reach::TimedOut, {u"no whole reply head"_s, u"400 ms"_s}), QString());
    QVERIFY2(fault.result().milliseconds < 5'000, "the deadline is a total one");
}

void DripFaults::bodies_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray head = "HTTP/1.1 200 OK\r\n";
    QTest::newRow("a body of known length") << QByteArray(head + "Content-Length: 20000\r\n\r\n[" + QByteArray(longer, ' '));
    QTest::newRow("a body until the connection ends") << QByteArray(head + "\r\n[" + QByteArray(longer, ' '));
    QTest::newRow("chunks") << QByteArray(head + "Transfer-Encoding: chunked\r\n\r\n" + QByteArray("1\r\n \r\n").repeated(longer / 6));
    QTest::newRow("the length of a chunk") << QByteArray(head + "Transfer-Encoding: chunked\r\n\r\n" + QByteArray(longer, '0'));
}

void DripFaults::bodies()
{
    QFETCH(QByteArray, bytes);
    FaultRound fault(u"bufstream"_s);
    fault.sick().spec.timeout = Milliseconds(800); // the head takes its time too
    fault.answer(dripping(bytes));
    fault.run();
    QCOMPARE(fault.broken(Reach::TimedOut, {u"was not complete within 800 ms"_s}), QString());
    QVERIFY2(fault.result().milliseconds < 5'000, "the deadline is a total one");
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::DripFaults)
#include "tst_fault_drips.moc"
