// SPDX-License-Identifier: GPL-3.0-or-later
// Real Consul servers in trouble, seen through `quorate status --format json`.
#include "tests/live/consul_group.h"
#include "tests/live/quorate_command.h"

#include <QRegularExpression>
#include <QTest>

using namespace quorate::live;
using namespace Qt::StringLiterals;

// What came in the end says more than "false".
#define QUORATE_UNTIL(command, ...) QVERIFY2((command).until(__VA_ARGS__), qPrintable((command).told()))

class LiveConsul final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void threeHealthy();
    void followerFrozen();
    void leaderFrozen();
    void leaderKilled();
    void quorumLostAndRegained();
    void threeOfFiveKilledInTurn();
    void accessControl();

private:
    QString m_consul;
};

namespace {
bool isHealthy(const Shown &shown) { return shown.severity() == u"ok" && shown.raft("agreement") == u"agreed"; }

/// Whoever answers is asked, and nothing that fails makes this machine "offline".
bool isNeverOffline(const Shown &shown) { return !shown.has("machine-offline"); }

/// For what must be seen while a server is there but silent: else Consul removes it after some seconds.
const QString keepDead = u"autopilot { cleanup_dead_servers = false }"_s;

const QString masterToken = u"5a6e5b1c-6f3d-4f0e-9d55-0f5d3b1f9a01"_s;
} // namespace

void LiveConsul::initTestCase()
{
    const ConsulBinary consul = consulBinary();
    if (consul.path.isEmpty())
        QSKIP(qPrintable(u"the real Consul can't be had here: "_s + consul.problem));
    m_consul = consul.path;
}

void LiveConsul::threeHealthy()
{
    ConsulGroup group(m_consul, 3);
    QuorateCommand command(group.urls());
    QUORATE_UNTIL(command, isHealthy);
    const Shown shown = command.status();
    QCOMPARE(shown.raft("voters"), u"3"_s);
    QCOMPARE(shown.raft("live"), u"3"_s);
    QCOMPARE(shown.raft("margin"), u"1"_s);
    QCOMPARE(shown.raft("expected"), u"3"_s);
    QCOMPARE(shown.missing(), QStringList{});
    const int leader = group.serverAt(shown.raft("leader"));
    QVERIFY2(leader > 0, qPrintable(shown.told()));
    QCOMPARE(shown.peer(group.address(leader), "role"), u"leader"_s);
    QCOMPARE(shown.peer(group.address(leader), "name"), u"server-%1"_s.arg(leader));
    for (const int follower : group.others(leader)) {
        QCOMPARE(shown.peer(group.address(follower), "role"), u"follower"_s);
        QCOMPARE(shown.peer(group.address(follower), "state"), u"live"_s);
        QCOMPARE(shown.peer(group.address(follower), "believes_leader"), group.address(leader));
    }
}

