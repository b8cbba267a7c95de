// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/reason_model.h"
#include "models/tables/roles.h"
#include "tests/unit/codes/expected.h"
#include "tests/unit/codes/zoo.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
/// About the machine that runs Quorate, or about time: shown by tests of their own.
const QStringList elsewhere{u"not-polled"_s, u"waking"_s, u"stale"_s, u"flapping"_s, u"internal-error"_s};

QString told(const ClusterStatus &status) { return u"%1 {%2} (%3)"_s.arg(QString(name(status.severity)), counted(status), beside(status)); }

/// Empty when it is as expected.
QString differs(const Expected &expected, const ClusterStatus &status)
{
    const Reason *reason = reasonOf(status, QString::fromLatin1(expected.code));
    const QString wanted = u"%1 {%2} (%3)"_s.arg(
        QString(name(expected.severity)), QString::fromLatin1(expected.counted), QString::fromLatin1(expected.beside));
    if (told(status) == wanted && !status.pending && reason && reason->severity == expected.part)
        return {};
    const QString part = reason ? QString(name(reason->severity)) : u"-"_s;
    return u"%1: %2, part %3%4; expected %5, part %6"_s.arg(QString::fromLatin1(expected.code), told(status), part,
        status.pending ? u", pending"_s : QString(), wanted, QString(name(expected.part)));
}

/// As it was before: nothing counts, and only the notes that there are anyway.
QString differsFromWell(const Expected &expected, const ClusterStatus &status)
{
    const QString wanted = u"ok {} (%1)"_s.arg(QString::fromLatin1(expected.well));
    return told(status) == wanted && !status.pending ? QString()
                                                     : u"%1: %2%3; expected %4"_s.arg(QString::fromLatin1(expected.code), told(status),
                                                         status.pending ? u", pending"_s : QString(), wanted);
}

bool isPaused(const Expected &expected) { return QLatin1String(expected.code) == "nothing-to-observe"_L1; }

/// What the window's models show of a cluster, as the text that differs() makes of its status; empty when they show the same.
QString windowDiffers(Zoo &zoo, const Expected &expected)
{
    const QString cluster = QString::fromLatin1(expected.code);
    const ClusterStatus shown = zoo.shown(cluster);
    if (const QString difference = differs(expected, shown); !difference.isEmpty())
        return u"in the window "_s + difference;
    ClusterListModel &list = *zoo.models.clusterList();
    const QString id = ClusterListModel::idOf(ClusterName(cluster));
    for (int row = 0; row < list.rowCount(); ++row) {
        const QModelIndex index = list.index(row, 0);
        if (index.data(IdRole).toString() == id && !shown.paused && index.data(SeverityRole).value<Severity>() != expected.severity)
            return u"%1: another severity in the sidebar"_s.arg(cluster);
    }
    ReasonModel reasons;
    reasons.show(shown, zoo.now());
    QStringList rows;
    for (int row = 0; row < reasons.rowCount(); ++row)
        rows.append(reasons.index(row, 0).data(IdRole).toString());
    const bool listed = std::any_of(rows.cbegin(), rows.cend(), [&](const QString &row) { return row.contains(cluster); });
    return listed ? QString() : u"%1: no row among the reasons, which are %2"_s.arg(cluster, rows.join(u", "_s));
}
} // namespace

/// Every reason code, raised by simulated servers over real sockets, seen in the window's models and cleared by evidence of the contrary.
class TestCodes : public QObject {
    Q_OBJECT

    QStringList m_wrong;
    void check(const QString &difference)
    {
        if (!difference.isEmpty())
            m_wrong.append(difference);
    }
    /// All that is wrong in one message: a walk over sixty codes that ends at the first would be walked sixty times.
    [[nodiscard]] bool isRight() const { return m_wrong.isEmpty(); }
    [[nodiscard]] QByteArray wrong() const { return '\n' + m_wrong.join(u'\n').toUtf8(); }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".?"_s));
        m_wrong.clear();
    }

    void everyCodeHasAScenarioAndIsExpected()
    {
        QStringList scenarios, expected;
        for (const CodeScenario &scenario : codeScenarios()) {
            scenarios.append(QString(scenario.code));
            QVERIFY2(scenario.shows.size() > 0, scenario.code.data());
        }
        QStringList codes;
        for (const ReasonCode code : allReasonCodes())
            codes.append(name(code));
        QCOMPARE(scenarios, codes);
        for (const Expected &row : expectedCodes())
            expected.append(QString::fromLatin1(row.code));
        codes.removeIf([](const QString &code) { return elsewhere.contains(code); });
        QCOMPARE(expected, codes);
    }

    void walk();
    void notPolledUntilSomethingConcludes();
    void staleWhenNobodyLooked();
    void wakingUntilSomethingAnswers();
    void flappingUntilItKeepsStill();
    void internalErrorIsNeverGreen();
};

