// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/judge/scene.h"

#include <QTest>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
QString address(int number) { return u"10.0.0.%1:8300"_s.arg(number); }

/// What server `number` of `size` says while server `leader` leads; 0: nobody does.
Facts view(int number, int leader, int size, quint64 term = 5)
{
    RaftView raft;
    raft.server = true;
    raft.id = u"id-%1"_s.arg(number);
    raft.name = u"server-%1"_s.arg(number);
    raft.address = address(number);
    raft.leader = leader > 0 ? address(leader) : QString();
    raft.saysLeader = number == leader;
    raft.state = number == leader ? u"Leader"_s : u"Follower"_s;
    raft.term = term;
    raft.commit = 1000;
    raft.lastContactSeconds = number == leader ? 0 : 0.03;
    raft.membership.emplace();
    raft.peers.emplace();
    for (int i = 1; i <= size; ++i) {
        RaftMember member;
        member.id = u"id-%1"_s.arg(i);
        member.name = u"server-%1"_s.arg(i);
        member.address = address(i);
        member.leader = i == leader;
        raft.membership->append(member);
        raft.peers->append(member.address);
    }
    Facts facts;
    facts.raft = raft;
    return facts;
}

Scene servers(int size, int leader)
{
    Scene scene(size, JudgeMode::OverTime);
    for (int i = 1; i <= size; ++i)
        scene.answer(i, view(i, leader, size));
    return scene;
}
} // namespace

