// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/endpoint_state.h"
#include "models/judge/limits.h"
#include "tests/unit/judge/over_time/watch.h"

#include <QTest>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(quorate::Milliseconds)

namespace {
struct Case {
    ReasonCode code;
    const char *good, *bad;
    const char *silence = "a:refused"; ///< nothing that speaks of it
};

/// One for each code of the table that the judge itself holds back.
const Case cases[]{
    {ReasonCode::EndpointDown, "a:ok", "a:refused", ""},
    {ReasonCode::EndpointTlsFailed, "a:ok", "a:tls", ""},
    {ReasonCode::EndpointUnauthorised, "a:ok", "a:rejected", ""},
    {ReasonCode::EndpointNotUnderstood, "a:ok", "a:malformed", ""},
    {ReasonCode::EndpointThrottled, "a:ok", "a:throttled", ""},
    {ReasonCode::EndpointPartial, "a:ok", "a:partial"},
    {ReasonCode::EndpointSlow, "a:ok", "a:slow"},
    {ReasonCode::ClockSkew, "a:ok", "a:skewed"},
    {ReasonCode::ComponentFailed, "a:well(s3)", "a:failed(s3)"},
    {ReasonCode::ComponentDegraded, "a:well(s3)", "a:degraded(s3)"},
    {ReasonCode::ComponentUnknown, "a:well(s3)", "a:unknown(s3)"},
    {ReasonCode::SystemDegraded, "a:ok", "a:word(bad)"},
    {ReasonCode::ReportContradicts, "a:ok", "a:contradicts"},
    {ReasonCode::MembersDown, "a:members(3/3)", "a:members(2/3)"},
    {ReasonCode::MembersNoMajority, "a:members(3/3)", "a:members(1/3)"},
    {ReasonCode::MigrationsBehind, "a:migrations(3/3)", "a:migrations(2/3)"},
    {ReasonCode::ConnectionsHigh, "a:connections(3/100)", "a:connections(95/100)"},
    {ReasonCode::QueueDeadLetters, "a:ok", "a:dead(3)"},
    {ReasonCode::QueueBacklog, "a:ok", "a:backlog(200)"},
    {ReasonCode::AgentsNotReady, "a:ok", "a:ready(1/2)"},
    {ReasonCode::AgentsMissing, "a:ok", "a:agents(1)"},
    {ReasonCode::AgentsNone, "a:ok", "a:no-agents"},
    {ReasonCode::AgentCondition, "a:ok", "a:condition(DiskPressure)"},
    {ReasonCode::EndpointForeign, "A(leader) B C", "A(leader) B C(dc:other); members:AB", "A(down) B(down) C(down)"},
    {ReasonCode::RaftQuorumLost, "A(leader) B C", "A(down) B(down) C(candidate)", ""},
    {ReasonCode::RaftLeaderless, "A(leader) B C", "A(candidate) B(nobody) C(nobody)", "A(timeout) B(timeout) C(timeout)"},
    {ReasonCode::RaftLeaderSplit, "A(leader) B C", "A(leader) B C(names:B)", "A(timeout) B(timeout) C(timeout)"},
    {ReasonCode::RaftTwoLeaders, "A(leader) B C", "A(leader) B(leader term:3) C", "A(timeout) B(timeout) C(timeout)"},
    {ReasonCode::RaftLeaderUnconfirmed, "A(leader) B C", "A(timeout) B C; leads:A forward:timeout", "A(timeout) B(timeout) C(timeout)"},
    {ReasonCode::RaftForwardFailed, "A(leader) B C", "A(leader) B C; forward:timeout", "A(timeout) B(timeout) C(timeout)"},
    {ReasonCode::RaftMembershipDiffers, "A(leader) B C", "A(leader) B C(peers:AC)", "A(timeout) B(timeout) C(timeout)"},
    {ReasonCode::RaftMarginZero, "A(leader) B C", "A(leader) B C(down)", "A(timeout) B(timeout) C(timeout)"},
    {ReasonCode::RaftLeaderUnknown, "A(leader) B C", "A(rejected) B(rejected) C(rejected)", "A(timeout) B(rejected) C(rejected)"},
    {ReasonCode::RaftPeerDown, "A(leader) B C", "A(leader) B C(down)", "A(timeout) B(timeout) C(timeout)"},
    {ReasonCode::RaftPeerIsolated, "A(leader) B C", "A(leader) B C(candidate term:9)", "A(timeout) B(timeout) C(timeout)"},
    {ReasonCode::RaftPeerMissing, "A(leader) B C", "A(leader) B C(down); members:AB", "A(timeout) B(timeout) C(timeout)"},
    {ReasonCode::RaftPeerGhost, "A(leader) B C", "A(leader) B C; ghost:C", "A(timeout) B(timeout) C(timeout)"},
    {ReasonCode::RaftPeerContact, "A(leader) B C", "A(leader) B C(contact:900)", "A(leader) B C(timeout)"},
    {ReasonCode::RaftPeerLagging, "A(leader) B C", "A(leader) B C; trails:C=900", "A(leader) B C(timeout)"},
    {ReasonCode::RaftPeerTerm, "A(leader) B C", "A(leader) B C(term:1)", "A(leader) B C(timeout)"},
    {ReasonCode::RaftPeerNonvoter, "A(leader) B C", "A(leader) B C; nonvoter:C", "A(timeout) B(timeout) C(timeout)"},
    {ReasonCode::RaftReportedUnhealthy, "A(leader) B C", "A(leader) B C; autopilot:unhealthy", "A(timeout) B(timeout) C(timeout)"},
};

/// Notes: held back as all others, but they count for nothing, so that nothing is marked as checked.
bool isNote(ReasonCode code)
{
    return code == ReasonCode::VersionMixed || code == ReasonCode::RaftVotersEven || code == ReasonCode::RaftVotersMany
        || code == ReasonCode::ClockSkew;
}

/// The samples alone, at a poll each second, last this long after the first.
Milliseconds shortest(const HoldLimit &limit, Milliseconds each) { return std::max(limit.least, (limit.needed - 1) * each); }
} // namespace

