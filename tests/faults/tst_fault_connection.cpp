// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/fault.h"
#include "tests/support/healthy.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QSemaphore>
#include <QTest>

#include <algorithm>
#include <atomic>

#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace quorate {
using namespace Qt::StringLiterals;

/// Servers that cannot be reached, and that nobody else suffers from it.
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
    void aHangingEndpointDoesNotDelayItsNeighbour();
    void noMoreThanFourRequestsAtOnce();
    void fiveHundredHangingServersAreLeftAtOnce();

private:
    void systems()
    {
        QTest::addColumn<QString>("system");
        for (const QString &system : allSystems)
            QTest::newRow(qPrintable(system)) << system;
    }
};

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
    fault.sick().spec.timeout = soon;
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
    QVERIFY(fault.server().seen().size() >= 2 * 5);
    QCOMPARE(lookups->load(), 2); // one by each of the two engines
}

void ConnectionFaults::lookupThatHangs()
{
    QFETCH(QString, system);
    const HangingLookup hanging;
    FaultRound fault(system);
    fault.sick().spec.timeout = soon;
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
    fault.sick().spec.timeout = soon;
    fault.sick().spec.endpoints.clear();
    for (int i = 0; i < 25; ++i) // more than the 20 threads of Qt's own look-ups
        fault.sick().spec.endpoints.append(EndpointUrl(u"http://hung-%1.example:9089"_s.arg(i)));
    fault.sick().spec.endpoints.append(EndpointUrl(QString(fault.server().url()).replace("127.0.0.1"_L1, "localhost"_L1)));
    EngineOptions options;
    options.lookup = hanging.function();
    fault.run(options);
    QCOMPARE(fault.cluster().endpoints.last().reach, Reach::Answered);
    QCOMPARE(fault.cluster().endpoints.first().reach, Reach::DnsFailed);
    QCOMPARE(fault.brokenRule(), QString());
}

void ConnectionFaults::connectThatNeverCompletes()
{
    QFETCH(QString, system);
    const FullBacklog full;
    FaultRound fault(system);
    fault.sick().spec.timeout = soon;
    fault.sick().spec.endpoints = {EndpointUrl(full.url())};
    fault.run();
    QCOMPARE(fault.broken(Reach::TimedOut, {u"no connection"_s, u"400 ms"_s}), QString());
}

void ConnectionFaults::aHangingEndpointDoesNotDelayItsNeighbour()
{
    FaultRound fault(u"bufstream"_s);
    fault.sick().spec.timeout = soon;
    fault.answer({.hang = true}, true);
    StubServer neighbour([](const StubRequest &request) { return healthyAnswer(u"bufstream"_s, request); });
    QVERIFY(neighbour.listen());
    fault.sick().spec.endpoints.append(EndpointUrl(neighbour.url()));
    fault.run();
    QCOMPARE(fault.cluster().endpoints.at(0).reach, Reach::TimedOut);
    QCOMPARE(fault.cluster().endpoints.at(1).reach, Reach::Answered);
    QVERIFY(fault.cluster().endpoints.at(1).latency.value_or(9) < 0.4);
}

void ConnectionFaults::noMoreThanFourRequestsAtOnce()
{
    // Twenty endpoints of one origin, each 150 ms away: five after each other, longer than the deadline, which begins with each one's turn.
    StubServer server([](const StubRequest &request) {
        StubAnswer answer = healthyAnswer(u"bufstream"_s, request);
        answer.delayMs = 150;
        return answer;
    });
    QVERIFY(server.listen());
    QStringList urls;
    for (int i = 0; i < 20; ++i)
        urls.append(u"%1/broker-%2"_s.arg(server.url()).arg(i));
    ClusterConfig config = clusterOf(u"gateway"_s, u"bufstream"_s, urls);
    config.spec.timeout = Milliseconds(600);
    const RoundResult result = oneRound({config});
    QVERIFY(result.finished);
    QVERIFY(result.milliseconds >= 5 * 150);
    for (const EndpointStatus &endpoint : result.cluster(u"gateway"_s).endpoints)
        QVERIFY2(endpoint.reach == Reach::Answered, qPrintable(endpoint.error));
    const QList<StubRequest> seen = server.seen();
    QVERIFY(std::all_of(seen.begin(), seen.end(), [](const StubRequest &request) { return request.connection <= 4; }));
}

void ConnectionFaults::fiveHundredHangingServersAreLeftAtOnce()
{
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files); // both ends of every connection are here
    files.rlim_cur = std::min<rlim_t>(files.rlim_max, 4'096);
    ::setrlimit(RLIMIT_NOFILE, &files);
    StubServer server([](const StubRequest &) { return StubAnswer{.hang = true}; });
    QVERIFY(server.listen(QHostAddress::AnyIPv4));
    QStringList urls; // an origin each
    for (int i = 0; i < 500; ++i)
        urls.append(u"http://127.0.%1.%2:%3"_s.arg(1 + i / 250).arg(1 + i % 250).arg(server.port()));
    ClusterConfig config = clusterOf(u"silent"_s, u"bufstream"_s, urls);
    config.spec.timeout = Milliseconds(60'000);
    Config all;
    all.clusters = {config};
    QElapsedTimer clock;
    {
        Engine engine({.mode = JudgeMode::OneShot});
        engine.setConfig(all);
        engine.runOnce();
        QTRY_COMPARE_WITH_TIMEOUT(server.seen().size(), 500, 20'000);
        clock.start();
        engine.stop();
        qInfo("stopped after %d ms", int(clock.elapsed()));
        QVERIFY2(clock.elapsed() < 250, "aims at 50 ms on an idle machine");
    }
    qInfo("gone after %d ms", int(clock.elapsed()));
    QVERIFY2(clock.elapsed() < 2'000, qPrintable(QString::number(clock.elapsed())));
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::ConnectionFaults)
#include "tst_fault_connection.moc"
