// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/fetcher.h"
#include "tests/faults/flood.h"
#include "tests/faults/flooding_server.h"
#include "tests/support/certificates.h"
#include "tests/support/healthy.h"
#include "tests/support/one_round.h"

#include "app/demo/stub_server.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSslServer>
#include <QTest>

#include <algorithm>

#include <malloc.h>

/// There when AddressSanitizer replaces malloc().
extern "C" size_t __sanitizer_get_current_allocated_bytes() __attribute__((weak));

namespace quorate {
using namespace Qt::StringLiterals;

/// A server that sends headers without an end, at full speed: nobody else may notice, memory stays bounded, and nothing of it stays behind.
class FloodFaults final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void twentyNeighboursAreUndisturbed();
    void theSameServerIsBelievedWhenItComesToItsSenses();
    void requestsThatWaitForTheSameServerAreAnswered();
    void memoryStaysBounded_data();
    void memoryStaysBounded();
    void changedConfigurationLeavesNothingBehind();
    void endsAtOnce();
    void floodInTls();
};

namespace {
constexpr Milliseconds soon{500};
const StubRequest statusRequest{.method = "GET", .path = "/-/status"};

QByteArray healthyReply() { return healthyAnswer(u"bufstream"_s, statusRequest).bytes; }

/// Healthy servers of an origin each.
class Neighbours {
public:
    explicit Neighbours(int count)
    {
        for (int i = 0; i < count; ++i) {
            m_servers.push_back(
                std::make_unique<StubServer>([](const StubRequest &request) { return healthyAnswer(u"bufstream"_s, request); }));
            if (!m_servers.back()->listen())
                qFatal("no port to listen on");
        }
    }
    [[nodiscard]] QStringList urls() const
    {
        QStringList all;
        for (const auto &server : m_servers)
            all.append(server->url());
        return all;
    }

private:
    std::vector<std::unique_ptr<StubServer>> m_servers;
};

/// An engine that is asked for one round after the other.
class Rounds {
public:
    explicit Rounds(const QStringList &urls, Milliseconds timeout = soon)
        : m_engine({.mode = JudgeMode::OneShot})
        , m_finished(&m_engine, &Engine::roundFinished)
    {
        setUrls(urls, timeout);
    }
    void setUrls(const QStringList &urls, Milliseconds timeout = soon)
    {
        ClusterConfig cluster = clusterOf(u"all"_s, u"bufstream"_s, urls);
        cluster.spec.timeout = timeout;
        Config config;
        config.clusters = {cluster};
        m_engine.setConfig(config);
    }
    Engine &engine() { return m_engine; }
    /// How the endpoints ended; nothing when the round did not.
    QList<EndpointStatus> run()
    {
        m_engine.runOnce();
        return m_finished.wait(20'000) ? m_engine.status().clusters.first().endpoints : QList<EndpointStatus>();
    }

private:
    Engine m_engine;
    QSignalSpy m_finished;
};

QString disturbed(const QList<EndpointStatus> &endpoints)
{
    QStringList all;
    for (const EndpointStatus &endpoint : endpoints) {
        if (endpoint.reach != Reach::Answered || endpoint.latency.value_or(9) > 0.4)
            all.append(u"%1 after %2 s: %3"_s.arg(endpoint.url.text()).arg(endpoint.latency.value_or(-1)).arg(endpoint.error));
    }
    return all.join(u'\n');
}

/// Which of the two comes first depends on how fast the machine is.
bool endedByUs(Reach reach) { return reach == Reach::TimedOut || reach == Reach::TooLarge; }

size_t memoryInUse()
{
    if (__sanitizer_get_current_allocated_bytes)
        return __sanitizer_get_current_allocated_bytes();
    const struct mallinfo2 info = ::mallinfo2();
    return info.uordblks + info.hblkhd;
}
} // namespace

void FloodFaults::twentyNeighboursAreUndisturbed()
{
    FloodingServer flood(healthyReply());
    const Neighbours neighbours(20);
    Rounds rounds(QStringList{flood.url()} + neighbours.urls(), Milliseconds(5'000));
    for (int round = 1; round <= 3; ++round) {
        const QList<EndpointStatus> endpoints = rounds.run();
        QCOMPARE(endpoints.size(), 21);
        QVERIFY2(endedByUs(endpoints.first().reach), qPrintable(endpoints.first().error));
        for (const EndpointStatus &neighbour : endpoints.mid(1))
            QCOMPARE(neighbour.reach, Reach::Answered);
        if (round > 1) // they share a thread until it is known
            QCOMPARE(disturbed(endpoints.mid(1)), QString());
    }
}

void FloodFaults::theSameServerIsBelievedWhenItComesToItsSenses()
{
    FloodingServer flood(healthyReply());
    Rounds rounds({flood.url()});
    QVERIFY(endedByUs(rounds.run().value(0).reach));
    flood.comeToSenses();
    const QList<EndpointStatus> endpoints = rounds.run();
    QCOMPARE(endpoints.size(), 1);
    QCOMPARE(disturbed(endpoints), QString());
}

void FloodFaults::requestsThatWaitForTheSameServerAreAnswered()
{
    FloodingServer flood(healthyReply());
    QStringList urls; // four at once, and four that wait for their turn
    for (int i = 0; i < 8; ++i)
        urls.append(u"%1/broker-%2"_s.arg(flood.url()).arg(i));
    Rounds rounds(urls);
    QTimer::singleShot(soon / 2, this, [&] { flood.comeToSenses(); });
    const QList<EndpointStatus> endpoints = rounds.run();
    QCOMPARE(endpoints.size(), 8);
    for (int i = 0; i < 4; ++i)
        QVERIFY2(endedByUs(endpoints.at(i).reach), qPrintable(endpoints.at(i).error));
    QCOMPARE(disturbed(endpoints.mid(4)), QString());
}

void FloodFaults::memoryStaysBounded_data()
{
    QTest::addColumn<QByteArray>("begin");
    QTest::addColumn<QByteArray>("more");
    QTest::newRow("headers") << QByteArray("HTTP/1.1 200 OK\r\n") << QByteArray("X-More: and more and more and more\r\n");
    QTest::newRow("one header line") << QByteArray("HTTP/1.1 200 OK\r\nX-More: ") << QByteArray("and more ");
    QTest::newRow("reason of the status") << QByteArray("HTTP/1.1 200 ") << QByteArray("O");
    QTest::newRow("size of a chunk") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n") << QByteArray("1");
}

void FloodFaults::memoryStaysBounded()
{
    QFETCH(QByteArray, begin);
    QFETCH(QByteArray, more);
    FloodingServer flood(healthyReply(), begin, more);
    Rounds rounds({flood.url()}, Milliseconds(60'000));
    const size_t before = memoryInUse();
    size_t most = before;
    QTimer looks;
    QObject::connect(&looks, &QTimer::timeout, this, [&most] { most = std::max(most, memoryInUse()); });
    looks.start(10);
    const EndpointStatus endpoint = rounds.run().value(0);
    QCOMPARE(endpoint.reach, Reach::TooLarge);
    QVERIFY2(endpoint.error.contains(u"sends a reply without an end"_s), qPrintable(endpoint.error));
    qInfo("%.1f MB, %.2f s", double(most - before) / 1e6, endpoint.latency.value_or(-1));
    QVERIFY2(most > before + 1024 * 1024, "Qt keeps it: else this tests nothing");
    QVERIFY2(most < before + 128 * 1024 * 1024, qPrintable(QString::number(most - before)));
    QTRY_VERIFY_WITH_TIMEOUT(memoryInUse() < before + 1024 * 1024, 5'000);
}

void FloodFaults::changedConfigurationLeavesNothingBehind()
{
    FloodingServer flood(healthyReply());
    const Neighbours neighbours(1);
    QElapsedTimer clock;
    {
        Rounds rounds({flood.url()}, Milliseconds(60'000));
        rounds.engine().runOnce();
        QTRY_COMPARE(flood.floods(), 1);
        rounds.setUrls(neighbours.urls()); // the flood is nobody's concern any more
        QCOMPARE(disturbed(rounds.run()), QString());
        clock.start();
    }
    QVERIFY2(clock.elapsed() < 2'000, "its thread had to be waited for");
}

void FloodFaults::endsAtOnce()
{
    FloodingServer flood(healthyReply());
    QElapsedTimer clock;
    {
        Rounds rounds({flood.url() + u"/a"_s, flood.url() + u"/b"_s}, Milliseconds(60'000));
        rounds.engine().runOnce();
        QTRY_VERIFY(flood.floods() > 0);
        clock.start();
        rounds.engine().stop();
        QVERIFY2(clock.elapsed() < 250, qPrintable(QString::number(clock.elapsed())));
    }
    QVERIFY2(clock.elapsed() < 2'000, qPrintable(QString::number(clock.elapsed())));
}

void FloodFaults::floodInTls()
{
    Certificates certificates;
    QVERIFY2(certificates.make(), qPrintable(certificates.why()));
    QSslServer server;
    Flooded flooded;
    server.setSslConfiguration(certificates.server(u"good"_s));
    QObject::connect(&server, &QTcpServer::pendingConnectionAvailable, this, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        QObject::connect(socket, &QIODevice::readyRead, socket, [socket, &flooded] {
            socket->readAll();
            flood(socket, "HTTP/1.1 200 OK\r\n", QByteArray("X-More: and more and more and more\r\n").repeated(1'000), flooded);
        });
    });
    StubServer neighbour([](const StubRequest &request) { return healthyAnswer(u"bufstream"_s, request); });
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QVERIFY(neighbour.listen(QHostAddress::LocalHost, 0, certificates.server(u"good"_s)));
    ClusterConfig cluster = clusterOf(u"all"_s, u"bufstream"_s, {u"https://127.0.0.1:%1"_s.arg(server.serverPort()), neighbour.url()});
    cluster.tls.caFile = certificates.authority();
    cluster.spec.timeout = soon;
    Config config;
    config.clusters = {cluster};
    Engine engine({.mode = JudgeMode::OneShot});
    QSignalSpy finished(&engine, &Engine::roundFinished);
    engine.setConfig(config);
    engine.runOnce();
    QVERIFY(finished.wait(5'000));
    const QList<EndpointStatus> endpoints = engine.status().clusters.constFirst().endpoints;
    QVERIFY2(endedByUs(endpoints.at(0).reach), qPrintable(endpoints.at(0).error));
    QCOMPARE(endpoints.at(1).reach, Reach::Answered);
    // The engine is still there, and its other connections: this one is gone, and no byte of it is taken any more.
    QVERIFY(flooded.bytes > 0);
    QTRY_VERIFY_WITH_TIMEOUT(flooded.closed, 3'000);
    const qint64 taken = flooded.bytes;
    QCOMPARE(finished.count(), 1);
    server.close();
    engine.runOnce(); // time for more to come, were there any
    QVERIFY(finished.wait(5'000));
    QCOMPARE(flooded.bytes, taken);
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::FloodFaults)
#include "tst_fault_floods.moc"
