// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/fault.h"
#include "tests/support/healthy.h"

#include <QRegularExpression>
#include <QSemaphore>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <atomic>

#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace quorate {
using namespace Qt::StringLiterals;

/// Servers that cannot be reached, and those that do not come to an end.
class ConnectionFaults final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void refused_data() { systems(); }
    void refused();
    void nameNotFound_data() { systems(); }
    void nameNotFound();
    void nameThatTheSystemDoesNotKnow();
    void oneLookupForManyRequests();
    void lookupThatHangs_data() { systems(); }
    void lookupThatHangs();
    void manyLookupsThatHangDelayNobody();
    void connectThatNeverCompletes_data() { systems(); }
    void connectThatNeverCompletes();
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
    void aHangingEndpointDoesNotDelayItsNeighbour();
    void noMoreThanFourRequestsAtOnce();

private:
    void systems()
    {
        QTest::addColumn<QString>("system");
        for (const QString &system : allSystems)
            QTest::newRow(qPrintable(system)) << system;
    }
};

void ConnectionFaults::refused()
{
    QFETCH(QString, system);
    FaultRound fault(system);
    fault.server().stop();
    const QString address = fault.sick().spec.endpoints.first().text().section(u'/', -1);
    fault.run();
    QCOMPARE(fault.broken(Reach::Refused, {u"connection refused"_s, address}), QString());
}

void ConnectionFaults::nameNotFound()
{
    QFETCH(QString, system);
    FaultRound fault(system);
    fault.sick().spec.endpoints = {EndpointUrl(u"http://server-9.invalid:8500"_s)};
    EngineOptions options;
    options.lookup = [](const QString &name) { return name != "server-9.invalid"_L1; };
    fault.run(options);
    QCOMPARE(fault.broken(Reach::DnsFailed, {u"server-9.invalid"_s, u"not found"_s}), QString());
}

void ConnectionFaults::nameThatTheSystemDoesNotKnow()
{
    FaultRound fault(u"bufstream"_s);
    fault.sick().spec.endpoints = {EndpointUrl(u"http://no-such-server.invalid:9089"_s)}; // by the real resolver, quick or slow
    fault.run();
    QCOMPARE(fault.broken(Reach::DnsFailed, {u"no-such-server.invalid"_s}), QString());
}

void ConnectionFaults::oneLookupForManyRequests()
{
    auto lookups = std::make_shared<std::atomic<int>>(0);
    FaultRound fault(u"consul"_s);
    fault.sick().spec.endpoints = {EndpointUrl(QString(fault.server().url()).replace("127.0.0.1"_L1, "localhost"_L1))};
    EngineOptions options;
    options.lookup = [lookups](const QString &) {
        ++*lookups;
        return true;
    };
    fault.run(options);
    QCOMPARE(fault.endpoint().reach, Reach::Answered);
    QVERIFY(fault.server().seen().size() >= 5);
    QCOMPARE(lookups->load(), 1);
}

