// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/judge/scene.h"

#include <QTest>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;

using Story = std::function<void(Scene &)>;
Q_DECLARE_METATYPE(Story)

namespace {
// What happens to the only endpoint of a cluster.
Story reach(Reach reach)
{
    return [reach](Scene &scene) { scene.fail(1, reach, u"what came"_s); };
}
Story tls(TlsProblem problem)
{
    return [problem](Scene &scene) {
        Observation observation = scene.failure(1, Reach::TlsFailed, u"certificate"_s);
        observation.tls = problem;
        scene.tell(observation);
    };
}
Story says(const Facts &facts)
{
    return [facts](Scene &scene) { scene.answer(1, facts); };
}
Story reply(const Facts &facts, const std::function<void(Observation &)> &change)
{
    return [facts, change](Scene &scene) {
        Observation observation = scene.reply(1, facts);
        change(observation);
        scene.tell(observation);
    };
}
Facts numbers(const std::function<void(ComponentNumbers &)> &change)
{
    ComponentFact fact = component(u"etcd"_s, ComponentState::Healthy, u"as told"_s);
    change(fact.numbers);
    return with(fact);
}
Facts queue(std::optional<qint64> dead, qint64 unprocessed = 0)
{
    Facts facts = healthy();
    QueueFact fact;
    fact.name = u"jobs"_s;
    fact.dead = dead;
    fact.unprocessed = unprocessed;
    facts.queues = QList<QueueFact>{fact};
    return facts;
}
Facts agents(qint64 total, qint64 ready, const QList<AgentFact> &list = {})
{
    Facts facts = healthy();
    facts.agents = AgentsFact{total, ready, list};
    return facts;
}
AgentFact agent(const QString &name, const QString &word, const QStringList &conditions)
{
    AgentFact fact;
    fact.name = name;
    fact.kind = u"agent"_s;
    fact.reported = word;
    fact.conditions = conditions;
    return fact;
}
AgentFact process(const QString &name, const QString &word)
{
    AgentFact fact = agent(name, word, {});
    fact.kind = u"nats"_s;
    return fact;
}
Facts contradicting()
{
    Facts facts = test::says(u"ok"_s, ComponentState::Healthy);
    facts.components = QList<ComponentFact>{component(u"nats"_s, ComponentState::Failed)};
    return facts;
}
Facts narrowed()
{
    Facts facts = healthy();
    facts.narrowed = {u"operator:read"_s};
    return facts;
}
const QString node = u"http://node-1:80"_s;
} // namespace

