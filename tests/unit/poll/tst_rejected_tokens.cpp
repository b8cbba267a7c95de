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
    void anAnswerThatNeedsNoTokenProvesNothing();
    void aPersonIsAnswered();
    void oneThatAcceptsIsNoRejectedToken();
    void oneThatIsDownIsAskedOn();
    void aTriedServerThatIsDownIsReplacedByAnother();
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

void RejectedTokensTest::anAnswerThatNeedsNoTokenProvesNothing()
{
    PolledCluster cluster(u"osapi"_s, 2);
    rejectBy(cluster);
    cluster.server(1).instead = [](const StubRequest &request) -> std::optional<StubAnswer> {
        if (request.path == "/api/health")
            return StubAnswer::http(200, R"({"status":"ok"})");
        return StubAnswer::http(502, "bad gateway", "text/plain"); // so this one neither accepts the token nor rejects it
    };
    cluster.rounds(3);
    cluster.server(0).stub->clearSeen();
    cluster.rounds(2);
    QCOMPARE(cluster.server(0).asked(), 0);
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
    cluster.rounds(3);
    cluster.newlyAsked();
    cluster.rounds(2);
    QCOMPARE(cluster.newlyAsked(), 0); // of the others
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
