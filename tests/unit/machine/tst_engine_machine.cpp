// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/stub_server.h"
#include "tests/support/healthy.h"
#include "tests/support/one_round.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <atomic>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
/// Servers somewhere in the network, as the engine sees them: behind an HTTP proxy, which is how they get names that are not this
/// machine's.
class Somewhere {
public:
    Somewhere()
        : m_proxy([this](const StubRequest &request) { return m_portal ? login() : healthyAnswer(u"bufstream"_s, plain(request)); })
    {
        evidence.store(0);
    }
    ~Somewhere() { qunsetenv("http_proxy"); }

    bool plugIn()
    {
        if (!m_proxy.listen(QHostAddress::LocalHost, m_port))
            return false;
        m_port = m_proxy.port();
        qputenv("http_proxy", "http://127.0.0.1:" + QByteArray::number(m_port));
        return true;
    }
    void pullOut() { m_proxy.stop(); }
    void setPortal(bool portal) { m_portal = portal; }

    /// 1: only loopback is up.
    static inline std::atomic<int> evidence = 0, asked = 0, askedHere = 0;
    static NetworkEvidence found(const NetworkQuestion &)
    {
        ++asked;
        if (QThread::currentThread() == qApp->thread())
            ++askedHere;
        NetworkEvidence found;
        found.onlyLoopback = evidence == 1;
        return found;
    }
    [[nodiscard]] static EngineOptions options(JudgeMode mode)
    {
        EngineOptions options;
        options.mode = mode;
        options.lookup = [](const QString &) { return true; };
        options.networkEvidence = found;
        return options;
    }

private:
    static StubAnswer login() { return StubAnswer::http(302, {}, "text/html", {{"Location", "http://login.example/"}}); }
    /// A proxy is asked for the whole URL.
    static StubRequest plain(StubRequest request)
    {
        if (request.path.startsWith("http://"))
            request.path = QUrl(QString::fromLatin1(request.path)).path().toLatin1();
        return request;
    }

    StubServer m_proxy;
    quint16 m_port = 0;
    bool m_portal = false;
};

QList<ClusterConfig> clustersOut(Milliseconds interval)
{
    QList<ClusterConfig> clusters{clusterOf(u"one"_s, u"bufstream"_s, {u"http://a.site:9089"_s, u"http://b.site:9089"_s}),
        clusterOf(u"two"_s, u"bufstream"_s, {u"http://c.site:9089"_s})};
    for (ClusterConfig &cluster : clusters)
        cluster.spec.interval = interval;
    return clusters;
}

bool all(const Engine &engine, Severity severity, std::optional<ReasonCode> code = {})
{
    const FleetStatus fleet = engine.status();
    return std::all_of(fleet.clusters.cbegin(), fleet.clusters.cend(), [&](const ClusterStatus &cluster) {
        return cluster.severity == severity && (!code || (!cluster.reasons.isEmpty() && cluster.reasons.first().code == *code));
    });
}

QStringList codes(const QList<Notice> &notices)
{
    QStringList list;
    for (const Notice &notice : notices)
        list.append(notice.code);
    return list;
}
} // namespace

/// The engine asks its machine, off its own thread, and tells everybody what follows.
class EngineMachineTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".?"_s));
        Somewhere::evidence = Somewhere::asked = Somewhere::askedHere = 0;
    }

    void offlineAndBack();
    void aPortal();
    void oneRoundWaitsForTheEvidence();
    void oneRoundWithoutEvidence();
    void nothingIsAskedForLoopback();
    void nothingIsAskedWhileSomethingAnswers();
    void wakingUntilItAnswers();
    void evidenceThatNeverComesDelaysNoEnd();
};

