// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/queue_history.h"

#include <QRegularExpression>
#include <QTest>

#include <cmath>
#include <random>

using namespace quorate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
Time at(Milliseconds since) { return Time{Instant(1'800'000'000s), 1h, 2h} + since; }

QueueFact jobs(qint64 waiting, qint64 processing = 0, qint64 completed = 0)
{
    QueueFact queue;
    queue.name = u"jobs"_s;
    queue.unprocessed = waiting;
    queue.processing = processing;
    queue.completed = completed;
    queue.dead = 0;
    queue.total = 100;
    return queue;
}

QueueFact dead(std::optional<qint64> letters, std::optional<qint64> total = 100)
{
    QueueFact queue = jobs(0);
    queue.dead = letters;
    queue.total = total;
    return queue;
}

/// The backlog by `waiting(seconds)`, told every `interval`.
template <class Waiting>
QueueHistory watched(Milliseconds interval, Milliseconds duration, Waiting waiting)
{
    QueueHistory history;
    for (Milliseconds time{}; time <= duration; time += interval)
        history.take(jobs(waiting(double(time.count()) / 1000)), at(time));
    return history;
}

bool isNear(std::optional<double> value, double expected, double tolerance) { return value && std::abs(*value - expected) <= tolerance; }
} // namespace

/// What a queue's numbers tell once they have a past.
class TestQueueHistory final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void nothingIsToldOfOneSample()
    {
        QueueHistory history;
        QVERIFY(history.take(jobs(5), at(0s)));
        QCOMPARE(history.perMinute(1min), std::nullopt);
        QCOMPARE(history.drainSeconds(), std::nullopt);
        QVERIFY(!history.stuckSince());
        QCOMPARE(history.settledDead({}), std::nullopt);
    }

    void equalNumbersWithinARefreshAreOneSample()
    {
        QueueHistory history;
        QVERIFY(history.take(jobs(5), at(0s)));
        QVERIFY(!history.take(jobs(5), at(10s)));
        QVERIFY(history.take(jobs(6), at(11s))); // other numbers: counted anew
        QVERIFY(!history.take(jobs(6), at(25s)));
        QVERIFY(history.take(jobs(6), at(26s))); // 15 s: counted anew, and still the same
        QVERIFY(!history.take(jobs(7), at(20s))); // late
    }

    void aRateIsToldAsSoonAsItsWindowIsHalfFull_data()
    {
        QTest::addColumn<int>("interval");
        QTest::newRow("polls every second") << 1;
        QTest::newRow("every 10 s") << 10;
        QTest::newRow("every minute") << 60;
    }
    void aRateIsToldAsSoonAsItsWindowIsHalfFull()
    {
        QFETCH(int, interval);
        const auto grows = [](double s) { return qint64(1000 + s / 2); }; // 30 a minute
        const QueueHistory twenty = watched(std::chrono::seconds(interval), 20min, grows);
        for (const auto window : {1min, 5min, 15min})
            QVERIFY2(isNear(twenty.perMinute(window), 30, 1.5), qPrintable(QString::number(twenty.perMinute(window).value_or(-1))));
        const QueueHistory two = watched(std::chrono::seconds(interval), 2min, grows);
        QVERIFY(two.perMinute(1min));
        QCOMPARE(two.perMinute(5min), std::nullopt);
        QCOMPARE(two.perMinute(15min), std::nullopt);
    }

    void aRateOfAMinuteNeedsASampleAMinuteAgo()
    {
        const QueueHistory history = watched(5min, 30min, [](double s) { return qint64(s); });
        QCOMPARE(history.perMinute(1min), std::nullopt);
        QVERIFY(isNear(history.perMinute(5min), 60, 0.01));
        QVERIFY(isNear(history.perMinute(15min), 60, 0.01));
    }

    void aGapInTheObservationGivesNoRate()
    {
        QueueHistory history = watched(10s, 10min, [](double) { return qint64(100); });
        history.take(jobs(4000), at(10h));
        for (const auto window : {1min, 5min, 15min})
            QCOMPARE(history.perMinute(window), std::nullopt);
        QCOMPARE(history.drainSeconds(), std::nullopt);
    }

    void itDrainsWhenItFellInThreeWindows()
    {
        const auto falls = [](double s) { return qint64(1200 - s); };
        QCOMPARE(watched(10s, 2min, falls).drainSeconds(), std::nullopt); // two windows
        QVERIFY(isNear(watched(10s, 4min, falls).drainSeconds(), 1200 - 240, 15));
        QVERIFY(isNear(watched(1s, 4min, falls).drainSeconds(), 1200 - 240, 15));
        QVERIFY(isNear(watched(5min, 15min, falls).drainSeconds(), 1200 - 900, 1)); // windows of 5 min, as far apart as the polls
    }

    void itDoesNotDrainWhenOneWindowRose()
    {
        // Falls for two minutes, rises for one, falls for one: on the whole fewer, but nobody knows when it will be done.
        const auto saw = [](double s) { return qint64(s < 120 ? 1000 - s : s < 180 ? 880 + (s - 120) : 940 - (s - 180)); };
        QCOMPARE(watched(10s, 4min, saw).drainSeconds(), std::nullopt);
        QCOMPARE(watched(10s, 10min, [](double) { return qint64(7); }).drainSeconds(), std::nullopt); // stands still
        QCOMPARE(watched(10s, 10min, [](double s) { return std::max<qint64>(0, 300 - qint64(s)); }).drainSeconds(), std::nullopt); // done
    }

    void stuckNeedsFiveRefreshesAndFiveMinutes_data()
    {
        QTest::addColumn<int>("interval");
        QTest::addColumn<int>("stuckAfter");
        QTest::newRow("polls every second") << 1 << 300;
        QTest::newRow("every 10 s") << 10 << 300;
        QTest::newRow("every minute") << 60 << 300;
        QTest::newRow("every 5 min: five refreshes") << 300 << 1200;
    }
    void stuckNeedsFiveRefreshesAndFiveMinutes()
    {
        QFETCH(int, interval);
        QFETCH(int, stuckAfter);
        QueueHistory history;
        int since = -1;
        for (int s = 0; s <= 1800 && since < 0; s += interval) {
            history.take(jobs(3), at(std::chrono::seconds(s)));
            if (history.stuckSince())
                since = s;
        }
        QVERIFY2(since >= stuckAfter && since <= stuckAfter + std::max(interval, 20), qPrintable(QString::number(since)));
        QCOMPARE(history.stuckSince()->wall, at(0s).wall); // the first evidence
    }

    void anyNumberThatChangesIsLife()
    {
        for (const auto &other : {jobs(3, 0, 1), jobs(2), jobs(3, 1)}) {
            QueueHistory history = watched(10s, 6min, [](double) { return qint64(3); });
            QVERIFY(history.stuckSince());
            history.take(other, at(6min + 10s));
            QVERIFY(!history.stuckSince());
        }
    }

    void anEmptyOrBusyQueueIsNotStuck()
    {
        QVERIFY(!watched(10s, 20min, [](double) { return qint64(0); }).stuckSince());
        QueueHistory busy, untold;
        QueueFact noWord = jobs(3);
        noWord.processing.reset();
        for (int i = 0; i < 100; ++i) {
            busy.take(jobs(3, 1), at(i * 10s));
            untold.take(noWord, at(i * 10s));
        }
        QVERIFY(!busy.stuckSince());
        QVERIFY(!untold.stuckSince());
    }

    void deadLettersSettleAfterThreeRefreshesThatCount_data()
    {
        QTest::addColumn<QList<QueueFact>>("told");
        QTest::addColumn<std::optional<qint64>>("settled");
        using Told = QList<QueueFact>;
        using Settled = std::optional<qint64>;
        QTest::newRow("two") << Told{dead(3), dead(2)} << Settled();
        QTest::newRow("three") << Told{dead(3), dead(2), dead(2)} << Settled(3);
        QTest::newRow("the last three") << Told{dead(9), dead(3), dead(2), dead(1)} << Settled(3);
        QTest::newRow("no jobs at all") << Told{dead(3), dead(0, 0), dead(0, 0), dead(0, 0)} << Settled();
        QTest::newRow("one without jobs") << Told{dead(0), dead(0, 0), dead(0)} << Settled();
        QTest::newRow("not told") << Told{dead({}), dead({}), dead({})} << Settled();
        QTest::newRow("really none") << Told{dead(0), dead(0), dead(0)} << Settled(0);
    }
    void deadLettersSettleAfterThreeRefreshesThatCount()
    {
        QFETCH(QList<QueueFact>, told);
        QFETCH(std::optional<qint64>, settled);
        QueueHistory history;
        Milliseconds time{};
        for (const QueueFact &fact : told)
            history.take(fact, at(time += 15s));
        QCOMPARE(history.settledDead({}), settled);
        QCOMPARE(history.settledDead(at(0s).wall), settled);
        QCOMPARE(history.settledDead(at(time - 15s).wall), std::nullopt); // only the newest is later
    }

    /// Whatever a server sends, in whatever rhythm: no rate that no two samples could have, no memory that grows.
    void anythingAtAnyTime()
    {
        std::mt19937_64 random(20261120);
        const auto below = [&](qint64 limit) { return std::uniform_int_distribution<qint64>(0, limit - 1)(random); };
        for (int story = 0; story < 200; ++story) {
            QueueHistory history;
            Milliseconds time{};
            bool waitedAlways = true;
            for (int i = 0; i < 300; ++i) {
                time += Milliseconds(below(story % 3 == 0 ? 400'000 : 20'000));
                QueueFact fact = jobs(below(4) == 0 ? std::numeric_limits<qint64>::max() : below(50), below(2));
                if (below(10) == 0)
                    fact.unprocessed.reset();
                waitedAlways = fact.unprocessed.value_or(0) > 0;
                history.take(fact, at(time));
                for (const auto window : {1min, 5min, 15min}) {
                    const auto rate = history.perMinute(window);
                    QVERIFY(!rate || (std::isfinite(*rate) && std::abs(*rate) <= 9.3e18 * 2));
                }
                const auto drain = history.drainSeconds();
                QVERIFY(!drain || (std::isfinite(*drain) && *drain > 0));
                if (history.stuckSince()) {
                    QVERIFY(waitedAlways);
                    QVERIFY(time - (history.stuckSince()->boot - at(0s).boot) >= 5min);
                }
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestQueueHistory)
#include "tst_queue_history.moc"