namespace {
/// Name lookups that hang until the test lets go of them.
class HangingLookup {
public:
    ~HangingLookup() { m_state->release(1'000); }
    [[nodiscard]] std::function<bool(const QString &)> function() const
    {
        return [state = m_state](const QString &name) {
            if (!name.startsWith("hung"_L1))
                return true;
            state->acquire();
            return false;
        };
    }

private:
    std::shared_ptr<QSemaphore> m_state = std::make_shared<QSemaphore>();
};
} // namespace

void ConnectionFaults::lookupThatHangs()
{
    QFETCH(QString, system);
    const HangingLookup hanging;
    FaultRound fault(system);
    fault.sick().spec.endpoints = {EndpointUrl(u"http://hung.example:8500"_s)};
    EngineOptions options;
    options.lookup = hanging.function();
    fault.run(options);
    QCOMPARE(fault.broken(Reach::DnsFailed, {u"hung.example"_s, u"400 ms"_s}), QString());
    QVERIFY(fault.result().milliseconds < 5'000);
}

void ConnectionFaults::manyLookupsThatHangDelayNobody()
{
    const HangingLookup hanging;
    FaultRound fault(u"bufstream"_s);
    fault.sick().spec.endpoints.clear();
    for (int i = 0; i < 40; ++i) // more than the 20 threads of Qt's own look-ups
        fault.sick().spec.endpoints.append(EndpointUrl(u"http://hung-%1.example:9089"_s.arg(i)));
    fault.sick().spec.endpoints.append(EndpointUrl(QString(fault.server().url()).replace("127.0.0.1"_L1, "localhost"_L1)));
    EngineOptions options;
    options.lookup = hanging.function();
    fault.run(options);
    QCOMPARE(fault.cluster().endpoints.last().reach, Reach::Answered);
    QCOMPARE(fault.cluster().endpoints.first().reach, Reach::DnsFailed);
    QCOMPARE(fault.brokenRule(), QString());
}

namespace {
/// A port whose queue of connections is full: a further connect never completes.
class FullBacklog {
public:
    FullBacklog()
    {
        m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(m_listener, reinterpret_cast<const sockaddr *>(&address), size) != 0 || ::listen(m_listener, 0) != 0
            || ::getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &size) != 0)
            qFatal("no port to listen on");
        m_port = ntohs(address.sin_port);
        for (int i = 0; i < 8; ++i) {
            const int filler = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
            (void)::connect(filler, reinterpret_cast<const sockaddr *>(&address), size);
            m_fillers.append(filler);
        }
    }
    ~FullBacklog()
    {
        for (const int filler : std::as_const(m_fillers))
            ::close(filler);
        ::close(m_listener);
    }
    Q_DISABLE_COPY_MOVE(FullBacklog)
    [[nodiscard]] QString url() const { return u"http://127.0.0.1:%1"_s.arg(m_port); }

private:
    int m_listener = -1;
    quint16 m_port = 0;
    QList<int> m_fillers;
};
} // namespace

void ConnectionFaults::connectThatNeverCompletes()
{
    QFETCH(QString, system);
    const FullBacklog full;
    FaultRound fault(system);
    fault.sick().spec.endpoints = {EndpointUrl(full.url())};
    fault.run();
    QCOMPARE(fault.broken(Reach::TimedOut, {u"no connection"_s, u"400 ms"_s}), QString());
}

void ConnectionFaults::silentServer()
{
    QFETCH(QString, system);
    FaultRound fault(system);
    fault.answer({.hang = true});
    fault.run();
    QCOMPARE(fault.broken(Reach::TimedOut, {u"took the request"_s, u"400 ms"_s}), QString());
}

void ConnectionFaults::headersThatNeverEnd()
{
    QFETCH(QString, system);
    FaultRound fault(system);
    fault.answer({.bytes = "HTTP/1.1 200 OK\r\n", .repeat = "X-More: and more and more and more and more and more and more\r\n"});
    fault.run();
    QCOMPARE(fault.broken(Reach::TooLarge, {u"headers"_s, u"larger than"_s}), QString());
}

void ConnectionFaults::aHeaderLineThatNeverEnds()
{
    FaultRound fault(u"bufstream"_s);
    fault.answer({.bytes = "HTTP/1.1 200 OK\r\nX-Long: ", .repeat = QByteArray(1024, 'x')});
    fault.run();
    QCOMPARE(fault.broken(Reach::TooLarge, {u"headers"_s, u"larger than"_s}), QString());
}

void ConnectionFaults::headersThatNeverEndSlowly()
{
    FaultRound fault(u"bufstream"_s);
    StubAnswer drip{.bytes = "HTTP/1.1 200 OK\r\n" + QByteArray("X-More: x\r\n").repeated(100)};
    drip.dripMs = 20;
    fault.answer(drip);
    fault.run();
    QCOMPARE(fault.broken(Reach::TimedOut, {u"no whole reply head"_s, u"400 ms"_s}), QString());
}

void ConnectionFaults::oneByteASecond()
{
    QFETCH(QString, system);
    FaultRound fault(system);
    StubAnswer drip = StubAnswer::http(200, "[]");
    drip.dripMs = 100; // each byte well within the deadline, the whole of them not
    fault.answer(drip);
    fault.run();
    QCOMPARE(fault.broken(Reach::TimedOut, {u"400 ms"_s}), QString());
    QVERIFY2(fault.result().milliseconds < 5'000, "the deadline is a total one");
}

namespace {
qint64 peakMemory() // KiB
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}
} // namespace

void ConnectionFaults::bodyThatNeverEnds()
{
    QFETCH(QString, system);
    FaultRound fault(system);
    fault.sick().spec.timeout = Milliseconds(10'000);
    fault.answer({.bytes = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[", .repeat = QByteArray(64 * 1024, ' ')});
    const qint64 before = peakMemory();
    fault.run();
    QCOMPARE(fault.broken(Reach::TooLarge, {u"larger than 8 MiB"_s}), QString());
    QVERIFY2(peakMemory() - before < 64 * 1024, "memory stays flat");
}

void ConnectionFaults::bodyOverTheCapIsNotReadToItsEnd()
{
    FaultRound fault(u"osapi"_s);
    fault.sick().spec.timeout = Milliseconds(10'000);
    // Announces a terabyte.
    fault.answer({.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 1099511627776\r\n\r\n", .repeat = QByteArray(64 * 1024, 'x')});
    fault.run();
    QCOMPARE(fault.broken(Reach::TooLarge, {u"larger than 8 MiB"_s}), QString());
}

void ConnectionFaults::truncatedBody()
{
    QFETCH(QString, system);
    FaultRound fault(system);
    fault.answer({.bytes = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n[{\"name\":", .close = true});
    fault.run();
    QCOMPARE(fault.broken(Reach::Malformed, {u"truncated"_s}), QString());
}

void ConnectionFaults::truncatedChunks()
{
    FaultRound fault(u"bufstream"_s);
    // What came would be understood, and be green.
    fault.answer(
        {.bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n29\r\n[{\"name\": \"etcd\", \"status\": \"healthy\"}]\r\n\r\n",
            .close = true});
    fault.run();
    QCOMPARE(fault.broken(Reach::Malformed, {}), QString());
}

void ConnectionFaults::closedWithoutAByte()
{
    QFETCH(QString, system);
    FaultRound fault(system);
    fault.answer({.close = true});
    fault.run();
    QCOMPARE(fault.broken(Reach::Closed, {u"closed the connection without an HTTP reply"_s}), QString());
}

void ConnectionFaults::reset()
{
    FaultRound fault(u"bufstream"_s);
    fault.answer({.reset = true});
    fault.run();
    QCOMPARE(fault.broken(Reach::Closed, {u"closed the connection"_s}), QString());
}

void ConnectionFaults::anotherProtocol()
{
    FaultRound fault(u"bufstream"_s);
    fault.answer({.bytes = "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n", .close = true});
    fault.run();
    QCOMPARE(fault.broken(Reach::Malformed, {u"not HTTP"_s, u"SSH-2.0-OpenSSH"_s}), QString());
}

void ConnectionFaults::wrongLengths_data()
{
    QTest::addColumn<QByteArray>("length");
    QTest::newRow("negative") << QByteArray("-5");
    QTest::newRow("beyond 64 bits") << QByteArray("99999999999999999999999");
    QTest::newRow("no number") << QByteArray("many");
}

void ConnectionFaults::wrongLengths()
{
    QFETCH(QByteArray, length);
    FaultRound fault(u"bufstream"_s);
    fault.answer({.bytes = "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n[]", .hang = true});
    fault.run();
    QCOMPARE(fault.brokenRule(), QString());
    QVERIFY(fault.endpoint().reach != Reach::Answered);
}

void ConnectionFaults::aHangingEndpointDoesNotDelayItsNeighbour()
{
    FaultRound fault(u"bufstream"_s);
    fault.answer({.hang = true}, true);
    StubServer neighbour([](const StubRequest &request) { return healthyAnswer(u"bufstream"_s, request); });
    QVERIFY(neighbour.listen());
    fault.sick().spec.endpoints.append(EndpointUrl(neighbour.url()));
    fault.run();
    QCOMPARE(fault.cluster().endpoints.at(0).reach, Reach::TimedOut);
    QCOMPARE(fault.cluster().endpoints.at(1).reach, Reach::Answered);
    QVERIFY(fault.cluster().endpoints.at(1).latency.value_or(9) < 0.3);
}

void ConnectionFaults::noMoreThanFourRequestsAtOnce()
{
    // Twelve endpoints of one origin, each 100 ms away: three after each other, and none times out while it waits for its turn.
    StubServer server([](const StubRequest &request) {
        StubAnswer answer = healthyAnswer(u"bufstream"_s, request);
        answer.delayMs = 150;
        return answer;
    });
    QVERIFY(server.listen());
    QStringList urls;
    for (int i = 0; i < 12; ++i)
        urls.append(u"%1/broker-%2"_s.arg(server.url()).arg(i));
    ClusterConfig config = clusterOf(u"gateway"_s, u"bufstream"_s, urls);
    const RoundResult result = oneRound({config});
    QVERIFY(result.finished);
    QVERIFY(result.milliseconds >= 450);
    for (const EndpointStatus &endpoint : result.cluster(u"gateway"_s).endpoints)
        QVERIFY2(endpoint.reach != Reach::TimedOut, qPrintable(endpoint.error));
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::ConnectionFaults)
#include "tst_fault_connection.moc"
