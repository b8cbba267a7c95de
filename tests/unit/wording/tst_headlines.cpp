// SPDX-License-Identifier: GPL-3.0-or-later
// A cluster in one line: the cause first, then what is left. "_" stands for the no-break space.
#include "models/wording/wording.h"
#include "tests/support/sample_clusters.h"

#include <QRegularExpression>
#include <QTest>

#include <limits>

using namespace quorate;
using namespace Qt::StringLiterals;

namespace {
QString shown(QString text) { return text.replace(QChar(0x00a0), u'_'); }
} // namespace

class TestHeadlines : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void headline_data();
    void headline();
    void firstFactIsShort();
    void anUnknownClusterPromisesNothing();
    void foldedReasonsAndNotesAreNotTheCause();
    void stateLine_data();
    void stateLine();
    void subjectNames_data();
    void subjectNames();
    void twoOfOneNameAreCalledByAddress();
};

void TestHeadlines::headline_data()
{
    QTest::addColumn<ClusterStatus>("cluster");
    QTest::addColumn<QString>("text");
    QTest::newRow("consul, ok") << test::calmConsul() << u"5/5 voters, can lose 2 · leader node-2"_s;
    QTest::newRow("consul, warning") << test::laggingConsul() << u"node-4 trails the leader by 1,204 entries (limit 250) · can lose 2"_s;
    ClusterStatus lagging = test::laggingConsul();
    std::swap(lagging.reasons[0], lagging.reasons[1]);
    QTest::newRow("consul, the lag before the contact")
        << lagging << u"node-4 trails the leader by 1,204 entries (limit 250) · can lose 2"_s;
    lagging.reasons[0].subject = u"node-1"_s;
    QTest::newRow("consul, two servers")
        << lagging
        << u"node-4 trails the leader by 1,204 entries (limit 250) · node-1 heard from the leader 412_ms ago (limit 200_ms) · can lose 2"_s;
    ClusterStatus lost = test::calmConsul();
    lost.severity = Severity::Critical;
    lost.raft[0].live = 2;
    lost.reasons = {test::sampleReason(ReasonCode::EndpointDown, Severity::Critical),
        test::sampleReason(ReasonCode::RaftQuorumLost, Severity::Critical)};
    lost.reasons[0].count = 3;
    lost.reasons[0].of = 5;
    QTest::newRow("consul, the quorum before the servers") << lost << u"Quorum lost: 2 of 5 voters live, 1 too few · 3 of 5 servers down"_s;
    ClusterStatus leaderless = test::calmConsul();
    leaderless.severity = Severity::Critical;
    leaderless.raft[0].agreement = Agreement::Leaderless;
    leaderless.raft[0].views.naming = 0;
    leaderless.reasons = {test::sampleReason(ReasonCode::RaftLeaderless, Severity::Critical)};
    QTest::newRow("consul, without a leader there is nothing to lose") << leaderless << u"No leader on 5 of 5 servers"_s;
    ClusterStatus degraded = test::calmBufstream();
    degraded.severity = Severity::Warning;
    degraded.reasons = {test::sampleReason(ReasonCode::ComponentDegraded, Severity::Warning, u"etcd"_s),
        test::sampleReason(ReasonCode::ComponentFailed, Severity::Warning, u"object_storage"_s),
        test::sampleReason(ReasonCode::MembersDown, Severity::Warning, u"etcd"_s)};
    degraded.reasons[1].severity = Severity::Critical;
    degraded.reasons[1].endpoints = {degraded.endpoints[1].url.text()};
    degraded.reasons[1].count = 1;
    QTest::newRow("bufstream, the worst part first")
        << degraded << u"object_storage failed on 1 of 3 brokers: bufstream-1 · etcd has 3 of 3 members, can lose 1"_s;
    QTest::newRow("bufstream, ok") << test::calmBufstream() << u"3 probes healthy on 3 brokers"_s;
    QTest::newRow("bufstream, critical")
        << test::failingBufstream()
        << u"object_storage failed on 2 of 3 brokers · bufstream-1, bufstream-2 · etcd has 2 of 3 members, can lose 0"_s;
    QTest::newRow("osapi, ok") << test::calmOsapi() << u"5 waiting, 2 running, 0 dead · drains in 2_min"_s;
    ClusterStatus enormous = test::calmOsapi();
    enormous.queues->append(enormous.queues->first());
    for (QueueStatus &queue : *enormous.queues)
        queue.unprocessed = std::numeric_limits<qint64>::max();
    QTest::newRow("osapi, sums beyond 2^63") << enormous << u"9,223,372,036,854,775,807 waiting, 4 running, 0 dead · drains in 2_min"_s;
    QTest::newRow("osapi, warning") << test::warningOsapi() << u"3 dead letters · 1 of 2 agents ready · 5 waiting, 2 running"_s;
    QTest::newRow("osapi, silent") << test::silentOsapi()
                                   << u"lab-1 refuses connections · 1 of 2 endpoints · Token rejected (401) on 1 of 2 endpoints: lab-2"_s;

    ClusterStatus cluster = test::calmConsul();
    cluster.raft[0].margin.reset();
    QTest::newRow("margin not known") << cluster << u"5 voters · leader node-2"_s;
    cluster = test::calmConsul();
    cluster.raft[0].agreement = Agreement::Unseen; // client agents name the leader and give no view
    QTest::newRow("no view") << cluster << u"5/5 voters, can lose 2 · leader node-2"_s;
    cluster.raft[0].agreement = Agreement::Leaderless;
    QTest::newRow("nothing to lose") << cluster << u"5/5 voters · leader node-2"_s;
    cluster.raft[0] = RaftStatus();
    QTest::newRow("leader not known") << cluster << u"Leader not known"_s;
    cluster = test::calmOsapi();
    cluster.queues.reset();
    QTest::newRow("no queues") << cluster << u"3 components healthy · 2 of 2 agents ready"_s;
    cluster.components.clear();
    cluster.agents.reset();
    QTest::newRow("nothing but an answer") << cluster << u"1 endpoint answering"_s;
    QTest::newRow("nothing at all") << ClusterStatus() << u"No reason known"_s;
}

