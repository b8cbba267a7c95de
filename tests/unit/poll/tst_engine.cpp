// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/stub_server.h"
#include "app/poll/state_file.h"
#include "tests/support/healthy.h"
#include "tests/support/one_round.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

/// How the engine lives: schedule, updates, configuration, threads, sleep and its end.
class EngineTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void pollsGoOnByThemselves();
    void aFrozenReceiverGetsOneUpdate();
    void updatesNameEveryClusterInOrder();
    void aNewConfigurationKeepsWhatDidNotChange();
    void pausedClustersAreLeftAlone();
    void pollNowIsNow();
    void sleepIsNoticedAndConnectionsDropped();
    void stopsAtOnceWithHangingRequests();
    void runsInAThreadOfItsOwn();
    void verdictsChangeWithEvents();
    void memoryIsKeptInTheStateFile();
    void aConfigurationChangedFromAnEventIsSafe();
};

void EngineTest::pollsGoOnByThemselves()
{
    StubServer server(healthyServer(u"bufstream"_s));
    QVERIFY(server.listen());
    ClusterConfig cluster = clusterOf(u"one"_s, u"bufstream"_s, {server.url()});
    cluster.spec.interval = Milliseconds(150);
    Engine engine;
    engine.setConfig(configOf({cluster}));
    engine.start();
    QTRY_VERIFY(server.seen().size() >= 4);
    engine.stop();
    const qsizetype before = server.seen().size();
    QTest::qWait(400); // nothing may happen, so there is nothing to wait for but time
    QCOMPARE(server.seen().size(), before);
}

void EngineTest::aFrozenReceiverGetsOneUpdate()
{
    StubServer server(healthyServer(u"bufstream"_s));
    QVERIFY(server.listen());
    ClusterConfig cluster = clusterOf(u"one"_s, u"bufstream"_s, {server.url()});
    cluster.spec.interval = Milliseconds(100);
    Engine engine({.flushEvery = Milliseconds(20)});
    QSignalSpy updated(&engine, &Engine::updated);
    engine.setConfig(configOf({cluster}));
    engine.start();
    QTRY_VERIFY(server.seen().size() >= 8);
    QCOMPARE(updated.size(), 1); // until it says that it took it
    engine.taken();
    QTRY_COMPARE(updated.size(), 2);
    const auto update = updated.last().first().value<FleetUpdate>();
    QVERIFY2(update.parsedReplies.size() >= 6, "nothing is lost of what is counted");
    QVERIFY(update.requestsSent >= 6);
    QCOMPARE(update.changed.size(), 1);
    QCOMPARE(update.changed.first().severity, Severity::Ok);
}

void EngineTest::updatesNameEveryClusterInOrder()
{
    StubServer server(healthyServer(u"bufstream"_s));
    QVERIFY(server.listen());
    Engine engine;
    QSignalSpy updated(&engine, &Engine::updated);
    engine.setNotices({{u"config-warning"_s, u"a notice"_s}});
    engine.setConfig(
        configOf({clusterOf(u"zebra"_s, u"bufstream"_s, {server.url()}), clusterOf(u"ape"_s, u"bufstream"_s, {server.url()})}));
    QTRY_COMPARE(updated.size(), 1);
    const auto update = updated.first().first().value<FleetUpdate>();
    QCOMPARE(update.order, (QList<ClusterName>{ClusterName(u"zebra"_s), ClusterName(u"ape"_s)}));
    QCOMPARE(update.changed.size(), 2);
    QCOMPARE(update.notices.size(), 1);
    engine.taken();
    engine.setConfig(configOf({clusterOf(u"ape"_s, u"bufstream"_s, {server.url()})}));
    QTRY_COMPARE(updated.size(), 2);
    QCOMPARE(updated.last().first().value<FleetUpdate>().order, QList<ClusterName>{ClusterName(u"ape"_s)});
}

