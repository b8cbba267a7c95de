// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/stub_server.h"
#include "tests/support/healthy.h"
#include "tests/support/one_round.h"

#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

/// What the engine asks in a round, and of whom.
class EngineRoundsTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void aRoundOfNothingEnds();
    void healthySystemsAreOk_data();
    void healthySystemsAreOk();
    void anUnknownSystemIsNotPolled();
    void aHangingRequestIsNeverInFlightTwice();
    void aRoundBegunInTheMiddleOfAPollEndsWithIt();
    void leaderForwardedRequestsAreAskedOnceARound();
    void whatWorkedIsRemembered();
    void aChangedTokenFileIsSentAtTheNextPoll();
    void aConnectionIsUsedAgain();
    void aConnectionClosedWhileItWaitedIsNoFault();

private:
    static qsizetype countOf(const StubServer &server, const QByteArray &path)
    {
        const QList<StubRequest> seen = server.seen();
        return std::count_if(seen.begin(), seen.end(), [&](const StubRequest &request) { return request.path.startsWith(path); });
    }
};

void EngineRoundsTest::aRoundOfNothingEnds()
{
    const RoundResult result = oneRound({});
    QVERIFY(result.finished);
    QVERIFY(result.status.clusters.isEmpty());
    QVERIFY(!result.status.host.isEmpty());
    QCOMPARE(worst(result.status.clusters), Severity::Unknown);
}

void EngineRoundsTest::healthySystemsAreOk_data()
{
    QTest::addColumn<QString>("system");
    for (const QString &system : allSystems)
        QTest::newRow(qPrintable(system)) << system;
}

void EngineRoundsTest::healthySystemsAreOk()
{
    QFETCH(QString, system);
    StubServer server(healthyServer(system));
    QVERIFY(server.listen());
    const RoundResult result = oneRound({clusterOf(u"one"_s, system, {server.url()})});
    QVERIFY(result.finished);
    QVERIFY2(result.cluster(u"one"_s).severity == Severity::Ok, result.json().constData());
    QVERIFY(!result.replies.isEmpty());
}

void EngineRoundsTest::anUnknownSystemIsNotPolled()
{
    StubServer server(healthyServer(u"consul"_s));
    QVERIFY(server.listen());
    const RoundResult result = oneRound({clusterOf(u"one"_s, u"cassandra"_s, {server.url()})});
    QVERIFY(result.finished);
    QCOMPARE(result.cluster(u"one"_s).severity, Severity::Unknown);
    QCOMPARE(result.cluster(u"one"_s).endpoints.value(0).reach, Reach::NotPolled);
    QVERIFY(server.seen().isEmpty());
}

