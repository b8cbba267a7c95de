// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/poll/polled_cluster.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::PolledCluster;

/// A token that the servers reject: who is asked, how often, and what is told meanwhile (JUDGE section 3).
class RejectedTokensTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void afterThreeRoundsNobodyIsAsked();
    void oneIsTriedMoreAndMoreSeldom();
    void theVerdictStaysAndSaysWhenItIsAskedNext();
    void anAcceptedAnswerEndsItForAll();
    void anotherContentIsTriedEverywhere();
    void theSameContentWrittenAgainIsNoOtherContent();
    void aCommandIsRunAgainMeanwhile();
    void aPersonIsAnswered();
    void oneThatAcceptsIsNoRejectedToken();
    void oneThatIsDownIsAskedOn();
    void aTriedServerThatIsDownIsReplacedByAnother();
    void anAnswerToTheOldTokenSaysNothingOfTheNew();
    void aTokenFileThatComesLate();
    void nothingIsSentWithoutTheToken();
    void withoutATokenNobodyBacksOff();

private:
    static void rejectBy(PolledCluster &cluster)
    {
        for (PolledCluster::Server &server : cluster.servers)
            server.accepted = "another-token";
    }
};

void RejectedTokensTest::afterThreeRoundsNobodyIsAsked()
{
    PolledCluster cluster(u"bufstream"_s, 3);
    rejectBy(cluster);
    for (int round = 1; round <= 3; ++round) {
        cluster.rounds(1);
        QCOMPARE(cluster.newlyAsked(), 3);
    }
    cluster.rounds(2);
    QCOMPARE(cluster.newlyAsked(), 0);
}

void RejectedTokensTest::oneIsTriedMoreAndMoreSeldom()
{
    PolledCluster cluster(u"bufstream"_s, 3);
    rejectBy(cluster);
    cluster.rounds(3);
    cluster.newlyAsked();
    const Milliseconds began = cluster.now.boot;
    QList<qint64> after; // seconds since the third round
    for (int round = 0; round < 400; ++round) {
        cluster.round();
        const qsizetype asked = cluster.newlyAsked();
        QVERIFY2(asked <= 1, "one server of the cluster");
        if (asked == 1)
            after.append((cluster.now.boot - began).count() / 1000);
        cluster.pass(10s);
    }
    QCOMPARE(after, (QList<qint64>{20, 80, 200, 440, 920, 1820, 2720, 3620})); // the third round was 10 s before
    for (const PolledCluster::Server &server : cluster.servers)
        QVERIFY2(server.asked() >= 5, "each in turn: one server's mistake does not decide for all");
}

void RejectedTokensTest::theVerdictStaysAndSaysWhenItIsAskedNext()
{
    PolledCluster cluster(u"bufstream"_s, 3);
    cluster.rounds(3);
    rejectBy(cluster);
    cluster.rounds(3);
    cluster.events.clear();
    for (int round = 0; round < 200; ++round) { // more than half an hour, with several tries
        cluster.rounds(1);
        const ClusterStatus status = cluster.status();
        QCOMPARE(status.severity, Severity::Unknown);
        QVERIFY(!status.pending);
        const Reason *reason = cluster.reason(ReasonCode::EndpointUnauthorised);
        QVERIFY(reason);
        QCOMPARE(status.reasons.size(), 1); // and not stale
        QCOMPARE(reason->endpoints.size(), 3);
        QVERIFY2(reason->detail.contains("token has expired"_L1), qPrintable(reason->detail));
        QVERIFY2(reason->detail.contains("sent again at "_L1), qPrintable(reason->detail));
        for (const EndpointStatus &endpoint : status.endpoints) {
            QCOMPARE(endpoint.reach, Reach::Unauthorised);
            QVERIFY(!endpoint.stale);
            QCOMPARE(endpoint.http, 401);
        }
    }
    QVERIFY2(cluster.events.isEmpty(), "nothing changed");
}

