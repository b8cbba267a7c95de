// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/endpoint_state.h"
#include "models/judge/folding.h"
#include "tests/unit/judge/scene.h"

#include <QElapsedTimer>
#include <QSet>
#include <QTest>

#include <random>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr Milliseconds evidence = 30s;

/// What the test itself knows of an endpoint: the last answer that was understood, and whether a whole poll has failed since.
struct Known {
    std::optional<Milliseconds> answered;
    bool failedSince = true;
    [[nodiscard]] bool mayBeOk(const Time &now) const { return answered && !failedSince && now.boot <= *answered + evidence; }
};

class Chance {
public:
    explicit Chance(unsigned seed)
        : m_engine(seed)
    {
    }
    int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(m_engine); }
    bool one(int in) { return below(in) == 0; }

private:
    std::mt19937 m_engine;
};

Facts anyFacts(Chance &chance)
{
    Facts facts;
    if (!chance.one(5)) {
        facts.components.emplace();
        for (int i = chance.below(4); i > 0; --i) {
            const bool calm = !chance.one(4);
            const auto state = calm ? ComponentState::Healthy : static_cast<ComponentState>(chance.below(5));
            ComponentFact fact = component(u"part-%1"_s.arg(chance.below(3)), state);
            if (chance.one(8))
                fact.numbers.members = {chance.below(4), chance.below(5)};
            facts.components->append(fact);
        }
    }
    if (chance.one(3)) {
        facts.reported = u"word"_s;
        facts.reportedState = static_cast<ComponentState>(chance.one(3) ? chance.below(5) : 0);
    }
    if (chance.one(6)) {
        QueueFact queue;
        queue.name = u"jobs"_s;
        queue.dead = chance.below(3);
        facts.queues = QList<QueueFact>{queue};
    }
    if (chance.one(6))
        facts.agents = AgentsFact{chance.below(4), chance.below(4), {}};
    if (chance.one(10))
        facts.version = QString::number(chance.below(3));
    if (chance.one(12))
        facts.narrowed = {u"permission"_s};
    return facts;
}

Observation anyObservation(const Scene &scene, int number, Chance &chance)
{
    const Reach reach = chance.one(2) ? Reach::Answered : static_cast<Reach>(chance.below(int(reachCount)));
    Observation observation = reach == Reach::Answered ? scene.reply(number, anyFacts(chance)) : scene.failure(number, reach);
    if (reach == Reach::TlsFailed && chance.one(2))
        observation.tls = TlsProblem::Expired;
    if (chance.one(10))
        observation.http = 503;
    if (chance.one(10))
        observation.latencySeconds = 9;
    return observation;
}

void learn(Known &known, const Observation &observation)
{
    if (observation.reach == Reach::Answered) {
        known.answered = observation.at.boot;
        known.failedSince = false;
    } else {
        known.failedSince = true;
    }
}

bool isOkAnywhere(const ClusterStatus &status, const QHash<QString, Known> &known, const Time &now, QString &where)
{
    for (const EndpointStatus &endpoint : status.endpoints) {
        if (endpoint.severity == Severity::Ok && !endpoint.pending && !known.value(endpoint.url.text()).mayBeOk(now))
            where = endpoint.url.text();
    }
    for (const ComponentStatus &component : status.components) {
        if (component.severity == Severity::Ok && !component.pending && !known.value(component.endpoint.text()).mayBeOk(now))
            where = component.endpoint.text() + u' ' + component.name;
    }
    return !where.isEmpty();
}

/// Nothing that the judge ever says may break these.
QString broken(const Scene &scene, const QHash<QString, Known> &known)
{
    const ClusterStatus status = scene.status();
    QString where;
    if (isOkAnywhere(status, known, scene.now, where))
        return u"green by mistake: "_s + where;
    if (status.severity == Severity::Ok && !status.pending) {
        bool any = false;
        for (const EndpointStatus &endpoint : status.endpoints) {
            const Known &each = *known.constFind(endpoint.url.text());
            any = any || each.mayBeOk(scene.now);
            if (endpoint.reach != Reach::NotPolled && !each.mayBeOk(scene.now))
                return u"the cluster is green without proof"_s;
        }
        if (!any)
            return u"the cluster is green with no answer at all"_s;
    }
    if (status.severity != worstOf(status.reasons))
        return u"severity is not the worst reason"_s;
    QSet<QString> rows;
    for (const Reason &reason : status.reasons) {
        const QString row = name(reason.code) + u'/' + reason.subject;
        if (rows.contains(row))
            return u"two rows: "_s + row;
        rows.insert(row);
        if (reason.code == ReasonCode::InternalError)
            return u"internal error: "_s + reason.detail;
        if (reason.count && (*reason.count < 1 || *reason.count > *reason.of) && reason.code != ReasonCode::VersionMixed)
            return u"%1 of %2 in %3"_s.arg(*reason.count).arg(*reason.of).arg(row);
    }
    ClusterState anew = scene.fleet.clusters.first();
    for (EndpointState &endpoint : anew.endpoints)
        endpoint.verdict.until = Milliseconds(-1);
    if (judged(anew, scene.fleet.mode, scene.now) != status)
        return u"kept findings differ from those made anew"_s;
    if (judged(anew, scene.fleet.mode, scene.now + evidence + 1ms).severity == Severity::Ok)
        return u"green outlives its evidence"_s;
    if (expired(status, scene.now + evidence + 1ms).severity == Severity::Ok)
        return u"green outlives the engine"_s;
    return {};
}
} // namespace