void EngineRoundsTest::aHangingRequestIsNeverInFlightTwice()
{
    StubServer server([](const StubRequest &) { return StubAnswer{.hang = true}; });
    StubServer neighbour(healthyServer(u"bufstream"_s));
    QVERIFY(server.listen() && neighbour.listen());
    ClusterConfig cluster = clusterOf(u"one"_s, u"bufstream"_s, {server.url(), neighbour.url()});
    cluster.spec.interval = Milliseconds(100);
    cluster.spec.timeout = Milliseconds(5'000);
    Engine engine;
    engine.setConfig(configOf({cluster}));
    engine.start();
    QTRY_VERIFY(neighbour.seen().size() >= 5); // it is polled on, round after round
    QCOMPARE(server.seen().size(), 1);
}

void EngineRoundsTest::aRoundBegunInTheMiddleOfAPollEndsWithIt()
{
    StubServer server([](const StubRequest &request) {
        StubAnswer answer = healthyAnswer(u"consul"_s, request);
        answer.delayMs = isPrimary(u"consul"_s, request.path) ? 0 : 400;
        return answer;
    });
    QVERIFY(server.listen());
    ClusterConfig cluster = clusterOf(u"one"_s, u"consul"_s, {server.url()});
    cluster.spec.interval = Milliseconds(60'000);
    Engine engine;
    engine.setConfig(configOf({cluster}));
    engine.start();
    const auto reach = [&] { return engine.status().clusters.first().endpoints.first().reach; };
    QTRY_COMPARE(reach(), Reach::Answered);
    QVERIFY(!engine.isPolled(cluster.spec.name));
    engine.pollNow(cluster.spec.name); // its primary request has concluded, the others have not
    QTRY_VERIFY(engine.isPolled(cluster.spec.name));
}

void EngineRoundsTest::leaderForwardedRequestsAreAskedOnceARound()
{
    StubServer first(healthyServer(u"consul"_s)), second(healthyServer(u"consul"_s)), third(healthyServer(u"consul"_s));
    QVERIFY(first.listen() && second.listen() && third.listen());
    const RoundResult result = oneRound({clusterOf(u"one"_s, u"consul"_s, {first.url(), second.url(), third.url()})});
    QVERIFY(result.finished);
    const QByteArray path = "/v1/operator/autopilot/health";
    QCOMPARE(countOf(first, path) + countOf(second, path) + countOf(third, path), 1);
}

void EngineRoundsTest::whatWorkedIsRemembered()
{
    StubServer server(healthyServer(u"osapi"_s));
    QVERIFY(server.listen());
    Engine engine({.mode = JudgeMode::OneShot});
    engine.setConfig(configOf({clusterOf(u"one"_s, u"osapi"_s, {server.url()})}));
    QSignalSpy finished(&engine, &Engine::roundFinished);
    engine.runOnce();
    QVERIFY(finished.wait());
    QCOMPARE(countOf(server, "/api/health"), 2); // the probe and the status
    QCOMPARE(engine.memory().value(ClusterName(u"one"_s)).remembered.size(), 1);
    server.clearSeen();
    engine.runOnce();
    QVERIFY(finished.wait());
    QCOMPARE(server.seen().size(), 1);
}

void EngineRoundsTest::aChangedTokenFileIsSentAtTheNextPoll()
{
    QTemporaryDir folder;
    const auto write = [&](const QByteArray &token) {
        QFile file(folder.filePath(u"token"_s));
        return file.open(QIODevice::WriteOnly) && file.write(token) == token.size();
    };
    QVERIFY(write("old-token\n"));
    QByteArrayList tokens;
    StubServer server([&](const StubRequest &request) {
        for (const auto &[name, value] : request.headers) {
            if (name.compare("Authorization", Qt::CaseInsensitive) == 0)
                tokens.append(value);
        }
        return tokens.last() == "Bearer new-token" ? healthyAnswer(u"bufstream"_s, request)
                                                   : StubAnswer::http(401, "token has expired", "text/plain");
    });
    QVERIFY(server.listen());
    ClusterConfig cluster = clusterOf(u"one"_s, u"bufstream"_s, {server.url()});
    cluster.token = SecretFromFile{folder.filePath(u"token"_s)};
    Engine engine({.mode = JudgeMode::OneShot});
    engine.setConfig(configOf({cluster}));
    QSignalSpy finished(&engine, &Engine::roundFinished);
    engine.runOnce();
    QVERIFY(finished.wait());
    QCOMPARE(engine.status().clusters.first().endpoints.first().reach, Reach::Unauthorised);
    QVERIFY(write("new-token\n"));
    engine.runOnce();
    QVERIFY(finished.wait());
    QCOMPARE(engine.status().clusters.first().endpoints.first().reach, Reach::Answered);
}

void EngineRoundsTest::aConnectionIsUsedAgain()
{
    StubServer server(healthyServer(u"bufstream"_s));
    QVERIFY(server.listen());
    Engine engine({.mode = JudgeMode::OneShot});
    engine.setConfig(configOf({clusterOf(u"one"_s, u"bufstream"_s, {server.url()})}));
    QSignalSpy finished(&engine, &Engine::roundFinished);
    for (int round = 0; round < 3; ++round) {
        engine.runOnce();
        QVERIFY(finished.wait());
    }
    QCOMPARE(server.seen().size(), 3);
    QCOMPARE(server.seen().last().connection, 1);
}

void EngineRoundsTest::aConnectionClosedWhileItWaitedIsNoFault()
{
    // Each connection serves one request, then is closed when the second comes: servers close idle ones at just that moment.
    StubServer server([](const StubRequest &request) {
        static int served = 0;
        static int last = 0;
        served = request.connection == last ? served + 1 : 1;
        last = request.connection;
        return served == 1 ? healthyAnswer(u"bufstream"_s, request) : StubAnswer{.close = true};
    });
    QVERIFY(server.listen());
    Engine engine({.mode = JudgeMode::OneShot});
    engine.setConfig(configOf({clusterOf(u"one"_s, u"bufstream"_s, {server.url()})}));
    QSignalSpy finished(&engine, &Engine::roundFinished);
    for (int round = 0; round < 4; ++round) {
        engine.runOnce();
        QVERIFY(finished.wait());
        QCOMPARE(engine.status().clusters.first().severity, Severity::Ok);
    }
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::EngineRoundsTest)
#include "tst_engine_rounds.moc"
