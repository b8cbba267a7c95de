// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/fault.h"
#include "tests/support/healthy.h"

#include <QRegularExpression>
#include <QTest>

#include <sys/resource.h>

namespace quorate {
using namespace Qt::StringLiterals;

/// Replies that never end, end too early, or are no replies.
class EndingFaults final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void silentServer_data() { systems(); }
    void silentServer();
    void headersThatNeverEnd_data() { systems(); }
    void headersThatNeverEnd();
    void aHeaderLineThatNeverEnds();
    void headersThatNeverEndSlowly();
    void oneByteASecond_data() { systems(); }
    void oneByteASecond();
    void bodyThatNeverEnds_data() { systems(); }
    void bodyThatNeverEnds();
    void bodyOverTheCapIsNotReadToItsEnd();
    void truncatedBody_data() { systems(); }
    void truncatedBody();
    void truncatedChunks();
    void closedWithoutAByte_data() { systems(); }
    void closedWithoutAByte();
    void reset();
    void anotherProtocol();
    void wrongLengths_data();
    void wrongLengths();

private:
    void systems()
    {
        QTest::addColumn<QString>("system");
        for (const QString &system : allSystems)
            QTest::newRow(qPrintable(system)) << system;
    }
};

namespace {
qint64 peakMemory() // KiB
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}
} // namespace

void EndingFaults::silentServer()
{
    QFETCH(QString, system);
    FaultRound fault(system);
    fault.sick().spec.timeout = soon;
    fault.answer({.hang = true});
    fault.run();
    QCOMPARE(fault.broken(Reach::TimedOut, {u"took the request"_s, u"400 ms"_s}), QString());
}

void EndingFaults::headersThatNeverEnd()
{
    QFETCH(QString, system);
    FaultRound fault(system);
    fault.answer({.bytes = "HTTP/1.1 200 OK\r\n", .repeat = "X-More: and more and more and more and more and more and more\r\n"});
    fault.run();
    QCOMPARE(fault.broken(Reach::TooLarge, {u"headers"_s, u"larger than"_s}), QString());
}

void EndingFaults::aHeaderLineThatNeverEnds()
{
    FaultRound fault(u"bufstream"_s);
    fault.answer({.bytes = "HTTP/1.1 200 OK\r\nX-Long: ", .repeat = QByteArray(1024, 'x')});
    fault.run();
    QCOMPARE(fault.broken(Reach::TooLarge, {u"headers"_s, u"larger than"_s}), QString());
}

void EndingFaults::headersThatNeverEndSlowly()
{
    FaultRound fault(u"bufstream"_s);
    fault.sick().spec.timeout = soon;
    StubAnswer drip{.bytes = "HTTP/1.1 200 OK\r\n" + QByteArray("X-More: x\r\n").repeated(100)};
    drip.dripMs = 20;
    fault.answer(drip);
    fault.run();
    QCOMPARE(fault.broken(Reach::TimedOut, {u"no whole reply head"_s, u"400 ms"_s}), QString());
}

void EndingFaults::oneByteASecond()
{
    QFETCH(QString, system);
    FaultRound fault(system);
    fault.sick().spec.timeout = soon;
    StubAnswer drip = StubAnswer::http(200, "[]");
    drip.dripMs = 100; // each byte well within the deadline, the whole of them not
    fault.answer(drip);
    fault.run();
    QCOMPARE(fault.broken(Reach::TimedOut, {u"400 ms"_s}), QString());
    QVERIFY2(fault.result().milliseconds < 5'000, "the deadline is a total one");
}

void EndingFaults::bodyThatNeverEnds()
{
    QFETCH(QString, system);
    FaultRound fault(system);
    fault.answer({.bytes = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[", .repeat = QByteArray(64 * 1024, ' ')});
    const qint64 before = peakMemory();
    fault.run();
    QCOMPARE(fault.broken(Reach::TooLarge, {u"larger than 8 MiB"_s}), QString());
    QVERIFY2(peakMemory() - before < 64 * 1024, "memory stays flat");
}

void EndingFaults::bodyOverTheCapIsNotReadToItsEnd()
{
    FaultRound fault(u"osapi"_s);
    // Announces a terabyte.
    fault.answer({.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 1099511627776\r\n\r\n", .repeat = QByteArray(64 * 1024, 'x')});
    fault.run();
    QCOMPARE(fault.broken(Reach::TooLarge, {u"larger than 8 MiB"_s}), QString());
}

void EndingFaults::truncatedBody()
{
    QFETCH(QString, system);
    FaultRound fault(system);
    fault.answer({.bytes = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n[{\"name\":", .close = true});
    fault.run();
    QCOMPARE(fault.broken(Reach::Malformed, {u"truncated"_s}), QString());
}

void EndingFaults::truncatedChunks()
{
    FaultRound fault(u"bufstream"_s);
    // What came would be understood, and be green.
    fault.answer(
        {.bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n29\r\n[{\"name\": \"etcd\", \"status\": \"healthy\"}]\r\n\r\n",
            .close = true});
    fault.run();
    QCOMPARE(fault.broken(Reach::Malformed, {}), QString());
}

void EndingFaults::closedWithoutAByte()
{
    QFETCH(QString, system);
    FaultRound fault(system);
    fault.answer({.close = true});
    fault.run();
    QCOMPARE(fault.broken(Reach::Closed, {u"closed the connection without an HTTP reply"_s}), QString());
}

void EndingFaults::reset()
{
    FaultRound fault(u"bufstream"_s);
    fault.answer({.reset = true});
    fault.run();
    QCOMPARE(fault.broken(Reach::Closed, {u"closed the connection"_s}), QString());
}

void EndingFaults::anotherProtocol()
{
    FaultRound fault(u"bufstream"_s);
    fault.answer({.bytes = "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n", .close = true});
    fault.run();
    QCOMPARE(fault.broken(Reach::Malformed, {u"not HTTP"_s, u"SSH-2.0-OpenSSH"_s}), QString());
}

void EndingFaults::wrongLengths_data()
{
    QTest::addColumn<QByteArray>("length");
    QTest::newRow("negative") << QByteArray("-5");
    QTest::newRow("beyond 64 bits") << QByteArray("99999999999999999999999");
    QTest::newRow("no number") << QByteArray("many");
}

void EndingFaults::wrongLengths()
{
    QFETCH(QByteArray, length);
    FaultRound fault(u"bufstream"_s);
    fault.sick().spec.timeout = soon;
    fault.answer({.bytes = "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n[]", .hang = true});
    fault.run();
    QCOMPARE(fault.brokenRule(), QString());
    QVERIFY(fault.endpoint().reach != Reach::Answered);
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::EndingFaults)
#include "tst_fault_endings.moc"
