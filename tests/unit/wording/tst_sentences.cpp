// SPDX-License-Identifier: GPL-3.0-or-later
// Every reason code in words, as a person reads it. "_" stands for the no-break space.
#include "tests/unit/wording/reasons_told.h"

#include <QRegularExpression>
#include <QTest>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;

class TestSentences : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void endpoints_data();
    void endpoints() { compare(); }
    void systems_data();
    void systems() { compare(); }
    void groups_data();
    void groups() { compare(); }

private:
    static void columns()
    {
        QTest::addColumn<ReasonCode>("code");
        QTest::addColumn<Cluster>("cluster");
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("text");
    }
    static void row(ReasonCode code, Cluster cluster, const Change &change, const QString &text)
    {
        QTest::newRow(qPrintable(name(code) + u": "_s + text)) << code << cluster << change << text;
    }
    static void compare()
    {
        QFETCH(ReasonCode, code);
        QFETCH(Cluster, cluster);
        QFETCH(Change, change);
        QFETCH(QString, text);
        ClusterStatus status = cluster();
        Reason reason = test::sampleReason(code, Severity::Warning);
        change(status, reason);
        QCOMPARE(shown(wording::sentence(status, reason)), text);
        QVERIFY2(text.section(u" · "_s, 0, 0).size() <= 60, "the first fact is too long");
    }
};

