// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/judge/over_time/watch.h"

#include <QTest>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Verdicts over time, told (JUDGE section 2). The interval is 10 s, so that pending lasts 30 s at most.
class TestOverTimeStories : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void stories_data()
    {
        QTest::addColumn<QString>("story");
        const auto story = [](const char *name, const QString &text) { QTest::newRow(name) << text; };
        story("a first good sample is ok at once", u"t=0 a:ok => t=0 ok"_s);
        story("before the first there is nothing to say", u"t=5 a:ok => t=0 unknown because not-polled(a); t=5 ok"_s);
        story("a single bad sample is checked", u"t=0 a:ok b:ok | t=10 a:refused b:ok => t=10 ok, checking warning 1/2"_s);
        story("bad for two samples and ten seconds",
            u"t=0 a:ok b:ok | t=10 a:refused b:ok | t=15 a:refused | t=20 a:refused b:ok"
            " => t=15 ok, checking warning 2/2; t=19 ok, checking warning 2/2; t=20 warning because endpoint-down(a)"_s);
        story("a blip is nothing",
            u"t=0 a:ok b:ok | t=10 a:refused b:ok | t=15 a:ok | t=20 a:ok"
            " => t=15 ok, checking warning 1/2; t=20 ok; t=39 ok"_s);
        story("a blip of two samples is nothing either",
            u"t=0 a:ok b:ok | t=10 a:refused b:ok | t=14 a:refused b:ok | t=19 a:ok b:ok | t=24 a:ok b:ok => t=24 ok"_s);
        story("by its second sample, not by a tick",
            u"t=0 a:ok | t=10 a:refused | t=15 a:refused => t=39 ok, checking critical 2/2; t=41 critical because endpoint-down(a)"_s);
        story("two of the last three",
            u"t=0 a:ok | t=10 a:failed(s3) | t=15 a:ok | t=20 a:failed(s3) => t=20 critical because component-failed(s3)"_s);
        story("good after two in a row and five seconds",
            u"t=0 a:malformed | t=5 a:malformed | t=6 a:ok | t=8 a:ok | t=10 a:ok"
            " => t=5 unknown because endpoint-not-understood(a); t=6 unknown because endpoint-not-understood(a), checking ok 1/2;"
            " t=8 unknown because endpoint-not-understood(a), checking ok 2/2; t=10 ok"_s);
        story("the first sample of all is bad",
            u"t=0 a:refused | t=5 a:refused | t=10 a:refused"
            " => t=0 unknown because endpoint-down(a), checking critical 1/2; t=10 critical because endpoint-down(a)"_s);
        story("the first answer of all says that it is bad",
            u"t=0 a:failed(s3) | t=5 a:failed(s3)"
            " => t=0 unknown because component-failed(s3), checking critical 1/2; t=5 critical because component-failed(s3)"_s);
        story("one of three, the first time",
            u"t=0 a:refused b:ok c:ok | t=5 a:refused | t=10 a:refused b:ok c:ok"
            " => t=0 ok, checking warning 1/2; t=10 warning because endpoint-down(a)"_s);
        story("it fails in two ways: down keeps its place until the other is decided",
            u"t=0 a:refused | t=5 a:refused | t=10 a:refused | t=15 a:malformed | t=20 a:malformed | t=25 a:malformed"
            " => t=15 critical because endpoint-down(a); t=25 unknown because endpoint-not-understood(a)"_s);
        story("it fails in another way each time: never green for long",
            u"t=0 a:ok | t=10 a:refused | t=15 a:malformed | t=20 a:rejected | t=25 a:refused | t=30 a:malformed | t=35 a:rejected"
            " | t=40 a:refused => t=41 critical because endpoint-down(a)"_s);
        story("a failed part does not heal because its server died",
            u"t=0 a:ok | t=10 a:failed(s3) | t=15 a:failed(s3) | t=25 a:rejected | t=30 a:rejected | t=40 a:rejected | t=60 a:rejected"
            " => t=16 critical because component-failed(s3); t=30 critical because component-failed(s3), endpoint-unauthorised(a);"
            " t=80 critical because component-failed(s3), endpoint-unauthorised(a)"_s);
        story("failed once, and then it tells no more",
            u"t=0 a:ok | t=10 a:failed(s3) | t=15 a:rejected | t=20 a:rejected | t=30 a:rejected | t=40 a:rejected | t=50 a:rejected"
            " => t=15 ok, checking critical 1/2; t=41 unknown because endpoint-unauthorised(a); t=60 unknown because endpoint-unauthorised(a)"_s);
        story("what counts for less is shown under what hides it",
            u"t=0 a:ok | t=10 a:degraded(s3) | t=15 a:degraded(s3) | t=25 a:refused | t=30 a:refused | t=40 a:refused | t=60 a:refused"
            " => t=16 warning because component-degraded(s3); t=40 critical because component-degraded(s3), endpoint-down(a);"
            " t=60 critical because endpoint-down(a)"_s);
        story("it comes back with what it was silent about",
            u"t=0 a:ok | t=10 a:degraded(s3) | t=15 a:degraded(s3) | t=25 a:refused | t=30 a:refused | t=40 a:refused | t=60 a:refused"
            " | t=70 a:degraded(s3) | t=75 a:degraded(s3) => t=75 warning because component-degraded(s3)"_s);
        story("nobody looked: bad is no more than not known",
            u"t=0 a:ok | t=10 a:failed(s3) | t=15 a:failed(s3) => t=15 critical because component-failed(s3); t=46 unknown because stale(a)"_s);
        story("nobody looked, then the first sample is bad",
            u"t=0 a:ok | t=60 a:refused => t=59 unknown because stale(a); t=60 unknown because endpoint-down(a), checking critical 1/2"_s);
        story("nobody looked, then the first sample is good", u"t=0 a:ok | t=60 a:ok => t=59 unknown because stale(a); t=60 ok"_s);
        story("slow every second time is not slow",
            u"t=0 a:ok | t=10 a:slow | t=20 a:ok | t=30 a:slow | t=40 a:ok | t=50 a:slow | t=60 a:ok | t=70 a:ok => t=40 ok; t=70 ok"_s);
        story("without a secret it is so at once", u"t=0 a:ok | t=10 a:no-secret => t=10 unknown because secret-unavailable(a)"_s);
        story("dead letters by refreshes, not by polls",
            u"t=0 a:ok | t=10 a:dead(3) | t=11 a:dead(3) | t=20 a:dead(3) | t=26 a:dead(3)"
            " => t=20 ok, checking warning 2/2; t=26 warning because queue-dead-letters(jobs)"_s);
        story("of two that tell the same queue both are asked",
            u"t=0 a:ok b:ok | t=10 a:backlog(200) b:backlog(200) | t=15 a:backlog(200) b:backlog(200)"
            " => t=15 ok, checking warning 2/3"_s);
    }

    void stories()
    {
        QFETCH(QString, story);
        QCOMPARE(otherwise(story), QString());
    }
};

QTEST_APPLESS_MAIN(TestOverTimeStories)
#include "tst_stories.moc"
