// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demo_clusters.h"
#include "app/demo/demo_replies.h"
#include "models/judge/fleet.h"
#include "models/systems/system.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSet>
#include <QSignalSpy>
#include <QTest>

using namespace quorate;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

using Say = std::function<StubAnswer(int server, const StubRequest &)>;

/// One cluster of the simulated world, asked and judged without a socket.
struct DemoCluster {
    QString system;
    int servers;
    Say say;
};

QList<DemoCluster> clustersOf(const DemoWorld &world)
{
    return {
        {u"bufstream"_s, 3, [world](int server, const StubRequest &request) { return demoBrokerReply(world, server, request); }},
        {u"consul"_s, 5, [world](int server, const StubRequest &request) { return demoConsulReply(world, server, request); }},
        {u"osapi"_s, 1, [world](int, const StubRequest &request) { return demoControllerReply(world, request); }},
    };
}

bool isUp(const DemoWorld &world, const QString &system, int server)
{
    return system == u"bufstream" ? world.brokers.at(server).up : system == u"consul" ? world.servers.at(server).up : true;
}

Reply replyFrom(const StubAnswer &answer)
{
    Reply reply;
    reply.reach = Reach::Answered;
    reply.http = answer.bytes.mid(9, 3).toInt();
    const qsizetype end = answer.bytes.indexOf("\r\n\r\n");
    for (const QByteArray &line : answer.bytes.first(end).split('\n').mid(1)) {
        const qsizetype colon = line.indexOf(':');
        reply.headers.append({line.first(colon).trimmed(), line.mid(colon + 1).trimmed()});
    }
    reply.body = answer.bytes.mid(end + 4);
    return reply;
}

/// One round over a cluster, and its verdict in one shot.
ClusterStatus judgedOnce(const DemoWorld &world, const DemoCluster &cluster)
{
    const System &system = *systemNamed(cluster.system);
    const Time now{Instant(1'800'000'000'000ms), 1'000s, 1'000s};
    ClusterSpec spec;
    spec.name = ClusterName(cluster.system);
    spec.system = cluster.system;
    for (int i = 0; i < cluster.servers; ++i)
        spec.endpoints.append(EndpointUrl(u"http://127.0.11.%1:9000"_s.arg(1 + i)));
    Fleet fleet;
    fleet.mode = JudgeMode::OneShot;
    (void)step(fleet, FleetSpec{spec}, now);

    RoundState round;
    round.settled = true;
    const auto ask = [&](int server, const Request &request) {
        Observation seen;
        seen.cluster = spec.name;
        seen.endpoint = spec.endpoints.at(server);
        seen.request = request.key;
        seen.path = request.path;
        seen.primary = request.primary;
        seen.forwarded = request.forwarded;
        seen.at = now;
        seen.reach = Reach::Refused;
        if (isUp(world, cluster.system, server)) {
            StubRequest asked{.method = "GET", .path = request.path.toUtf8()};
            asked.headers = {{"Authorization", "Bearer " + demoToken.toByteArray()}};
            const Reply reply = replyFrom(cluster.say(server, asked));
            const Decoded decoded = system.decode(request, reply);
            seen.reach = decoded.reach;
            seen.http = reply.http;
            seen.error = decoded.error;
            seen.facts = decoded.facts;
        }
        (void)step(fleet, seen, now);
        return Answer{request, seen.reach, seen.http, seen.facts};
    };
    for (int server = 0; server < cluster.servers; ++server) {
        PollState poll;
        RoundState::Endpoint part{spec.endpoints.at(server), true, Reach::Refused, {}};
        for (QList<Request> next = system.plan(poll); !next.isEmpty(); next = system.plan(poll)) {
            poll.asked += next;
            for (const Request &request : std::as_const(next)) {
                poll.answers.append(ask(server, request));
                part.facts = overlay(part.facts, poll.answers.last().facts);
                if (request.primary)
                    part.reach = poll.answers.last().reach;
            }
        }
        round.endpoints.append(part);
    }
    if (system.planForwarded) {
        if (const auto forwarded = system.planForwarded(round))
            (void)ask(static_cast<int>(spec.endpoints.indexOf(forwarded->endpoint)), forwarded->request);
    }
    return judged(fleet.clusters.first(), fleet.mode, now);
}

QSet<QString> codesOf(const ClusterStatus &status)
{
    QSet<QString> codes;
    for (const Reason &reason : status.reasons) {
        if (reason.clusterSeverity != Severity::Ok && !reason.foldedUnder)
            codes.insert(name(reason.code));
    }
    return codes;
}

} // namespace

