// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/share.h"
#include "tests/unit/judge/scene.h"

#include <QTest>

#include <random>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;

namespace {
/// `bad` of 40 brokers do `what`, the others are healthy.
template <class What>
ClusterStatus fortyBrokers(int bad, double share, const What &what)
{
    Scene scene(40, JudgeMode::OneShot, [&](ClusterSpec &spec) { spec.criticalShare = share; });
    for (int i = 1; i <= 40; ++i) {
        if (i <= bad)
            what(scene, i);
        else
            scene.answer(i, healthy());
    }
    return scene.status();
}
void refuses(Scene &scene, int i) { scene.fail(i, Reach::Refused); }
void rejects(Scene &scene, int i) { scene.fail(i, Reach::Unauthorised); }
void sendsHtml(Scene &scene, int i) { scene.fail(i, Reach::Malformed); }
void hasBadStore(Scene &scene, int i) { scene.answer(i, with(component(u"object_storage"_s, ComponentState::Failed))); }
void hasOddStore(Scene &scene, int i) { scene.answer(i, with(component(u"object_storage"_s, ComponentState::NotUnderstood))); }
void lostMajority(Scene &scene, int i)
{
    ComponentFact fact = component(u"etcd"_s, ComponentState::Healthy);
    fact.numbers.members = {1, 3};
    scene.answer(i, with(fact));
}
using What = void (*)(Scene &, int);
} // namespace
Q_DECLARE_METATYPE(What)

