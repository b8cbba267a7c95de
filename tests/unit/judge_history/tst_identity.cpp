// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/raft/identity.h"

#include <QRegularExpression>
#include <QTest>

#include <random>

using namespace quorate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
Observation answer(Milliseconds at, const QString &id, std::optional<quint64> lastLog = {}, double latency = 0)
{
    Observation observation;
    observation.reach = Reach::Answered;
    observation.at.boot = 1h + at;
    observation.latencySeconds = latency;
    observation.facts.raft.emplace();
    if (!id.isEmpty())
        observation.facts.raft->id = id;
    observation.facts.raft->lastLog = lastLog;
    return observation;
}

/// "AABA": who answered, poll by poll; "s" or "." after each: shared or not.
QString told(const QString &answers)
{
    ServerIdentity identity;
    QString text;
    Milliseconds at{};
    for (const QChar who : answers) {
        identity.take(answer(at += 10s, who == u'-' ? QString() : QString(who)));
        text += identity.isShared() ? u's' : u'.';
    }
    return text;
}

LogIndexes indexes(const QList<std::pair<Milliseconds, quint64>> &samples, double latency = 0)
{
    LogIndexes log;
    for (const auto &[at, index] : samples)
        log.take(answer(at, u"x"_s, index, latency));
    return log;
}

std::optional<qint64> lag(const LogIndexes &leader, const LogIndexes &follower, Milliseconds notBefore = 0s)
{
    const auto found = lagBetween(leader, follower, 1h + notBefore);
    return found ? std::optional(found->entries) : std::nullopt;
}
} // namespace

/// Who answers behind a URL, and how far its log is.
class TestIdentity final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void identities_data()
    {
        QTest::addColumn<QString>("answers");
        QTest::addColumn<QString>("shared");
        QTest::newRow("one server") << u"AAAAAA"_s << u"......"_s;
        QTest::newRow("answers that do not tell") << u"A-A--A"_s << u"......"_s;
        QTest::newRow("in turn") << u"ABABAB"_s << u".sssss"_s;
        QTest::newRow("replaced by another for good") << u"AABBBBBBBB"_s << u"..ssssss.."_s;
        QTest::newRow("twice: that takes twice as long") << u"ABAAAAAAAAAAAAAA"_s << u".sssssssssssss.."_s;
    }
    void identities()
    {
        QFETCH(QString, answers);
        QFETCH(QString, shared);
        QCOMPARE(told(answers), shared);
    }

    /// A balancer that picks one of two at random looks like one server for some time: never for long enough.
    void aBalancerIsNeverOneServerAgain()
    {
        std::mt19937 random(7);
        ServerIdentity identity;
        bool changed = false;
        QString before;
        for (int poll = 0; poll < 20'000; ++poll) {
            const QString who = random() % 2 == 0 ? u"A"_s : u"B"_s;
            changed = changed || (!before.isEmpty() && who != before);
            before = who;
            identity.take(answer(poll * 1s, who));
            if (poll > 60)
                QVERIFY(identity.isShared());
            else
                QVERIFY(changed || !identity.isShared());
        }
    }

    void aProcessCannotHaveRunForLonger()
    {
        ServerIdentity identity;
        const auto take = [&](Milliseconds at, double uptime) {
            Observation observation = answer(at, {});
            observation.facts.uptimeSeconds = uptime;
            identity.take(observation);
            return identity.isShared();
        };
        QVERIFY(!take(0s, 5'000));
        QVERIFY(!take(10s, 5'010));
        QVERIFY(!take(20s, 3)); // restarted
        QVERIFY(!take(30s, 13));
        QVERIFY(!take(60s, 60)); // told to the minute
        QVERIFY(take(70s, 5'070)); // it is another one
    }

    void lags_data()
    {
        QTest::addColumn<LogIndexes>("leader");
        QTest::addColumn<LogIndexes>("follower");
        QTest::addColumn<std::optional<qint64>>("entries");
        const auto none = std::optional<qint64>();
        // 1,000 entries a second: what is asked for at another time differs by thousands, and nobody lags.
        const LogIndexes busy = indexes({{0s, 10'000}, {10s, 20'000}});
        QTest::newRow("asked for in between") << busy << indexes({{4s, 14'000}}) << std::optional<qint64>(0);
        QTest::newRow("a little ahead of the line") << busy << indexes({{4s, 14'400}}) << std::optional<qint64>(0);
        QTest::newRow("behind") << busy << indexes({{4s, 12'796}}) << std::optional<qint64>(1'204);
        QTest::newRow("at the very time") << busy << indexes({{10s, 19'000}}) << std::optional<qint64>(1'000);
        QTest::newRow("after the leader's newest: nobody knows yet") << busy << indexes({{11s, 14'000}}) << none;
        QTest::newRow("of two answers the newest in between")
            << busy << indexes({{5s, 14'000}, {12s, 15'000}}) << std::optional<qint64>(1'000);
        QTest::newRow("before the leader's first") << indexes({{5s, 15'000}, {10s, 20'000}}) << indexes({{4s, 1}}) << none;
        QTest::newRow("one answer of the leader") << indexes({{0s, 10'000}}) << indexes({{0s, 9'000}}) << none;
        QTest::newRow("nothing is written") << indexes({{0s, 500}, {10s, 500}}) << indexes({{5s, 500}}) << std::optional<qint64>(0);
        QTest::newRow("slow answers are no lag") << busy << indexes({{4s, 12'100}}, 2) << std::optional<qint64>(0);
    }
    void lags()
    {
        QFETCH(LogIndexes, leader);
        QFETCH(LogIndexes, follower);
        QFETCH(std::optional<qint64>, entries);
        QCOMPARE(lag(leader, follower), entries);
    }

    void whatIsOldIsNotCompared()
    {
        const LogIndexes leader = indexes({{0s, 10'000}, {10s, 20'000}, {20s, 30'000}});
        QCOMPARE(lag(leader, indexes({{4s, 12'000}}), 3s), 2'000);
        QCOMPARE(lag(leader, indexes({{4s, 12'000}}), 5s), std::nullopt);
    }

    void anotherServerBeginsAnew()
    {
        LogIndexes log = indexes({{0s, 100}, {10s, 200}});
        log.take(answer(20s, u"other"_s, 300));
        QCOMPARE(log.samples().size(), 1);
        log.take(answer(30s, u"other"_s, 20)); // its log was lost
        QCOMPARE(log.samples().size(), 1);
        for (int i = 4; i < 100; ++i)
            log.take(answer(i * 10s, u"other"_s, quint64(i) * 100));
        QCOMPARE(log.samples().size(), 4);
    }
};

QTEST_APPLESS_MAIN(TestIdentity)
#include "tst_identity.moc"
