// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/maintenance.h"
#include "models/judge/memory.h"
#include "tests/unit/judge/scene.h"

#include <QRegularExpression>
#include <QTest>

#include <random>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
const QString a = u"http://node-1:80"_s, b = u"http://node-2:80"_s;

Intent muted(const Scene &scene, Milliseconds time, const QString &endpoint = {}, const QString &note = {})
{
    return {Intent::Kind::Mute, scene.spec().name, endpoint, scene.now.wall + time, note};
}

} // namespace

/// What a person asked for is remembered as long as it is needed, by several programs at once.
class TestMaintenanceMemory final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void whatIsOverIsForgotten()
    {
        Scene scene(3, JudgeMode::OverTime);
        scene.tell(muted(scene, 1min));
        QCOMPARE(memoryOf(scene.fleet).value(scene.spec().name).maintenance.size(), 1);
        scene.jump(2h);
        scene.tell(Tick{});
        QVERIFY(memoryOf(scene.fleet).value(scene.spec().name).maintenance.isEmpty());
        for (int i = 0; i < 100; ++i) // nor does it grow
            scene.tell(muted(scene, 1h, i % 2 == 0 ? a : QString()));
        scene.tell(muted(scene, 1h, u"http://nobody:80"_s));
        QCOMPARE(memoryOf(scene.fleet).value(scene.spec().name).maintenance.size(), 2);
        scene.tell(muted(scene, 24h * 365, a));
        QCOMPARE(scene.status().endpoints.first().maintenanceUntil, std::optional(scene.now.wall + longestMute));
    }

    /// Two programs with one state file: what a person did last counts, whoever writes last.
    void anUnmuteSurvivesTheOtherProgram()
    {
        const Instant now = Instant(Milliseconds(1'800'000'000'000));
        ClusterMemory window, command;
        mute(window, {}, now + 2h, u"upgrade"_s, now);
        mute(window, a, now + 2h, {}, now);
        command = window;
        unmute(command, {}, now + 1s);
        const ClusterName name(u"cluster"_s);
        for (const Memory &both : {merged({{name, window}}, {{name, command}}), merged({{name, command}}, {{name, window}})}) {
            QCOMPARE(both.value(name), command);
            ClusterState state;
            state.memory = both.value(name);
            QVERIFY(!clusterMaintenance(state, now + 2s));
            QVERIFY(endpointMaintenance(state, EndpointUrl(a), now + 2s) && !endpointMaintenance(state, EndpointUrl(b), now + 2s));
        }
        // Muted again, even by a clock that was set back.
        mute(command, {}, now + 3h, u"again"_s, now - 1h);
        const Memory both = merged({{name, command}}, {{name, window}});
        QCOMPARE(both.value(name).maintenance.first().until, now + 3h);
    }

    void mergingDoesNotDependOnTheOrder()
    {
        std::mt19937 random(20261120);
        const auto any = [&] {
            QList<Maintenance> list;
            for (const QString &endpoint : {QString(), a, b}) {
                if (random() % 3 == 0)
                    continue;
                const auto time = [&] { return Instant(std::chrono::seconds(1'800'000'000 + random() % 3)); };
                const QList<EndpointUrl> endpoints = endpoint.isEmpty() ? QList<EndpointUrl>() : QList{EndpointUrl(endpoint)};
                list.append({time(), endpoints, QString::number(random() % 2), time()});
            }
            return mergedMaintenance(list, {});
        };
        for (int round = 0; round < 2'000; ++round) {
            const QList<Maintenance> one = any(), two = any(), three = any();
            const QList<Maintenance> both = mergedMaintenance(one, two);
            QCOMPARE(mergedMaintenance(two, one), both);
            QCOMPARE(mergedMaintenance(both, one), both);
            QCOMPARE(mergedMaintenance(one, one), one);
            QCOMPARE(mergedMaintenance(both, three), mergedMaintenance(one, mergedMaintenance(two, three)));
        }
    }
};

QTEST_APPLESS_MAIN(TestMaintenanceMemory)
#include "tst_maintenance_memory.moc"