void RejectedTokensTest::anAcceptedAnswerEndsItForAll()
{
    PolledCluster cluster(u"bufstream"_s, 3);
    rejectBy(cluster);
    cluster.rounds(3);
    for (PolledCluster::Server &server : cluster.servers)
        server.accepted = "good-token"; // made known to the servers meanwhile
    cluster.newlyAsked();
    cluster.rounds(2);
    QCOMPARE(cluster.newlyAsked(), 0);
    cluster.round(); // 30 s after the third
    QCOMPARE(cluster.newlyAsked(), 3);
    for (const EndpointStatus &endpoint : cluster.status().endpoints)
        QCOMPARE(endpoint.reach, Reach::Answered);
    cluster.pass(10s);
    cluster.rounds(1);
    QCOMPARE(cluster.newlyAsked(), 3);
    QCOMPARE(cluster.status().severity, Severity::Ok);
}

void RejectedTokensTest::anotherContentIsTriedEverywhere()
{
    PolledCluster cluster(u"bufstream"_s, 3);
    rejectBy(cluster);
    cluster.rounds(5);
    cluster.newlyAsked();
    cluster.poller->lookAtToken();
    cluster.writeToken("another-token\n");
    QVERIFY(cluster.seesAnotherToken());
    cluster.round();
    QCOMPARE(cluster.newlyAsked(), 3);
    for (const EndpointStatus &endpoint : cluster.status().endpoints)
        QCOMPARE(endpoint.reach, Reach::Answered);
    QVERIFY(!cluster.poller->isTokenInDoubt());
    cluster.poller->lookAtToken(); // nothing to look for
    cluster.writeToken("third-token");
    cluster.round(); // at the next round anyway
    QCOMPARE(cluster.server(0).tokens().last(), "third-token");
}

void RejectedTokensTest::theSameContentWrittenAgainIsNoOtherContent()
{
    PolledCluster cluster(u"bufstream"_s, 2);
    rejectBy(cluster);
    cluster.rounds(4);
    cluster.newlyAsked();
    cluster.removeToken();
    cluster.writeToken(" good-token\n");
    cluster.rounds(1);
    QCOMPARE(cluster.newlyAsked(), 0);
    cluster.poller->lookAtToken();
    cluster.rounds(1);
    QCOMPARE(cluster.newlyAsked(), 1); // the one whose turn it is
    QCOMPARE(cluster.tokenChanges, 0);
}

void RejectedTokensTest::aCommandIsRunAgainMeanwhile()
{
    PolledCluster cluster(u"bufstream"_s, 2, {.keepRejected = 0ms});
    cluster.useCommand();
    cluster.rounds(1);
    cluster.writeToken("another-token");
    cluster.rounds(1);
    QCOMPARE(cluster.server(0).tokens().last(), "good-token"); // kept: there is no reason to run it at each poll
    rejectBy(cluster);
    cluster.rounds(1);
    QVERIFY(cluster.poller->isTokenInDoubt());
    QVERIFY(cluster.seesAnotherToken());
    cluster.round();
    QCOMPARE(cluster.server(1).tokens().last(), "another-token");
}

void RejectedTokensTest::aPersonIsAnswered()
{
    PolledCluster cluster(u"bufstream"_s, 3);
    rejectBy(cluster);
    cluster.rounds(5);
    cluster.newlyAsked();
    cluster.poller->forgetRejections();
    cluster.round();
    QCOMPARE(cluster.newlyAsked(), 3);
}

void RejectedTokensTest::oneThatAcceptsIsNoRejectedToken()
{
    PolledCluster cluster(u"bufstream"_s, 3);
    cluster.server(1).accepted = "another-token"; // it lags behind the others
    for (int round = 0; round < 6; ++round) {
        cluster.rounds(1);
        QCOMPARE(cluster.newlyAsked(), 3);
    }
    QCOMPARE(cluster.status().severity, Severity::Warning);
}

