// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/folding.h"
#include "tests/unit/judge/scene.h"

#include <QTest>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;

namespace {
Facts queue(qint64 dead, qint64 unprocessed = 0)
{
    Facts facts = healthy();
    QueueFact fact;
    fact.name = u"jobs"_s;
    fact.dead = dead;
    fact.unprocessed = unprocessed;
    facts.queues = QList<QueueFact>{fact};
    return facts;
}
} // namespace

/// Reasons that need more than one reply, a limit of the configuration, or the memory.
class TestReasonStories : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void nothingToObserve()
    {
        Scene scene(0);
        QCOMPARE(scene.codes(), QStringList{u"nothing-to-observe"_s});
        QCOMPARE(scene.status().severity, Severity::Unknown);

        Scene paused(1, JudgeMode::OverTime, [](ClusterSpec &spec) { spec.paused = true; });
        paused.answer(1, healthy());
        QCOMPARE(paused.codes(), QStringList{u"nothing-to-observe"_s});
        QVERIFY(paused.status().paused);
        QCOMPARE(paused.status().severity, Severity::Unknown);
    }

    void configuredLimits()
    {
        Scene scene(1, JudgeMode::OneShot, [](ClusterSpec &spec) {
            spec.expectedAgents = 4;
            spec.deadLettersKnown = 2;
            spec.backlogLimit = 10;
        });
        Facts facts = queue(2, 10);
        facts.agents = AgentsFact{4, 4, {}};
        scene.answer(1, facts);
        QCOMPARE(scene.codes(), QStringList());
        facts = queue(3, 11);
        facts.agents = AgentsFact{3, 3, {}};
        scene.answer(1, facts);
        QCOMPARE(scene.codes(), (QStringList{u"agents-missing"_s, u"queue-backlog"_s, u"queue-dead-letters"_s}));
        const ClusterStatus status = scene.status();
        const Reason *dead = find(status, ReasonCode::QueueDeadLetters);
        QCOMPARE(dead->value, 3.0);
        QCOMPARE(dead->limit, 2.0);
        QCOMPARE(find(status, ReasonCode::AgentsMissing)->limit, 4.0);
    }

    void expectedAgentsOfWhichNothingIsTold()
    {
        Scene scene(1, JudgeMode::OneShot, [](ClusterSpec &spec) { spec.expectedAgents = 3; });
        scene.answer(1, healthy());
        QCOMPARE(scene.reasons(), QStringList{u"agents-missing agents unknown/warning"_s});
        // A failed part explains it.
        scene.answer(1, with(component(u"nats"_s, ComponentState::Failed)));
        QCOMPARE(scene.codes(), QStringList{u"component-failed"_s});
    }

    void aTokenThatIsNotKnownAtAll()
    {
        Scene scene(1);
        Observation refused = scene.failure(1, Reach::Unauthorised, u"HTTP 403: ACL not found"_s);
        refused.request = u"self"_s;
        refused.primary = refused.endpointDone = false;
        refused.http = 403;
        refused.facts.credentialRejected = true;
        scene.tell(refused);
        scene.answer(1, healthy());
        QCOMPARE(scene.reasons(), QStringList{u"endpoint-unauthorised http://node-1:80 unknown/unknown"_s});
        QCOMPARE(scene.status().reasons.first().detail, refused.error);
    }

    void foldingHidesNothingThatCountsForMore()
    {
        Reason shown;
        shown.code = ReasonCode::EndpointDown;
        shown.clusterSeverity = Severity::Warning;
        Reason worse;
        worse.code = ReasonCode::RaftLeaderUnknown;
        worse.clusterSeverity = Severity::Unknown;
        worse.foldedUnder = ReasonCode::EndpointDown;
        QList<Reason> reasons{shown, worse};
        showWhatCountsForMore(reasons);
        QVERIFY(!reasons.last().foldedUnder);
        reasons.first().clusterSeverity = Severity::Critical;
        reasons.last().foldedUnder = ReasonCode::EndpointDown;
        showWhatCountsForMore(reasons);
        QVERIFY(reasons.last().foldedUnder);
        reasons.removeFirst();
        showWhatCountsForMore(reasons);
        QVERIFY(!reasons.first().foldedUnder);
    }

    void deadLettersThatWereAccepted()
    {
        Scene scene(1);
        ClusterMemory memory;
        memory.deadLettersKnown.insert(u"jobs"_s, 5);
        scene.tell(Memory{{scene.spec().name, memory}});
        scene.answer(1, queue(5));
        QCOMPARE(scene.codes(), QStringList());
        scene.answer(1, queue(6));
        QCOMPARE(scene.codes(), QStringList{u"queue-dead-letters"_s});
        Intent accept;
        accept.kind = Intent::Kind::AcceptDeadLetters;
        scene.tell(accept);
        QCOMPARE(scene.codes(), QStringList());
        QCOMPARE(memoryOf(scene.fleet).value(scene.spec().name).deadLettersKnown.value(u"jobs"_s), 6);
    }

    void anotherRequestOfThePollFailed()
    {
        const auto other = [](Scene &scene, Reach reach, int http, bool forwarded) {
            Observation observation = scene.failure(1, reach, u"it hung"_s);
            observation.primary = false;
            observation.forwarded = forwarded;
            observation.request = u"details"_s;
            observation.path = u"/details"_s;
            observation.http = http;
            observation.endpointDone = false;
            scene.tell(observation);
            scene.answer(1, healthy());
        };
        Scene scene(1);
        other(scene, Reach::TimedOut, 0, false);
        QCOMPARE(scene.codes(), QStringList{u"endpoint-partial"_s});
        const ClusterStatus status = scene.status();
        const Reason *reason = find(status, ReasonCode::EndpointPartial);
        QCOMPARE(reason->names, QStringList{u"/details"_s});
        QCOMPARE(reason->detail, u"it hung"_s);
        QCOMPARE(status.endpoints.first().reach, Reach::Answered);

        for (const auto &[reach, http, forwarded] :
            {std::tuple(Reach::Unauthorised, 403, false), std::tuple(Reach::NotFound, 404, false), std::tuple(Reach::TimedOut, 0, true)}) {
            Scene calm(1);
            other(calm, reach, http, forwarded);
            QCOMPARE(calm.codes(), QStringList());
        }
    }

    void serversOfDifferentVersions()
    {
        Scene scene(3);
        for (int i = 1; i <= 3; ++i) {
            Facts facts = healthy();
            facts.version = i == 2 ? u"1.9.0"_s : u"1.8.7"_s;
            scene.answer(i, facts);
        }
        QCOMPARE(scene.reasons(), QStringList{u"version-mixed  ok/ok"_s});
        QCOMPARE(scene.status().reasons.first().names, (QStringList{u"1.8.7"_s, u"1.9.0"_s}));
        QCOMPARE(scene.status().severity, Severity::Ok);
    }

    void theWordsOfTheServerAreKept()
    {
        Scene scene(1);
        scene.fail(1, Reach::Unauthorised, u"HTTP 401, token expired"_s);
        QCOMPARE(scene.status().reasons.first().detail, u"HTTP 401, token expired"_s);
        QCOMPARE(scene.status().endpoints.first().error, u"HTTP 401, token expired"_s);
        ComponentFact fact = component(u"nats"_s, ComponentState::Failed, u"nats not connected"_s);
        fact.reported = u"error"_s;
        fact.group = u"controller"_s;
        scene.answer(1, with(fact));
        const Reason reason = scene.status().reasons.first();
        QCOMPARE(reason.subject, u"controller.nats"_s);
        QCOMPARE(reason.detail, u"nats not connected"_s);
        QCOMPARE(reason.names, QStringList{u"error"_s});
    }
};

QTEST_APPLESS_MAIN(TestReasonStories)
#include "tst_reason_stories.moc"
