// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/flapping.h"
#include "tests/unit/judge/over_time/watch.h"

#include <QTest>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
const Reason *flapping(const ClusterStatus &status)
{
    const auto at = std::find_if(
        status.reasons.cbegin(), status.reasons.cend(), [](const Reason &reason) { return reason.code == ReasonCode::Flapping; });
    return at == status.reasons.cend() ? nullptr : &*at;
}

/// Bad for `bad`, then good for `good`: two changes of the verdict.
void turn(Watch &watch, const QString &bad, Milliseconds badFor = 25s, Milliseconds goodFor = 25s)
{
    watch.becomes(bad);
    watch.pass(badFor);
    watch.becomes(u"a:ok b:ok c:ok d:ok"_s);
    watch.pass(goodFor);
}

Reason cause(const QString &subject)
{
    Reason reason;
    reason.code = ReasonCode::EndpointDown;
    reason.severity = reason.clusterSeverity = Severity::Warning;
    reason.subject = subject;
    return reason;
}
} // namespace

/// A verdict that keeps changing (JUDGE section 2).
class TestFlapping : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void upAndDownIsOneEvent()
    {
        Watch watch(u"ab"_s);
        watch.pass(30s);
        const qsizetype begun = watch.changes().size();
        for (int i = 0; i < 3; ++i)
            turn(watch, u"a:refused"_s);
        QCOMPARE(watch.changes().size() - begun, 6);
        QVERIFY(!flapping(watch.status()));
        QCOMPARE(watch.told(), u"ok"_s);
        for (int i = 0; i < 20; ++i)
            turn(watch, u"a:refused"_s);
        QCOMPARE(watch.changes().size() - begun, 7); // not forty-six
        QCOMPARE(watch.changes().last(), u"warning because endpoint-down(a), flapping"_s);
        QCOMPARE(watch.told(), u"warning because flapping"_s);
    }

    void itTellsHowOftenAndWhatItIsNow()
    {
        Watch watch(u"ab"_s);
        watch.pass(30s);
        for (int i = 0; i < 6; ++i)
            turn(watch, u"a:refused"_s);
        const Instant before = watch.now.wall;
        watch.pass(4min);
        const ClusterStatus status = watch.status();
        const Reason *reason = flapping(status);
        QVERIFY(reason);
        QCOMPARE(reason->clusterSeverity, Severity::Warning);
        QCOMPARE(*reason->value, 12.0);
        QCOMPARE(*reason->limit, 6.0);
        QCOMPARE(reason->names.size(), 3);
        QCOMPARE(reason->names.at(0), u"ok"_s);
        const auto since = fromRfc3339(reason->names.at(1));
        QVERIFY(since && *since > before - 25s && *since < before);
        QCOMPARE(reason->names.at(2), u"600"_s);
    }

    void itEndsWhenNoMoreThanTwoChangesAreLeft()
    {
        Watch watch(u"ab"_s);
        watch.pass(30s);
        for (int i = 0; i < 4; ++i)
            turn(watch, u"a:refused"_s);
        QVERIFY(flapping(watch.status()));
        const qsizetype told = watch.changes().size();
        watch.pass(8min);
        QVERIFY(flapping(watch.status()));
        QCOMPARE(watch.changes().size(), told);
        watch.pass(2min);
        QVERIFY(!flapping(watch.status()));
        QCOMPARE(watch.changes().size(), told + 1);
        QCOMPARE(watch.changes().last(), u"ok"_s);
        watch.pass(20min);
        QCOMPARE(watch.changes().size(), told + 1);
    }

    void whatIsWorseIsToldAllTheSame()
    {
        Watch watch(u"ab"_s);
        watch.pass(30s);
        for (int i = 0; i < 4; ++i)
            turn(watch, u"a:refused"_s);
        const qsizetype told = watch.changes().size();
        turn(watch, u"a:refused b:refused"_s);
        QCOMPARE(watch.changes().size(), told + 1);
        QCOMPARE(watch.changes().last(), u"critical because endpoint-down(a,b), flapping"_s);
        QCOMPARE(watch.told(), u"critical because flapping"_s); // held at the worst of the span
        turn(watch, u"a:refused b:refused"_s);
        QCOMPARE(watch.changes().size(), told + 1);
    }

    void anotherCauseThatComesAndGoesUnderOneThatStays()
    {
        Watch watch(u"abcd"_s);
        watch.becomes(u"a:refused"_s);
        watch.pass(30s);
        const qsizetype begun = watch.changes().size();
        for (int i = 0; i < 20; ++i) {
            watch.becomes(u"b:failed(s3)"_s);
            watch.pass(25s);
            watch.becomes(u"b:ok"_s);
            watch.pass(25s);
        }
        QVERIFY(flapping(watch.status()));
        QVERIFY2(watch.changes().size() - begun <= 9, qPrintable(watch.changes().join(u'\n')));
    }

    void anIncidentThatGrowsCauseByCauseDoesNotFlap()
    {
        Flapping flapping;
        Time now{Instant(1'800'000'000s), 1000s, 2000s};
        QList<Reason> reasons;
        flapping.take(10min, Severity::Ok, reasons, false, now);
        for (int i = 0; i < 20; ++i) {
            now = now + 20s;
            reasons.append(cause(QString::number(i)));
            flapping.take(10min, Severity::Warning, reasons, false, now);
        }
        QVERIFY(!flapping.lasts(10min, now));
    }

    void whatNobodyIsToldOfMakesNothingFlap()
    {
        Flapping flapping;
        Time now{Instant(1'800'000'000s), 1000s, 2000s};
        for (int i = 0; i < 40; ++i) {
            now = now + 20s;
            flapping.take(10min, i % 2 ? Severity::Ok : Severity::Warning, {}, true, now);
        }
        QVERIFY(!flapping.lasts(10min, now));
    }

    void theSpanGrowsWithTheInterval()
    {
        Watch watch(u"ab"_s, 5min);
        watch.pass(10min);
        for (int i = 0; i < 4; ++i)
            turn(watch, u"a:refused"_s, 6min, 6min);
        QVERIFY(flapping(watch.status()));
        watch.pass(80min);
        QVERIFY(flapping(watch.status()));
        watch.pass(30min);
        QCOMPARE(watch.told(), u"ok"_s);
    }

    void aPausedClusterForgets()
    {
        Watch watch(u"ab"_s);
        watch.pass(30s);
        for (int i = 0; i < 4; ++i)
            turn(watch, u"a:refused"_s);
        Intent pause;
        watch.tell(pause);
        QCOMPARE(watch.told(), u"unknown because nothing-to-observe"_s);
        pause.kind = Intent::Kind::Resume;
        watch.tell(pause);
        watch.pass(30s);
        QCOMPARE(watch.told(), u"ok"_s);
    }
};

QTEST_APPLESS_MAIN(TestFlapping)
#include "tst_flapping.moc"
