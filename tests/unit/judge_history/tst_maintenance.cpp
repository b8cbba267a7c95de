// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/maintenance.h"
#include "tests/unit/judge/scene.h"

#include <QRegularExpression>
#include <QTest>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
const QString a = u"http://node-1:80"_s;

Intent muted(const Scene &scene, Milliseconds time, const QString &endpoint = {}, const QString &note = {})
{
    return {Intent::Kind::Mute, scene.spec().name, endpoint, scene.now.wall + time, note};
}
Intent unmuted(const Scene &scene, const QString &endpoint = {}) { return {Intent::Kind::Unmute, scene.spec().name, endpoint}; }

/// Every `every` for `duration`: these fail, the others answer.
void repeat(Scene &scene, const QList<int> &failing, Milliseconds duration, Milliseconds every = 5s)
{
    for (Milliseconds passed{}; passed < duration; passed += every) {
        for (int i = 1; i <= scene.spec().endpoints.size(); ++i) {
            if (failing.contains(i))
                scene.fail(i, Reach::Refused);
            else
                scene.answer(i, healthy());
        }
        scene.pass(every);
    }
}

/// "critical", or "(critical)" when nobody is told.
QStringList told(const Scene &scene)
{
    QStringList words;
    for (const Event &event : scene.eventsOf(EventKind::VerdictChanged))
        words.append(event.muted ? u'(' + name(event.after) + u')' : QString(name(event.after)));
    return words;
}

/// Three endpoints that have been fine for a while.
Scene calm(int size = 3)
{
    Scene scene(size, JudgeMode::OverTime);
    repeat(scene, {}, 60s);
    scene.events.clear();
    return scene;
}

QString addressOf(int number) { return u"10.0.0.%1:8300"_s.arg(number); }

/// What server `number` of three tells while `leader` leads.
Facts led(int leader, int number, quint64 term)
{
    Facts facts = healthy();
    RaftView &view = facts.raft.emplace();
    view.server = true;
    view.id = u"id-%1"_s.arg(number);
    view.name = u"server-%1"_s.arg(number);
    view.address = addressOf(number);
    view.leader = addressOf(leader);
    view.saysLeader = number == leader;
    view.state = number == leader ? u"Leader"_s : u"Follower"_s;
    view.term = term;
    view.commit = 1000;
    view.lastContactSeconds = number == leader ? 0 : 0.03;
    view.membership.emplace();
    view.peers.emplace();
    for (int i = 1; i <= 3; ++i) {
        RaftMember member;
        member.id = u"id-%1"_s.arg(i);
        member.name = u"server-%1"_s.arg(i);
        member.address = addressOf(i);
        member.leader = i == leader;
        view.membership->append(member);
        view.peers->append(member.address);
    }
    return facts;
}
} // namespace

