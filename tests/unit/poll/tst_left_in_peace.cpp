// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/machine.h"
#include "tests/unit/poll/polled_cluster.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::PolledCluster;

/// Servers that ask for a pause, that need no token for a part of what they tell, or that are down for long.
class LeftInPeaceTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void aPauseIsKept_data();
    void aPauseIsKept();
    void aPauseIsToldAndNotStale();
    void whatIsToldAgainIsNoSignOfLife();
    void othersAreAskedMeanwhile();
    void whoIsThrottledIsNotPressed();
    void consulTellsItsLeaderWithoutToken();
    void aRefusalInOtherWordsStays();
    void consulsRefusedPermissionIsNoRejectedToken();
    void consulIsWellAgainWithAnotherToken();
    void whatIsDownForLongIsAskedAtItsInterval();
};

namespace {
StubAnswer throttled(const QByteArray &retryAfter)
{
    QList<QPair<QByteArray, QByteArray>> headers{{"Date", "Fri, 20 Nov 2026 15:00:00 GMT"}};
    if (!retryAfter.isEmpty())
        headers.append({"Retry-After", retryAfter});
    return StubAnswer::http(429, "slow down", "text/plain", headers);
}
} // namespace

void LeftInPeaceTest::aPauseIsKept_data()
{
    QTest::addColumn<QByteArray>("retryAfter");
    QTest::addColumn<int>("roundsWithout"); // of 10 s
    QTest::newRow("none") << QByteArray() << 0;
    QTest::newRow("less than the interval") << QByteArray("3") << 0;
    QTest::newRow("seconds") << QByteArray("120") << 11;
    QTest::newRow("a date") << QByteArray("Fri, 20 Nov 2026 15:01:00 GMT") << 5;
    QTest::newRow("a day is too long") << QByteArray("86400") << 89;
    QTest::newRow("a date of the past") << QByteArray("Fri, 20 Nov 2026 14:00:00 GMT") << 0;
    QTest::newRow("nonsense") << QByteArray("soon") << 0;
}

void LeftInPeaceTest::aPauseIsKept()
{
    QFETCH(QByteArray, retryAfter);
    QFETCH(int, roundsWithout);
    PolledCluster cluster(u"bufstream"_s, 1);
    cluster.server(0).instead = [retryAfter](const StubRequest &) { return throttled(retryAfter); };
    cluster.rounds(1);
    cluster.server(0).instead = {};
    QCOMPARE(cluster.newlyAsked(), 1);
    cluster.rounds(roundsWithout);
    QCOMPARE(cluster.newlyAsked(), 0);
    cluster.round();
    QCOMPARE(cluster.newlyAsked(), 1);
    QCOMPARE(cluster.status().endpoints.first().reach, Reach::Answered);
}

void LeftInPeaceTest::aPauseIsToldAndNotStale()
{
    PolledCluster cluster(u"bufstream"_s, 3);
    cluster.rounds(3);
    cluster.server(0).instead = [](const StubRequest &) { return throttled("600"); };
    cluster.rounds(4);
    cluster.events.clear();
    for (int round = 0; round < 50; ++round) {
        cluster.rounds(1);
        QCOMPARE(cluster.status().severity, Severity::Warning);
        const Reason *reason = cluster.reason(ReasonCode::EndpointThrottled);
        QVERIFY(reason);
        QCOMPARE(reason->value, 600.0);
        QVERIFY2(reason->detail.contains("slow down"_L1), qPrintable(reason->detail));
        QVERIFY2(reason->detail.contains("asked again at 15:10:30"_L1), qPrintable(reason->detail));
        QVERIFY(!cluster.status().endpoints.first().stale);
    }
    QVERIFY(cluster.events.isEmpty());
}

void LeftInPeaceTest::whatIsToldAgainIsNoSignOfLife()
{
    PolledCluster cluster(u"bufstream"_s, 1);
    cluster.server(0).instead = [](const StubRequest &) { return throttled("600"); };
    cluster.rounds(1);
    QVERIFY(isAnswer(cluster.observations.last()));
    cluster.rounds(1);
    QCOMPARE(cluster.observations.last().reach, Reach::Throttled);
    QVERIFY2(!isAnswer(cluster.observations.last()), "this machine may be offline by now");
}

void LeftInPeaceTest::othersAreAskedMeanwhile()
{
    PolledCluster cluster(u"bufstream"_s, 3);
    cluster.server(1).instead = [](const StubRequest &) { return throttled("3600"); };
    cluster.rounds(1);
    cluster.newlyAsked();
    cluster.poller->forgetRejections(); // a person asks: a pause is the server's wish, though
    cluster.rounds(5);
    QCOMPARE(cluster.newlyAsked(), 10);
}

void LeftInPeaceTest::whoIsThrottledIsNotPressed()
{
    PolledCluster cluster(u"bufstream"_s, 1);
    cluster.rounds(2);
    cluster.server(0).instead = [](const StubRequest &) { return throttled({}); };
    cluster.rounds(1);
    cluster.newlyAsked();
    const qsizetype told = cluster.observations.size();
    cluster.round(0); // sooner than the interval, as for everything else that is to be decided
    QCOMPARE(cluster.newlyAsked(), 0);
    QCOMPARE(cluster.observations.size(), told);
    cluster.rounds(1);
    QCOMPARE(cluster.newlyAsked(), 1);
}