/// A Raft group inside a cluster: what the judge adds to the verdict on the group. Its rules have tests of their own.
class TestRaftCluster : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void allWell()
    {
        const Scene scene = servers(3, 1);
        const ClusterStatus status = scene.status();
        QCOMPARE(status.severity, Severity::Ok);
        QCOMPARE(status.raft.size(), 1);
        QCOMPARE(status.raft.first().leader, address(1));
        QCOMPARE(status.raft.first().voters, 3);
        QCOMPARE(status.endpoints.at(0).label, u"server-1"_s);
        QCOMPARE(status.endpoints.at(0).id, u"id-1"_s);
        QCOMPARE(status.endpoints.at(0).reported, u"leader"_s);
        QCOMPARE(status.endpoints.at(1).reported, u"follower"_s);
    }

    void aDownServerIsOneRow()
    {
        Scene scene = servers(3, 1);
        scene.jump(1s);
        const Instant first = scene.now.wall;
        for (int poll = 0; poll < 4; ++poll) {
            scene.pass(poll == 0 ? 0s : 6s);
            scene.answer(1, view(1, 1, 3));
            scene.answer(2, view(2, 1, 3));
            scene.fail(3, Reach::Refused, u"connection refused"_s);
        }
        const ClusterStatus status = scene.status();
        QCOMPARE(status.severity, Severity::Warning);
        const Reason *down = find(status, ReasonCode::EndpointDown);
        QVERIFY(down);
        QCOMPARE(down->foldedUnder, ReasonCode::RaftPeerDown);
        QVERIFY(scene.codes().contains(u"raft-peer-down"_s));
        QVERIFY(!scene.codes().contains(u"endpoint-down"_s));
        QCOMPARE(status.reasons.first().since, first);
    }

    void reachAloneIsNeverCriticalWhileALeaderLives()
    {
        // 3 of 5 endpoints refuse us (our route to them is gone), but the leader still hears all.
        Scene scene = servers(5, 1);
        scene.jump(1s);
        Facts leader = view(1, 1, 5);
        AutopilotFacts autopilot;
        autopilot.healthy = true;
        autopilot.failureTolerance = 2;
        autopilot.servers.emplace();
        for (int i = 1; i <= 5; ++i) {
            AutopilotServer server;
            server.id = u"id-%1"_s.arg(i);
            server.address = address(i);
            server.serfStatus = u"alive"_s;
            server.healthy = true;
            server.lastContactSeconds = 0.02;
            server.lastContact = 20ms;
            autopilot.servers->append(server);
        }
        Facts forwarded;
        forwarded.raft.emplace();
        forwarded.raft->autopilot = autopilot;
        for (int poll = 0; poll < 2; ++poll) {
            scene.pass(10s);
            scene.answer(1, leader);
            Observation call = scene.reply(1, forwarded);
            call.request = u"autopilot"_s;
            call.primary = call.endpointDone = false;
            call.forwarded = true;
            scene.tell(call);
            scene.answer(2, view(2, 1, 5));
            for (int i = 3; i <= 5; ++i)
                scene.fail(i, Reach::TimedOut);
        }
        const ClusterStatus status = scene.status();
        const Reason *down = find(status, ReasonCode::EndpointDown);
        QVERIFY(down);
        QCOMPARE(down->count, 3);
        QCOMPARE(down->clusterSeverity, Severity::Warning);
        QCOMPARE(status.severity, Severity::Warning);
    }

    void withoutALeaderItIsCritical()
    {
        Scene scene = servers(5, 1);
        for (int poll = 0; poll < 3; ++poll) {
            scene.pass(6s);
            for (int i = 1; i <= 3; ++i)
                scene.fail(i, Reach::Refused);
            for (int i = 4; i <= 5; ++i)
                scene.answer(i, view(i, 0, 5));
        }
        QCOMPARE(scene.status().severity, Severity::Critical);
        QVERIFY(scene.codes().contains(u"raft-quorum-lost"_s));
    }

    void nobodyAnswers()
    {
        Scene scene = servers(3, 1);
        for (int poll = 0; poll < 4; ++poll) {
            scene.pass(6s);
            for (int i = 1; i <= 3; ++i)
                scene.fail(i, Reach::Refused);
        }
        QCOMPARE(scene.status().severity, Severity::Critical);
        QCOMPARE(scene.codes(), QStringList{u"endpoint-down"_s});
    }

    void leaderAndMembershipEvents()
    {
        Scene scene = servers(3, 1);
        QVERIFY(scene.eventsOf(EventKind::LeaderChanged).isEmpty());
        scene.jump(10s);
        scene.fail(1, Reach::Refused);
        scene.answer(2, view(2, 0, 3));
        scene.answer(3, view(3, 0, 3));
        QVERIFY(scene.eventsOf(EventKind::LeaderChanged).isEmpty());
        scene.jump(10s);
        scene.fail(1, Reach::Refused);
        scene.answer(3, view(3, 2, 3, 6));
        scene.answer(2, view(2, 2, 3, 6));
        QCOMPARE(scene.eventsOf(EventKind::LeaderChanged).size(), 1);
        QCOMPARE(scene.eventsOf(EventKind::LeaderChanged).first().names, (QStringList{u"server-1"_s, u"server-2"_s}));
        scene.jump(10s);
        for (int i = 1; i <= 3; ++i)
            scene.answer(i, view(i, 2, 4, 6));
        scene.jump(1s);
        scene.tell(Tick{});
        QCOMPARE(scene.eventsOf(EventKind::LeaderChanged).size(), 1);
        QCOMPARE(scene.eventsOf(EventKind::MembershipChanged).size(), 1);
        QCOMPARE(scene.eventsOf(EventKind::MembershipChanged).first().names, QStringList{u"+server-4"_s});
    }

    void theLargestMembershipIsRememberedAfterAnHour()
    {
        Scene scene = servers(3, 1);
        const auto held = [&] { return memoryOf(scene.fleet).value(scene.spec().name).largestVoters; };
        for (int poll = 0; poll < 359; ++poll) {
            scene.jump(10s);
            for (int i = 1; i <= 3; ++i)
                scene.answer(i, view(i, 1, 3));
            scene.tell(Tick{});
        }
        QCOMPARE(held(), 0);
        scene.pass(12s);
        QCOMPARE(held(), 3);
        Intent accept;
        accept.kind = Intent::Kind::AcceptSize;
        scene.fleet.clusters.first().memory.largestVoters = 5;
        scene.tell(accept);
        QCOMPARE(held(), 3);
    }

    void silenceIsUnknown()
    {
        Scene scene = servers(3, 1);
        scene.pass(31s);
        QCOMPARE(scene.status().severity, Severity::Unknown);
        QVERIFY(scene.codes().contains(u"stale"_s));
    }
};

QTEST_APPLESS_MAIN(TestRaftCluster)
#include "tst_raft_cluster.moc"