class TestDemo : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void scenariosAreKnownByName()
    {
        QCOMPARE(demoScenarios().size(), 9);
        for (const QString &scenario : demoScenarios())
            QVERIFY2(demoWorld(scenario, 0), qPrintable(scenario));
        QVERIFY(!demoWorld(u"storm"_s, 0));
    }

    void eachScenarioIsJudgedAsItsNameSays_data()
    {
        QTest::addColumn<QString>("scenario");
        QTest::addColumn<double>("seconds");
        QTest::addColumn<int>("cluster");
        QTest::addColumn<Severity>("severity");
        QTest::addColumn<QString>("code");
        QTest::newRow("calm bufstream") << u"calm"_s << 5.0 << 0 << Severity::Ok << QString();
        QTest::newRow("calm consul") << u"calm"_s << 5.0 << 1 << Severity::Ok << QString();
        QTest::newRow("calm osapi") << u"calm"_s << 5.0 << 2 << Severity::Ok << QString();
        QTest::newRow("the dead leader is still named")
            << u"leader-loss"_s << 3.0 << 1 << Severity::Warning << u"raft-leader-unconfirmed"_s;
        QTest::newRow("nobody leads") << u"leader-loss"_s << 12.0 << 1 << Severity::Critical << u"raft-leaderless"_s;
        QTest::newRow("a new leader, the old one is down") << u"leader-loss"_s << 20.0 << 1 << Severity::Warning << u"raft-peer-down"_s;
        QTest::newRow("the old leader was removed") << u"leader-loss"_s << 60.0 << 1 << Severity::Warning << u"raft-peer-missing"_s;
        QTest::newRow("quorum lost") << u"quorum-loss"_s << 1.0 << 1 << Severity::Critical << u"raft-quorum-lost"_s;
        QTest::newRow("degraded") << u"bufstream-degraded"_s << 1.0 << 0 << Severity::Warning << u"component-failed"_s;
        QTest::newRow("nats is down") << u"osapi-503"_s << 1.0 << 2 << Severity::Critical << u"component-failed"_s;
    }
    void eachScenarioIsJudgedAsItsNameSays()
    {
        QFETCH(QString, scenario);
        QFETCH(double, seconds);
        QFETCH(int, cluster);
        QFETCH(Severity, severity);
        QFETCH(QString, code);
        const DemoWorld world = *demoWorld(scenario, seconds);
        const ClusterStatus status = judgedOnce(world, clustersOf(world).at(cluster));
        const QSet<QString> codes = codesOf(status);
        QVERIFY2(status.severity == severity, qPrintable(name(status.severity) + u' ' + QStringList(codes.values()).join(u' ')));
        if (code.isEmpty())
            QVERIFY2(codes.isEmpty(), qPrintable(QStringList(codes.values()).join(u' ')));
        else
            QVERIFY2(codes.contains(code), qPrintable(QStringList(codes.values()).join(u' ')));
    }

    void theTourShowsEveryStateWithinTwoMinutes()
    {
        QMap<QString, QSet<Severity>> seen;
        for (int t = 0; t < 120; ++t) {
            const DemoWorld world = *demoWorld(u"tour"_s, t);
            for (const DemoCluster &cluster : clustersOf(world)) {
                // Garbage and refused tokens are said below the wire formats; what remains to be seen comes from these.
                seen[cluster.system].insert(judgedOnce(world, cluster).severity);
            }
        }
        for (const QString &system : seen.keys()) {
            QVERIFY2(seen[system].contains(Severity::Ok), qPrintable(system));
            QVERIFY2(seen[system].contains(Severity::Warning), qPrintable(system));
            QVERIFY2(seen[system].contains(Severity::Critical), qPrintable(system));
        }
        bool unknown = false;
        for (int t = 0; t < 120; ++t)
            unknown = unknown || demoWorld(u"tour"_s, t)->controller.manner == DemoManner::Unauthorised;
        QVERIFY(unknown);
    }

    void theTourRepeats()
    {
        const DemoWorld first = *demoWorld(u"tour"_s, 55);
        const DemoWorld again = *demoWorld(u"tour"_s, 175);
        for (int i = 0; i < 5; ++i)
            QCOMPARE(again.servers.at(i).up, first.servers.at(i).up);
    }

    void serversThatAreDownRefuseConnections()
    {
        DemoClusters clusters(u"quorum-loss"_s);
        QVERIFY(clusters.start());
        QCOMPARE(clusters.urls().size(), 9);
        QNetworkAccessManager manager;
        const auto get = [&](int server) {
            QNetworkReply *reply = manager.get(QNetworkRequest(QUrl(clusters.urls().at(server) + u"/v1/status/leader"_s)));
            QSignalSpy finished(reply, &QNetworkReply::finished);
            [&] { QVERIFY(finished.wait()); }();
            reply->deleteLater();
            return std::pair(reply->error(), reply->readAll());
        };
        QCOMPARE(get(3).first, QNetworkReply::ConnectionRefusedError);
        QCOMPARE(get(7).second, QByteArray("\"\""));
    }

    void aTakenPortIsNamed()
    {
        StubServer taken([](const StubRequest &) { return StubAnswer::http(200, "{}"); });
        QVERIFY(taken.listen(QHostAddress(u"127.0.10.1"_s)));
        DemoClusters clusters(u"calm"_s);
        QVERIFY(!clusters.start(taken.port()));
        QVERIFY(clusters.errorText().contains(QString::number(taken.port())));
    }
};

QTEST_GUILESS_MAIN(TestDemo)
#include "tst_demo.moc"