void LeftInPeaceTest::consulTellsItsLeaderWithoutToken()
{
    PolledCluster cluster(u"consul"_s, 3);
    for (PolledCluster::Server &server : cluster.servers) {
        server.accepted = "another-token";
        // Behind something that looks at every token, so that not even the leader is told.
        server.instead = [](const StubRequest &request) -> std::optional<StubAnswer> {
            const bool any = std::any_of(
                request.headers.begin(), request.headers.end(), [](const auto &h) { return h.first.toLower() == "x-consul-token"; });
            return any ? std::optional(StubAnswer::http(403, "ACL not found", "text/plain")) : std::nullopt;
        };
    }
    cluster.rounds(3);
    for (PolledCluster::Server &server : cluster.servers)
        QVERIFY2(!server.tokens().contains("none"), "with the token, three times");
    for (int round = 0; round < 100; ++round) {
        for (PolledCluster::Server &server : cluster.servers)
            server.stub->clearSeen();
        cluster.rounds(1);
        int shown = 0;
        for (const PolledCluster::Server &server : cluster.servers) {
            const QList<StubRequest> seen = server.stub->seen();
            shown += server.tokens().contains("good-token") ? 1 : 0;
            for (qsizetype i = 0; i < seen.size(); ++i)
                QVERIFY(server.tokens().at(i) == "good-token" || seen.at(i).path.startsWith("/v1/status/"));
        }
        QVERIFY(shown <= 1);
        const ClusterStatus status = cluster.status();
        QCOMPARE(status.severity, Severity::Unknown);
        const Reason *reason = cluster.reason(ReasonCode::EndpointUnauthorised);
        QVERIFY(reason);
        QCOMPARE(reason->endpoints.size(), 3);
        QVERIFY2(reason->detail.contains("ACL not found"_L1), qPrintable(reason->detail));
        if (shown > 0 || round == 0)
            continue;
        QCOMPARE(status.raft.value(0).leader, u"127.0.0.2:8300"_s);
        for (const EndpointStatus &endpoint : status.endpoints)
            QCOMPARE(endpoint.reach, Reach::Answered);
    }
}

/// Something in front of Consul that rejects the token in words of its own, and lets everybody without one pass.
void LeftInPeaceTest::aRefusalInOtherWordsStays()
{
    PolledCluster cluster(u"consul"_s, 3);
    for (PolledCluster::Server &server : cluster.servers) {
        server.instead = [](const StubRequest &request) -> std::optional<StubAnswer> {
            const bool any = std::any_of(
                request.headers.begin(), request.headers.end(), [](const auto &h) { return h.first.toLower() == "x-consul-token"; });
            return any ? std::optional(StubAnswer::http(403, "token expired", "text/plain")) : std::nullopt;
        };
    }
    cluster.rounds(3);
    for (int round = 0; round < 10; ++round) {
        cluster.rounds(1);
        QCOMPARE(cluster.status().severity, Severity::Unknown);
        const Reason *reason = cluster.reason(ReasonCode::EndpointUnauthorised);
        QVERIFY(reason);
        QCOMPARE(reason->endpoints.size(), 3);
    }
}

void LeftInPeaceTest::consulsRefusedPermissionIsNoRejectedToken()
{
    PolledCluster cluster(u"consul"_s, 2);
    for (PolledCluster::Server &server : cluster.servers) {
        server.instead = [](const StubRequest &request) -> std::optional<StubAnswer> {
            if (!request.path.startsWith("/v1/operator"))
                return std::nullopt;
            return StubAnswer::http(403, "Permission denied", "text/plain");
        };
    }
    for (int round = 0; round < 6; ++round) {
        cluster.rounds(1);
        QVERIFY(cluster.newlyAsked() >= 8);
    }
    QVERIFY(!cluster.poller->isTokenInDoubt());
    const Reason *note = cluster.reason(ReasonCode::FactsNarrowed);
    QVERIFY(note);
    QVERIFY2(note->names.contains("operator:read"_L1), qPrintable(note->names.join(u' ')));
    QVERIFY(!cluster.reason(ReasonCode::EndpointUnauthorised));
}

void LeftInPeaceTest::consulIsWellAgainWithAnotherToken()
{
    PolledCluster cluster(u"consul"_s, 1);
    cluster.rounds(2);
    QCOMPARE(cluster.status().severity, Severity::Ok);
    cluster.server(0).accepted = "another-token";
    cluster.rounds(5);
    QCOMPARE(cluster.status().severity, Severity::Unknown);
    cluster.server(0).stub->clearSeen();
    cluster.writeToken("another-token");
    QVERIFY(cluster.seesAnotherToken());
    cluster.rounds(3);
    QVERIFY(!cluster.server(0).tokens().contains("none"));
    QCOMPARE(cluster.status().severity, Severity::Ok);
}

void LeftInPeaceTest::whatIsDownForLongIsAskedAtItsInterval()
{
    PolledCluster cluster(u"bufstream"_s, 1);
    cluster.rounds(3);
    cluster.server(0).stub->stop();
    cluster.round();
    const auto every = [&] { return pollEvery(cluster.fleet.clusters.first(), cluster.fleet.clusters.first().endpoints.first()); };
    QCOMPARE(every(), 5'000ms); // while it is not decided
    cluster.pass(10s);
    cluster.rounds(2);
    for (int round = 0; round < 90; ++round) { // 15 minutes
        QCOMPARE(every(), 10'000ms);
        const qsizetype told = cluster.observations.size();
        cluster.rounds(1);
        QCOMPARE(cluster.observations.size(), told + 1);
        QCOMPARE(cluster.observations.last().reach, Reach::Refused);
    }
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::LeftInPeaceTest)
#include "tst_left_in_peace.moc"