void TestSentences::endpoints_data()
{
    using enum ReasonCode;
    columns();
    const Cluster bufstream = test::calmBufstream, consul = test::calmConsul, osapi = test::calmOsapi;
    row(NotPolled, consul, onAll(Reach::NotPolled, 0), u"Not yet polled"_s);
    const Change remembered = [](ClusterStatus &status, Reason &reason) {
        onAll(Reach::NotPolled, 0)(status, reason);
        reason.since = fromRfc3339(u"2026-11-20T03:12:00Z");
        reason.names = QStringList{u"ok"_s, u"2026-11-19T23:58:00Z"_s};
    };
    row(NotPolled, consul, remembered, u"Not yet polled · was Ok (Thu 23:58)"_s);
    row(NotPolled, consul, onEndpoint(0, 5), u"Not yet polled on 1 of 5 servers: node-1"_s);
    row(
        NothingToObserve, [] { return ClusterStatus(); }, nothing, u"Nothing to observe · no endpoint is configured"_s);
    row(
        NothingToObserve, consul, [](ClusterStatus &cluster, Reason &) { cluster.paused = true; },
        u"Nothing to observe · polling is paused"_s);
    row(MachineOffline, consul, nothing, u"This machine is offline"_s);
    row(Waking, consul, nothing, u"No answer yet since this machine woke up"_s);
    const auto withNames = [](const QStringList &words, int count) {
        return [=](ClusterStatus &, Reason &reason) {
            reason.since = fromRfc3339(u"2026-11-20T03:12:00Z");
            reason.names = words;
            reason.count = count;
        };
    };
    row(MachineOffline, consul, withNames({u"only-loopback"_s}, 0), u"This machine is offline · no network interface is up"_s);
    row(MachineOffline, consul, withNames({u"no-route"_s}, 0), u"This machine is offline · no route to any endpoint"_s);
    row(MachineOffline, consul, withNames({u"disconnected"_s}, 0), u"This machine is offline · disconnected, says its network service"_s);
    row(MachineOffline, consul, withNames({u"reference"_s}, 0), u"This machine is offline · the reference address does not answer"_s);
    row(MachineOffline, consul, withNames({u"portal"_s, u"login.example"_s}, 3),
        u"This machine is offline · a captive portal answers for 3 endpoints (login.example)"_s);
    row(MachineOffline, consul, withNames({u"portal"_s}, 2), u"This machine is offline · a captive portal answers for 2 endpoints"_s);
    row(MachineOffline, consul, withNames({u"portal"_s, u"warning"_s, u"2026-11-19T23:58:00Z"_s}, 2),
        u"This machine is offline · a captive portal answers for 2 endpoints · was Warning (Thu 23:58)"_s);
    row(Waking, consul, withNames({u"sleep"_s, u"ok"_s, u"2026-11-19T23:58:00Z"_s}, 0),
        u"No answer yet since this machine woke up · was Ok (Thu 23:58)"_s);
    row(Waking, consul, withNames({u"network"_s}, 0), u"No answer yet since this machine's network is back"_s);
    row(Stale, consul, both(onEndpoint(0, 5), numbers(75, 30, u"s"_s)),
        u"Status is out of date on 1 of 5 servers: node-1 · no poll concluded for 1_min (limit 30_s)"_s);
    row(Stale, consul, nothing, u"Status is out of date"_s);
    row(Flapping, consul, numbers(7, 6, {}), u"This cluster keeps changing · 7 changes of state (limit 6)"_s);
    const Change flapping = [](ClusterStatus &status, Reason &reason) {
        reason.value = 8;
        reason.limit = 6;
        status.observed = fromRfc3339(u"2026-11-20T03:12:00Z");
        reason.names = QStringList{u"ok"_s, u"2026-11-20T03:08:00Z"_s, u"600"_s};
    };
    row(Flapping, consul, flapping, u"This cluster keeps changing · 8 changes of state in 10_min (limit 6) · now ok for 4_min"_s);
    row(InternalError, consul, detail(u"no rule fits"_s), u"Quorate could not judge this · no rule fits"_s);

    row(EndpointDown, bufstream, onEndpoint(1, 3, Reach::Refused, 0, u"connection refused by 10.0.0.1:9089"_s),
        u"bufstream-1 refuses connections · 1 of 3 brokers · connection refused by 10.0.0.1:9089"_s);
    row(EndpointDown, osapi, onEndpoint(0, 1, Reach::TimedOut, 0, u"no answer after 10 s"_s),
        u"osapi-1 timed out · no answer after 10 s"_s);
    row(EndpointDown, osapi, onEndpoint(0, 1, Reach::DnsFailed, 0), u"osapi-1: name not found"_s);
    row(EndpointDown, osapi, onEndpoint(0, 1, Reach::Unreachable, 0), u"osapi-1 is unreachable"_s);
    row(EndpointDown, osapi, onEndpoint(0, 1, Reach::Closed, 0), u"osapi-1 closed the connection"_s);
    row(EndpointDown, osapi, onEndpoint(0, 1, Reach::ProxyFailed, 0), u"osapi-1 can't be reached through the proxy"_s);
    row(EndpointDown, osapi, onEndpoint(0, 1, Reach::TlsFailed, 0), u"osapi-1: certificate has expired"_s);
    row(EndpointDown, osapi, onEndpoint(0, 1, Reach::ServerError, 502, u"HTTP 502, HTML, not OSAPI's document"_s),
        u"osapi-1 answers HTTP 502 · HTTP 502, HTML, not OSAPI's document"_s);
    row(EndpointDown, bufstream, onAll(Reach::Refused, 0), u"None of 3 brokers answers"_s);
    row(
        EndpointDown, bufstream,
        [](ClusterStatus &cluster, Reason &reason) {
            reason.endpoints = {cluster.endpoints[0].url.text(), cluster.endpoints[2].url.text()};
            reason.count = 2;
            reason.of = 3;
        },
        u"2 of 3 brokers down: bufstream-0, bufstream-2"_s);
    row(EndpointTlsFailed, osapi, both(onEndpoint(0, 1, Reach::TlsFailed, 0, u"issued for other.example"_s), names({u"wrong-host"_s})),
        u"Certificate is for another host · issued for other.example"_s);
    row(EndpointTlsFailed, osapi, both(onEndpoint(0, 1, Reach::TlsFailed, 0), names({u"self-signed"_s})), u"Certificate is self-signed"_s);
    row(EndpointTlsFailed, osapi, onEndpoint(0, 1, Reach::TlsFailed, 0), u"TLS failed"_s);
    row(EndpointUnauthorised, consul, onAll(Reach::Unauthorised, 401), u"Token rejected (401) on 5 of 5 servers"_s);
    row(EndpointUnauthorised, osapi, onEndpoint(0, 1, Reach::Unauthorised, 403, u"token lacks status:read."_s),
        u"Token rejected (403) · token lacks status:read"_s);
    row(EndpointUnauthorised, osapi, both(onEndpoint(0, 1, Reach::Unauthorised, 401, u"Bearer token required"_s), names({u"no-token"_s})),
        u"No token configured, access refused (401) · Bearer token required"_s);
    row(SecretUnavailable, osapi, detail(u"OSAPI_TOKEN is not set"_s), u"Token can't be read, nothing is sent · OSAPI_TOKEN is not set"_s);
    row(EndpointNotUnderstood, osapi, onEndpoint(0, 1, Reach::Malformed, 200, u"JSON expected, HTML came"_s),
        u"Reply not understood · JSON expected, HTML came"_s);
    row(EndpointNotUnderstood, bufstream, onEndpoint(2, 3, Reach::NotFound, 404), u"Status not found on 1 of 3 brokers: bufstream-2"_s);
    row(EndpointNotUnderstood, osapi, onEndpoint(0, 1, Reach::Redirected, 302), u"Redirected elsewhere"_s);
    row(EndpointNotUnderstood, osapi, onEndpoint(0, 1, Reach::TooLarge, 200), u"Reply too large"_s);
    row(EndpointThrottled, osapi, both(onEndpoint(0, 1, Reach::Throttled, 429), numbers(30, {}, u"s"_s)),
        u"Rate limit reached · asks for a pause of 30_s"_s);
    row(EndpointPartial, consul, both(onEndpoint(0, 5), names({u"/v1/agent/self"_s})),
        u"node-1 answers only in part · no usable answer to /v1/agent/self"_s);
    row(EndpointPartial, consul, both(onTwo, names({u"/v1/agent/self"_s})),
        u"node-1, node-2 answer only in part · no usable answer to /v1/agent/self"_s);
    row(EndpointSlow, consul, both(onEndpoint(0, 5), numbers(6.2, 5, u"s"_s)), u"node-1 answers in 6.2_s (limit 5.0_s)"_s);
    row(EndpointSlow, consul, both(onTwo, numbers(6.2, 5, u"s"_s)), u"node-1, node-2 answer in 6.2_s (limit 5.0_s)"_s);
    row(EndpointForeign, consul, both(onEndpoint(0, 5), detail(u"dc2"_s)), u"node-1 belongs to another cluster · dc2"_s);
    row(
        EndpointDuplicate, consul,
        [](ClusterStatus &, Reason &reason) {
            reason.endpoints = {u"http://10.1.10.10:8500"_s, u"http://consul:8500"_s};
            reason.names = {u"node-1"_s};
        },
        u"10.1.10.10:8500 and consul:8500 are one server · node-1"_s);
    row(EndpointShared, consul, onEndpoint(0, 5), u"node-1 leads to more than one server · gives no view of its own"_s);
    row(EndpointShared, consul, both(onEndpoint(0, 5), names({u"client-agent"_s})),
        u"node-1 is a client agent, no server · gives no view of its own"_s);
    row(FactsNarrowed, consul, names({u"operator:read"_s}), u"Not available: operator:read · less is known"_s);
    row(CertificateExpires, osapi, both(onEndpoint(0, 1), numbers(12, 30, u"days"_s)), u"Certificate of osapi-1 expires in 12 days"_s);
    row(CertificateExpires, osapi, both(onEndpoint(0, 1), numbers(1, 30, u"days"_s)), u"Certificate of osapi-1 expires in 1 day"_s);
    row(CertificateExpires, osapi, both(onEndpoint(0, 1), numbers(-1, 30, u"days"_s)), u"Certificate of osapi-1 has expired"_s);
    row(ClockSkew, osapi, both(onEndpoint(0, 1), numbers(-420, 300, u"s"_s)), u"Clock of osapi-1 differs by 7_min (limit 5_min)"_s);
    row(VersionMixed, consul, names({u"1.8.6"_s, u"1.8.7"_s}), u"Different versions: 1.8.6, 1.8.7"_s);
}

