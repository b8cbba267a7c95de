// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wording/over_time.h"

#include <QRegularExpression>
#include <QTest>

using namespace quorate;
using namespace Qt::StringLiterals;

/// When an event happened, in words: no closer than the looks at it.
class TestEventTimes final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void words_data()
    {
        QTest::addColumn<QString>("notBefore");
        QTest::addColumn<QString>("since");
        QTest::addColumn<QString>("words");
        QTest::newRow("nothing before is known") << QString() << u"2026-11-20T03:05:10Z"_s << u"at 03:05:10"_s;
        QTest::newRow("a second apart") << u"2026-11-20T03:05:09Z"_s << u"2026-11-20T03:05:10Z"_s << u"at 03:05:10"_s;
        QTest::newRow("30 s apart") << u"2026-11-20T03:04:40Z"_s << u"2026-11-20T03:05:10Z"_s << u"at 03:05:10"_s;
        QTest::newRow("five minutes apart") << u"2026-11-20T03:05:10Z"_s << u"2026-11-20T03:10:10Z"_s << u"between 03:05 and 03:10"_s;
        QTest::newRow("over midnight") << u"2026-11-19T23:58:00Z"_s << u"2026-11-20T00:03:00Z"_s << u"between Thu 23:58 and 00:03"_s;
        QTest::newRow("some days ago") << u"2026-11-17T03:05:10Z"_s << u"2026-11-17T03:10:10Z"_s << u"between Tue 03:05 and 03:10"_s;
    }
    void words()
    {
        QFETCH(QString, notBefore);
        QFETCH(QString, since);
        Event event;
        event.since = *fromRfc3339(since);
        event.notBefore = fromRfc3339(notBefore);
        Time now;
        now.wall = *fromRfc3339(u"2026-11-20T12:00:00Z");
        QTEST(wording::happened(event, now), "words");
    }
};

QTEST_APPLESS_MAIN(TestEventTimes)
#include "tst_event_times.moc"