void TestHeadlines::headline()
{
    QFETCH(ClusterStatus, cluster);
    QFETCH(QString, text);
    QCOMPARE(shown(wording::headline(cluster)), text);
}

void TestHeadlines::firstFactIsShort()
{
    for (ClusterStatus cluster : {test::hostileCluster(), test::laggingConsul(), test::failingBufstream()}) {
        for (const ReasonCode code : allReasonCodes()) {
            cluster.reasons[0].code = code;
            const QString text = wording::headline(cluster);
            QVERIFY2(text.section(u" · "_s, 0, 0).size() <= 60, qPrintable(text));
            QVERIFY2(!text.contains(u'\n'), qPrintable(text));
        }
    }
}

void TestHeadlines::anUnknownClusterPromisesNothing()
{
    ClusterStatus cluster = test::laggingConsul();
    cluster.severity = Severity::Unknown;
    cluster.reasons = {test::sampleReason(ReasonCode::Stale, Severity::Unknown)};
    QCOMPARE(wording::headline(cluster), u"Status is out of date"_s); // and not what could be lost, as of then
}

void TestHeadlines::foldedReasonsAndNotesAreNotTheCause()
{
    ClusterStatus cluster = test::laggingConsul();
    cluster.reasons[0].foldedUnder = ReasonCode::RaftPeerDown;
    cluster.reasons[1].clusterSeverity = Severity::Ok;
    cluster.reasons.append(test::sampleReason(ReasonCode::RaftPeerDown, Severity::Warning, u"node-3"_s));
    QCOMPARE(wording::headline(cluster), u"node-3 is down · can lose 2"_s);
}

void TestHeadlines::stateLine_data()
{
    QTest::addColumn<ClusterStatus>("cluster");
    QTest::addColumn<QString>("text");
    QTest::newRow("for how long") << test::calmConsul() << u"Ok for 6_min · 5/5 voters, can lose 2 · leader node-2"_s;
    ClusterStatus cluster = test::calmConsul();
    cluster.since.reset();
    QTest::newRow("not known for how long") << cluster << u"Ok · 5/5 voters, can lose 2 · leader node-2"_s;
    cluster.since = test::sampleTime().wall + std::chrono::hours(1);
    QTest::newRow("a clock that was set back") << cluster << u"Ok · 5/5 voters, can lose 2 · leader node-2"_s;
    cluster.since.reset();
    cluster.pending = Pending{Severity::Critical, test::sampleTime().wall, 1, 2};
    QTest::newRow("a change being checked") << cluster << u"Ok · checking, 1 of 2 · 5/5 voters, can lose 2 · leader node-2"_s;
}

void TestHeadlines::stateLine()
{
    QFETCH(ClusterStatus, cluster);
    QFETCH(QString, text);
    QCOMPARE(shown(wording::stateLine(cluster, test::sampleTime())), text);
}

void TestHeadlines::subjectNames_data()
{
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QString>("text");
    const auto row = [](const QString &subject, const QString &text) { QTest::newRow(qPrintable(subject)) << subject << text; };
    row({}, {});
    row(u"http://10.1.10.10:8500"_s, u"node-1"_s); // an endpoint
    row(u"10.1.10.12:8300"_s, u"node-3"_s); // a peer's address
    row(u"id-4"_s, u"node-4"_s); // a peer's identity
    row(u"http://other.example:8500/base"_s, u"other.example"_s);
    row(u"10.9.9.9:8300"_s, u"10.9.9.9"_s);
    row(u"[2001:db8::1]:8300"_s, u"2001:db8::1"_s);
    row(u"2001:db8::1"_s, u"2001:db8::1"_s); // no port
    row(u"controller.nats"_s, u"controller.nats"_s);
    row(u"s3://"_s, u"s3://"_s);
    row(u"x"_s.repeated(50), u"x"_s.repeated(40) + u"…"_s);
}

void TestHeadlines::subjectNames()
{
    QFETCH(QString, subject);
    QFETCH(QString, text);
    QCOMPARE(wording::subjectName(test::calmConsul(), subject), text);
}

void TestHeadlines::twoOfOneNameAreCalledByAddress()
{
    ClusterStatus cluster = test::calmConsul();
    cluster.endpoints[0].label = cluster.endpoints[1].label;
    cluster.raft[0].peers[0].name = cluster.raft[0].peers[1].name;
    QCOMPARE(wording::subjectName(cluster, u"http://10.1.10.10:8500"_s), u"10.1.10.10:8500"_s);
    QCOMPARE(wording::subjectName(cluster, cluster.raft[0].peers[0].address), u"10.1.10.10"_s);
    QCOMPARE(wording::subjectName(cluster, cluster.raft[0].peers[2].address), u"node-3"_s);
}

QTEST_GUILESS_MAIN(TestHeadlines)
#include "tst_headlines.moc"