void TestCodes::walk()
{
    Zoo zoo(u"codes"_s, 60s);
    zoo.show(DemoPhase::Well);
    QVERIFY2(zoo.start(elsewhere), qPrintable(zoo.error));
    QVERIFY(zoo.pass(4));
    for (const Expected &row : expectedCodes()) {
        if (!isPaused(row))
            check(differsFromWell(row, zoo.status(QString::fromLatin1(row.code))));
    }
    QVERIFY2(isRight(), ("before" + wrong()).constData());

    zoo.show(DemoPhase::Raised);
    QVERIFY2(zoo.pass(5), qPrintable(zoo.error));
    // An answer that the leader gives for another server may come after its round: a few rounds more for those that are still checked.
    const auto isChecked = [&] {
        return std::any_of(expectedCodes().begin(), expectedCodes().end(), [&](const Expected &row) {
            return row.when != Expected::Late && zoo.status(QString::fromLatin1(row.code)).pending.has_value();
        });
    };
    for (int more = 0; more < 3 && isChecked(); ++more)
        QVERIFY2(zoo.pass(1), qPrintable(zoo.error));
    for (const Expected &row : expectedCodes()) {
        if (row.when == Expected::Late)
            continue;
        check(differs(row, zoo.status(QString::fromLatin1(row.code))));
        check(windowDiffers(zoo, row));
    }
    QVERIFY2(isRight(), ("raised" + wrong()).constData());
    QVERIFY(zoo.pass(7));
    for (const Expected &row : expectedCodes()) {
        if (row.when == Expected::Once)
            continue;
        check(differs(row, zoo.status(QString::fromLatin1(row.code))));
        if (row.when == Expected::Late)
            check(windowDiffers(zoo, row));
    }
    QVERIFY2(isRight(), ("later" + wrong()).constData());

    // Silence is no cure.
    const QStringList silenced{u"component-failed"_s, u"members-down"_s, u"connections-high"_s, u"raft-peer-lagging"_s,
        u"raft-peer-ghost"_s, u"raft-membership-differs"_s, u"queue-dead-letters"_s, u"agents-not-ready"_s};
    for (const QString &cluster : silenced)
        zoo.clusters.setSilent(cluster, true);
    QVERIFY(zoo.pass(4));
    for (const QString &cluster : silenced) {
        QVERIFY2(reasonOf(zoo.status(cluster), cluster), qPrintable(cluster));
        QVERIFY2(zoo.status(cluster).severity != Severity::Ok, qPrintable(cluster));
        zoo.clusters.setSilent(cluster, false);
    }

    // Evidence of the contrary is.
    zoo.show(DemoPhase::Cured);
    zoo.engine.apply({Intent::Kind::Resume, ClusterName(u"nothing-to-observe"_s), {}});
    for (ClusterConfig &cluster : zoo.config.clusters)
        cluster.spec.paused = false;
    QVERIFY(zoo.pass(15));
    for (const Expected &row : expectedCodes())
        check(differsFromWell(row, zoo.status(QString::fromLatin1(row.code))));
    QVERIFY2(isRight(), ("cured" + wrong()).constData());
}

void TestCodes::notPolledUntilSomethingConcludes()
{
    const QString code = u"not-polled"_s;
    Zoo zoo(u"code:"_s + code, 60s);
    QVERIFY2(zoo.start(), qPrintable(zoo.error));
    const Expected expected{"not-polled", Severity::Unknown, Severity::Unknown, "not-polled"};
    check(differs(expected, zoo.status(code)));
    check(windowDiffers(zoo, expected));
    QVERIFY2(isRight(), wrong().constData());
    zoo.show(DemoPhase::Cured);
    zoo.clusters.setSilent(code, true); // ends the request that would hang for a minute
    zoo.clusters.setSilent(code, false);
    QVERIFY(zoo.pass(4));
    QCOMPARE(told(zoo.status(code)), u"ok {} ()"_s);
}

