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
    void chunkLinesThatNeverEnd_data();
    void chunkLinesThatNeverEnd();
    void oneByteASecond_data() { systems(); }
    void oneByteASecond();
    void bodyThatNeverEnds_data() { systems(); }
    void bodyThatNeverEnds();
    void bodyOverTheCapIsNotReadToItsEnd();
    void truncatedBody_data() { systems(); }
    void truncatedBody();
    void truncatedChunks_data();
    void truncatedChunks();
    void wholeChunks_data();
    void wholeChunks();
    void bodyWithoutAnAnnouncedEnd_data();
    void bodyWithoutAnAnnouncedEnd();
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
/// Which of the two comes first depends on how fast the machine is.
const QList<Reach> neverEnding{Reach::TimedOut, Reach::TooLarge};

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
    fault.sick().spec.timeout = soon;
    fault.answer({.bytes = "HTTP/1.1 200 OK\r\n", .repeat = "X-More: and more and more and more and more and more and more\r\n"});
    fault.run();
    QCOMPARE(fault.broken(neverEnding, {fault.server().url().section(u'/', -1)}), QString());
    QVERIFY2(fault.result().milliseconds < 5'000, "the deadline is a total one");
}

void EndingFaults::aHeaderLineThatNeverEnds()
{
    FaultRound fault(u"bufstream"_s);
    fault.sick().spec.timeout = soon;
    fault.answer({.bytes = "HTTP/1.1 200 OK\r\nX-Long: ", .repeat = QByteArray(1024, 'x')});
    fault.run();
    QCOMPARE(fault.broken(neverEnding, {fault.server().url().section(u'/', -1)}), QString());
    QVERIFY2(fault.result().milliseconds < 5'000, "the deadline is a total one");
}

void EndingFaults::chunkLinesThatNeverEnd_data()
{
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QByteArray>("more");
    QTest::newRow("size") << QByteArray() << QByteArray(1024, '0');
    QTest::newRow("extension") << QByteArray("1;") << QByteArray(1024, 'x');
    QTest::newRow("trailer") << QByteArray("2\r\n[]\r\n0\r\n") << QByteArray("X: trailer\r\n");
    QTest::newRow("empty lines") << QByteArray("2\r\n[]\r\n") << QByteArray("\r\n").repeated(500);
}

void EndingFaults::chunkLinesThatNeverEnd()
{
    QFETCH(QByteArray, start);
    QFETCH(QByteArray, more);
    FaultRound fault(u"bufstream"_s);
    fault.sick().spec.timeout = soon;
    fault.answer({.bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + start, .repeat = more});
    fault.run();
    QCOMPARE(fault.brokenRule(), QString());
    QVERIFY(fault.endpoint().reach != Reach::Answered);
    QVERIFY2(fault.result().milliseconds < 5'000, "the deadline is a total one");
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

namespace {
const QByteArray healthyTable = "etcd  healthy\nvnode  healthy\n";
const QByteArray healthyPage
    = "<html><table><tr><th>Name<th>Status</tr><tr><td>etcd</td><td><i title=\"healthy\"></i></td></tr></table></body>";
const QByteArray inChunks = "\r\nTransfer-Encoding: chunked\r\n\r\n";

QByteArray chunkOf(const QByteArray &body) { return QByteArray::number(body.size(), 16) + "\r\n" + body + "\r\n"; }
} // namespace

void EndingFaults::truncatedChunks_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("reset");
    // What came would be understood, and be green: the next line may have been the one that failed.
    for (const char *status : {"200 OK", "503 Service Unavailable"}) {
        for (const bool reset : {false, true}) {
            const char *how = reset ? "reset" : "closed";
            QTest::addRow("a table, %s, %s", status, how) << QByteArray(status) << healthyTable << reset;
            QTest::addRow("a page, %s, %s", status, how) << QByteArray(status) << healthyPage << reset;
            QTest::addRow("half a JSON, %s, %s", status, how)
                << QByteArray(status) << QByteArray("[{\"name\": \"etcd\", \"status\": \"healthy\"}") << reset;
        }
    }
}

void EndingFaults::truncatedChunks()
{
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, body);
    QFETCH(bool, reset);
    FaultRound fault(u"bufstream"_s);
    fault.answer({.bytes = "HTTP/1.1 " + status + inChunks + chunkOf(body), .close = !reset, .reset = reset});
    fault.run();
    // Of a reset the bytes before it may be lost.
    QCOMPARE(fault.broken(reset ? QList{Reach::Malformed, Reach::Closed} : QList{Reach::Malformed}, {}), QString());
    QVERIFY(fault.endpoint().reach == Reach::Malformed || fault.endpoint().reach == Reach::Closed);
}

void EndingFaults::wholeChunks_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("close");
    QTest::addColumn<Reach>("reach");
    QTest::newRow("a table, the connection is kept") << healthyTable << false << Reach::Answered;
    QTest::newRow("a page that shows its end, the server closes") << healthyPage + "</html>" << true << Reach::Answered;
    // Qt would call it whole without the last chunk too.
    QTest::newRow("a table, the server closes") << healthyTable << true << Reach::Malformed;
}

void EndingFaults::wholeChunks()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, close);
    QFETCH(Reach, reach);
    FaultRound fault(u"bufstream"_s);
    const QByteArray connection = close ? "\r\nConnection: close" : "";
    fault.answer({.bytes = "HTTP/1.1 200 OK" + connection + inChunks + chunkOf(body) + "0\r\n\r\n", .close = close});
    fault.run();
    QVERIFY2(fault.endpoint().reach == reach, qPrintable(fault.endpoint().error));
}

void EndingFaults::bodyWithoutAnAnnouncedEnd_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("reset");
    QTest::addColumn<QString>("words"); // empty: it is understood
    const QByteArray json = R"([{"name": "etcd", "status": "healthy"}])", table = "etcd  OK\nvnode OK\n";
    QTest::newRow("JSON") << json << false << QString();
    QTest::newRow("half a JSON") << json.left(20) << false << u"JSON"_s;
    QTest::newRow("half a JSON, reset") << json.left(20) << true << u"HTTP"_s;
    QTest::newRow("a table") << table << false << u"whether its body is whole"_s;
    QTest::newRow("a table, reset") << table << true << u"HTTP"_s;
}

/// Only the connection's end ends it, and Qt takes a reset for that too: a half must not be believed.
void EndingFaults::bodyWithoutAnAnnouncedEnd()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, reset);
    QFETCH(QString, words);
    FaultRound fault(u"bufstream"_s);
    const QByteArray type = body.startsWith('[') ? "application/json" : "text/plain";
    fault.answer({.bytes = "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n\r\n" + body, .close = !reset, .reset = reset});
    fault.run();
    if (words.isEmpty()) {
        QCOMPARE(fault.endpoint().error, QString());
        QCOMPARE(fault.endpoint().reach, Reach::Answered);
        return;
    }
    QCOMPARE(fault.broken(QList{Reach::Malformed, Reach::Closed}, {words}), QString());
    QVERIFY(fault.endpoint().reach == Reach::Malformed || fault.endpoint().reach == Reach::Closed);
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
    QCOMPARE(fault.broken(Reach::Closed, {u"without an HTTP reply"_s, u"another protocol"_s}), QString());
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
