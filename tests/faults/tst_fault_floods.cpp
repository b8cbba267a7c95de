// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/fetcher.h"
#include "tests/faults/flooding_server.h"
#include "tests/support/certificates.h"
#include "tests/support/healthy.h"
#include "tests/support/one_round.h"

#include "app/demo/stub_server.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

#include <malloc.h>

namespace quorate {
using namespace Qt::StringLiterals;

/// A server that sends headers without an end, at full speed, keeps the thread that reads them (Qt 6.4 does not look up): nobody else may
/// notice, and it must not keep it for longer than its deadline.
class FloodFaults final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void twentyNeighboursAreUndisturbed();
    void moreOriginsThanManagers();
    void theSameServerIsBelievedWhenItComesToItsSenses();
    void requestsThatWaitForTheSameServerAreAnswered();
    void memoryIsBack();
    void changedConfigurationLeavesNoThreadBehind();
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

size_t memoryInUse()
{
    const struct mallinfo2 info = ::mallinfo2();
    return info.uordblks + info.hblkhd;
}
} // namespace

void FloodFaults::twentyNeighboursAreUndisturbed()
{
    FloodingServer flood(healthyReply());
    const Neighbours neighbours(20);
    Rounds rounds(QStringList{flood.url()} + neighbours.urls());
    for (int round = 1; round <= 3; ++round) {
        const QList<EndpointStatus> endpoints = rounds.run();
        QCOMPARE(endpoints.size(), 21);
        QVERIFY2(endpoints.first().reach == Reach::TimedOut, qPrintable(endpoints.first().error));
        QVERIFY2(endpoints.first().error.contains(u"no whole reply head came within 500 ms"_s), qPrintable(endpoints.first().error));
        QCOMPARE(disturbed(endpoints.mid(1)), QString());
        QCOMPARE(flood.floods(), round); // asked once, and the thread of the round before was free to ask
    }
}

void FloodFaults::moreOriginsThanManagers()
{
    FloodingServer flood(healthyReply());
    const Neighbours neighbours(int(Transports::mostShared) + 40);
    Rounds rounds(QStringList{flood.url()} + neighbours.urls());
    // The few that share its thread wait with it, once: from then on it has one of its own.
    QVERIFY(!rounds.run().isEmpty());
    for (int round = 2; round <= 3; ++round) {
        const QList<EndpointStatus> endpoints = rounds.run();
        QCOMPARE(endpoints.value(0).reach, Reach::TimedOut);
        QCOMPARE(disturbed(endpoints.mid(1)), QString());
    }
}

void FloodFaults::theSameServerIsBelievedWhenItComesToItsSenses()
{
    FloodingServer flood(healthyReply());
    Rounds rounds({flood.url()});
    QCOMPARE(rounds.run().value(0).reach, Reach::TimedOut);
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
        QCOMPARE(endpoints.at(i).reach, Reach::TimedOut);
    QCOMPARE(disturbed(endpoints.mid(4)), QString());
}

void FloodFaults::memoryIsBack()
{
    FloodingServer flood(healthyReply());
    Rounds rounds({flood.url()}, Milliseconds(3'000));
    const size_t before = memoryInUse();
    QTimer::singleShot(2'500, this, [&] { QVERIFY2(memoryInUse() > before + 512 * 1024, "Qt reads on: else this tests nothing"); });
    QCOMPARE(rounds.run().value(0).reach, Reach::TimedOut);
    QTRY_VERIFY_WITH_TIMEOUT(memoryInUse() < before + 512 * 1024, 5'000);
}

void FloodFaults::changedConfigurationLeavesNoThreadBehind()
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
    QVERIFY2(clock.elapsed() < 2'000, "its thread was held and had to be waited for");
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
    StubServer flood([](const StubRequest &) {
        return StubAnswer{
            .bytes = "HTTP/1.1 200 OK\r\n" + QByteArray("X-More: and more and more and more\r\n").repeated(200'000), .hang = true};
    });
    StubServer neighbour([](const StubRequest &request) { return healthyAnswer(u"bufstream"_s, request); });
    QVERIFY(flood.listen(QHostAddress::LocalHost, 0, certificates.server(u"good"_s)));
    QVERIFY(neighbour.listen(QHostAddress::LocalHost, 0, certificates.server(u"good"_s)));
    ClusterConfig cluster = clusterOf(u"all"_s, u"bufstream"_s, {flood.url(), neighbour.url()});
    cluster.tls.caFile = certificates.authority();
    cluster.spec.timeout = soon;
    const RoundResult result = oneRound({cluster});
    QVERIFY(result.finished);
    QCOMPARE(result.cluster(u"all"_s).endpoints.at(0).reach, Reach::TimedOut);
    QCOMPARE(result.cluster(u"all"_s).endpoints.at(1).reach, Reach::Answered);
    QVERIFY(result.milliseconds < 5'000);
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::FloodFaults)
#include "tst_fault_floods.moc"
