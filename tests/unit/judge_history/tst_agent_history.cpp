// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/agent_history.h"

#include <QRegularExpression>
#include <QTest>

#include <random>

using namespace quorate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
Time at(Milliseconds since) { return Time{Instant(1'800'000'000s), 1h, 2h} + since; }

AgentsFact agents(const QString &names)
{
    AgentsFact fact;
    for (const QString &name : names.split(u' ', Qt::SkipEmptyParts)) {
        AgentFact agent;
        agent.name = name;
        fact.list.append(agent);
    }
    fact.total = fact.list.size();
    return fact;
}

AgentsFact number(qint64 total)
{
    AgentsFact fact;
    fact.total = total;
    return fact;
}

/// "t=0 a b c; t=10 a b": who was there, told again every 10 s until the next.
AgentHistory story(const QString &text, Milliseconds *end = nullptr)
{
    AgentHistory history;
    AgentsFact last;
    Milliseconds time{};
    for (const QString &part : text.split(u';')) {
        const QString trimmed = part.trimmed();
        const Milliseconds next = std::chrono::seconds(trimmed.section(u' ', 0, 0).mid(2).toInt());
        for (; time < next; time += 10s)
            history.take(last, at(time));
        const QString names = trimmed.section(u' ', 1);
        if (names == u"…"_s)
            history.take(last, at(time));
        else
            last = agents(names);
    }
    history.take(last, at(time));
    if (end)
        *end = time;
    return history;
}

/// "2 of 3: c", "none of 3", "all there".
QString told(const AgentHistory &history)
{
    if (const auto none = history.none())
        return u"none of %1"_s.arg(none->before);
    const auto gone = history.missing();
    return gone ? u"%1 of %2: %3"_s.arg(gone->now).arg(gone->before).arg(gone->names.join(u' ')) : u"all there"_s;
}
} // namespace

/// Agents that leave.
class TestAgentHistory final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void stories_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("said");
        QTest::newRow("nothing happens") << u"t=0 a b c; t=600 a b c"_s << u"all there"_s;
        QTest::newRow("one has just left") << u"t=0 a b c; t=100 a b; t=110 …"_s << u"2 of 3: c"_s;
        QTest::newRow("one left") << u"t=0 a b c; t=100 a b; t=160 …"_s << u"2 of 3: c"_s;
        QTest::newRow("a slip of one poll") << u"t=0 a b c; t=100 a b; t=110 a b c; t=300 …"_s << u"all there"_s;
        QTest::newRow("two left, one came back") << u"t=0 a b c; t=100 a; t=300 a c; t=400 …"_s << u"2 of 3: b"_s;
        QTest::newRow("for an hour") << u"t=0 a b c; t=100 a b; t=3690 …"_s << u"2 of 3: c"_s;
        QTest::newRow("not for longer") << u"t=0 a b c; t=100 a b; t=3720 …"_s << u"all there"_s;
        QTest::newRow("replaced by another") << u"t=0 a b c; t=100 a b d; t=300 …"_s << u"all there"_s;
        QTest::newRow("the new one started first") << u"t=0 a b c; t=100 a b c d; t=200 a b d; t=400 …"_s << u"all there"_s;
        QTest::newRow("replaced later") << u"t=0 a b c; t=100 a b; t=500 a b d; t=600 …"_s << u"all there"_s;
        QTest::newRow("one more for long, then one less") << u"t=0 a b c; t=100 a b c d; t=1000 a b d; t=1100 …"_s << u"3 of 4: c"_s;
        QTest::newRow("none for a moment") << u"t=0 a b; t=100; t=110 a b; t=150 …"_s << u"all there"_s;
        QTest::newRow("none") << u"t=0 a b; t=100; t=160 …"_s << u"none of 2"_s;
        QTest::newRow("none for hours") << u"t=0 a b; t=100; t=20000 …"_s << u"none of 2"_s;
        QTest::newRow("none, then one") << u"t=0 a b; t=100; t=300 a; t=400 …"_s << u"1 of 2: b"_s;
        QTest::newRow("never any") << u"t=0; t=600 …"_s << u"all there"_s;
    }
    void stories()
    {
        QFETCH(QString, text);
        QFETCH(QString, said);
        QCOMPARE(told(story(text)), said);
    }

    void whatIsAcceptedIsNotMissed()
    {
        AgentHistory history = story(u"t=0 a b c; t=100 a; t=200 …"_s);
        QCOMPARE(told(history), u"1 of 3: b c"_s);
        history.accept(at(90s).wall); // of before they left
        QCOMPARE(told(history), u"1 of 3: b c"_s);
        history.accept(at(200s).wall);
        QCOMPARE(told(history), u"all there"_s);
        history.take(agents(u"a"_s), at(210s));
        QCOMPARE(told(history), u"all there"_s);
        for (const Milliseconds time : {220s, 240s, 260s, 290s})
            history.take(agents({}), at(time));
        QCOMPARE(told(history), u"none of 1"_s);
        history.accept(at(290s).wall);
        QCOMPARE(told(history), u"all there"_s);
    }

    void whereOnlyTheirNumberIsTold()
    {
        AgentHistory history;
        history.take(number(5), at(0s));
        for (int s = 10; s <= 100; s += 10)
            history.take(number(3), at(std::chrono::seconds(s)));
        QCOMPARE(told(history), u"3 of 5: "_s);
        history.take(number(5), at(110s));
        QCOMPARE(told(history), u"all there"_s);
    }

    void otherProcessesAreNoAgents()
    {
        AgentsFact registry = agents(u"a controller"_s);
        registry.list[0].kind = u"agent"_s;
        registry.list[1].kind = u"controller"_s;
        AgentHistory history;
        history.take(registry, at(0s));
        registry.list.removeLast();
        for (int s = 10; s <= 100; s += 10)
            history.take(registry, at(std::chrono::seconds(s)));
        QCOMPARE(told(history), u"all there"_s);
    }

    void nobodyLookedForADay()
    {
        AgentHistory history = story(u"t=0 a b c; t=100 …"_s);
        history.take(agents(u"a"_s), at(25h));
        history.take(agents(u"a"_s), at(25h + 2min));
        QCOMPARE(told(history), u"all there"_s);
    }

    /// Whoever comes and goes: those that are missed are not there, and one that is there for an hour like all others misses nobody.
    void anybodyAtAnyTime()
    {
        std::mt19937 random(4711);
        const auto below = [&](int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random); };
        for (int round = 0; round < 100; ++round) {
            AgentHistory history;
            Milliseconds time{};
            QStringList names;
            for (int i = 0; i < 200; ++i) {
                if (below(5) == 0) {
                    names.clear();
                    for (int agent = 0; agent < 6; ++agent) {
                        if (below(3) != 0)
                            names.append(QString(QChar(u'a' + agent)));
                    }
                }
                time += std::chrono::seconds(below(60));
                history.take(agents(names.join(u' ')), at(time));
                if (const auto gone = history.missing()) {
                    QCOMPARE(gone->now, names.size());
                    QVERIFY(gone->before > gone->now && !gone->names.isEmpty());
                    for (const QString &name : gone->names)
                        QVERIFY(!names.contains(name));
                }
                QVERIFY(!history.none() || names.isEmpty());
            }
            history.take(agents(u"a"_s), at(time + 20s));
            for (int minute = 1; minute <= 75; ++minute)
                history.take(agents(u"a"_s), at(time + 20s + std::chrono::minutes(minute)));
            QCOMPARE(told(history), u"all there"_s);
        }
    }
};

QTEST_APPLESS_MAIN(TestAgentHistory)
#include "tst_agent_history.moc"
