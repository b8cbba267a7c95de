// SPDX-License-Identifier: GPL-3.0-or-later
// How the drills compare what was told with what was expected: an expectation that accepts everything would prove nothing.
#include "tests/live/expectation.h"

#include <QRegularExpression>
#include <QTest>

using namespace quorate::live;
using namespace Qt::StringLiterals;

class LiveExpectation final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void matches_data();
    void matches();
    void saysWhereItParted();
};

void LiveExpectation::matches_data()
{
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QStringList>("told");
    QTest::addColumn<bool>("fits");
    const QString down = u"warning: endpoint-down(A)"_s, both = u"warning: endpoint-down(A) raft-margin-zero"_s;
    QTest::newRow("nothing, nothing") << QString() << QStringList{} << true;
    QTest::newRow("nothing more") << QString() << QStringList{u"ok"_s} << false;
    QTest::newRow("something missing") << u"ok"_s << QStringList{} << false;
    QTest::newRow("in order") << u"warning: endpoint-down(A) | ok"_s << QStringList{down, u"ok"_s} << true;
    QTest::newRow("out of order") << u"ok | warning: endpoint-down(A)"_s << QStringList{down, u"ok"_s} << false;
    QTest::newRow("twice") << u"ok"_s << QStringList{u"ok"_s, u"ok"_s} << false;
    QTest::newRow("another severity") << u"critical: endpoint-down(A)"_s << QStringList{down} << false;
    QTest::newRow("a reason more") << u"warning: endpoint-down(A)"_s << QStringList{both} << false;
    QTest::newRow("a reason less") << u"warning: endpoint-down(A) raft-margin-zero"_s << QStringList{down} << false;
    QTest::newRow("reasons in any order") << u"warning: raft-margin-zero endpoint-down(A)"_s << QStringList{both} << true;
    QTest::newRow("another server") << u"warning: endpoint-down(B)"_s << QStringList{down} << false;
    QTest::newRow("optional reason there") << u"warning: endpoint-down(A) ?raft-margin-zero"_s << QStringList{both} << true;
    QTest::newRow("optional reason not there") << u"warning: endpoint-down(A) ?raft-margin-zero"_s << QStringList{down} << true;
    QTest::newRow("optional step there") << u"? warning: endpoint-down(A) | ok"_s << QStringList{down, u"ok"_s} << true;
    QTest::newRow("optional step not there") << u"? warning: endpoint-down(A) | ok"_s << QStringList{u"ok"_s} << true;
    QTest::newRow("optional step is no other") << u"? warning: endpoint-down(B) | ok"_s << QStringList{down, u"ok"_s} << false;
    QTest::newRow("optional, then the same for sure") << u"? ok | ok"_s << QStringList{u"ok"_s} << true;
    QTest::newRow("either, one") << u"ok/warning: ?endpoint-down(A)"_s << QStringList{u"ok"_s} << true;
    QTest::newRow("either, the other") << u"ok/warning: ?endpoint-down(A)"_s << QStringList{down} << true;
    QTest::newRow("neither") << u"ok/critical: ?endpoint-down(A)"_s << QStringList{down} << false;
    QTest::newRow("any number, none") << u"* warning: ?endpoint-down(A) | ok"_s << QStringList{u"ok"_s} << true;
    QTest::newRow("any number, two") << u"* warning: ?endpoint-down(A) ?raft-margin-zero | ok"_s << QStringList{down, both, u"ok"_s}
                                     << true;
    QTest::newRow("any number, but not of others") << u"* warning: ?endpoint-down(A) | ok"_s << QStringList{down, both, u"ok"_s} << false;
    QTest::newRow("anywhere, last") << u"~ leader-changed(L *) | ok"_s << QStringList{u"ok"_s, u"leader-changed(L A)"_s} << true;
    QTest::newRow("anywhere, first") << u"ok | ~ leader-changed(L *)"_s << QStringList{u"leader-changed(L A)"_s, u"ok"_s} << true;
    QTest::newRow("anywhere, but missing") << u"ok | ~ leader-changed(L *)"_s << QStringList{u"ok"_s} << false;
    QTest::newRow("anywhere, but twice") << u"ok | ~ restarted(A)"_s << QStringList{u"restarted(A)"_s, u"ok"_s, u"restarted(A)"_s} << false;
    QTest::newRow("anywhere or nowhere") << u"ok | ~? restarted(A)"_s << QStringList{u"ok"_s} << true;
    QTest::newRow("any server") << u"leader-changed(L *)"_s << QStringList{u"leader-changed(L B)"_s} << true;
    QTest::newRow("any server, but another before") << u"leader-changed(L *)"_s << QStringList{u"leader-changed(A B)"_s} << false;
}

void LiveExpectation::matches()
{
    QFETCH(const QString, expected);
    QFETCH(const QStringList, told);
    QFETCH(const bool, fits);
    QCOMPARE(otherwise(expected, told).isEmpty(), fits);
}

void LiveExpectation::saysWhereItParted()
{
    QCOMPARE(otherwise(u"ok | warning: a | ok"_s, {u"ok"_s, u"warning: b"_s}),
        u"after 1 of 2 events “warning: b” came where “warning: a” was expected"_s);
    QCOMPARE(otherwise(u"ok | warning: a"_s, {u"ok"_s}), u"after 1 of 1 events nothing more came where “warning: a” was expected"_s);
    QCOMPARE(otherwise(u"ok"_s, {u"ok"_s, u"warning: a"_s}), u"after 1 of 2 events “warning: a” came where nothing more was expected"_s);
}

QTEST_APPLESS_MAIN(LiveExpectation)
#include "tst_live_expectation.moc"