void TestCodes::staleWhenNobodyLooked()
{
    const QString code = u"stale"_s;
    Zoo zoo(u"code:"_s + code, 60s);
    QVERIFY2(zoo.start(), qPrintable(zoo.error));
    QVERIFY(zoo.pass(2));
    QCOMPARE(told(zoo.status(code)), u"ok {} ()"_s);
    zoo.wait(10min);
    const Expected expected{"stale", Severity::Unknown, Severity::Unknown, "stale"};
    check(differs(expected, zoo.status(code)));
    check(windowDiffers(zoo, expected)); // green does not outlive the engine, whether it sends another status or not
    QVERIFY2(isRight(), wrong().constData());
    QVERIFY(zoo.pass(2));
    QCOMPARE(told(zoo.status(code)), u"ok {} ()"_s);
}

void TestCodes::wakingUntilSomethingAnswers()
{
    const QString code = u"waking"_s;
    Zoo zoo(u"code:"_s + code, 10s);
    zoo.show(DemoPhase::Well);
    QVERIFY2(zoo.start(), qPrintable(zoo.error));
    QVERIFY(zoo.pass(2));
    QCOMPARE(told(zoo.status(code)), u"ok {} ()"_s);
    zoo.show(DemoPhase::Raised);
    QVERIFY(zoo.pass(1));
    QCOMPARE(told(zoo.status(code)), u"unknown {machine-offline} ()"_s);
    QVERIFY(zoo.pass(3));
    const Expected expected{"waking", Severity::Unknown, Severity::Unknown, "waking"};
    check(differs(expected, zoo.status(code)));
    check(windowDiffers(zoo, expected));
    QVERIFY2(isRight(), wrong().constData());
    QVERIFY(zoo.pass(15));
    QCOMPARE(told(zoo.status(code)), u"critical {endpoint-down} ()"_s); // they had their time
    zoo.show(DemoPhase::Cured);
    QVERIFY(zoo.pass(4));
    QCOMPARE(told(zoo.status(code)), u"ok {} ()"_s);
}

void TestCodes::flappingUntilItKeepsStill()
{
    const QString code = u"flapping"_s;
    Zoo zoo(u"code:"_s + code, 10s);
    zoo.show(DemoPhase::Well);
    QVERIFY2(zoo.start(), qPrintable(zoo.error));
    QVERIFY(zoo.pass(2));
    zoo.show(DemoPhase::Raised);
    QVERIFY(zoo.pass(60));
    const ClusterStatus status = zoo.status(code);
    const Reason *reason = reasonOf(status, code);
    QVERIFY2(reason && reason->severity == Severity::Critical && reason->clusterSeverity == Severity::Critical, qPrintable(told(status)));
    QCOMPARE(status.severity, Severity::Critical); // the worst of the span, whatever it is just now
    QVERIFY(reasonOf(zoo.shown(code), code));
    QVERIFY(zoo.pass(2));
    QCOMPARE(zoo.status(code).severity, Severity::Critical);
    zoo.show(DemoPhase::Cured);
    QVERIFY(zoo.pass(30));
    QVERIFY(reasonOf(zoo.status(code), code)); // not at once
    QVERIFY(zoo.pass(35));
    QCOMPARE(told(zoo.status(code)), u"ok {} ()"_s);
}

/// No server can raise it. So a defect is made by hand: a rule that finds nothing wrong with a broker that refuses connections.
void TestCodes::internalErrorIsNeverGreen()
{
    const Time now = currentTime();
    ClusterSpec spec;
    spec.name = ClusterName(u"defect"_s);
    spec.system = u"bufstream"_s;
    spec.endpoints = {EndpointUrl(u"http://127.0.0.1:9089"_s)};
    Fleet fleet;
    (void)step(fleet, FleetSpec{spec}, now);
    Observation refused;
    refused.cluster = spec.name;
    refused.endpoint = spec.endpoints.first();
    refused.request = u"status"_s;
    refused.primary = refused.endpointDone = true;
    refused.at = now;
    refused.reach = Reach::Refused;
    (void)step(fleet, refused, now);
    EndpointState &endpoint = fleet.clusters.first().endpoints.first();
    endpoint.verdict = {};
    endpoint.verdict.until = Milliseconds::max();
    const ClusterStatus status = judged(fleet.clusters.first(), fleet.mode, now);
    QCOMPARE(told(status), u"unknown {internal-error} ()"_s);
}

QTEST_GUILESS_MAIN(TestCodes)
#include "tst_codes.moc"
