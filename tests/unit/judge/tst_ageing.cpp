// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/judge/scene.h"

#include <QTest>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Time alone changes verdicts (JUDGE section 2). Interval and timeout are 10 s, so evidence holds for 30 s.
class TestAgeing : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void silenceIsStaleByTicksAlone()
    {
        Scene scene(1, JudgeMode::OverTime);
        scene.answer(1, healthy());
        const Time answered = scene.now;
        QCOMPARE(scene.status().validUntil, answered.boot + 30s);
        scene.pass(30s);
        QCOMPARE(scene.status().severity, Severity::Ok);
        scene.events.clear();
        scene.pass(1s);
        const ClusterStatus status = scene.status();
        QCOMPARE(status.severity, Severity::Unknown);
        QCOMPARE(scene.codes(), QStringList{u"stale"_s});
        QVERIFY(status.endpoints.first().stale);
        QCOMPARE(status.endpoints.first().severity, Severity::Unknown);
        QCOMPARE(status.components.first().severity, Severity::Unknown);
        QCOMPARE(status.endpoints.first().reach, Reach::Answered);
        QCOMPARE(status.endpoints.first().factsAge, 31.0);
        QCOMPARE(status.since, answered.wall + 30s);
        QCOMPARE(scene.eventsOf(EventKind::VerdictChanged).size(), 1);
        QCOMPARE(scene.events.first().since, answered.wall + 30s);
        scene.answer(1, healthy());
        QCOMPARE(scene.status().severity, Severity::Ok);
    }

    void judgedAtALaterTimeNeedsNoTick()
    {
        Scene scene(1, JudgeMode::OverTime);
        scene.answer(1, healthy());
        scene.jump(31s);
        QCOMPARE(scene.status().severity, Severity::Unknown);
    }

    void staleEndpointsFoldByShare()
    {
        Scene scene(3, JudgeMode::OverTime);
        for (int i = 1; i <= 3; ++i)
            scene.answer(i, healthy());
        scene.pass(20s);
        scene.answer(1, healthy());
        scene.answer(2, healthy());
        scene.pass(20s);
        QCOMPARE(scene.reasons(), QStringList{u"stale http://node-3:80 unknown/warning"_s});
        scene.pass(20s);
        QCOMPARE(scene.reasons(), QStringList{u"stale  unknown/unknown"_s});
    }

    void aFailureIsFreshEvidence()
    {
        Scene scene(1, JudgeMode::OverTime);
        scene.answer(1, healthy());
        for (int poll = 0; poll < 20; ++poll) {
            scene.pass(10s);
            scene.fail(1, Reach::Refused);
            if (poll == 0) { // its hold is not over
                QCOMPARE(scene.codes(), QStringList());
                QCOMPARE(scene.status().pending->severity, Severity::Critical);
            } else {
                QCOMPARE(scene.codes(), QStringList{u"endpoint-down"_s});
            }
        }
        const ClusterStatus status = scene.status();
        // The facts are shown with their age, and make no Unknown of their own for the cluster.
        QCOMPARE(status.severity, Severity::Critical);
        QCOMPARE(status.components.size(), 1);
        QCOMPARE(status.components.first().severity, Severity::Unknown);
        QCOMPARE(status.endpoints.first().factsAge, 200.0);
        QCOMPARE(status.reasons.first().since, scene.now.wall - 190s);
    }

    void aBadFactDoesNotHealBecauseItsServerDied()
    {
        Scene scene(1, JudgeMode::OverTime);
        for (int poll = 0; poll < 2; ++poll) {
            scene.answer(1, with(component(u"nats"_s, ComponentState::Failed)));
            scene.pass(10s);
        }
        scene.fail(1, Reach::Unauthorised);
        QCOMPARE(scene.codes(), QStringList{u"component-failed"_s});
        scene.pass(5s);
        scene.fail(1, Reach::Unauthorised);
        QCOMPARE(scene.codes(), (QStringList{u"component-failed"_s, u"endpoint-unauthorised"_s}));
        scene.pass(10s);
        scene.fail(1, Reach::Unauthorised);
        scene.pass(21s); // what nats was is old by now, and nothing says the contrary
        QCOMPARE(scene.codes(), (QStringList{u"component-failed"_s, u"endpoint-unauthorised"_s}));
        QCOMPARE(scene.status().components.first().severity, Severity::Critical);
    }

    void requestsThatAreNoLongerAskedAgeOut()
    {
        Scene scene(1, JudgeMode::OverTime);
        Observation details = scene.reply(1, with(component(u"old"_s, ComponentState::Failed)));
        details.request = u"details"_s;
        details.primary = details.endpointDone = false;
        scene.tell(details);
        scene.answer(1, test::says(u"ok"_s, ComponentState::Healthy));
        QVERIFY(scene.codes().contains(u"component-failed"_s));
        for (int poll = 0; poll < 5; ++poll) {
            scene.pass(10s);
            scene.answer(1, test::says(u"ok"_s, ComponentState::Healthy));
        }
        QCOMPARE(scene.codes(), QStringList());
        QCOMPARE(scene.status().components.size(), 0);
        QCOMPARE(scene.status().endpoints.first().requests.size(), 1);
    }

    void anEndpointThatIsNeverAskedIsNotForgotten()
    {
        Scene scene(2, JudgeMode::OverTime);
        for (int poll = 0; poll < 4; ++poll) {
            scene.answer(1, healthy());
            QCOMPARE(scene.status().severity, Severity::Ok);
            scene.pass(10s);
        }
        scene.answer(1, healthy());
        QCOMPARE(scene.reasons(), QStringList{u"stale http://node-2:80 unknown/warning"_s});
    }

    void aLadderIsJudgedAtItsEnd()
    {
        Scene scene(1, JudgeMode::OverTime);
        scene.answer(1, healthy());
        for (int poll = 0; poll < 3; ++poll) {
            scene.pass(10s);
            Observation rung = scene.failure(1, Reach::Malformed);
            rung.request = u"json"_s;
            rung.endpointDone = false;
            scene.tell(rung);
            QCOMPARE(scene.status().severity, Severity::Ok);
            scene.answer(1, healthy());
            QCOMPARE(scene.codes(), QStringList());
        }
        scene.pass(10s);
        Observation rung = scene.failure(1, Reach::Malformed);
        rung.endpointDone = true;
        scene.tell(rung);
        QVERIFY(scene.status().pending);
        scene.pass(5s);
        rung.at = scene.now;
        scene.tell(rung);
        QCOMPARE(scene.codes(), QStringList{u"endpoint-not-understood"_s});
    }

    void aLadderWithoutAnEndDoesNotKeepAnythingGreen()
    {
        Scene scene(1, JudgeMode::OverTime);
        scene.answer(1, healthy());
        for (int poll = 0; poll < 4; ++poll) {
            Observation rung = scene.failure(1, Reach::Malformed);
            rung.endpointDone = false;
            scene.pass(10s);
            scene.tell(rung);
        }
        QCOMPARE(scene.codes(), QStringList{u"stale"_s});
    }

    void aFailureDecidesAtOnce()
    {
        Scene scene(1, JudgeMode::OverTime);
        scene.answer(1, healthy());
        Observation refused = scene.failure(1, Reach::Refused);
        refused.endpointDone = false; // others of the poll still hang
        scene.tell(refused);
        QCOMPARE(scene.codes(), QStringList());
        QCOMPARE(scene.status().pending->severity, Severity::Critical);
    }

    void aProbeThatFailsIsTheAttemptWhenThePrimaryIsNeverAsked()
    {
        Scene scene(1, JudgeMode::OverTime);
        Observation probe = scene.failure(1, Reach::Refused);
        probe.primary = false;
        scene.tell(probe);
        QCOMPARE(scene.codes(), QStringList{u"endpoint-down"_s});
    }

    void aSteppedWallClockMakesNothingStale()
    {
        Scene scene(1, JudgeMode::OverTime);
        scene.answer(1, healthy());
        scene.now.wall += 24h;
        scene.tell(Tick{});
        QCOMPARE(scene.codes(), QStringList());
        QCOMPARE(scene.status().endpoints.first().factsAge, 0.0);
    }

    void lateAnswersChangeNothing()
    {
        Scene scene(1, JudgeMode::OverTime);
        const Observation late = scene.reply(1, healthy());
        scene.pass(10s);
        scene.fail(1, Reach::Refused);
        scene.tell(late);
        QCOMPARE(scene.codes(), QStringList{u"endpoint-down"_s});
    }
};

QTEST_APPLESS_MAIN(TestAgeing)
#include "tst_ageing.moc"
