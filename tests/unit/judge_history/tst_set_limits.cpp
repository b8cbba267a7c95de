// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/status/hold_table.h"
#include "tests/unit/judge/scene.h"

#include <QRegularExpression>
#include <QTest>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
/// Healthy, then bad in this way.
struct Case {
    ReasonCode code;
    Facts good, bad;
    bool refused = false; ///< instead of `bad`
};

Facts work(std::optional<qint64> waiting, qint64 dead = 0, int agents = 2)
{
    Facts facts = healthy();
    if (waiting) {
        QueueFact queue;
        queue.name = u"jobs"_s;
        queue.unprocessed = waiting;
        queue.processing = queue.failed = 0;
        queue.dead = dead;
        queue.total = 100;
        facts.queues = QList<QueueFact>{queue};
    }
    facts.agents.emplace();
    for (int i = 1; i <= agents; ++i) {
        AgentFact agent;
        agent.name = u"host-%1"_s.arg(i);
        facts.agents->list.append(agent);
    }
    facts.agents->total = facts.agents->ready = agents;
    return facts;
}

QList<Case> cases()
{
    Facts failed = work(0), two = work(0);
    failed.components->first().state = ComponentState::Failed;
    two.components->append(component(u"cache"_s, ComponentState::Healthy));
    return {{ReasonCode::EndpointDown, work(0), {}, true}, {ReasonCode::ComponentFailed, work(0), failed, false},
        {ReasonCode::QueueDeadLetters, work(0), work(0, 5), false}, {ReasonCode::QueueStuck, work(0), work(5), false},
        {ReasonCode::SectionVanished, work(0), work(std::nullopt), false}, {ReasonCode::ComponentVanished, two, work(0), false},
        {ReasonCode::AgentsMissing, work(0), work(0, 0, 1), false}, {ReasonCode::AgentsNone, work(0), work(0, 0, 0), false}};
}

/// From the first bad answer until it counts, polled every 5 s.
Milliseconds raisedAfter(const Case &one, const Limits &limits)
{
    Scene scene(1, JudgeMode::OverTime, [&](ClusterSpec &spec) {
        spec.limits = limits;
        spec.interval = 5s;
    });
    for (int i = 0; i < 12; ++i) {
        scene.answer(1, one.good);
        scene.pass(5s);
    }
    Milliseconds passed{};
    for (; passed < 20min; passed += 5s) {
        if (one.refused)
            scene.fail(1, Reach::Refused);
        else
            scene.answer(1, one.bad);
        const ClusterStatus status = scene.status();
        const Reason *reason = nullptr;
        for (const Reason &found : status.reasons)
            reason = found.code == one.code ? &found : reason;
        if (reason && !reason->pending)
            break;
        scene.pass(5s);
    }
    return passed;
}
} // namespace

/// A hold that is set is kept, whoever looks back over it: shorter than in the table, and longer.
class TestSetLimits final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void holds_data()
    {
        QTest::addColumn<int>("index");
        const QList<Case> all = cases();
        for (int i = 0; i < all.size(); ++i)
            QTest::newRow(qPrintable(name(all.at(i).code))) << i;
    }
    void holds()
    {
        QFETCH(int, index);
        const Case one = cases().at(index);
        const auto after = [&](HoldLimit limit) {
            Limits limits;
            limits.holds.insert(one.code, limit);
            return raisedAfter(one, limits);
        };
        const Milliseconds usual = raisedAfter(one, {});
        const HoldLimit table = limitOf({}, one.code);
        QVERIFY2(usual >= table.least && usual <= table.least + 30s, qPrintable(QString::number(usual.count())));
        // Refreshes are 15 s apart, so that two of them take as long.
        const Milliseconds soon = after({2, 2, 0s});
        QVERIFY2(soon >= 5s && soon <= 20s, qPrintable(QString::number(soon.count())));
        const Milliseconds late = after({2, 2, 8min});
        QVERIFY2(late >= 8min && late <= 8min + 20s, qPrintable(QString::number(late.count())));
        const Milliseconds many = after({4, 4, 0s});
        QVERIFY2(many >= 15s && many <= 3 * 15s + 5s, qPrintable(QString::number(many.count())));
    }
};

QTEST_APPLESS_MAIN(TestSetLimits)
#include "tst_set_limits.moc"