void LiveConsul::followerFrozen()
{
    ConsulGroup group(m_consul, 3, keepDead);
    QuorateCommand command(group.urls());
    QUORATE_UNTIL(command, isHealthy);
    const int leader = group.serverAt(command.status().raft("leader"));
    const int frozen = group.others(leader).first();
    group.freeze(frozen);
    const auto othersAnswer = [&](const Shown &shown) {
        return isNeverOffline(shown) && shown.severity() != u"critical" && shown.severity() != u"ok"
            && shown.reach(group.urls().at(leader - 1)) == u"answered";
    };
    QUORATE_UNTIL(
        command,
        [&](const Shown &shown) {
            return shown.reach(group.urls().at(frozen - 1)) == u"timed-out" && shown.severity() == u"warning" && shown.has("raft-peer-down")
                && shown.raft("margin") == u"0" && shown.raft("leader") == group.address(leader);
        },
        60'000, othersAnswer);
    group.thaw(frozen);
    QUORATE_UNTIL(command, isHealthy);
}

void LiveConsul::leaderFrozen()
{
    ConsulGroup group(m_consul, 3, keepDead);
    QuorateCommand command(group.urls());
    QUORATE_UNTIL(command, isHealthy);
    const int leader = group.serverAt(command.status().raft("leader"));
    group.freeze(leader);
    // On the way the followers name the frozen leader, then nobody, then one of them; they answer all the time.
    const auto followersAnswer = [&](const Shown &shown) {
        bool answer = isNeverOffline(shown) && shown.severity() != u"ok";
        for (const int follower : group.others(leader))
            answer = answer && shown.reach(group.urls().at(follower - 1)) == u"answered";
        return answer;
    };
    QUORATE_UNTIL(
        command,
        [&](const Shown &shown) {
            const int next = group.serverAt(shown.raft("leader"));
            return next > 0 && next != leader && shown.severity() == u"warning" && shown.raft("margin") == u"0"
                && shown.reach(group.urls().at(leader - 1)) == u"timed-out";
        },
        60'000, followersAnswer);
    group.thaw(leader);
    QUORATE_UNTIL(command, isHealthy);
}

void LiveConsul::leaderKilled()
{
    ConsulGroup group(m_consul, 3);
    QuorateCommand command(group.urls());
    QUORATE_UNTIL(command, isHealthy);
    const int leader = group.serverAt(command.status().raft("leader"));
    group.kill(leader);
    // First the survivors name the dead one or nobody, then there is a new leader, then Consul removes the dead one by itself and calls
    // itself healthy. It is never green.
    QUORATE_UNTIL(
        command,
        [&](const Shown &shown) {
            const int next = group.serverAt(shown.raft("leader"));
            return next > 0 && next != leader && shown.raft("voters") == u"2" && shown.missing().size() == 1;
        },
        90'000, [&](const Shown &shown) { return isNeverOffline(shown) && shown.severity() != u"ok"; });
    QCOMPARE(command.status().severity(), u"warning"_s);
    QCOMPARE(command.status().raft("margin"), u"0"_s);
    group.start(leader);
    QUORATE_UNTIL(command, isHealthy);
}

void LiveConsul::quorumLostAndRegained()
{
    ConsulGroup group(m_consul, 3, keepDead);
    QuorateCommand command(group.urls());
    QUORATE_UNTIL(command, isHealthy);
    const int survivor = group.others(group.serverAt(command.status().raft("leader"))).first();
    for (const int other : group.others(survivor))
        group.kill(other);
    QUORATE_UNTIL(
        command,
        [&](const Shown &shown) {
            return shown.has("raft-quorum-lost") && shown.severity() == u"critical" && shown.raft("leader").isEmpty()
                && shown.raft("live") == u"1" && shown.raft("margin") == u"-1";
        },
        60'000, [](const Shown &shown) { return isNeverOffline(shown) && shown.severity() == u"critical"; });
    QVERIFY(!command.status().has("raft-margin-zero")); // folded
    for (const int other : group.others(survivor))
        group.start(other);
    QUORATE_UNTIL(command, isHealthy);
}

void LiveConsul::threeOfFiveKilledInTurn()
{
    ConsulGroup group(m_consul, 5);
    QuorateCommand command(group.urls());
    QUORATE_UNTIL(command, [](const Shown &shown) { return isHealthy(shown) && shown.raft("voters") == u"5"; });
    QCOMPARE(command.status().raft("margin"), u"2"_s);
    const int leader = group.serverAt(command.status().raft("leader"));
    const QList<int> victims = group.others(leader).first(3);
    const auto works
        = [](const Shown &shown) { return isNeverOffline(shown) && !shown.has("raft-quorum-lost") && shown.severity() != u"ok"; };
    for (int killed = 1; killed <= 3; ++killed) {
        group.kill(victims.at(killed - 1));
        QUORATE_UNTIL(
            command,
            [&](const Shown &shown) { return shown.raft("voters") == QString::number(5 - killed) && shown.missing().size() == killed; },
            90'000, works);
    }
    QUORATE_UNTIL(
        command, [](const Shown &shown) { return shown.raft("live") == u"2" && shown.raft("margin") == u"0"; }, 30'000, works);
    const Shown shown = command.status();
    QCOMPARE(shown.severity(), u"warning"_s);
    QCOMPARE(shown.raft("expected"), u"5"_s);
    QCOMPARE(shown.raft("leader"), group.address(leader));
    QCOMPARE(shown.count("raft-peer-missing"), 3);
    QVERIFY(shown.has("raft-margin-zero"));
}

void LiveConsul::accessControl()
{
    ConsulGroup group(m_consul, 3,
        u"acl { enabled = true\n default_policy = \"deny\"\n tokens { master = \"%1\"\n agent_master = \"%1\" } }"_s.arg(masterToken));
    QuorateCommand good(group.urls(), u"token = { env = \"QUORATE_LIVE_TOKEN\" }"_s);
    good.environment.insert(u"QUORATE_LIVE_TOKEN"_s, masterToken);
    QUORATE_UNTIL(good, [](const Shown &shown) { return isHealthy(shown) && shown.raft("margin") == u"1"; });
    QVERIFY2(!good.status().has("facts-narrowed"), qPrintable(good.told()));

    // Without a token only the leader and the peers are told; the catalogue's headers prove that it is in touch.
    QuorateCommand anonymous(group.urls());
    QUORATE_UNTIL(anonymous, [](const Shown &shown) {
        return shown.severity() == u"ok" && shown.has("facts-narrowed") && shown.has("raft-margin-unknown")
            && shown.raft("margin").isEmpty() && !shown.raft("leader").isEmpty();
    });

    // A token that nobody knows is a fault of ours to see, although the status endpoints answer.
    QuorateCommand bogus(group.urls(), u"token = { env = \"QUORATE_LIVE_TOKEN\" }"_s);
    bogus.environment.insert(u"QUORATE_LIVE_TOKEN"_s, u"00000000-0000-0000-0000-00000000dead"_s);
    QUORATE_UNTIL(bogus, [](const Shown &shown) { return shown.severity() == u"unknown" && shown.has("endpoint-unauthorised"); });
    QVERIFY2(bogus.told().contains(u"ACL not found"_s), qPrintable(bogus.told()));
    QVERIFY(!bogus.told().contains(u"dead"_s));
}

QTEST_GUILESS_MAIN(LiveConsul)
#include "tst_live_consul.moc"