/// From endpoints to the cluster (JUDGE section 3).
class TestShares : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void byShare_data()
    {
        QTest::addColumn<What>("what");
        QTest::addColumn<ReasonCode>("code");
        QTest::addColumn<QString>("manySubject");
        QTest::addColumn<Severity>("over");
        QTest::newRow("down") << What(refuses) << ReasonCode::EndpointDown << QString() << Severity::Critical;
        QTest::newRow("component failed") << What(hasBadStore) << ReasonCode::ComponentFailed << u"object_storage"_s << Severity::Critical;
        QTest::newRow("no majority") << What(lostMajority) << ReasonCode::MembersNoMajority << u"etcd"_s << Severity::Critical;
        QTest::newRow("unauthorised") << What(rejects) << ReasonCode::EndpointUnauthorised << QString() << Severity::Unknown;
        QTest::newRow("not understood") << What(sendsHtml) << ReasonCode::EndpointNotUnderstood << QString() << Severity::Unknown;
    }

    void byShare()
    {
        QFETCH(What, what);
        QFETCH(ReasonCode, code);
        QFETCH(QString, manySubject);
        QFETCH(Severity, over);
        const auto check = [&](int bad, double share, Severity expected) {
            const ClusterStatus status = fortyBrokers(bad, share, what);
            const Reason *reason = find(status, code);
            QVERIFY(reason);
            QCOMPARE(reason->clusterSeverity, expected);
            QCOMPARE(status.severity, expected);
            QCOMPARE(reason->count, bad);
            QCOMPARE(reason->of, 40);
            QCOMPARE(reason->endpoints.size(), bad);
            QCOMPARE(reason->subject, bad == 1 && manySubject.isEmpty() ? u"http://node-1:80"_s : manySubject);
            QCOMPARE(status.reasons.size(), 1);
        };
        check(1, 0.5, Severity::Warning);
        check(20, 0.5, Severity::Warning);
        check(21, 0.5, over);
        check(40, 0.5, over);
        check(10, 0.25, Severity::Warning);
        check(11, 0.25, over);
        check(40, 1.0, Severity::Warning);
    }

    void whatIsReportedIsSharedOverThoseThatAnswer()
    {
        // 3 of the 5 brokers that answer have a bad store; 5 more are down.
        Scene scene(10);
        for (int i = 1; i <= 5; ++i)
            scene.fail(i, Reach::Refused);
        for (int i = 6; i <= 10; ++i)
            i <= 8 ? hasBadStore(scene, i) : scene.answer(i, healthy());
        const ClusterStatus status = scene.status();
        QCOMPARE(find(status, ReasonCode::ComponentFailed)->of, 5);
        QCOMPARE(find(status, ReasonCode::ComponentFailed)->clusterSeverity, Severity::Critical);
        QCOMPARE(find(status, ReasonCode::EndpointDown)->clusterSeverity, Severity::Warning);
    }

    void waysOfTellingNothingAddUp()
    {
        // 2 of 5 unauthorised, 1 not understood: each alone is less than half, together nothing is known of most.
        Scene scene(5);
        scene.fail(1, Reach::Unauthorised);
        scene.fail(2, Reach::Unauthorised);
        scene.fail(3, Reach::Malformed);
        scene.answer(4, healthy());
        scene.answer(5, healthy());
        QCOMPARE(scene.status().severity, Severity::Unknown);
    }

    void anUnknownWordIsUnknownWhenAllSaySo()
    {
        QCOMPARE(fortyBrokers(39, 0.5, hasOddStore).severity, Severity::Warning);
        QCOMPARE(fortyBrokers(40, 0.5, hasOddStore).severity, Severity::Unknown);
    }

    void notYetPolledIsANoteWhileMostAnswer()
    {
        Scene scene(4, JudgeMode::OverTime);
        QCOMPARE(scene.status().severity, Severity::Unknown);
        scene.answer(1, healthy());
        QCOMPARE(scene.status().severity, Severity::Unknown);
        scene.answer(2, healthy());
        QCOMPARE(scene.reasons(), QStringList{u"not-polled  unknown/ok"_s});
        QCOMPARE(scene.status().severity, Severity::Ok);
        // After its only round a command waits for nothing.
        Scene once(4, JudgeMode::OneShot);
        for (int i = 1; i <= 3; ++i)
            once.answer(i, healthy());
        QCOMPARE(once.status().severity, Severity::Warning);
    }

    void oneRowNamesTheWorstNumberAndWordsThatStay()
    {
        Scene scene(3);
        const auto members = [](qint64 up, const QString &message) {
            ComponentFact fact = component(u"etcd"_s, ComponentState::Healthy, message);
            fact.numbers.members = {up, 5};
            return with(fact);
        };
        scene.answer(1, members(4, u"first"_s));
        scene.answer(2, members(3, u"second"_s));
        scene.answer(3, members(4, u"third"_s));
        QCOMPARE(scene.status().reasons.size(), 1);
        QCOMPARE(scene.status().reasons.first().value, 3.0);
        QCOMPARE(scene.status().reasons.first().detail, u"first"_s);
        QCOMPARE(scene.status().reasons.first().count, 3);
        scene.jump(Milliseconds(10));
        scene.answer(2, members(3, u"second"_s)); // a newer reply of another endpoint changes no word
        QCOMPARE(scene.status().reasons.first().detail, u"first"_s);
    }

    void theOrderOfArrivalDoesNotMatter()
    {
        const auto tellAll = [](Scene &scene, const QList<int> &order) {
            for (const int i : order) {
                switch (i % 5) {
                case 0:
                    scene.fail(i, Reach::Refused, u"refused %1"_s.arg(i));
                    break;
                case 1:
                    hasBadStore(scene, i);
                    break;
                case 2:
                    scene.fail(i, Reach::Malformed, u"HTML %1"_s.arg(i));
                    break;
                default:
                    scene.answer(i, healthy());
                }
            }
        };
        QList<int> order;
        for (int i = 1; i <= 40; ++i)
            order.append(i);
        Scene straight(40);
        tellAll(straight, order);
        std::mt19937 random(7);
        for (int round = 0; round < 20; ++round) {
            std::shuffle(order.begin(), order.end(), random);
            Scene shuffled(40);
            tellAll(shuffled, order);
            QCOMPARE(shuffled.status(), straight.status());
        }
    }

    void aDuplicateComponentCountsOnce()
    {
        Scene scene(2);
        Facts facts = with(component(u"store"_s, ComponentState::Failed));
        facts.components->append(component(u"store"_s, ComponentState::Failed));
        scene.answer(1, facts);
        scene.answer(2, healthy());
        QCOMPARE(scene.status().reasons.first().count, 1);
        QCOMPARE(scene.status().severity, Severity::Warning);
    }

    void limits()
    {
        QVERIFY(!isOverShare(1, 2, 0.5));
        QVERIFY(isOverShare(1, 1, 0.5));
        QVERIFY(!isOverShare(0, 0, 0.5));
        QVERIFY(!isOverShare(3, 10, 0.3)); // 0.3 × 10 is not quite 3 in binary
        QVERIFY(isOverShare(1, 40, 0));
    }
};

QTEST_APPLESS_MAIN(TestShares)
#include "tst_shares.moc"
