// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wording/wording.h"
#include "tests/unit/judge/scene.h"

#include <QRegularExpression>
#include <QTest>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
QString address(int number) { return u"10.0.0.%1:8300"_s.arg(number); }

/// Three servers, polled every 10 s at the addresses 10.0.0.1 to 3.
struct Group {
    explicit Group(int endpoints = 3, const std::function<void(ClusterSpec &)> &change = {})
        : scene(endpoints, JudgeMode::OverTime, change)
    {
    }

    Scene scene;
    int leader = 1; ///< 0: nobody
    quint64 term = 5;
    quint64 written = 100'000; ///< the leader's last entry
    QMap<int, quint64> behind; ///< entries
    QMap<int, double> contact; ///< seconds
    bool autopilotAnswers = true;

    [[nodiscard]] Facts view(int number) const
    {
        RaftView raft;
        raft.server = true;
        raft.id = u"id-%1"_s.arg(number);
        raft.name = u"server-%1"_s.arg(number);
        raft.address = address(number);
        raft.leader = leader > 0 ? address(leader) : QString();
        raft.saysLeader = number == leader;
        raft.state = number == leader ? u"Leader"_s : leader > 0 ? u"Follower"_s : u"Candidate"_s;
        raft.term = term;
        raft.commit = raft.applied = raft.lastLog = written - behind.value(number);
        raft.lastContactSeconds = number == leader ? 0 : contact.value(number, 0.03);
        raft.membership.emplace();
        raft.peers.emplace();
        for (int i = 1; i <= 3; ++i) {
            RaftMember member;
            member.id = u"id-%1"_s.arg(i);
            member.name = u"server-%1"_s.arg(i);
            member.address = address(i);
            raft.membership->append(member);
            raft.peers->append(member.address);
        }
        Facts facts;
        facts.raft = raft;
        return facts;
    }

    [[nodiscard]] Facts autopilot() const
    {
        Facts facts;
        AutopilotFacts &said = facts.raft.emplace().autopilot.emplace();
        said.healthy = true;
        said.failureTolerance = 1;
        said.servers.emplace();
        for (int i = 1; i <= 3; ++i) {
            AutopilotServer server;
            server.id = u"id-%1"_s.arg(i);
            server.address = address(i);
            server.serfStatus = u"alive"_s;
            server.healthy = true;
            server.leader = i == leader;
            server.lastContactSeconds = 0.02;
            server.lastIndex = written - behind.value(i);
            said.servers->append(server);
        }
        return facts;
    }

    void tellBeside(int endpoint, const QString &key, const Facts &facts, Reach reach = Reach::Answered, int http = 200)
    {
        Observation call = scene.reply(endpoint, facts);
        call.request = key;
        call.primary = call.endpointDone = false;
        call.forwarded = key == u"autopilot";
        call.occasional = key == u"limits";
        call.reach = reach;
        call.http = http;
        scene.tell(call);
    }

    /// One round, and the time until the next.
    void round(Milliseconds every = 10s)
    {
        if (leader > 0)
            tellBeside(
                leader, u"autopilot"_s, autopilotAnswers ? autopilot() : Facts(), autopilotAnswers ? Reach::Answered : Reach::TimedOut);
        for (int i = 1; i <= 3; ++i)
            scene.answer(i, view(i));
        scene.pass(every);
    }
    void rounds(int count, Milliseconds every = 10s)
    {
        for (int i = 0; i < count; ++i)
            round(every);
    }
    void tellLimits(double contactSeconds, qint64 trailing)
    {
        Facts facts;
        facts.raft.emplace().limits = RaftLimits{contactSeconds, trailing};
        tellBeside(1, u"limits"_s, facts);
    }
    [[nodiscard]] std::optional<Reason> reason(ReasonCode code, const QString &subject = {}) const
    {
        const ClusterStatus status = scene.status();
        const Reason *found = find(status, code, subject);
        return found ? std::optional(*found) : std::nullopt;
    }
    [[nodiscard]] RaftStatus raft() const { return scene.status().raft.first(); }
    [[nodiscard]] PeerStatus peer(int number) const { return raft().peers.at(number - 1); }
};
} // namespace