void EngineTest::aNewConfigurationKeepsWhatDidNotChange()
{
    StubServer first(healthyServer(u"bufstream"_s)), second(healthyServer(u"bufstream"_s));
    QVERIFY(first.listen() && second.listen());
    ClusterConfig kept = clusterOf(u"kept"_s, u"bufstream"_s, {first.url()});
    ClusterConfig changed = clusterOf(u"changed"_s, u"bufstream"_s, {second.url()});
    Engine engine({.mode = JudgeMode::OneShot});
    engine.setConfig(configOf({kept, changed}));
    QSignalSpy finished(&engine, &Engine::roundFinished);
    engine.runOnce();
    QVERIFY(finished.wait());
    changed.spec.timeout = Milliseconds(3'000);
    engine.setConfig(configOf({changed, kept}));
    const FleetStatus status = engine.status();
    QCOMPARE(status.clusters.size(), 2);
    QCOMPARE(status.clusters.at(0).name.text(), u"changed"_s);
    QCOMPARE(status.clusters.at(1).severity, Severity::Ok);
    QCOMPARE(engine.replies(ClusterName(u"kept"_s)).size(), 1);
    QVERIFY(engine.replies(ClusterName(u"changed"_s)).isEmpty());
    engine.setConfig({});
    QVERIFY(engine.status().clusters.isEmpty());
    QVERIFY(engine.replies(ClusterName(u"kept"_s)).isEmpty());
}

void EngineTest::pausedClustersAreLeftAlone()
{
    StubServer server(healthyServer(u"bufstream"_s));
    QVERIFY(server.listen());
    ClusterConfig cluster = clusterOf(u"one"_s, u"bufstream"_s, {server.url()});
    cluster.spec.interval = Milliseconds(100);
    cluster.spec.paused = true;
    Engine engine;
    engine.setConfig(configOf({cluster}));
    engine.start();
    engine.pollNow({});
    QTest::qWait(300);
    QVERIFY(server.seen().isEmpty());
    engine.apply({Intent::Kind::Resume, cluster.spec.name, {}});
    QTRY_VERIFY(server.seen().size() >= 2);
    engine.apply({Intent::Kind::Pause, cluster.spec.name, {}});
    QTRY_VERIFY(engine.status().clusters.first().paused);
    QTest::qWait(150); // what was under way
    const qsizetype before = server.seen().size();
    QTest::qWait(300);
    QCOMPARE(server.seen().size(), before);
}

void EngineTest::pollNowIsNow()
{
    StubServer server(healthyServer(u"bufstream"_s));
    QVERIFY(server.listen());
    ClusterConfig cluster = clusterOf(u"one"_s, u"bufstream"_s, {server.url()});
    cluster.spec.interval = Milliseconds(3'600'000);
    Engine engine;
    engine.setConfig(configOf({cluster}));
    engine.start();
    QTRY_COMPARE(server.seen().size(), 1);
    QTRY_COMPARE(engine.status().clusters.first().severity, Severity::Ok);
    engine.pollNow(cluster.spec.name);
    QTRY_COMPARE(server.seen().size(), 2);
}

void EngineTest::sleepIsNoticedAndConnectionsDropped()
{
    StubServer server(healthyServer(u"bufstream"_s));
    QVERIFY(server.listen());
    ClusterConfig cluster = clusterOf(u"one"_s, u"bufstream"_s, {server.url()});
    cluster.spec.interval = Milliseconds(3'600'000);
    Milliseconds slept{0};
    EngineOptions options;
    options.clock = [&] {
        Time time = currentTime();
        time.boot += slept;
        time.wall += slept;
        return time;
    };
    Engine engine(options);
    engine.setConfig(configOf({cluster}));
    engine.start();
    QTRY_COMPARE(server.seen().size(), 1);
    slept = Milliseconds(60'000);
    QTRY_COMPARE(server.seen().size(), 2);
    QVERIFY2(server.seen().last().connection != server.seen().first().connection, "the old connection is dead");
}

void EngineTest::stopsAtOnceWithHangingRequests()
{
    StubServer server([](const StubRequest &) { return StubAnswer{.hang = true}; });
    QVERIFY(server.listen());
    QList<ClusterConfig> clusters;
    for (int i = 0; i < 50; ++i) {
        clusters.append(clusterOf(u"cluster-%1"_s.arg(i), u"consul"_s, {u"%1/%2"_s.arg(server.url()).arg(i)}));
        clusters.last().spec.timeout = Milliseconds(60'000);
    }
    Engine engine;
    engine.setConfig(configOf(clusters));
    engine.start();
    QTRY_VERIFY(server.seen().size() >= 4);
    QSignalSpy updated(&engine, &Engine::updated);
    QElapsedTimer clock;
    clock.start();
    engine.stop();
    QVERIFY2(clock.elapsed() < 250, qPrintable(QString::number(clock.elapsed())));
    QTest::qWait(200);
    QCOMPARE(updated.size(), 0);
}

void EngineTest::runsInAThreadOfItsOwn()
{
    StubServer hanging([](const StubRequest &) { return StubAnswer{.hang = true}; });
    StubServer server(healthyServer(u"consul"_s));
    QVERIFY(hanging.listen() && server.listen());
    ClusterConfig slow = clusterOf(u"slow"_s, u"consul"_s, {hanging.url()});
    slow.spec.timeout = Milliseconds(60'000);
    QThread thread;
    auto *engine = new Engine;
    engine->moveToThread(&thread);
    connect(&thread, &QThread::finished, engine, &QObject::deleteLater);
    QSignalSpy updated(engine, &Engine::updated);
    QSignalSpy replies(engine, &Engine::repliesReady);
    connect(engine, &Engine::updated, engine, &Engine::taken);
    thread.start();
    const Config config = configOf({clusterOf(u"well"_s, u"consul"_s, {server.url()}), slow});
    QMetaObject::invokeMethod(engine, [=] {
        engine->setConfig(config);
        engine->start();
    });
    const auto wellIsOk = [&] {
        return std::any_of(updated.begin(), updated.end(), [](const QList<QVariant> &arguments) {
            const auto update = arguments.first().value<FleetUpdate>();
            return std::any_of(update.changed.begin(), update.changed.end(),
                [](const ClusterStatus &cluster) { return cluster.name.text() == "well"_L1 && cluster.severity == Severity::Ok; });
        });
    };
    QTRY_VERIFY(wellIsOk());
    QMetaObject::invokeMethod(engine, [=] { engine->requestReplies(ClusterName(u"well"_s)); });
    QTRY_COMPARE(replies.size(), 1);
    QVERIFY(!replies.first().at(1).value<QList<StoredReply>>().isEmpty());
    QElapsedTimer clock;
    clock.start();
    QMetaObject::invokeMethod(engine, &Engine::stop, Qt::BlockingQueuedConnection);
    thread.quit();
    QVERIFY(thread.wait(5'000));
    QVERIFY2(clock.elapsed() < 1'000, qPrintable(QString::number(clock.elapsed())));
}

void EngineTest::verdictsChangeWithEvents()
{
    auto server = std::make_unique<StubServer>(healthyServer(u"bufstream"_s));
    QVERIFY(server->listen());
    ClusterConfig cluster = clusterOf(u"one"_s, u"bufstream"_s, {server->url()});
    cluster.spec.interval = Milliseconds(100);
    Engine engine;
    QSignalSpy happened(&engine, &Engine::happened);
    engine.setConfig(configOf({cluster}));
    engine.start();
    QTRY_COMPARE(engine.status().clusters.first().severity, Severity::Ok);
    happened.clear();
    server.reset();
    QTRY_VERIFY_WITH_TIMEOUT(!happened.isEmpty(), 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(engine.status().clusters.first().severity, Severity::Critical, 20'000);
}

void EngineTest::memoryIsKeptInTheStateFile()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"state.json"_s);
    StubServer server(healthyServer(u"osapi"_s));
    QVERIFY(server.listen());
    const Config config = configOf({clusterOf(u"one"_s, u"osapi"_s, {server.url()})});
    {
        Engine engine({.stateFile = path});
        engine.setConfig(config);
        engine.start();
        QTRY_COMPARE(engine.memory().value(ClusterName(u"one"_s)).remembered.size(), 1);
        engine.stop();
    }
    const auto memory = readState(path);
    QVERIFY(memory);
    server.clearSeen();
    Engine engine({.mode = JudgeMode::OneShot, .stateFile = path});
    engine.setMemory(memory.value());
    engine.setConfig(config);
    QSignalSpy finished(&engine, &Engine::roundFinished);
    engine.runOnce();
    QVERIFY(finished.wait());
    QCOMPARE(server.seen().size(), 1); // the probe is not needed again
}

void EngineTest::aConfigurationChangedFromAnEventIsSafe()
{
    StubServer server(healthyServer(u"consul"_s));
    QVERIFY(server.listen());
    ClusterConfig cluster = clusterOf(u"one"_s, u"consul"_s, {server.url()});
    cluster.spec.interval = Milliseconds(100);
    Engine engine;
    int changes = 0;
    connect(&engine, &Engine::happened, this, [&] {
        if (++changes < 5)
            engine.setConfig(configOf(changes % 2 == 0 ? QList{cluster} : QList<ClusterConfig>()));
    });
    connect(&engine, &Engine::updated, this, [&] {
        engine.taken();
        engine.setConfig(configOf({cluster}));
    });
    engine.setConfig(configOf({cluster}));
    engine.start();
    QTRY_VERIFY(server.seen().size() >= 10);
    engine.stop();
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::EngineTest)
#include "tst_engine.moc"