/// JUDGE section 1, over random histories. A failure prints its seed.
class TestInvariants : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void neverGreenByMistake_data()
    {
        QTest::addColumn<int>("endpoints");
        QTest::addColumn<JudgeMode>("mode");
        for (const int endpoints : {1, 2, 3, 7}) {
            QTest::addRow("%d, one shot", endpoints) << endpoints << JudgeMode::OneShot;
            QTest::addRow("%d, over time", endpoints) << endpoints << JudgeMode::OverTime;
        }
    }

    void neverGreenByMistake()
    {
        QFETCH(int, endpoints);
        QFETCH(JudgeMode, mode);
        int green = 0;
        for (unsigned seed = 1; seed <= 25; ++seed) {
            Chance chance(seed);
            Scene scene(endpoints, mode);
            QHash<QString, Known> known;
            for (int i = 1; i <= endpoints; ++i)
                known.insert(scene.url(i).text(), {});
            for (int i = 0; i < 80; ++i) {
                if (chance.one(4)) {
                    scene.jump(Milliseconds(chance.below(15'000)));
                    scene.tell(Tick{});
                } else {
                    const Observation observation = anyObservation(scene, 1 + chance.below(endpoints), chance);
                    learn(known[observation.endpoint.text()], observation);
                    scene.tell(observation);
                }
                const QString what = broken(scene, known);
                QVERIFY2(what.isEmpty(), qPrintable(u"seed %1, step %2: %3"_s.arg(seed).arg(i).arg(what)));
                green += scene.status().severity == Severity::Ok ? 1 : 0;
            }
        }
        QVERIFY(endpoints > 2 || green > 20); // the sequences do reach Ok
    }

    void neverGreenByMistakeInPollsOfManyRequests()
    {
        for (unsigned seed = 1; seed <= 100; ++seed) {
            Chance chance(seed);
            Scene scene(1, JudgeMode::OverTime);
            QHash<QString, Known> known;
            Known &node = known[scene.url(1).text()];
            for (int poll = 0; poll < 30; ++poll) {
                const int requests = 1 + chance.below(4);
                std::optional<Observation> lastPrimary;
                std::optional<Observation> lastFailure;
                for (int i = 0; i < requests; ++i) {
                    Observation observation = anyObservation(scene, 1, chance);
                    observation.request = u"key-%1"_s.arg(chance.below(4));
                    observation.primary = !chance.one(3);
                    observation.forwarded = !observation.primary && chance.one(3);
                    observation.endpointDone = i == requests - 1 && !chance.one(6);
                    if (observation.primary)
                        lastPrimary = observation;
                    else if (!observation.forwarded && observation.reach != Reach::Answered)
                        lastFailure = observation;
                    if (observation.primary && observation.reach == Reach::Answered)
                        learn(node, observation);
                    if (observation.endpointDone && (lastPrimary || lastFailure))
                        learn(node, lastPrimary ? *lastPrimary : *lastFailure);
                    scene.tell(observation);
                    const ClusterStatus status = scene.status();
                    QVERIFY2(status.severity != Severity::Ok || status.pending || node.mayBeOk(scene.now),
                        qPrintable(u"seed %1, poll %2, request %3"_s.arg(seed).arg(poll).arg(i)));
                    QVERIFY(!find(status, ReasonCode::InternalError));
                    scene.jump(Milliseconds(chance.below(3000)));
                }
                scene.jump(Milliseconds(chance.below(12'000)));
                scene.tell(Wake{}); // a poll that has not ended was cancelled
            }
        }
    }

    void memoryDoesNotGrow()
    {
        Scene scene(3, JudgeMode::OverTime);
        Chance chance(1);
        for (int i = 0; i < 100'000; ++i) {
            Observation observation = anyObservation(scene, 1 + i % 3, chance);
            // A careless system: another key for each poll.
            observation.request = i % 2 == 0 ? u"status"_s : u"status-%1"_s.arg(i);
            scene.now = scene.now + 1000ms;
            observation.at = scene.now;
            scene.fleet.mode = JudgeMode::OverTime;
            step(scene.fleet, observation, scene.now).clear();
        }
        for (const EndpointState &endpoint : scene.fleet.clusters.first().endpoints) {
            QVERIFY(endpoint.newest.size() <= 64);
            QVERIFY(endpoint.understood.size() <= 64);
            QVERIFY(endpoint.verdict.counted.size() <= 64);
        }
        QVERIFY(memoryOf(scene.fleet).size() == 1);
        QVERIFY(scene.fleet.clusters.first().memory.deadLettersKnown.isEmpty());
    }

    void anObservationCostsLittleAmongAThousandEndpoints()
    {
        Scene scene(1000, JudgeMode::OverTime);
        for (int i = 1; i <= 1000; ++i)
            scene.answer(i, healthy());
        QList<Observation> observations;
        for (int i = 1; i <= 1000; ++i)
            observations.append(scene.reply(i, healthy()));
        QElapsedTimer timer;
        timer.start();
        for (const Observation &observation : std::as_const(observations))
            scene.tell(observation);
        const double each = double(timer.nsecsElapsed()) / 1000.0 / 1000.0;
        qInfo("%.1f µs an observation", each);
        QVERIFY(each < 200); // ten times the target: an unoptimised build on a busy machine; judging all endpoints each time takes far more
    }
};

QTEST_APPLESS_MAIN(TestInvariants)
#include "tst_invariants.moc"