/// Every reason that has a hold (JUDGE section 7): not before it, checked meanwhile, then raised; cleared by evidence of the contrary, not
/// by silence.
class TestHeldCodes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void everyCodeOfTheTableIsHere()
    {
        for (const HoldRow &row : holdTable()) {
            const bool here = std::any_of(std::begin(cases), std::end(cases), [&](const Case &one) { return one.code == row.code; });
            QVERIFY2(here || row.ownHistory || isNote(row.code), qPrintable(name(row.code)));
        }
    }

    void walk_data()
    {
        QTest::addColumn<int>("index");
        QTest::addColumn<Milliseconds>("interval");
        for (const Milliseconds interval : {Milliseconds(1s), Milliseconds(10s), Milliseconds(5min)}) {
            for (int i = 0; i < int(std::size(cases)); ++i)
                QTest::addRow("%s, %lld s", qPrintable(name(cases[i].code)), qlonglong(interval / 1s)) << i << interval;
        }
    }

    void walk()
    {
        QFETCH(int, index);
        QFETCH(Milliseconds, interval);
        const Case &one = cases[index];
        const QString good = QString::fromLatin1(one.good), bad = QString::fromLatin1(one.bad);
        const HoldLimit limit = *holdOf(Limits(), one.code);
        const Severity meanwhile = holdRow(one.code)->meanwhile;
        const Milliseconds each = std::min(interval, checkedEvery);

        Watch watch(good.front().isUpper() ? u"ABC"_s : u"a"_s, interval);
        watch.becomes(good);
        watch.pass(3 * interval);
        QVERIFY2(!watch.counts(one.code) && !watch.checks(one.code), qPrintable(watch.told()));
        QCOMPARE(watch.status().severity, Severity::Ok);

        // Not before its hold, and marked meanwhile.
        watch.becomes(bad);
        const Milliseconds began = watch.now.boot;
        while (!watch.counts(one.code) && !watch.checks(one.code) && watch.now.boot - began <= interval && !isNote(one.code))
            watch.pass(1s);
        const Milliseconds first = watch.now.boot;
        const Milliseconds least = shortest(limit, each);
        while (watch.now.boot - first < least - 1s) {
            watch.pass(1s);
            const bool raised = watch.counts(one.code) && !(meanwhile != Severity::Ok && watch.checks(one.code));
            if (raised && !isNote(one.code))
                QFAIL(qPrintable(u"after %1 s: "_s.arg((watch.now.boot - first) / 1s) + watch.told()));
            if (!isNote(one.code) && !watch.checks(one.code))
                QFAIL(qPrintable(watch.told()));
        }
        // Then it is raised.
        const Milliseconds late = isNote(one.code) ? 2 * interval + 30s : 2 * each + 2s;
        while (!(watch.counts(one.code) && !watch.checks(one.code)) && watch.now.boot - first < least + late)
            watch.pass(1s);
        QVERIFY2(watch.counts(one.code) && !watch.checks(one.code), qPrintable(watch.told()));

        // Not cleared by silence …
        if (*one.silence != '\0') {
            watch.becomes(QString::fromLatin1(one.silence));
            for (Milliseconds silent{}; silent < 2 * evidenceLimit(watch.cluster().spec) + 60s; silent += 5s) {
                watch.pass(5s);
                const auto reasons = watch.status().reasons;
                const bool kept
                    = std::any_of(reasons.cbegin(), reasons.cend(), [&](const Reason &reason) { return reason.code == one.code; });
                if (!kept)
                    QFAIL(qPrintable(u"silent for %1 s: "_s.arg(silent / 1s) + watch.told()));
            }
        }
        // … but by evidence of the contrary.
        watch.becomes(good);
        watch.pass(2 * interval + 30s);
        QVERIFY2(!watch.counts(one.code) && !watch.checks(one.code), qPrintable(watch.told()));
    }
};

QTEST_APPLESS_MAIN(TestHeldCodes)
#include "tst_held_codes.moc"