void TestSentences::systems_data()
{
    using enum ReasonCode;
    columns();
    const Cluster bufstream = test::calmBufstream, failing = test::failingBufstream, osapi = test::calmOsapi;
    const auto on = [](QStringList urls) {
        return [=](ClusterStatus &, Reason &reason) {
            reason.subject = u"object_storage"_s;
            reason.endpoints = urls;
            reason.count = static_cast<int>(urls.size());
            reason.of = 3;
        };
    };
    row(ComponentFailed, failing, on({u"http://bufstream-1.bufstream:9089"_s, u"http://bufstream-2.bufstream:9089"_s}),
        u"object_storage failed on 2 of 3 brokers · bufstream-1, bufstream-2 · put s3://eu/probe: 403 Forbidden"_s);
    row(ComponentFailed, osapi, both(about(u"controller.nats"_s), detail(u"no servers available"_s)),
        u"controller.nats failed · no servers available"_s);
    row(ComponentDegraded, bufstream, on({u"http://bufstream-1.bufstream:9089"_s}),
        u"object_storage degraded on 1 of 3 brokers: bufstream-1"_s);
    row(
        ComponentUnknown, osapi,
        [](ClusterStatus &cluster, Reason &reason) {
            cluster.components[1].reported = u"wobbly"_s;
            reason.subject = u"controller.api"_s;
        },
        u"controller.api says “wobbly”, not understood"_s);
    row(ComponentVanished, osapi, about(u"controller.dns"_s), u"controller.dns is no longer reported"_s);
    row(SectionVanished, osapi, about(u"streams"_s), u"Section “streams” is no longer reported"_s);
    const Change bad = both(onEndpoint(0, 1), severity(Severity::Critical));
    const auto itself = [](const QString &word) { return [=](ClusterStatus &cluster, Reason &) { cluster.endpoints[0].reported = word; }; };
    row(SystemDegraded, osapi, both(bad, names({u"degraded"_s})), u"OSAPI reports itself “degraded”"_s);
    row(SystemDegraded, osapi, both(both(bad, names({u"degraded"_s})), detail(u"HTTP 503"_s)),
        u"OSAPI reports itself “degraded” · HTTP 503"_s);
    row(SystemDegraded, osapi, both(both(bad, itself(u"ok"_s)), detail(u"HTTP 503"_s)),
        u"OSAPI answers HTTP 503 · although it says “ok”"_s);
    row(SystemDegraded, osapi, both(both(bad, itself({})), detail(u"HTTP 500"_s)), u"OSAPI answers HTTP 500"_s);
    row(SystemDegraded, osapi, both(both(onEndpoint(0, 1), severity(Severity::Unknown)), names({u"fair"_s})),
        u"OSAPI says “fair” of itself, not understood"_s);
    row(SystemDegraded, osapi, both(both(onEndpoint(0, 1), severity(Severity::Unknown)), itself({})),
        u"OSAPI says nothing of its own state"_s);
    row(ReportContradicts, osapi, both(both(onEndpoint(0, 1), names({u"ok"_s})), detail(u"HTTP 503"_s)),
        u"OSAPI says “ok” but answers HTTP 503"_s);
    row(ReportContradicts, osapi, both(onEndpoint(0, 1), names({u"ok"_s})), u"OSAPI says “ok” but its details disagree"_s);
    row(
        MembersDown, failing, [](ClusterStatus &cluster, Reason &reason) { reason = cluster.reasons[1]; },
        u"etcd has 2 of 3 members, can lose 0 · seen on 3 of 3 brokers"_s);
    row(MembersNoMajority, osapi, about(u"etcd"_s, 1, 3, u"members"_s), u"etcd has 1 of 3 members, no majority"_s);
    row(MigrationsBehind, osapi, about(u"metadata_storage_migrations"_s, 1, 2), u"metadata_storage_migrations at 1, target 2"_s);
    row(ConnectionsHigh, osapi, about(u"postgresql"_s, 95, 100, u"connections"_s), u"postgresql uses 95 of 100 connections"_s);
    row(QueueDeadLetters, osapi, about(u"jobs"_s, 3, 0, u"letters"_s), u"3 dead letters"_s);
    row(QueueDeadLetters, osapi, about(u"jobs"_s, 1, 0, u"letters"_s), u"1 dead letter"_s);
    row(QueueDeadLetters, osapi, about(u"jobs"_s, 9223372036854775807.0, 0, u"letters"_s),
        u"0 dead letters"_s); // the queue's number is exact
    row(QueueDeadLetters, osapi, about(u"gone"_s, 9223372036854775807.0, 0, u"letters"_s), u"9,223,372,036,854,775,807 dead letters"_s);
    row(QueueDeadLetters, osapi, about(u"jobs"_s, 5, 3, u"letters"_s), u"5 dead letters · 2 more than known"_s);
    row(
        QueueDeadLetters, osapi,
        [](ClusterStatus &cluster, Reason &reason) {
            cluster.queues->append(cluster.queues->first());
            reason.subject = u"jobs"_s;
            reason.value = 2;
        },
        u"2 dead letters in jobs"_s);
    row(QueueStuck, osapi, about(u"jobs"_s, 5), u"5 waiting, nothing moves"_s);
    row(QueueBacklog, osapi, about(u"jobs"_s, 1200, 1000, u"entries"_s), u"1,200 waiting (limit 1,000)"_s);
    row(AgentsNotReady, osapi, about(u"agents"_s, 1, 2, u"agents"_s, {u"web-02"_s}), u"1 of 2 agents ready · not ready: web-02"_s);
    row(AgentsNotReady, osapi, about(u"nats"_s, 0, 1, u"agents"_s, {u"web-02"_s}),
        u"0 of 1 process of kind nats ready · not ready: web-02"_s);
    row(AgentsMissing, osapi, about(u"agents"_s, 2, 3, u"agents"_s, {u"web-03"_s}), u"Agent web-03 gone · 2 of 3 agents"_s);
    row(AgentsMissing, osapi, about(u"agents"_s, 2, 3, u"agents"_s), u"Agents are missing · 2 of 3 agents"_s);
    row(AgentsNone, osapi, about(u"agents"_s, 0, 3), u"No agents · 3 before"_s);
    row(AgentCondition, osapi, about(u"web-01"_s, {}, {}, {}, {u"DiskPressure"_s, u"MemoryPressure"_s}),
        u"web-01 reports DiskPressure, MemoryPressure"_s);
}