void RejectedTokensTest::oneThatIsDownIsAskedOn()
{
    PolledCluster cluster(u"bufstream"_s, 3);
    rejectBy(cluster);
    cluster.server(2).stub->stop();
    cluster.rounds(5);
    cluster.observations.clear();
    cluster.round();
    const auto ofDown = std::find_if(cluster.observations.cbegin(), cluster.observations.cend(),
        [&](const Observation &observation) { return observation.endpoint == cluster.url(2); });
    QVERIFY(ofDown != cluster.observations.cend());
    QCOMPARE(ofDown->reach, Reach::Refused); // asked, and not only told again
    QVERIFY(!ofDown->error.contains("sent again"_L1));
    QCOMPARE(cluster.status().endpoints.at(2).severity, Severity::Critical);
}

void RejectedTokensTest::aTriedServerThatIsDownIsReplacedByAnother()
{
    PolledCluster cluster(u"bufstream"_s, 2);
    rejectBy(cluster);
    cluster.rounds(3);
    cluster.server(0).stub->stop(); // whose turn is next
    cluster.server(1).accepted = "good-token";
    cluster.newlyAsked();
    cluster.rounds(3);
    QCOMPARE(cluster.newlyAsked(), 0);
    cluster.round();
    QCOMPARE(cluster.newlyAsked(), 1);
    QCOMPARE(cluster.status().endpoints.at(1).reach, Reach::Answered);
}

void RejectedTokensTest::anAnswerToTheOldTokenSaysNothingOfTheNew()
{
    PolledCluster cluster(u"bufstream"_s, 2);
    cluster.server(1).instead = [](const StubRequest &request) -> std::optional<StubAnswer> {
        if (!std::any_of(request.headers.begin(), request.headers.end(), [](const auto &h) { return h.second.contains("good-token"); }))
            return std::nullopt;
        StubAnswer late = StubAnswer::http(401, "token has expired", "text/plain");
        late.delayMs = 200;
        return late;
    };
    cluster.poller->beginRound();
    QTRY_COMPARE(cluster.server(1).asked(), 1);
    cluster.writeToken("another-token");
    cluster.server(0).accepted = cluster.server(1).accepted = "another-token";
    cluster.round(); // begins while the first is under way
    QCOMPARE(cluster.server(1).tokens(), (QByteArrayList{"good-token", "another-token"}));
    QCOMPARE(cluster.status().endpoints.at(1).reach, Reach::Answered);
    QVERIFY(!cluster.poller->isTokenInDoubt());
}

void RejectedTokensTest::aTokenFileThatComesLate()
{
    PolledCluster cluster(u"bufstream"_s, 2);
    cluster.removeToken();
    cluster.rounds(2);
    QCOMPARE(cluster.newlyAsked(), 0);
    QVERIFY(cluster.reason(ReasonCode::SecretUnavailable));
    cluster.writeToken("good-token");
    QVERIFY(cluster.seesAnotherToken());
    cluster.round();
    QCOMPARE(cluster.newlyAsked(), 2);
}

void RejectedTokensTest::nothingIsSentWithoutTheToken()
{
    PolledCluster cluster(u"osapi"_s, 1);
    StubAnswer late = StubAnswer::http(200, R"({"status":"ok"})");
    late.delayMs = 150;
    cluster.server(0).instead
        = [late](const StubRequest &request) { return request.path == "/api/health" ? std::optional(late) : std::nullopt; };
    cluster.poller->beginRound();
    QTRY_COMPARE(cluster.server(0).asked(), 1);
    cluster.removeToken();
    cluster.round(); // the token can't be read by now; the poll under way goes on to its second request
    QCOMPARE(cluster.server(0).tokens(), (QByteArrayList{"good-token", "good-token"}));
}

void RejectedTokensTest::withoutATokenNobodyBacksOff()
{
    PolledCluster cluster(u"bufstream"_s, 2);
    cluster.useNoToken();
    for (int round = 0; round < 6; ++round) {
        cluster.rounds(1);
        QCOMPARE(cluster.newlyAsked(), 2);
    }
    QVERIFY(!cluster.poller->isTokenInDoubt());
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::RejectedTokensTest)
#include "tst_rejected_tokens.moc"
