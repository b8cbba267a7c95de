// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/raft_history.h"

#include <QRegularExpression>
#include <QTest>

#include <cmath>
#include <random>

using namespace quorate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
Time at(Milliseconds since) { return Time{Instant(1'800'000'000s), 1h, 2h} + since; }

/// Three servers a, b and c; `leader` empty: nobody leads.
RaftStatus group(const QString &leader, quint64 term = 7, std::optional<qint64> trails = {})
{
    RaftStatus raft;
    raft.leader = leader;
    raft.term = term;
    raft.agreement = leader.isEmpty() ? Agreement::Leaderless : Agreement::Agreed;
    raft.views = {3, 3, leader.isEmpty() ? 0 : 3};
    for (const QString &address : {u"a"_s, u"b"_s, u"c"_s}) {
        PeerStatus peer;
        peer.address = address;
        peer.name = u"node-"_s + address;
        peer.trailing = 0;
        raft.peers.append(peer);
    }
    raft.peers.last().trailing = trails;
    return raft;
}

class Story {
public:
    RaftHistory history;
    Milliseconds time{};

    Story &pass(Milliseconds duration, const RaftStatus &raft, Milliseconds every = 1s)
    {
        for (const Milliseconds end = time + duration; time < end; time += every)
            history.take(raft, at(time).boot, at(time));
        return *this;
    }
    [[nodiscard]] QString reasons() const
    {
        QStringList words;
        for (const Reason &reason : history.reasons(at(time)))
            words.append(u"%1=%2"_s.arg(name(reason.code)).arg(*reason.value)
                + (reason.names.isEmpty() ? QString() : u' ' + reason.names.join(u' ')));
        return words.join(u", "_s);
    }
    [[nodiscard]] RaftStatus described(RaftStatus raft) const
    {
        history.describe(raft, at(time));
        return raft;
    }
};

/// How fast c's lag changes, told every `every` for `duration`.
std::optional<double> rateOf(Milliseconds duration, Milliseconds every, const std::function<double(double)> &trails)
{
    Story story;
    RaftStatus raft;
    for (; story.time <= duration; story.time += every) {
        raft = group(u"a"_s, 7, qint64(trails(double(story.time.count()) / 1000)));
        story.history.take(raft, at(story.time).boot, at(story.time));
    }
    return story.described(raft).peers.last().trailingPerSecond;
}
} // namespace

/// What a Raft group tells once it has a past.
class TestRaftHistory final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void aLeaderFromBeforeLeadsForAtLeastAsLong()
    {
        Story story;
        story.pass(9h, group(u"a"_s), 10s);
        RaftStatus raft = story.described(group(u"a"_s));
        QCOMPARE(raft.leaderSince, at(0s).wall);
        QVERIFY(!raft.leaderSinceExact);
        QCOMPARE(raft.leaderChanges, 0);

        story.pass(16s, group({})).pass(30min, group(u"b"_s), 10s);
        raft = story.described(group(u"b"_s));
        QCOMPARE(raft.leaderSince, at(9h + 16s).wall);
        QVERIFY(raft.leaderSinceExact);
        QCOMPARE(raft.leaderChanges, 1);
        QCOMPARE(story.reasons(), QString());
        story.pass(31min, group(u"b"_s), 10s);
        QCOMPARE(story.described(group(u"b"_s)).leaderChanges, 0); // an hour ago
    }

    void withoutAWatchedLeaderNothingIsTold()
    {
        Story story;
        story.pass(1min, group({}));
        QCOMPARE(story.described(group({})).leaderSince, std::nullopt);
        QCOMPARE(story.described(group({})).leaderChanges, std::nullopt);
        story.pass(1min, group(u"a"_s));
        QCOMPARE(story.described(group(u"b"_s)).leaderSince, std::nullopt); // a name that is not agreed on
        QCOMPARE(story.described(group({})).leaderSince, std::nullopt);
    }

    void threeLeadersInTenMinutes()
    {
        Story story;
        story.pass(1h, group(u"a"_s), 10s).pass(4min, group(u"b"_s));
        QCOMPARE(story.reasons(), QString());
        story.pass(1min, group(u"c"_s));
        QCOMPARE(story.reasons(), u"raft-leader-churn=3 node-a node-b node-c"_s);
        story.pass(1min, group(u"a"_s));
        QCOMPARE(story.reasons(), u"raft-leader-churn=4 node-a node-b node-c node-a"_s);
        story.pass(10min, group(u"a"_s));
        QCOMPARE(story.reasons(), QString());
    }

    void slowChangesAreNoChurn()
    {
        Story story;
        for (int i = 0; i < 20; ++i)
            story.pass(6min, group(i % 2 == 0 ? u"a"_s : u"b"_s, 7 + quint64(i)), 10s);
        QCOMPARE(story.reasons(), QString()); // never two changes in ten minutes
        story.pass(5min, group(u"a"_s, 30), 10s);
        QCOMPARE(story.described(group(u"a"_s)).leaderChanges, 10);
    }

    void theTermRisesByThree()
    {
        Story story;
        story.pass(20min, group(u"a"_s, 100)).pass(1min, group(u"a"_s, 102));
        QCOMPARE(story.reasons(), QString());
        story.pass(1min, group(u"a"_s, 103));
        QCOMPARE(story.reasons(), u"raft-term-churn=3"_s);
        story.pass(4min + 1s, group(u"a"_s, 103));
        QCOMPARE(story.reasons(), QString());
    }

    void slowTermsAreNoChurn()
    {
        Story story;
        for (quint64 term = 1; term < 100; ++term)
            story.pass(2min, group(u"a"_s, term), 10s);
        QCOMPARE(story.reasons(), QString());
    }

    void whatNobodySawIsNoChurn()
    {
        Story story;
        story.pass(1h, group(u"a"_s, 100));
        story.time += 8h; // asleep
        story.pass(1min, group(u"c"_s, 140));
        QCOMPARE(story.reasons(), QString());
        const RaftStatus raft = story.described(group(u"c"_s, 140));
        QVERIFY(!raft.leaderSinceExact);
        QCOMPARE(raft.leaderChanges, 0);
    }

    void directions_data()
    {
        QTest::addColumn<int>("every");
        QTest::newRow("polls every second") << 1;
        QTest::newRow("every 10 s") << 10;
        QTest::newRow("every minute") << 60;
        QTest::newRow("every 5 min") << 300;
    }
    void directions()
    {
        QFETCH(int, every);
        const auto told = [&](const std::function<double(double)> &trails) {
            const auto rate = rateOf(20 * std::chrono::seconds(every), std::chrono::seconds(every), trails);
            return rate ? *rate : std::nan("");
        };
        QVERIFY(std::abs(told([](double s) { return 100'000 - 30 * s; }) + 30) < 0.5);
        QVERIFY(std::abs(told([](double s) { return 300 + 12 * s; }) - 12) < 0.5);
        QCOMPARE(told([](double s) { return 1000 + std::fmod(s, 7); }), 0.0); // stays where it is
    }

    void twoSamplesAreNeededAndTheSameReportIsOne()
    {
        RaftHistory history;
        const RaftStatus raft = group(u"a"_s, 7, 1204);
        for (int s = 0; s < 60; ++s)
            history.take(raft, at(0s).boot, at(std::chrono::seconds(s)));
        RaftStatus described = raft;
        history.describe(described, at(60s));
        QCOMPARE(described.peers.last().trailingPerSecond, std::nullopt);
    }

    void aNewLeaderIsAnotherMeasure()
    {
        Story story;
        for (int i = 0; i < 10; ++i)
            story.pass(2s, group(u"a"_s, 7, 5000 - 100 * i), 2s);
        QVERIFY(story.described(group(u"a"_s, 7, 4100)).peers.last().trailingPerSecond);
        story.pass(2s, group(u"b"_s, 8, 10), 2s);
        QCOMPARE(story.described(group(u"b"_s, 8, 10)).peers.last().trailingPerSecond, std::nullopt);
    }

    /// Any group at any time: what is told is never more than what was seen.
    void anyGroupAtAnyTime()
    {
        std::mt19937 random(815);
        const auto below = [&](int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random); };
        for (int round = 0; round < 100; ++round) {
            Story story;
            int changes = 0;
            QString leader;
            quint64 term = 1, first = 0;
            for (int i = 0; i < 300; ++i) {
                const QString next = below(20) == 0 ? QStringList{u"a"_s, u"b"_s, u"c"_s, QString()}.at(below(4)) : leader;
                if (!next.isEmpty() && next != leader)
                    ++changes;
                if (!next.isEmpty()) {
                    leader = next;
                    term += quint64(below(30) == 0);
                    first = first == 0 ? term : first;
                }
                story.pass(1s, group(next, term, below(100'000)), 1s);
                story.time += std::chrono::seconds(below(20));
                const RaftStatus raft = story.described(group(next, term, 5));
                QVERIFY(raft.leaderChanges.value_or(0) <= std::max(0, changes - 1));
                QVERIFY(!raft.leaderSince || *raft.leaderSince <= at(story.time).wall);
                for (const Reason &reason : story.history.reasons(at(story.time))) {
                    QVERIFY(*reason.value >= 3);
                    QVERIFY(reason.code == ReasonCode::RaftTermChurn ? *reason.value <= double(term - first) : *reason.value <= changes);
                }
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestRaftHistory)
#include "tst_raft_history.moc"
