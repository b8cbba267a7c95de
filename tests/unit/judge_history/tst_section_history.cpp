// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/section_history.h"
#include "models/judge/vanished.h"

#include <QRegularExpression>
#include <QTest>

using namespace quorate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
Time at(Milliseconds since) { return Time{Instant(1'800'000'000s), 1h, 2h} + since; }

/// "nats kv jobs:" is two components and the queues; "agent.facts(off)" a component that is switched off.
Observation answer(const QString &text, Milliseconds time, const QString &request = u"status"_s)
{
    Observation observation;
    observation.request = request;
    observation.reach = Reach::Answered;
    observation.at = at(time);
    for (QString word : text.split(u' ', Qt::SkipEmptyParts)) {
        if (word == "queues:"_L1) {
            observation.facts.queues.emplace();
        } else if (word == "agents:"_L1) {
            observation.facts.agents.emplace();
        } else {
            ComponentFact component;
            const bool off = word.endsWith("(off)"_L1);
            component.state = off ? ComponentState::Disabled : ComponentState::Healthy;
            word.chop(off ? 5 : 0);
            component.group = word.contains(u'.') ? word.section(u'.', 0, 0) : QString();
            component.name = word.section(u'.', -1);
            if (!observation.facts.components)
                observation.facts.components.emplace();
            observation.facts.components->append(component);
        }
    }
    return observation;
}

QString told(const SectionHistory &history)
{
    QStringList words;
    for (const SectionHistory::Gone &gone : history.vanished())
        words.append(gone.section ? gone.name + u':' : gone.name);
    return words.join(u' ');
}

Reason reason(ReasonCode code, const QStringList &endpoints)
{
    Reason made;
    made.code = code;
    made.endpoints = endpoints;
    return made;
}
} // namespace

/// What is no longer reported.
class TestSectionHistory final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void absentForThreeRefreshes()
    {
        SectionHistory history;
        history.take(answer(u"nats agent.heartbeat queues: agents:"_s, 0s));
        const QString rest = u"nats agents:"_s;
        for (const Milliseconds time : {10s, 20s, 30s, 40s}) { // the same refresh at 20 s and 40 s
            history.take(answer(rest, time));
            QCOMPARE(told(history), QString());
        }
        history.take(answer(rest, 50s));
        QCOMPARE(told(history), u"queues: agent.heartbeat"_s);
        QCOMPARE(history.vanished().first().since.wall, at(10s).wall);
        history.take(answer(u"nats agent.heartbeat agents:"_s, 60s));
        QCOMPARE(told(history), u"queues:"_s);
        history.take(answer(u"nats agent.heartbeat queues: agents:"_s, 70s));
        QCOMPARE(told(history), QString());
    }

    void aSlipIsForgotten()
    {
        SectionHistory history;
        for (int i = 0; i < 30; ++i)
            history.take(answer(i % 3 == 2 ? u"nats queues:"_s : u"nats"_s, i * 15s));
        QCOMPARE(told(history), QString());
    }

    void failuresTellNothing()
    {
        SectionHistory history;
        history.take(answer(u"nats queues:"_s, 0s));
        for (int i = 1; i < 10; ++i) {
            Observation failed = answer(QString(), i * 15s);
            failed.reach = Reach::TimedOut;
            history.take(failed);
        }
        QCOMPARE(told(history), QString());
    }

    void anotherRequestIsNotAskedForIt()
    {
        SectionHistory history;
        for (int i = 0; i < 10; ++i) {
            history.take(answer(u"nats queues:"_s, i * 15s));
            history.take(answer(QString(), i * 15s, u"alive"_s));
        }
        QCOMPARE(told(history), QString());
    }

    void allComponentsAreOneSection()
    {
        SectionHistory history;
        history.take(answer(u"nats kv queues:"_s, 0s));
        for (int i = 1; i <= 3; ++i)
            history.take(answer(u"queues:"_s, i * 15s));
        QCOMPARE(told(history), u"components:"_s);
    }

    void whatIsSwitchedOffMayGo()
    {
        SectionHistory history;
        history.take(answer(u"nats agent.facts(off) agent.ui"_s, 0s));
        for (int i = 1; i <= 3; ++i)
            history.take(answer(u"nats agent.ui(off)"_s, i * 15s)); // switched off is not gone
        QCOMPARE(told(history), QString());
    }

    void anotherVersionMayReportOtherThings()
    {
        SectionHistory history;
        history.take(answer(u"kv queues:"_s, 0s));
        history.forget();
        for (int i = 1; i <= 5; ++i)
            history.take(answer(u"controller.kv"_s, i * 15s));
        QCOMPARE(told(history), QString());
    }

    void itRemembersNoMoreThanItMust()
    {
        SectionHistory history;
        for (int i = 0; i < 5'000; ++i) {
            const QString names = u"a%1 b%1 c%1"_s.arg(i);
            history.take(answer(names, i * 15s, u"request %1"_s.arg(i % 40)));
        }
        QVERIFY(history.vanished().size() <= 16 * 2'000);
        SectionHistory one;
        for (int i = 0; i < 3'000; ++i)
            one.take(answer(u"a%1"_s.arg(i), i * 15s));
        QVERIFY(one.vanished().size() <= 2'000);
    }

    void aFailedComponentExplainsItOnItsEndpoints()
    {
        QList<Reason> reasons{reason(ReasonCode::ComponentFailed, {u"a"_s}), reason(ReasonCode::SectionVanished, {u"a"_s}),
            reason(ReasonCode::ComponentVanished, {u"a"_s, u"b"_s}), reason(ReasonCode::QueueStuck, {u"a"_s})};
        foldVanished(reasons);
        QCOMPARE(reasons.at(0).foldedUnder, std::nullopt);
        QCOMPARE(reasons.at(1).foldedUnder, ReasonCode::ComponentFailed);
        QCOMPARE(reasons.at(2).foldedUnder, std::nullopt); // b has no failed component
        QCOMPARE(reasons.at(3).foldedUnder, std::nullopt);
    }
};

QTEST_APPLESS_MAIN(TestSectionHistory)
#include "tst_section_history.moc"