/// One case for each reason that one round can show, on a cluster with one endpoint in one shot: its code, its subject, what it is for its
/// part and for the cluster, and what counts.
class TestReasons : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void oneRound_data()
    {
        QTest::addColumn<Story>("story");
        QTest::addColumn<ReasonCode>("code");
        QTest::addColumn<QString>("subject");
        QTest::addColumn<Severity>("part");
        QTest::addColumn<Severity>("cluster");
        QTest::addColumn<QStringList>("counted");

        const auto row
            = [](const char *title, const Story &story, ReasonCode code, const QString &subject, Severity part, Severity cluster) {
                  const QStringList counted = cluster == Severity::Ok ? QStringList() : QStringList{name(code)};
                  QTest::newRow(title) << story << code << subject << part << cluster << counted;
              };
        using enum Severity;
        using enum ReasonCode;
        row(
            "nothing asked", [](Scene &) {}, NotPolled, node, Unknown, Unknown);
        for (const Reach down :
            {Reach::Refused, Reach::TimedOut, Reach::DnsFailed, Reach::Unreachable, Reach::Closed, Reach::ServerError, Reach::ProxyFailed})
            row(name(down).data(), reach(down), EndpointDown, node, Critical, Critical);
        for (const Reach odd : {Reach::Malformed, Reach::TooLarge, Reach::NotFound, Reach::Redirected})
            row(name(odd).data(), reach(odd), EndpointNotUnderstood, node, Unknown, Unknown);
        row("unauthorised", reach(Reach::Unauthorised), EndpointUnauthorised, node, Unknown, Unknown);
        row("throttled", reach(Reach::Throttled), EndpointThrottled, node, Warning, Unknown);
        row("no secret", reach(Reach::NoSecret), SecretUnavailable, node, Unknown, Unknown);
        row("certificate self-signed", tls(TlsProblem::SelfSigned), EndpointTlsFailed, node, Unknown, Unknown);
        row("certificate of another host", tls(TlsProblem::WrongHost), EndpointTlsFailed, node, Unknown, Unknown);
        row("certificate expired", tls(TlsProblem::Expired), EndpointDown, node, Critical, Critical);
        row("answered, says nothing", says(Facts{}), EndpointNotUnderstood, node, Unknown, Unknown);
        row("answered, all disabled", says(with(component(u"a"_s, ComponentState::Disabled))), EndpointNotUnderstood, node, Unknown,
            Unknown);
        row("slow", reply(healthy(), [](Observation &o) { o.latencySeconds = 5.001; }), EndpointSlow, node, Warning, Warning);
        row("certificate ends in 30 days",
            reply(healthy(), [](Observation &o) { o.certificateExpires = o.at.wall + std::chrono::hours(24 * 30); }), CertificateExpires,
            node, Warning, Warning);
        row("clock differs", reply(healthy(), [](Observation &o) { o.serverDate = o.at.wall + std::chrono::minutes(6); }), ClockSkew, node,
            Warning, Ok);
        row("permission missing", says(narrowed()), FactsNarrowed, node, Ok, Ok);
        row("component failed", says(with(component(u"nats"_s, ComponentState::Failed))), ComponentFailed, u"nats"_s, Critical, Critical);
        row("component degraded", says(with(component(u"nats"_s, ComponentState::Degraded))), ComponentDegraded, u"nats"_s, Warning,
            Warning);
        row("component's word unknown", says(with(component(u"nats"_s, ComponentState::NotUnderstood))), ComponentUnknown, u"nats"_s,
            Unknown, Unknown);
        row("overall word bad", says(test::says(u"degraded"_s, ComponentState::Degraded)), SystemDegraded, {}, Critical, Critical);
        row("overall word unknown", says(test::says(u"fair"_s, ComponentState::NotUnderstood)), SystemDegraded, {}, Unknown, Unknown);
        row("overall word disabled", says(test::says(u"disabled"_s, ComponentState::Disabled)), SystemDegraded, {}, Unknown, Unknown);
        row("503 with healthy components", reply(healthy(), [](Observation &o) { o.http = 503; }), SystemDegraded, {}, Critical, Critical);
        row("404 with healthy components", reply(healthy(), [](Observation &o) { o.http = 404; }), SystemDegraded, {}, Critical, Critical);
        row("2 of 3 members", says(numbers([](auto &n) { n.members = {2, 3}; })), MembersDown, u"etcd"_s, Warning, Warning);
        row("1 of 3 members", says(numbers([](auto &n) { n.members = {1, 3}; })), MembersNoMajority, u"etcd"_s, Critical, Critical);
        row("2 of 4 members", says(numbers([](auto &n) { n.members = {2, 4}; })), MembersNoMajority, u"etcd"_s, Critical, Critical);
        row("0 of 0 members", says(numbers([](auto &n) { n.members = {0, 0}; })), MembersNoMajority, u"etcd"_s, Critical, Critical);
        row("migrations behind", says(numbers([](auto &n) { n.migrations = {1, 2}; })), MigrationsBehind, u"etcd"_s, Warning, Warning);
        row("90 of 100 connections", says(numbers([](auto &n) {
            n.connections = {90, 100};
        })),
            ConnectionsHigh, u"etcd"_s, Warning, Warning);
        row("dead letters", says(queue(1)), QueueDeadLetters, u"jobs"_s, Warning, Warning);
        row("agents not ready", says(agents(3, 2)), AgentsNotReady, u"agents"_s, Warning, Warning);
        row("agent says another word", says(agents(1, 1, {agent(u"web-1"_s, u"Draining"_s, {})})), AgentsNotReady, u"agents"_s, Warning,
            Warning);
        row("another process says another word",
            says(agents(1, 1, {agent(u"web-1"_s, u"Ready"_s, {}), process(u"web-2"_s, u"Draining"_s)})), AgentsNotReady, u"nats"_s, Warning,
            Warning);
        row("agent condition", says(agents(1, 1, {agent(u"web-1"_s, u"Ready"_s, {u"DiskPressure"_s})})), AgentCondition, u"web-1"_s,
            Warning, Warning);

        QTest::newRow("ok with a failed component") << says(contradicting()) << ReportContradicts << node << Warning << Warning
                                                    << QStringList{u"component-failed"_s, u"report-contradicts"_s};
        QTest::newRow("ok with 503") << reply(test::says(u"ok"_s, ComponentState::Healthy), [](Observation &o) { o.http = 503; })
                                     << ReportContradicts << node << Warning << Warning
                                     << QStringList{u"system-degraded"_s, u"report-contradicts"_s};
    }

    void oneRound()
    {
        QFETCH(Story, story);
        QFETCH(ReasonCode, code);
        QFETCH(QString, subject);
        QFETCH(Severity, part);
        QFETCH(Severity, cluster);
        QFETCH(QStringList, counted);
        Scene scene(1);
        story(scene);
        const ClusterStatus status = scene.status();
        const Reason *reason = find(status, code);
        QVERIFY2(reason, qPrintable(scene.reasons().join(u'\n')));
        QCOMPARE(reason->subject, subject);
        QCOMPARE(reason->severity, part);
        QCOMPARE(reason->clusterSeverity, cluster);
        QCOMPARE(scene.codes(), counted);
        Severity worstReason = Severity::Ok;
        for (const Reason &each : status.reasons)
            worstReason = worst(worstReason, each.clusterSeverity);
        QCOMPARE(status.severity, worstReason);
        // With nothing wrong the same endpoint is Ok and says nothing.
        scene.jump(Milliseconds(1000));
        scene.answer(1, healthy());
        QCOMPARE(scene.status().severity, Severity::Ok);
        QCOMPARE(scene.reasons(), QStringList());
    }

    void otherProcessesAreNoAgents()
    {
        Scene scene(1);
        scene.answer(1, agents(3, 3, {agent(u"web-1"_s, u"Ready"_s, {}), process(u"web-1"_s, u"Draining"_s)}));
        const ClusterStatus status = scene.status();
        QVERIFY(!find(status, ReasonCode::AgentsNotReady, u"agents"_s)); // all three of them are
        const Reason *nats = find(status, ReasonCode::AgentsNotReady, u"nats"_s);
        QVERIFY(nats);
        QCOMPARE(nats->value, 0.0);
        QCOMPARE(nats->limit, 1.0);
        QCOMPARE(nats->names, QStringList{u"web-1"_s});
    }

    void accessWithoutATokenIsNoRejectedToken()
    {
        for (const bool withToken : {true, false}) {
            Scene scene(1, JudgeMode::OneShot, [&](ClusterSpec &spec) { spec.withToken = withToken; });
            scene.fail(1, Reach::Unauthorised, u"Bearer token required"_s);
            const ClusterStatus status = scene.status();
            QCOMPARE(find(status, ReasonCode::EndpointUnauthorised, node)->names, withToken ? QStringList() : QStringList{u"no-token"_s});
        }
    }

    void withinLimitsNothingIsSaid_data()
    {
        QTest::addColumn<Story>("story");
        QTest::newRow("latency of half the timeout") << reply(healthy(), [](Observation &o) { o.latencySeconds = 5; });
        QTest::newRow("certificate of 31 days")
            << reply(healthy(), [](Observation &o) { o.certificateExpires = o.at.wall + std::chrono::hours(24 * 31); });
        QTest::newRow("clock 5 min off") << reply(healthy(), [](Observation &o) { o.serverDate = o.at.wall - std::chrono::minutes(5); });
        QTest::newRow("3 of 3 members") << says(numbers([](auto &n) { n.members = {3, 3}; }));
        QTest::newRow("migrations done") << says(numbers([](auto &n) { n.migrations = {2, 2}; }));
        QTest::newRow("89 of 100 connections") << says(numbers([](auto &n) { n.connections = {89, 100}; }));
        QTest::newRow("no limit of connections") << says(numbers([](auto &n) { n.connections = {0, 0}; }));
        QTest::newRow("no dead letters") << says(queue(0));
        QTest::newRow("dead letters not told") << says(queue(std::nullopt));
        QTest::newRow("backlog without a limit") << says(queue(0, 1'000'000));
        QTest::newRow("all agents ready") << says(agents(3, 3, {agent(u"web-1"_s, u"Ready"_s, {})}));
        QTest::newRow("agents without a word") << says(agents(1, 1, {agent(u"web-1"_s, {}, {})}));
        QTest::newRow("a disabled component beside a healthy one") << Story([](Scene &scene) {
            Facts facts = healthy();
            facts.components->append(component(u"tracing"_s, ComponentState::Disabled));
            scene.answer(1, facts);
        });
    }

    void withinLimitsNothingIsSaid()
    {
        QFETCH(Story, story);
        Scene scene(1);
        story(scene);
        QCOMPARE(scene.reasons(), QStringList());
        QCOMPARE(scene.status().severity, Severity::Ok);
    }
};

QTEST_APPLESS_MAIN(TestReasons)
#include "tst_reasons.moc"