/// Maintenance: judged and recorded, told to nobody, over at its time.
class TestMaintenance final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void aClusterInMaintenanceIsJudgedAndNotTold()
    {
        Scene scene = calm();
        scene.tell(muted(scene, 2h, {}, u"upgrade"_s));
        QCOMPARE(scene.status().maintenanceUntil, std::optional(scene.now.wall + 2h));
        QCOMPARE(scene.status().maintenanceNote, u"upgrade"_s);
        QCOMPARE(scene.status().endpoints.at(1).maintenanceUntil, std::optional(scene.now.wall + 2h));
        repeat(scene, {1, 2, 3}, 60s);
        QCOMPARE(scene.status().severity, Severity::Critical); // not altered
        QCOMPARE(scene.codes(), QStringList{u"endpoint-down"_s});
        repeat(scene, {}, 60s);
        QCOMPARE(scene.status().severity, Severity::Ok);
        scene.tell(Intent{Intent::Kind::Pause, scene.spec().name, {}});
        scene.tell(Intent{Intent::Kind::Resume, scene.spec().name, {}});
        QVERIFY(!scene.events.isEmpty());
        for (const Event &event : std::as_const(scene.events))
            QVERIFY(event.muted);
    }

    void withoutMaintenanceEverythingIsTold()
    {
        Scene scene = calm();
        repeat(scene, {1, 2, 3}, 60s);
        QVERIFY(!told(scene).isEmpty());
        for (const Event &event : std::as_const(scene.events))
            QVERIFY(!event.muted);
        QVERIFY(!scene.status().maintenanceUntil && !scene.status().endpoints.first().maintenanceUntil);
    }

    void anEndpointInMaintenanceIsItsOwnAffair()
    {
        Scene scene = calm();
        scene.tell(muted(scene, 2h, a));
        QVERIFY(!scene.status().maintenanceUntil);
        QVERIFY(scene.status().endpoints.first().maintenanceUntil && !scene.status().endpoints.at(1).maintenanceUntil);
        repeat(scene, {1}, 60s);
        QCOMPARE(told(scene), QStringList{u"(warning)"_s});
        repeat(scene, {1, 2}, 60s); // the other one is told, although both stand in one row by now
        QCOMPARE(told(scene), (QStringList{u"(warning)"_s, u"critical"_s}));
        repeat(scene, {1}, 60s); // and that it is back
        QCOMPARE(told(scene), (QStringList{u"(warning)"_s, u"critical"_s, u"warning"_s}));
        repeat(scene, {}, 60s);
        QCOMPARE(told(scene), (QStringList{u"(warning)"_s, u"critical"_s, u"warning"_s, u"(ok)"_s}));
    }

    void whatJoinsARowThatWasToldIsNotTold()
    {
        Scene scene = calm(5);
        scene.tell(muted(scene, 2h, a));
        repeat(scene, {2}, 60s);
        repeat(scene, {1, 2}, 60s);
        QCOMPARE(told(scene), (QStringList{u"warning"_s, u"(warning)"_s}));
    }

    void restartsOfIt()
    {
        Scene scene(2, JudgeMode::OverTime);
        scene.tell(muted(scene, 2h, a));
        Facts facts = healthy();
        for (const double uptime : {500.0, 3.0}) {
            facts.uptimeSeconds = uptime;
            scene.answer(1, facts);
            scene.answer(2, facts);
            scene.pass(5s);
        }
        const QList<Event> restarts = scene.eventsOf(EventKind::Restarted);
        QCOMPARE(restarts.size(), 2);
        QVERIFY(restarts.first().muted && !restarts.last().muted);
    }

    /// Its end is noticed by the tick, and what is bad then has been told to nobody so far.
    void whatIsStillBadAtItsEndIsTold()
    {
        Scene scene = calm(1);
        scene.tell(muted(scene, 90s));
        repeat(scene, {1}, 60s);
        QCOMPARE(told(scene), QStringList{u"(critical)"_s});
        repeat(scene, {1}, 25s);
        scene.pass(4s);
        QVERIFY(scene.status().maintenanceUntil);
        QCOMPARE(told(scene), QStringList{u"(critical)"_s});
        scene.pass(1s);
        QVERIFY(!scene.status().maintenanceUntil);
        QCOMPARE(told(scene), (QStringList{u"(critical)"_s, u"critical"_s}));
        const Event event = scene.events.last();
        QVERIFY(event.before == Severity::Critical && !event.reasons.isEmpty());
        scene.pass(10s);
        QCOMPARE(told(scene).size(), 2); // once
    }

    void whatIsFineAtItsEndIsNotMentioned()
    {
        Scene scene = calm();
        scene.tell(muted(scene, 30s));
        scene.tell(muted(scene, 30s, a));
        repeat(scene, {}, 60s);
        QVERIFY(scene.events.isEmpty());
        QVERIFY(!scene.status().maintenanceUntil);
    }

    void theRestOfAClusterIsNotToldAgain()
    {
        Scene scene = calm();
        repeat(scene, {2}, 60s);
        QCOMPARE(told(scene), QStringList{u"warning"_s});
        scene.tell(muted(scene, 20s, a));
        repeat(scene, {2}, 60s);
        QCOMPARE(told(scene), QStringList{u"warning"_s}); // the one that was muted is fine
    }

    void aPersonEndsIt()
    {
        Scene scene = calm();
        scene.tell(muted(scene, 2h));
        scene.tell(muted(scene, 2h, a));
        repeat(scene, {1}, 60s);
        scene.tell(unmuted(scene));
        QVERIFY(!scene.status().maintenanceUntil && scene.status().endpoints.first().maintenanceUntil);
        QCOMPARE(told(scene), QStringList{u"(warning)"_s});
        scene.tell(unmuted(scene, a));
        QVERIFY(!scene.status().endpoints.first().maintenanceUntil);
        QCOMPARE(told(scene), (QStringList{u"(warning)"_s, u"warning"_s}));
    }

    void theConfigurationsCount()
    {
        Scene scene = calm();
        ClusterSpec spec = scene.spec();
        spec.maintenance = {{scene.now.wall + 2h, {EndpointUrl(a)}, u"upgrade"_s}, {scene.now.wall - 2h, {}, u"over"_s}};
        scene.tell(FleetSpec{spec});
        QVERIFY(!scene.status().maintenanceUntil);
        QCOMPARE(scene.status().endpoints.first().maintenanceUntil, std::optional(scene.now.wall + 2h));
        QCOMPARE(scene.status().endpoints.first().maintenanceNote, u"upgrade"_s);
        repeat(scene, {1}, 60s);
        QCOMPARE(told(scene), QStringList{u"(warning)"_s});
        // The later end counts: its own or its cluster's.
        scene.tell(muted(scene, 5h));
        QCOMPARE(scene.status().endpoints.first().maintenanceUntil, std::optional(scene.now.wall + 5h));
        scene.tell(unmuted(scene, a)); // a person does not end what is configured
        QVERIFY(scene.status().endpoints.first().maintenanceUntil);
    }

    /// Who is told changes, nothing else: what is held bad by evidence is not cleared by a mute.
    void nothingHealsByIt()
    {
        Scene scene = calm(2);
        Facts sick = healthy();
        sick.components->first().state = ComponentState::Failed;
        for (int i = 0; i < 6; ++i) {
            scene.answer(1, sick);
            scene.answer(2, healthy());
            scene.pass(5s);
        }
        QCOMPARE(scene.codes(), QStringList{u"component-failed"_s});
        for (int i = 0; i < 4; ++i) {
            scene.fail(1, Reach::Unauthorised);
            scene.answer(2, healthy());
            scene.pass(5s);
        }
        const QStringList before = scene.codes();
        QVERIFY(before.contains(u"component-failed"_s));
        scene.tell(muted(scene, 1h));
        QCOMPARE(scene.codes(), before);
        ClusterSpec spec = scene.spec();
        spec.maintenance = {{scene.now.wall + 2h, {}, {}}};
        scene.tell(FleetSpec{spec});
        scene.tell(memoryOf(scene.fleet));
        QCOMPARE(scene.codes(), before);
    }

    void leadersThatChangeInItAreNoChurn_data()
    {
        QTest::addColumn<bool>("planned");
        QTest::newRow("planned") << true;
        QTest::newRow("not planned") << false;
    }
    void leadersThatChangeInItAreNoChurn()
    {
        QFETCH(bool, planned);
        Scene scene(3, JudgeMode::OverTime, [](ClusterSpec &spec) { spec.system = u"consul"_s; });
        if (planned)
            scene.tell(muted(scene, 3min, a));
        quint64 term = 7;
        const auto lead = [&](int leader) {
            for (int second = 0; second < 50; second += 5) {
                for (int i = 1; i <= 3; ++i)
                    scene.answer(i, led(leader, i, term));
                scene.pass(5s);
            }
            term += 3;
        };
        for (const int leader : {1, 2, 3})
            lead(leader);
        QCOMPARE(scene.codes().contains(u"raft-leader-churn"_s), !planned);
        QCOMPARE(scene.codes().contains(u"raft-term-churn"_s), !planned);
        const QList<Event> changes = scene.eventsOf(EventKind::LeaderChanged);
        QCOMPARE(changes.size(), 2); // recorded; the first one because of the server in maintenance
        QCOMPARE(changes.first().muted, planned);
        QVERIFY(!changes.last().muted);
        if (!planned)
            return;
        scene.pass(1min); // over: what happened in it still does not count, what happens now does
        for (const int leader : {3, 1, 2})
            lead(leader);
        QVERIFY(scene.codes().contains(u"raft-leader-churn"_s) && scene.codes().contains(u"raft-term-churn"_s));
    }
};

QTEST_APPLESS_MAIN(TestMaintenance)
#include "tst_maintenance.moc"
