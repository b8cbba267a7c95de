// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/judge/over_time/drill.h"

#include <QTest>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(quorate::Milliseconds)

namespace {
void intervals()
{
    QTest::addColumn<Milliseconds>("interval");
    QTest::newRow("1 s") << Milliseconds(1s);
    QTest::newRow("10 s") << Milliseconds(10s);
    QTest::newRow("5 min") << Milliseconds(5min);
}

/// Forty names of one letter each.
QString forty()
{
    QString letters;
    for (char16_t letter = u'a'; letter <= u'z'; ++letter)
        letters.append(letter);
    for (char16_t letter = u'α'; letters.size() < 40; ++letter)
        letters.append(letter);
    return letters;
}

/// So many of the first have a bad part.
QString brokers(int bad)
{
    QStringList words;
    for (const QChar letter : forty())
        words.append(letter + (words.size() < bad ? u":failed(object_storage)"_s : u":well(object_storage)"_s));
    return words.join(u' ');
}
} // namespace

/// The stories of JUDGE section 8 about the other systems, told at each interval: the same is shown, up to the interval.
class TestStoriesOfSystems : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void balancerInFrontOfTheOnlyEndpoint_data() { intervals(); }
    void balancerInFrontOfTheOnlyEndpoint()
    {
        QFETCH(Milliseconds, interval);
        Drill drill(u"a"_s, interval, u"a:ok"_s);
        drill.settle(u"a:bad-gateway"_s);
        QCOMPARE(drill.watch.told(), u"critical because endpoint-down(a)"_s);
        QCOMPARE(drill.reason(ReasonCode::EndpointDown)->detail, u"bad-gateway"_s); // what came, in its own words
        QCOMPARE(drill.watch.changes().size(), 1);
        drill.settle(u"a:ok"_s);
        QCOMPARE(drill.watch.told(), u"ok"_s);
        QCOMPARE(drill.watch.changes().size(), 2);
    }

    void natsDown_data() { intervals(); }
    void natsDown()
    {
        QFETCH(Milliseconds, interval);
        Drill drill(u"a"_s, interval, u"a:dead(3)"_s);
        Intent accept;
        accept.kind = Intent::Kind::AcceptDeadLetters;
        drill.watch.tell(accept);
        drill.settle(u"a:dead(3)"_s);
        QCOMPARE(drill.watch.told(), u"ok"_s);
        drill.watch.events.clear();
        drill.counted.clear();

        drill.settle(u"a:nats-down"_s);
        QCOMPARE(drill.watch.told(), u"critical because component-failed(nats)"_s);
        drill.settle(u"a:nats-zero"_s);
        QCOMPARE(drill.watch.told(), u"critical because component-failed(nats)"_s);
        drill.settle(u"a:dead(3)"_s);
        QCOMPARE(drill.watch.told(), u"ok"_s); // known ones that return are not new
        QVERIFY(!drill.counted.contains(ReasonCode::QueueDeadLetters));
        QVERIFY(!drill.counted.contains(ReasonCode::SectionVanished)); // shown under the cause
        QCOMPARE(drill.watch.changes(), (QStringList{u"critical because component-failed(nats)"_s, u"ok"_s}));
        drill.settle(u"a:dead(4)"_s);
        QCOMPARE(drill.watch.told(), u"warning because queue-dead-letters(jobs)"_s);
    }

    void oneBrokerOfForty_data() { intervals(); }
    void oneBrokerOfForty()
    {
        QFETCH(Milliseconds, interval);
        Drill drill(forty(), interval, brokers(0));
        drill.settle(brokers(1));
        QCOMPARE(drill.worst, Severity::Warning);
        QCOMPARE(drill.codes(), u"component-failed"_s); // one row
        const Reason *failed = drill.reason(ReasonCode::ComponentFailed);
        QCOMPARE(failed->subject, u"object_storage"_s);
        QCOMPARE(failed->count, std::optional(1));
        QCOMPARE(failed->of, std::optional(40));
        QCOMPARE(failed->endpoints, QStringList{u"http://a:80"_s});
        drill.settle(brokers(20));
        QCOMPARE(drill.worst, Severity::Warning); // a half is not more than a half
        drill.settle(brokers(21));
        QCOMPARE(drill.watch.status().severity, Severity::Critical);
        QCOMPARE(drill.codes(), u"component-failed"_s);
        QCOMPARE(drill.reason(ReasonCode::ComponentFailed)->count, std::optional(21));
        drill.settle(brokers(0));
        QCOMPARE(drill.watch.told(), u"ok"_s);
        QCOMPARE(drill.watch.changes().size(), 3); // warning, critical, ok
    }

    void powerCut_data() { intervals(); }
    void powerCut()
    {
        QFETCH(Milliseconds, interval);
        Drill drill(u"abc"_s, interval, u"a:ok b:ok c:ok"_s);
        drill.settle(u"a:timeout b:timeout c:timeout"_s);
        QCOMPARE(drill.watch.told(), u"critical because endpoint-down(a,b,c)"_s);
        QCOMPARE(drill.watch.events.size(), 1);
        const Event &event = drill.watch.events.first();
        QVERIFY(event.notBefore && event.since - *event.notBefore <= interval + 1s);
        QVERIFY(event.since > *event.notBefore);
    }
};

QTEST_APPLESS_MAIN(TestStoriesOfSystems)
#include "tst_stories_of_systems.moc"