void TestSentences::groups_data()
{
    using enum ReasonCode;
    columns();
    const Cluster consul = test::calmConsul;
    row(RaftQuorumLost, consul, group([](RaftStatus &raft) { raft.live = 2; }), u"Quorum lost: 2 of 5 voters live, 1 too few"_s);
    row(RaftLeaderless, consul, group([](RaftStatus &raft) { raft.views = {5, 4, 0}; }), u"No leader on 4 of 5 servers · 1 silent"_s);
    row(RaftLeaderSplit, consul, names({u"node-2"_s, u"node-3"_s}), u"Servers name 2 leaders: node-2 and node-3"_s);
    row(RaftLeaderSplit, consul, group([](RaftStatus &raft) { raft.peers[4].believesLeader = u"10.1.10.12:8300"_s; }),
        u"Servers name 2 leaders: node-2 and node-3"_s);
    row(RaftTwoLeaders, consul, both(names({u"node-2"_s, u"node-3"_s}), group([](RaftStatus &raft) {
        raft.peers[1].term = 5118;
        raft.peers[2].term = 5117;
    })),
        u"Two servers lead: node-2 and node-3 · term 5,118 and 5,117"_s);
    row(RaftLeaderUnconfirmed, consul, names({u"node-2"_s}), u"node-2 is named leader but does not confirm it"_s);
    row(RaftLeaderUnconfirmed, consul, both(names({u"node-2"_s}), detail(u"autopilot marks node-3"_s)),
        u"node-2 is named leader, but this is not confirmed · autopilot marks node-3"_s);
    row(RaftForwardFailed, consul, detail(u"no answer after 10 s"_s), u"Requests through the leader fail · no answer after 10 s"_s);
    row(RaftMembershipDiffers, consul, names({u"node-3"_s}), u"Servers disagree on the members: node-3"_s);
    row(RaftMarginZero, consul, group([](RaftStatus &raft) {
        raft.voters = raft.live = 2;
        raft.margin = 0;
    }),
        u"No further voter may fail: 2 of 2 voters live · 5 expected"_s);
    row(RaftMarginUnknown, consul, nothing, u"How many may fail is not known"_s);
    row(RaftSingleView, consul, nothing, u"Only one server gives a view of the group"_s);
    row(RaftLeaderUnknown, consul, nothing, u"Leader not known, no server tells"_s);
    row(RaftLeaderChurn, consul, numbers(3, {}, {}), u"3 leaders in 10 min"_s);
    row(RaftTermChurn, consul, numbers(3, {}, {}), u"The leader's term rose by 3 in 5 min"_s);
    row(RaftReportedUnhealthy, consul, nothing, u"Autopilot calls the group unhealthy, gives no reason"_s);
    row(RaftReportedUnhealthy, consul, names({u"node-4"_s}), u"Autopilot calls node-4 unhealthy, gives no reason"_s);
    row(RaftReportedUnhealthy, consul, both(names({u"node-4"_s}), detail(u"node-4 is “failed” in gossip"_s)),
        u"Autopilot calls node-4 unhealthy · node-4 is “failed” in gossip"_s);
    row(RaftVotersEven, consul, group([](RaftStatus &raft) { raft.voters = 4; }),
        u"4 voters, an even number · can lose no more than 3 could"_s);
    row(RaftVotersMany, consul, group([](RaftStatus &raft) { raft.voters = 7; }), u"7 voters, each write waits for more of them"_s);

    row(RaftPeerDown, consul, both(about(u"node-3"_s), group([](RaftStatus &raft) { raft.peers[2].reach = Reach::Refused; })),
        u"node-3 is down · refused"_s);
    row(RaftPeerIsolated, consul, about(u"node-1"_s, 2, 2, {}, {u"raft-stopped"_s}), u"Raft has stopped on node-1"_s);
    row(RaftPeerIsolated, consul, both(about(u"node-1"_s, 27, 2), group([](RaftStatus &raft) {
        raft.peers[0].role = PeerRole::Candidate;
        raft.peers[0].term = 27;
        raft.term = 2;
    })),
        u"node-1 sees no leader (candidate, term 27 against 2) · will force an election when it returns"_s);
    row(RaftPeerMissing, consul, both(about(u"node-6"_s), group([](RaftStatus &raft) { raft.expected = 6; })),
        u"node-6 is missing from the group · 5 of 6 voters"_s);
    row(RaftPeerMissing, consul, both(nothing, group([](RaftStatus &raft) { raft.expected = 7; })),
        u"2 voters are missing · 5 of 7 voters"_s);
    row(RaftPeerGhost, consul, about(u"10.1.10.99:8300"_s), u"10.1.10.99 is a member that gossip does not know"_s);
    row(RaftPeerContact, consul, about(u"node-4"_s, 0.412, 0.2, u"s"_s), u"node-4 heard from the leader 412_ms ago (limit 200_ms)"_s);
    row(RaftPeerLagging, consul, about(u"node-4"_s, 1204, 250, u"entries"_s), u"node-4 trails the leader by 1,204 entries (limit 250)"_s);
    row(RaftPeerTerm, consul, both(about(u"node-4"_s, 27, 28), group([](RaftStatus &raft) {
        raft.peers[3].term = 27;
        raft.term = 28;
    })),
        u"node-4 is in term 27, the leader in 28"_s);
    row(RaftPeerNonvoter, consul, about(u"node-4"_s), u"node-4 does not vote"_s);
}

QTEST_GUILESS_MAIN(TestSentences)
#include "tst_sentences.moc"
