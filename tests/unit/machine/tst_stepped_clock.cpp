// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/judge/over_time/watch.h"

#include <QTest>

#include <algorithm>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr Milliseconds rounding = 2s; // until the next step

QList<Milliseconds> agesOf(const ClusterStatus &status, Instant now)
{
    QList<Milliseconds> ages;
    for (const Reason &reason : status.reasons) {
        if (reason.since)
            ages.append(now - *reason.since);
    }
    for (const RaftStatus &group : status.raft) {
        if (group.leaderSince)
            ages.append(now - *group.leaderSince);
    }
    for (const EndpointStatus &endpoint : status.endpoints)
        ages.append(now - endpoint.observed.value_or(now));
    return ages;
}
} // namespace

/// Somebody sets the wall clock: everything is as old as before, and so it goes on (JUDGE section 4).
class TestSteppedClock : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void agesStay_data()
    {
        QTest::addColumn<QString>("letters");
        QTest::addColumn<QString>("world");
        const auto row = [](const QString &letters, const QString &world) { QTest::newRow(qPrintable(world)) << letters << world; };
        row(u"ABC"_s, u"A(leader) B C"_s);
        row(u"ABC"_s, u"A(leader) B C(down)"_s);
        row(u"ABC"_s, u"A(down) B C"_s);
        row(u"ab"_s, u"a:ok b:refused"_s);
        row(u"ab"_s, u"a:failed(s3) b:malformed"_s);
        row(u"a"_s, u"a:backlog(500)"_s);
        row(u"a"_s, u"a:agents(1)"_s);
        row(u"a"_s, u"a:agents(0)"_s);
        row(u"a"_s, u"a:dead(3)"_s);
    }

    void agesStay()
    {
        QFETCH(QString, letters);
        QFETCH(QString, world);
        for (const Milliseconds step : {Milliseconds(1h), Milliseconds(-3h), Milliseconds(5s)}) {
            Watch watch(letters);
            if (letters.front().isUpper())
                watch.becomes(u"A(leader) B C"_s);
            watch.pass(10min);
            watch.becomes(world);
            watch.pass(10min);
            watch.events.clear();
            const ClusterStatus before = watch.status();
            const QList<Milliseconds> ages = agesOf(before, watch.now.wall);
            watch.now.wall += step;
            watch.tick();
            const ClusterStatus after = watch.status();
            QCOMPARE(after.severity, before.severity);
            QCOMPARE(agesOf(after, watch.now.wall), ages);
            watch.pass(10min);
            const QList<Milliseconds> later = agesOf(watch.status(), watch.now.wall);
            QVERIFY(std::all_of(later.cbegin(), later.cend(), [](Milliseconds age) { return age >= 0ms && age <= 30min + rounding; }));
            QCOMPARE(watch.events.size(), 1);
            QCOMPARE(watch.events.first().kind, EventKind::ClockStepped);
        }
    }
};

QTEST_APPLESS_MAIN(TestSteppedClock)
#include "tst_stepped_clock.moc"
