// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/schedule.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// When clusters are polled, told by a clock that the test turns.
class ScheduleTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void oneClusterIsDueAtOnceAndThenEachInterval();
    void manyClustersDoNotFireTogether();
    void placesAreTheSameInEveryRun();
    void missedRoundsAreNotMadeUpFor();
    void askingByHandMovesTheNextRound();
    void aNewConfigurationKeepsThePlacesOfTheOthers();
    void anotherIntervalBeginsAnew();
    void anIntervalOfZeroIsNoBusyLoop();
    void everyClusterKeepsItsRate();
    void anEndpointIsWantedAgainBeforeTheRound();
    void aRoundMakesAskingAgainUnnecessary();
    void roundsComeALittleOffTheirPlace();
    void manyDashboardsDoNotGoOnTogether();
    void theSameSeedMakesTheSameRounds();
    void whatIsConfiguredOtherwiseDoesNotWait();
};

namespace {
ClusterName cluster(int number) { return ClusterName(u"cluster-%1"_s.arg(number)); }

QList<Schedule::Entry> entries(int count, Milliseconds interval)
{
    QList<Schedule::Entry> all;
    for (int i = 0; i < count; ++i)
        all.append({cluster(i), interval});
    return all;
}
} // namespace

void ScheduleTest::oneClusterIsDueAtOnceAndThenEachInterval()
{
    Schedule schedule;
    QVERIFY(!schedule.next());
    schedule.set(entries(1, 10s), 5s);
    QCOMPARE(schedule.next(), std::optional<Milliseconds>(5s));
    QCOMPARE(schedule.takeDue(5s), {cluster(0)});
    QCOMPARE(schedule.takeDue(14'999ms), {});
    QCOMPARE(schedule.takeDue(15s), {cluster(0)});
    QCOMPARE(schedule.next(), std::optional<Milliseconds>(25s));
}

void ScheduleTest::manyClustersDoNotFireTogether()
{
    Schedule schedule;
    schedule.set(entries(100, 10s), 0s);
    qsizetype most = 0;
    qsizetype all = 0;
    for (Milliseconds now = 0s; now < 5s; now += 50ms) {
        const qsizetype due = schedule.takeDue(now).size();
        most = std::max(most, due);
        all += due;
    }
    QCOMPARE(all, 100);
    QVERIFY2(most <= 12, qPrintable(QString::number(most)));
}

void ScheduleTest::placesAreTheSameInEveryRun()
{
    Schedule schedule;
    schedule.set({{ClusterName(u"consul-prod"_s), 10s}, {ClusterName(u"osapi"_s), 10s}}, 0s);
    // By a stable hash: qHash has another seed in each process.
    QCOMPARE(schedule.takeDue(1ms), {ClusterName(u"consul-prod"_s)});
    QCOMPARE(schedule.takeDue(10ms), {});
    QCOMPARE(schedule.takeDue(11ms), {ClusterName(u"osapi"_s)});
}

void ScheduleTest::missedRoundsAreNotMadeUpFor()
{
    Schedule schedule;
    schedule.set(entries(1, 1s), 0s);
    QCOMPARE(schedule.takeDue(0s).size(), 1);
    QCOMPARE(schedule.takeDue(3'600'500ms).size(), 1); // an hour of sleep
    QCOMPARE(schedule.takeDue(3'600'999ms).size(), 0);
    QCOMPARE(schedule.takeDue(3'601'000ms).size(), 1);
}

void ScheduleTest::askingByHandMovesTheNextRound()
{
    Schedule schedule;
    schedule.set(entries(1, 10s), 0s);
    QCOMPARE(schedule.takeDue(0s).size(), 1);
    schedule.polled(cluster(0), 9s);
    QCOMPARE(schedule.takeDue(10s).size(), 0);
    QCOMPARE(schedule.takeDue(19s).size(), 1);
}

void ScheduleTest::aNewConfigurationKeepsThePlacesOfTheOthers()
{
    Schedule schedule;
    schedule.set(entries(1, 10s), 0s);
    QCOMPARE(schedule.takeDue(0s).size(), 1);
    schedule.set({{cluster(0), 10s}, {cluster(1), 10s}}, 4s);
    QCOMPARE(schedule.takeDue(5s), {cluster(1)});
    QCOMPARE(schedule.takeDue(10s), {cluster(0)});
    schedule.set({{cluster(1), 10s}}, 11s);
    QVERIFY(!schedule.takeDue(60s).contains(cluster(0)));
}

void ScheduleTest::anotherIntervalBeginsAnew()
{
    Schedule schedule;
    schedule.set({{cluster(0), 3600s}}, 0s);
    QCOMPARE(schedule.takeDue(0s).size(), 1);
    schedule.set({{cluster(0), 2s}}, 10s);
    QCOMPARE(schedule.takeDue(10s).size(), 1);
    QCOMPARE(schedule.takeDue(12s).size(), 1);
}

void ScheduleTest::anIntervalOfZeroIsNoBusyLoop()
{
    Schedule schedule;
    schedule.set({{cluster(0), 0s}}, 0s);
    QCOMPARE(schedule.takeDue(0s).size(), 1);
    QVERIFY(schedule.next() > 0s);
}

void ScheduleTest::everyClusterKeepsItsRate()
{
    QRandomGenerator random(20261120);
    Schedule schedule;
    QList<Schedule::Entry> all;
    for (int i = 0; i < 20; ++i)
        all.append({cluster(i), Milliseconds(1'000 + random.bounded(9'000))});
    schedule.set(all, 0s);
    QHash<ClusterName, int> rounds;
    for (Milliseconds now = 0s; now < 600s; now += Milliseconds(1 + random.bounded(200))) {
        const QList<ClusterName> due = schedule.takeDue(now);
        QCOMPARE(QSet<ClusterName>(due.begin(), due.end()).size(), due.size());
        for (const ClusterName &one : due)
            ++rounds[one];
    }
    for (const Schedule::Entry &entry : std::as_const(all)) {
        const int expected = int(600s / entry.interval);
        QVERIFY2(std::abs(rounds.value(entry.cluster) - expected) <= 1, qPrintable(entry.cluster.text()));
    }
}

void ScheduleTest::anEndpointIsWantedAgainBeforeTheRound()
{
    const EndpointUrl a(u"http://a:1"_s), b(u"http://b:1"_s);
    Schedule schedule;
    schedule.set(entries(1, 60s), 0s);
    QCOMPARE(schedule.takeDue(0s), {cluster(0)});
    schedule.again(cluster(0), a, 5s);
    schedule.again(cluster(0), b, 7s);
    schedule.again(cluster(0), a, 9s); // wanted sooner already
    schedule.again(cluster(7), a, 1s); // of no cluster
    QCOMPARE(schedule.next(), std::optional<Milliseconds>(5s));
    QVERIFY(schedule.takeAgain(4'999ms).isEmpty());
    QCOMPARE(schedule.takeAgain(5s), (QMap<ClusterName, QSet<EndpointUrl>>{{cluster(0), {a}}}));
    QCOMPARE(schedule.next(), std::optional<Milliseconds>(7s));
    QCOMPARE(schedule.takeAgain(8s), (QMap<ClusterName, QSet<EndpointUrl>>{{cluster(0), {b}}}));
    QCOMPARE(schedule.next(), std::optional<Milliseconds>(60s));
}

void ScheduleTest::aRoundMakesAskingAgainUnnecessary()
{
    const EndpointUrl a(u"http://a:1"_s);
    Schedule schedule;
    schedule.set(entries(1, 10s), 0s);
    QCOMPARE(schedule.takeDue(0s), {cluster(0)});
    schedule.again(cluster(0), a, 10s);
    QCOMPARE(schedule.next(), std::optional<Milliseconds>(10s));
    QVERIFY(schedule.takeAgain(20s).isEmpty()); // the round comes first anyway
    schedule.again(cluster(0), a, 5s);
    schedule.polled(cluster(0), 4s); // by hand
    QVERIFY(schedule.takeAgain(20s).isEmpty());
    schedule.again(cluster(0), a, 9s);
    QCOMPARE(schedule.takeDue(14s), {cluster(0)});
    QVERIFY(schedule.takeAgain(20s).isEmpty());
}

void ScheduleTest::roundsComeALittleOffTheirPlace()
{
    Schedule schedule;
    schedule.setJitter(0.05, 1);
    schedule.set(entries(1, 10s), 0s);
    QCOMPARE(schedule.takeDue(0s).size(), 1); // the first round is at once
    QSet<qint64> off;
    for (int round = 1; round <= 1'000; ++round) {
        const Milliseconds due = schedule.next().value();
        const Milliseconds place = 10s * round;
        QVERIFY2(due >= place - 500ms && due <= place + 500ms, "5 % either way, and never adding up");
        off.insert((due - place).count());
        QVERIFY(schedule.takeDue(due - 1ms).isEmpty());
        QCOMPARE(schedule.takeDue(due).size(), 1);
    }
    QVERIFY(off.size() > 500);
}

void ScheduleTest::manyDashboardsDoNotGoOnTogether()
{
    QMap<qint64, int> atOnce; // in 100 ms
    for (quint32 dashboard = 0; dashboard < 100; ++dashboard) {
        Schedule schedule;
        schedule.setJitter(0.05, dashboard);
        schedule.set(entries(1, 10s), 0s); // all were opened together
        (void)schedule.takeDue(0s);
        ++atOnce[schedule.next()->count() / 100];
    }
    QVERIFY2(*std::max_element(atOnce.cbegin(), atOnce.cend()) <= 25, "spread over a second");
}

void ScheduleTest::theSameSeedMakesTheSameRounds()
{
    const auto rounds = [](quint32 seed) {
        Schedule schedule;
        schedule.setJitter(0.05, seed);
        schedule.set(entries(3, 2s), 0s);
        QList<Milliseconds> due;
        while (due.size() < 50) {
            due.append(schedule.next().value());
            (void)schedule.takeDue(due.last());
        }
        return due;
    };
    QCOMPARE(rounds(7), rounds(7));
    QVERIFY(rounds(7) != rounds(8));
}

void ScheduleTest::whatIsConfiguredOtherwiseDoesNotWait()
{
    Schedule schedule;
    schedule.set({{cluster(0), 3600s}, {cluster(1), 3600s}}, 0s);
    (void)schedule.takeDue(10s);
    schedule.set({{cluster(0), 3600s, true}, {cluster(1), 3600s}}, 20s);
    QCOMPARE(schedule.takeDue(21s), {cluster(0)}); // with the same interval, but another token
}

} // namespace quorate

QTEST_GUILESS_MAIN(quorate::ScheduleTest)
#include "tst_schedule.moc"
