// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/healthy.h"
#include "tests/unit/poll/polled_cluster.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::PolledCluster;

/// A token whose content changes while polls go on: in a file or by a command, in the middle of a poll, or not readable for a while.
class TokenChangesTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void anotherContentIsTriedEverywhere();
    void theSameContentWrittenAgainIsNoOtherContent();
    void aCommandIsRunAgainMeanwhile();
    void anAnswerToTheOldTokenSaysNothingOfTheNew();
    void aLateYesToTheOldTokenIsNoneToTheNew();
    void aTokenFileThatComesLate();
    void nothingIsSentWithoutTheToken();

private:
    static void rejectBy(PolledCluster &cluster)
    {
        for (PolledCluster::Server &server : cluster.servers)
            server.accepted = "another-token";
    }
};

void TokenChangesTest::anotherContentIsTriedEverywhere()
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

void TokenChangesTest::theSameContentWrittenAgainIsNoOtherContent()
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

void TokenChangesTest::aCommandIsRunAgainMeanwhile()
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

void TokenChangesTest::anAnswerToTheOldTokenSaysNothingOfTheNew()
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

void TokenChangesTest::aTokenFileThatComesLate()
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

void TokenChangesTest::nothingIsSentWithoutTheToken()
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
    QCOMPARE(cluster.server(0).tokens(), (QByteArrayList{"none", "good-token"})); // OSAPI's probe never needs one
}

void TokenChangesTest::aLateYesToTheOldTokenIsNoneToTheNew()
{
    PolledCluster cluster(u"bufstream"_s, 2);
    cluster.server(1).instead = [](const StubRequest &request) -> std::optional<StubAnswer> {
        if (!std::any_of(request.headers.begin(), request.headers.end(), [](const auto &h) { return h.second.contains("good-token"); }))
            return std::nullopt;
        StubAnswer late = healthyAnswer(u"bufstream"_s, request);
        late.delayMs = 1'000;
        return late;
    };
    cluster.poller->beginRound();
    QTRY_COMPARE(cluster.server(1).asked(), 1);
    QTRY_COMPARE(cluster.observations.size(), 1);
    cluster.writeToken("wrong-token");
    for (int round = 0; round < 3; ++round) { // server 1 is left out: it has not answered yet
        cluster.poller->beginRound();
        QTRY_COMPARE(cluster.observations.size(), 2 + round);
    }
    QCOMPARE(cluster.server(1).asked(), 1);
    QTRY_VERIFY(cluster.poller->isIdle());
    cluster.newlyAsked();
    cluster.round();
    QCOMPARE(cluster.newlyAsked(), 0);
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::TokenChangesTest)
#include "tst_token_changes.moc"