/// What is true of a Raft group, told by a judge that watches.
class TestRaftTruth final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void limitsOfTheGroupItself()
    {
        Group group;
        group.contact[2] = 0.8;
        group.behind[3] = 700;
        group.rounds(6);
        QCOMPARE(group.scene.codes(), (QStringList{u"raft-peer-contact"_s, u"raft-peer-lagging"_s}));
        group.tellLimits(5, 1'000); // its operator allows more: so do we, for as long as it was told
        group.rounds(40);
        QCOMPARE(group.scene.codes(), QStringList());
        QCOMPARE(group.raft().lastContactLimit, 5);
        QCOMPARE(group.raft().trailingLimit, 1'000);
    }

    void limitsOfTheConfigurationCountForMore()
    {
        Group group(3, [](ClusterSpec &spec) { spec.limits.trailingEntries = 100; });
        group.behind[3] = 150;
        group.tellLimits(5, 1'000);
        group.rounds(6);
        QCOMPARE(group.scene.codes(), QStringList{u"raft-peer-lagging"_s});
        QCOMPARE(group.reason(ReasonCode::RaftPeerLagging, u"server-3"_s)->limit, 100);
        QCOMPARE(group.raft().lastContactLimit, 5);
    }

    void limitsThatCannotBeReadAreNoPartialEndpoint()
    {
        Group group;
        for (int i = 0; i < 12; ++i) {
            group.tellBeside(1, u"limits"_s, {}, Reach::TimedOut, 0);
            group.tellBeside(2, u"limits"_s, {}, Reach::ServerError, 500);
            Facts denied;
            denied.narrowed = {u"operator:read"_s};
            if (i == 0)
                group.tellBeside(3, u"limits"_s, denied, Reach::Unauthorised, 403);
            group.round();
        }
        QCOMPARE(group.scene.codes(), QStringList());
        QCOMPARE(group.raft().lastContactLimit, 0.2);
        const ClusterStatus status = group.scene.status();
        const Reason *narrowed = find(status, ReasonCode::FactsNarrowed, group.scene.url(3).text()); // it stays so until it is asked again
        QVERIFY(narrowed);
        QCOMPARE(narrowed->names, QStringList{u"operator:read"_s});
    }

    void lagOfIndexesThatWereAskedForOneByOne()
    {
        Group group;
        group.autopilotAnswers = false;
        group.rounds(4);
        // 400 entries a second; the answers come 1 s apart, so that every follower seems to be ahead or behind by hundreds.
        const auto busy = [&](int count) {
            for (int i = 0; i < count; ++i) {
                for (int server = 1; server <= 3; ++server) {
                    group.scene.answer(server, group.view(server));
                    group.scene.pass(1s);
                    group.written += 400;
                }
                group.scene.pass(7s);
                group.written += 2'800;
            }
        };
        busy(8);
        QVERIFY(!group.scene.codes().contains(u"raft-peer-lagging"_s));
        QCOMPARE(group.peer(1).trailing, std::nullopt); // the leader's own
        QVERIFY(group.peer(2).trailing && *group.peer(2).trailing <= 1);
        group.behind[2] = 1'204;
        busy(8);
        QVERIFY(group.scene.codes().contains(u"raft-peer-lagging"_s));
        QVERIFY(qAbs(*group.peer(2).trailing - 1'204) <= 3);
        QVERIFY(*group.peer(3).trailing <= 1);
        group.behind[2] = 0;
        busy(3);
        QVERIFY(!group.scene.codes().contains(u"raft-peer-lagging"_s));
    }

    void lagHasADirection()
    {
        Group group;
        for (int i = 0; i < 9; ++i) {
            group.behind[2] = 4'000 - 300 * quint64(i);
            group.behind[3] = 300 + 300 * quint64(i);
            group.round();
        }
        QCOMPARE(group.peer(2).trailing, 1'600);
        QVERIFY(qAbs(*group.peer(2).trailingPerSecond + 30) < 1);
        QVERIFY(qAbs(*group.peer(3).trailingPerSecond - 30) < 1);
        const ClusterStatus status = group.scene.status();
        const auto sentence
            = [&](const QString &peer) { return wording::sentence(status, *find(status, ReasonCode::RaftPeerLagging, peer)); };
        QVERIFY2(sentence(u"server-2"_s).contains(u"1,600"_s) && sentence(u"server-2"_s).contains(u"catches up in about"_s),
            qPrintable(sentence(u"server-2"_s)));
        QVERIFY2(sentence(u"server-3"_s).contains(u"falling behind"_s), qPrintable(sentence(u"server-3"_s)));
    }

    void aForwardedCallThatFailsIsANoteAtFirst()
    {
        Group group;
        group.rounds(3);
        QVERIFY(!group.reason(ReasonCode::RaftForwardFailed));
        group.autopilotAnswers = false;
        group.round();
        const ClusterStatus at10 = group.scene.status();
        const Reason *noted = find(at10, ReasonCode::RaftForwardFailed);
        QVERIFY(noted);
        QCOMPARE(noted->clusterSeverity, Severity::Ok);
        QVERIFY(noted->pending);
        QCOMPARE(at10.severity, Severity::Ok);
        group.rounds(4);
        QCOMPARE(group.scene.codes(), QStringList{u"raft-forward-failed"_s});
        QCOMPARE(group.scene.status().severity, Severity::Warning);
        group.autopilotAnswers = true;
        group.rounds(3);
        QVERIFY(!group.reason(ReasonCode::RaftForwardFailed));
    }

    void aForwardedCallThatFailsInTheFirstRoundIsANoteToo()
    {
        Group group;
        group.autopilotAnswers = false;
        group.round();
        QCOMPARE(group.scene.status().severity, Severity::Ok);
        QVERIFY(group.reason(ReasonCode::RaftForwardFailed));
    }

    void peersAreNotJudgedForTenSecondsAfterAnElection()
    {
        Group group;
        group.rounds(12, 1s);
        group.leader = 2;
        group.term = 6;
        group.contact[1] = group.contact[3] = 3;
        group.rounds(9, 1s);
        for (const ReasonCode code : {ReasonCode::RaftPeerContact, ReasonCode::RaftPeerTerm, ReasonCode::RaftPeerLagging}) {
            const QList<Reason> checking = group.scene.status().checking;
            QVERIFY(std::none_of(checking.cbegin(), checking.cend(), [&](const Reason &reason) { return reason.code == code; }));
        }
        group.rounds(12, 1s);
        QVERIFY(group.scene.codes().contains(u"raft-peer-contact"_s));
    }

    void aLagIsNotHealedByAnElection()
    {
        Group group;
        group.contact[3] = 3;
        group.rounds(14, 1s);
        QCOMPARE(group.scene.codes(), QStringList{u"raft-peer-contact"_s});
        group.leader = 2;
        group.term = 6;
        group.contact[3] = 0.03; // just heard of the new leader: nobody knows yet how it will go on
        group.rounds(8, 1s);
        QVERIFY(group.scene.codes().contains(u"raft-peer-contact"_s));
        group.rounds(12, 1s);
        QCOMPARE(group.scene.codes(), QStringList());
    }

    void aRowIsAsBadAsWhatCountsAgainstIt()
    {
        Group group;
        group.rounds(3, 1s);
        group.contact[3] = 3;
        group.rounds(2, 1s);
        QCOMPARE(group.peer(3).state, PeerState::Slow); // what is seen now
        QCOMPARE(group.peer(3).severity, Severity::Ok); // what it counts for
        QVERIFY(group.peer(3).pending);
        QCOMPARE(group.peer(3).pending->severity, Severity::Warning);
        QVERIFY(group.peer(3).reasons.isEmpty());
        group.rounds(12, 1s);
        QCOMPARE(group.peer(3).severity, Severity::Warning);
        QCOMPARE(group.peer(3).reasons, QList<ReasonCode>{ReasonCode::RaftPeerContact});
        QVERIFY(!group.peer(3).pending);
    }

    void aBalancerGivesNoView()
    {
        Group group;
        for (int i = 0; i < 30; ++i) {
            group.tellBeside(1, u"autopilot"_s, group.autopilot());
            group.scene.answer(1, group.view(1));
            group.scene.answer(2, group.view(2));
            Facts other = group.view(1 + i % 3); // whoever is asked today
            other.raft->commit = other.raft->applied = 100'000 - 5'000 * quint64(i % 3);
            other.version = i % 3 == 0 ? u"1.8.7"_s : u"1.9.0"_s;
            group.scene.answer(3, other);
            group.scene.pass(10s);
        }
        const ClusterStatus status = group.scene.status();
        const Reason *shared = find(status, ReasonCode::EndpointShared, group.scene.url(3).text());
        QVERIFY(shared);
        QCOMPARE(shared->severity, Severity::Ok);
        QCOMPARE(find(status, ReasonCode::EndpointDuplicate, group.scene.url(3).text()), nullptr);
        QVERIFY(status.endpoints.at(2).shared);
        QVERIFY(!group.peer(3).hasEndpoint);
        QCOMPARE(group.raft().views.asked, 2);
        QCOMPARE(status.severity, Severity::Ok);
        for (const EventKind kind :
            {EventKind::Restarted, EventKind::LeaderChanged, EventKind::MembershipChanged, EventKind::VersionChanged})
            QCOMPARE(group.scene.eventsOf(kind).size(), 0);
    }

    void twoUrlsOfOneServerTellOnce()
    {
        Group group(4);
        const auto round = [&] {
            group.scene.answer(4, group.view(1)); // the same server by another name
            group.round();
        };
        for (int i = 0; i < 4; ++i)
            round();
        QVERIFY(group.reason(ReasonCode::EndpointDuplicate, group.scene.url(4).text()));
        QCOMPARE(group.raft().views.asked, 3);
        group.written = 90'000; // all of them were restarted: their logs tell
        round();
        QCOMPARE(group.scene.eventsOf(EventKind::Restarted).size(), 3);
        QVERIFY(group.scene.eventsOf(EventKind::LeaderChanged).isEmpty());
        QVERIFY(group.scene.eventsOf(EventKind::MembershipChanged).isEmpty());
    }

    void tenureAndChanges()
    {
        Group group;
        group.rounds(5);
        QVERIFY(!group.raft().leaderSinceExact);
        QCOMPARE(group.raft().leaderChanges, 0);
        group.leader = 3;
        group.term = 6;
        const Instant elected = group.scene.now.wall;
        group.rounds(5);
        QVERIFY(group.raft().leaderSinceExact);
        QCOMPARE(group.raft().leaderSince, elected);
        QCOMPARE(group.raft().leaderChanges, 1);
        QCOMPARE(group.raft().reported->healthy, true);
    }
};

QTEST_APPLESS_MAIN(TestRaftTruth)
#include "tst_raft_truth.moc"