void EngineMachineTest::offlineAndBack()
{
    Somewhere servers;
    QVERIFY(servers.plugIn());
    Engine engine(Somewhere::options(JudgeMode::OverTime));
    QList<Event> told;
    QStringList shown;
    connect(&engine, &Engine::happened, this, [&](const QList<Event> &events) {
        std::copy_if(events.cbegin(), events.cend(), std::back_inserter(told), [](const Event &event) { return !event.muted; });
    });
    connect(&engine, &Engine::updated, this, [&](const FleetUpdate &update) {
        shown = codes(update.notices);
        engine.taken();
    });
    engine.setConfig(configOf(clustersOut(Milliseconds(200))));
    engine.start();
    QTRY_VERIFY(all(engine, Severity::Ok));
    told.clear();

    Somewhere::evidence = 1;
    servers.pullOut();
    QTRY_VERIFY(all(engine, Severity::Unknown, ReasonCode::MachineOffline));
    QTRY_COMPARE(shown, QStringList{u"machine-offline"_s});
    QVERIFY(Somewhere::asked > 0);
    QCOMPARE(Somewhere::askedHere.load(), 0);

    Somewhere::evidence = 0;
    QVERIFY(servers.plugIn());
    QTRY_VERIFY_WITH_TIMEOUT(all(engine, Severity::Ok), 15'000);
    QTRY_COMPARE(shown, QStringList());
    QCOMPARE(told.size(), 0);
}

void EngineMachineTest::aPortal()
{
    Somewhere servers;
    QVERIFY(servers.plugIn());
    servers.setPortal(true);
    Engine engine(Somewhere::options(JudgeMode::OverTime));
    engine.setConfig(configOf(clustersOut(Milliseconds(200))));
    engine.start();
    QTRY_VERIFY(all(engine, Severity::Unknown, ReasonCode::MachineOffline));
    QCOMPARE(engine.status().notices.first().text, u"this machine is offline: a captive portal answers for 3 endpoints (login.example)"_s);
    servers.setPortal(false);
    QTRY_VERIFY_WITH_TIMEOUT(all(engine, Severity::Ok), 15'000);
    QVERIFY(engine.status().notices.isEmpty());
}

void EngineMachineTest::oneRoundWaitsForTheEvidence()
{
    Somewhere servers;
    QVERIFY(servers.plugIn());
    servers.pullOut();
    EngineOptions options = Somewhere::options(JudgeMode::OneShot);
    options.networkEvidence = [](const NetworkQuestion &question) {
        QThread::msleep(300); // as a reference that does not answer
        NetworkEvidence evidence;
        evidence.referenceAnswers = !question.reference.has_value();
        return evidence;
    };
    Engine engine(options);
    Config config = configOf(clustersOut(Milliseconds(10'000)));
    config.reference = ReferenceAddress{u"reference.example"_s, 443};
    engine.setConfig(config);
    QSignalSpy finished(&engine, &Engine::roundFinished);
    engine.runOnce();
    QVERIFY(finished.wait());
    QVERIFY(all(engine, Severity::Unknown, ReasonCode::MachineOffline));
    QCOMPARE(codes(engine.status().notices), QStringList{u"machine-offline"_s});
    QCOMPARE(finished.size(), 1);
}

void EngineMachineTest::oneRoundWithoutEvidence()
{
    Somewhere servers;
    QVERIFY(servers.plugIn());
    servers.pullOut();
    const RoundResult result = oneRound(clustersOut(Milliseconds(10'000)), Somewhere::options(JudgeMode::OneShot));
    QVERIFY(result.finished);
    QCOMPARE(result.cluster(u"one"_s).severity, Severity::Critical);
    QCOMPARE(result.status.notices.first().text, u"none of 3 endpoints answers; this machine's network looks up"_s);
    QCOMPARE(Somewhere::asked.load(), 1);
}

void EngineMachineTest::nothingIsAskedForLoopback()
{
    Somewhere::evidence = 1;
    const RoundResult result
        = oneRound({clusterOf(u"here"_s, u"bufstream"_s, {u"http://127.0.0.1:1"_s})}, Somewhere::options(JudgeMode::OneShot));
    QCOMPARE(result.cluster(u"here"_s).severity, Severity::Critical);
    QCOMPARE(Somewhere::asked.load(), 0);
    QVERIFY(result.status.notices.isEmpty());
}

void EngineMachineTest::nothingIsAskedWhileSomethingAnswers()
{
    Somewhere servers;
    QVERIFY(servers.plugIn());
    Engine engine(Somewhere::options(JudgeMode::OverTime));
    engine.setConfig(configOf(clustersOut(Milliseconds(100))));
    QSignalSpy updated(&engine, &Engine::updated);
    engine.start();
    QTRY_VERIFY(all(engine, Severity::Ok));
    QTest::qWait(1'500); // nothing may happen, so there is nothing to wait for but time
    QCOMPARE(Somewhere::asked.load(), 0);
}

void EngineMachineTest::wakingUntilItAnswers()
{
    Somewhere servers;
    QVERIFY(servers.plugIn());
    std::atomic<int> slept = 0; // minutes
    EngineOptions options = Somewhere::options(JudgeMode::OverTime);
    options.clock = [&slept] {
        Time time = currentTime();
        time.boot += std::chrono::minutes(slept);
        time.wall += std::chrono::minutes(slept);
        return time;
    };
    Engine engine(options);
    engine.setConfig(configOf(clustersOut(Milliseconds(300))));
    engine.start();
    QTRY_VERIFY(all(engine, Severity::Ok));
    servers.pullOut();
    slept = 60;
    QTRY_VERIFY(all(engine, Severity::Unknown, ReasonCode::Waking));
    QVERIFY2(Somewhere::asked > 0, "waking up is a reason to ask");
    QVERIFY(servers.plugIn());
    QTRY_VERIFY_WITH_TIMEOUT(all(engine, Severity::Ok), 15'000);
}

void EngineMachineTest::evidenceThatNeverComesDelaysNoEnd()
{
    Somewhere servers;
    QVERIFY(servers.plugIn());
    servers.pullOut();
    static std::atomic<bool> goOn = false;
    EngineOptions options = Somewhere::options(JudgeMode::OverTime);
    options.networkEvidence = [](const NetworkQuestion &) {
        while (!goOn)
            QThread::msleep(10);
        return NetworkEvidence{};
    };
    QElapsedTimer timer;
    {
        Engine engine(options);
        engine.setConfig(configOf(clustersOut(Milliseconds(100))));
        QSignalSpy updated(&engine, &Engine::updated);
        engine.start();
        QTRY_VERIFY(!updated.isEmpty());
        QTRY_VERIFY(!engine.status().clusters.first().endpoints.first().error.isEmpty());
        timer.start();
    }
    QVERIFY2(timer.elapsed() < 500, "an engine does not wait for it");
    goOn = true;
}
} // namespace quorate

QTEST_GUILESS_MAIN(quorate::EngineMachineTest)
#include "tst_engine_machine.moc"
