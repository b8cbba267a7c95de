// SPDX-License-Identifier: GPL-3.0-or-later
// What happens to groups, told in a line (see story.h), and what Quorate makes of it: agreement, live/voters, margin, reasons.
#include "tests/unit/raft/story.h"

#include <QRegularExpression>
#include <QTest>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;

class RaftStories final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void verdicts_data();
    void verdicts();
    void peers_data();
    void peers();
    void endpointsKnowTheirServer();
    void downEndpointsAreExplained();
    void numbersOfReasons();
    void leaderIsLive_data();
    void leaderIsLive();
    void oldFactsCountForNothing();
    void identityOutlivesTheAnswers();
    void aForwardedCallConfirmsForTenSeconds();
    void aReportFromBeforeTellsNothing();
    void aCandidatesTermIsNotTheGroups();
    void oneHostForAllTellsNobodyApart();
    void namesOfMembersComeFromWhoeverKnows();
    void twoNodesOfOneNameAreCalledByAddress();
    void noServerIsGreenWithoutALeader();
    void quorumLossHidesWhatFollowsFromIt();
    void aTokenThatNobodyKnowsIsNeverOk();
};

namespace {
void row(const char *name, const char *group, const char *verdict)
{
    QTest::newRow(name) << QString::fromUtf8(group) << QString::fromUtf8(verdict);
}

const Reason *find(const RaftVerdict &verdict, ReasonCode code, const QString &subject = {})
{
    for (const Reason &reason : verdict.reasons) {
        if (reason.code == code && reason.subject == subject)
            return &reason;
    }
    return nullptr;
}

EndpointState &endpointNamed(Story &story, const QString &host)
{
    for (EndpointState &endpoint : story.endpoints) {
        if (endpoint.url.text() == u"http://"_s + host + u":8500"_s)
            return endpoint;
    }
    qFatal("no such endpoint");
}
} // namespace

void RaftStories::verdicts_data()
{
    QTest::addColumn<QString>("group");
    QTest::addColumn<QString>("verdict");

    row("three healthy", "A(leader) B C", "agreed A · 3/3 margin 1");
    row("one server is a group", "A(leader)", "single-view A · 1/1 margin 0 · ok raft-single-view");
    row("follower down", "A(leader) B C(down)", "partial A · 2/3 margin 0 · warning raft-margin-zero, warning raft-peer-down C");
    row("follower's HTTP is down, its Raft is not", "A(leader) B C(down); vouches:C", "partial A · 3/3 margin 1");
    row("follower frozen", "A(leader) B C(timeout)", "partial A · 2/3 margin 0 · warning raft-margin-zero, warning raft-peer-down C");
    row("one of five down", "A(leader) B C D E(down)", "partial A · 4/5 margin 1 · warning raft-peer-down E");

    row("leader killed, the survivors still name it", "A(down) B C; leads:A autopilot:none",
        "unconfirmed A · 2/3 margin 0 · warning raft-leader-unconfirmed, warning raft-margin-zero, warning raft-peer-down A");
    row("leader frozen, calls through it hang", "A(timeout) B C; leads:A forward:timeout",
        "unconfirmed A · 2/3 margin 0 · warning raft-forward-failed, warning raft-leader-unconfirmed, warning raft-margin-zero, "
        "warning raft-peer-down A");
    row("calls through a leader that answers hang", "A(leader) B C; forward:timeout",
        "agreed A · 3/3 margin 1 · warning raft-forward-failed");
    row("nobody leads: there is nothing to forward to", "A(nobody) B(nobody) C(nobody); leads:A forward:timeout",
        "leaderless nobody · 3/3 margin 1 · critical raft-leaderless");
    row("named, but it says that it follows", "A B C; leads:A marks:B",
        "unconfirmed A · 2/3 margin 0 · warning raft-leader-unconfirmed, warning raft-margin-zero");
    row("named, says that it follows, and nobody is marked", "A B C; leads:A autopilot:null",
        "unconfirmed A · 2/3 margin 0 · warning raft-leader-unconfirmed, warning raft-margin-zero");
    row("says that it follows, but the leader's own report is newer", "A B C; leads:A", "agreed A · 3/3 margin 1");
    row("named is one, the leader's own report marks another", "A(down) B C; leads:A vouches:A marks:B",
        "unconfirmed A · 2/3 margin 0 · warning raft-leader-unconfirmed, warning raft-margin-zero, warning raft-peer-down A");
    row("says both", "A(leader state:Follower) B C; autopilot:none",
        "unconfirmed A · 2/3 margin 0 · warning raft-leader-unconfirmed, warning raft-margin-zero");
    row("the leader is shut down", "A(leader state:Shutdown) B C",
        "unconfirmed A · 2/3 margin 0 · warning raft-leader-unconfirmed, warning raft-margin-zero");
    row("a follower is shut down", "A(leader) B C(state:Shutdown) D E", "agreed A · 4/5 margin 1 · warning raft-peer-isolated C");
    row("shut down ones don't count without a leader", "A(nobody state:Shutdown) B(nobody state:Shutdown) C(nobody)",
        "leaderless nobody · 1/3 margin -1 · (warning raft-margin-zero), critical raft-quorum-lost");
    row("leader's HTTP is down, but calls through it succeed", "A(down) B C; leads:A vouches:A", "partial A · 3/3 margin 1");
    row("leader killed, the survivors name nobody", "A(down) B(nobody) C(nobody)",
        "leaderless nobody · 2/3 margin 0 · critical raft-leaderless, warning raft-margin-zero, warning raft-peer-down A");
    row("an election", "A(nobody) B(candidate) C(nobody)", "leaderless nobody · 3/3 margin 1 · critical raft-leaderless");
    row("new leader, the old one is still a member", "A(down) B(leader term:3) C(term:3); autopilot:null",
        "partial B · 2/3 margin 0 · warning raft-margin-zero, warning raft-peer-down A");
    row("quorum lost", "A(candidate) B(down) C(down)",
        "single-view nobody · 1/3 margin -1 · (warning raft-margin-zero), warning raft-peer-down B, warning raft-peer-down C, "
        "critical raft-quorum-lost, ok raft-single-view");
    row("quorum of five lost", "A(candidate) B(nobody) C(down) D(timeout) E(down)",
        "leaderless nobody · 2/5 margin -1 · (warning raft-margin-zero), warning raft-peer-down C, warning raft-peer-down D, "
        "warning raft-peer-down E, critical raft-quorum-lost");
    row("no leader, but two servers were never asked: not lost", "A(nobody); members:ABC",
        "single-view nobody · 1/3 margin ? · critical raft-leaderless, ok raft-margin-unknown, ok raft-single-view");
    row("no leader, one rejects us: not lost", "A(nobody) B(rejected) C(down)",
        "single-view nobody · 1/3 margin ? · critical raft-leaderless, ok raft-margin-unknown, warning raft-peer-down C, ok "
        "raft-single-view");
    row("not bootstrapped", "A(nobody peers:) B(nobody peers:); members:",
        "leaderless nobody · 0/0 margin ? of 2 · critical raft-leaderless, ok raft-margin-unknown");

    row("without a leader the newest term tells the members", "A(nobody) B(nobody term:3 peers:AB) C(nobody)",
        "leaderless nobody · 2/2 margin 0 of 3 without C · critical raft-leaderless, warning raft-margin-zero, "
        "warning raft-membership-differs, warning raft-peer-missing C");

    row("split", "A B(names:E) C D E; leads:D autopilot:none",
        "split D · 3/5 margin 0 · critical raft-leader-split, warning raft-margin-zero");
    row("two leaders, the newer term has fewer followers",
        "A(leader) B(names:A) C(names:D term:3) D(leader term:3) E(down); autopilot:none",
        "split D · 2/5 margin -1 · critical raft-leader-split, warning raft-margin-zero, warning raft-peer-down E, warning raft-peer-term "
        "A, "
        "warning raft-peer-term B, critical raft-two-leaders");
    row("two leaders in one term", "A(leader) B C(leader)",
        "split A · 2/3 margin 0 · critical raft-leader-split, warning raft-margin-zero, critical raft-two-leaders");
    row("isolated candidate", "A(leader) B C(candidate term:27)",
        "partial A · 2/3 margin 0 · warning raft-margin-zero, warning raft-peer-isolated C");
    row("isolated, and gossip calls it failed", "A(leader) B C(candidate term:27); unreachable:C",
        "partial A · 2/3 margin 0 · warning raft-margin-zero, warning raft-peer-isolated C");
    row("it names a leader that it has not heard from", "A(leader) B C(contact:39000)",
        "agreed A · 2/3 margin 0 · warning raft-margin-zero, warning raft-peer-contact C");

    row("five, three killed and removed", "A(leader) B C(down) D(down) E(down); members:AB",
        "partial A · 2/2 margin 0 of 5 without 10.0.0.3,10.0.0.4,10.0.0.5 · warning raft-margin-zero, warning raft-peer-missing 10.0.0.3, "
        "warning raft-peer-missing 10.0.0.4, warning raft-peer-missing 10.0.0.5");
    row("two left of five that are configured by number", "A(leader) B; expected:5",
        "agreed A · 2/2 margin 0 of 5 · warning raft-margin-zero, warning raft-peer-missing");
    row("three left of a group that once had five", "A(leader) B C; held:5", "agreed A · 3/3 margin 1 of 5 · warning raft-peer-missing");
    row("fewer are wanted than there are", "A(leader) B C; expected:1", "agreed A · 3/3 margin 1 of 1");
    row("removed, but running on its own", "A(leader) B C D E(candidate); members:ABCD",
        "partial A · 4/4 margin 1 of 5 without E · warning raft-peer-missing E");

    row("ghost", "A(leader) B C; members:ABCD ghost:D",
        "agreed A · 3/4 margin 0 · warning raft-margin-zero, warning raft-peer-ghost 10.0.0.4:8300, ok raft-voters-even");
    row("non-voter", "A(leader) B C D; nonvoter:D", "agreed A · 3/3 margin 1 · warning raft-peer-nonvoter D");
    row("lagging", "A(leader) B C; trails:C=1204", "agreed A · 3/3 margin 1 · warning raft-peer-lagging C");
    row("trails, within the limit", "A(leader) B C; trails:C=250", "agreed A · 3/3 margin 1");
    row("trails, but only by numbers that can't be compared", "A(leader) B C; autopilot:none", "agreed A · 3/3 margin 1");
    row("slow contact", "A(leader) B C(contact:412)", "agreed A · 3/3 margin 1 · warning raft-peer-contact C");
    row("contact at the limit", "A(leader) B C(contact:200)", "agreed A · 3/3 margin 1");
    row("slow contact of a peer that is not asked", "A(leader); members:ABC slow:C=412",
        "single-view A · 3/3 margin 1 · warning raft-peer-contact C, ok raft-single-view");
    row("term differs", "A(leader) B C(term:1)", "agreed A · 3/3 margin 1 · warning raft-peer-term C");
    row("just started", "A(leader) B C(never term:0)", "agreed A · 2/3 margin 0 · warning raft-margin-zero");
    row("even voters", "A(leader) B C D", "agreed A · 4/4 margin 1 · ok raft-voters-even");
    row("even, because one is gone: said as missing", "A(leader) B C(down); members:AB",
        "partial A · 2/2 margin 0 of 3 without 10.0.0.3 · warning raft-margin-zero, warning raft-peer-missing 10.0.0.3");
    row("more than five", "A(leader) B C D E F G", "agreed A · 7/7 margin 3 · ok raft-voters-many");
    row("membership differs", "A(leader) B C(peers:ABCD)", "agreed A · 3/3 margin 1 · warning raft-membership-differs");

    row("unhealthy for a reason of its own", "A(leader) B C; autopilot:unhealthy",
        "agreed A · 3/3 margin 1 · warning raft-reported-unhealthy");
    row("unhealthy, and we know why", "A(leader) B C(contact:412); autopilot:unhealthy",
        "agreed A · 3/3 margin 1 · warning raft-peer-contact C");
    row("autopilot has no servers yet", "A(leader) B C; autopilot:null", "agreed A · 3/3 margin 1");

    row("one endpoint of three servers", "A(leader); members:ABC", "single-view A · 3/3 margin 1 · ok raft-single-view");
    row("one endpoint, autopilot reaches all but one", "A(leader); members:ABC unreachable:C",
        "single-view A · 2/3 margin 0 · warning raft-margin-zero, warning raft-peer-down C, ok raft-single-view");
    row("one endpoint without rights, headers prove a leader", "A(headers:20); members:ABC leads:B autopilot:none",
        "single-view 10.0.0.2:8300 · 2/3 margin ? · ok raft-margin-unknown, ok raft-single-view");
    row("one endpoint without rights, contact was long ago", "A(headers:39688); members:ABC leads:B autopilot:none",
        "single-view 10.0.0.2:8300 · 0/3 margin ? · warning raft-leader-unconfirmed, ok raft-margin-unknown, warning raft-peer-contact "
        "10.0.0.1:8300, ok raft-single-view");
    row("one endpoint that tells nothing more", "A(norights); members:ABC leads:B autopilot:none",
        "single-view 10.0.0.2:8300 · 0/3 margin ? · warning raft-leader-unconfirmed, ok raft-margin-unknown, ok raft-single-view");
    row("three endpoints without rights", "A(headers:0) B(headers:20) C(headers:30); leads:A autopilot:none",
        "agreed 10.0.0.1:8300 · 3/3 margin ? · ok raft-margin-unknown");
    row("three by name without rights", "A(headers:0 host:a.example) B(headers:20 host:b.example); members:AB leads:A autopilot:none",
        "agreed 10.0.0.1:8300 · 1/2 margin ? · ok raft-margin-unknown");
    row("duplicate URL", "A(leader) B C D(is:A leader)", "agreed A · 3/3 margin 1 · ok endpoint-duplicate http://10.0.0.4:8500");
    row("client agent beside the servers", "A(leader) B C D(client)", "agreed A · 3/3 margin 1 · ok endpoint-shared http://10.0.0.4:8500");
    row("client agent alone", "D(client); members:ABC leads:A", "unseen A · 3/3 margin 1 · ok endpoint-shared http://10.0.0.4:8500");
    row("client agent alone, no leader", "D(client nobody); members:ABC",
        "unseen nobody · 0/3 margin ? · ok endpoint-shared http://10.0.0.4:8500, critical raft-leaderless, ok raft-margin-unknown");
    row("other datacentre", "A(leader) B C D(dc:dc2 peers:XYZ names:X); members:ABC",
        "agreed A · 3/3 margin 1 · warning endpoint-foreign http://10.0.0.4:8500");
    row("other group in the same datacentre", "A(leader) B C D(peers:D leader term:9); members:ABC",
        "agreed A · 3/3 margin 1 · warning endpoint-foreign http://10.0.0.4:8500");

    row("nothing polled yet", "A B C; silent", "unseen nobody · 0/0 margin ? of 3 · (unknown raft-leader-unknown)");
    row("all down", "A(down) B(down) C(down)", "unseen nobody · 0/0 margin ? of 3 · (unknown raft-leader-unknown)");
    row("all reject us", "A(rejected) B(rejected)", "unseen nobody · 0/0 margin ? of 2 · unknown raft-leader-unknown");
}

void RaftStories::verdicts()
{
    QFETCH(QString, group);
    QFETCH(QString, verdict);
    QCOMPARE(told(judged(story(group))), verdict);
}

void RaftStories::peers_data()
{
    QTest::addColumn<QString>("group");
    QTest::addColumn<QString>("rows");
    row("healthy", "A(leader) B C", "A:leader:live B:follower:live C:follower:live");
    row("down", "A(leader) B C(down)", "A:leader:live B:follower:live C:unknown:down:critical");
    row("vouched for", "A(leader) B C(down); vouches:C", "A:leader:live B:follower:live C:follower:live");
    row("leader killed", "A(down) B C; leads:A autopilot:none", "A:unknown:down:critical B:follower:live C:follower:live");
    row("isolated", "A(leader) B C(candidate)", "A:leader:live B:follower:live C:candidate:isolated:critical");
    row("lagging and slow", "A(leader) B(contact:300) C; trails:C=251", "A:leader:live B:follower:slow:warning C:follower:lagging:warning");
    row("ghost and non-voter", "A(leader) B C; members:ABCD ghost:D nonvoter:C",
        "A:leader:live B:follower:live C:non-voter:live:warning 10.0.0.4:8300:unknown:ghost:warning");
    row("two leaders", "A(leader) B(names:A) C(names:D term:3) D(leader term:3)",
        "A:leader:live:critical B:follower:live:warning C:follower:live D:leader:live");
    row("nobody asked, nobody tells", "A(headers:20); members:AB leads:A autopilot:none",
        "10.0.0.1:8300:leader:live 10.0.0.2:8300:unknown:unseen:unknown");
    row("missing", "A(leader) B C(down); members:AB", "10.0.0.3:unknown:missing:warning A:leader:live B:follower:live");
}

void RaftStories::peers()
{
    QFETCH(QString, group);
    QFETCH(QString, rows);
    QCOMPARE(toldPeers(judged(story(group))), rows);
}

void RaftStories::endpointsKnowTheirServer()
{
    const RaftVerdict verdict = judged(story(u"A(leader) B C(down) D(client)"_s));
    const auto shown
        = [&](const char *host) { return verdict.endpoints.value(EndpointUrl(u"http://"_s + QLatin1String(host) + u":8500"_s)); };
    QCOMPARE(shown("10.0.0.1").id, u"id-A"_s);
    QCOMPARE(shown("10.0.0.1").label, u"A"_s);
    QCOMPARE(shown("10.0.0.1").reported, u"leader"_s);
    QCOMPARE(shown("10.0.0.2").reported, u"follower"_s);
    QCOMPARE(shown("10.0.0.3").label, u"C"_s); // by the host of its URL: it told nothing itself
    QCOMPARE(shown("10.0.0.3").reported, QString());
    QCOMPARE(shown("10.0.0.4").reported, u"client agent"_s);
    QVERIFY(shown("10.0.0.4").shared);
}

void RaftStories::downEndpointsAreExplained()
{
    const auto why = [](const QString &group, const char *host) {
        return judged(story(group)).endpoints.value(EndpointUrl(u"http://"_s + QLatin1String(host) + u":8500"_s));
    };
    const auto member = why(u"A(leader) B C(down)"_s, "10.0.0.3");
    QCOMPARE(member.explainedBy, ReasonCode::RaftPeerDown);
    QCOMPARE(member.explainedSubject, u"C"_s);
    const auto removed = why(u"A(leader) B C(down); members:AB"_s, "10.0.0.3");
    QCOMPARE(removed.explainedBy, ReasonCode::RaftPeerMissing);
    QCOMPARE(removed.explainedSubject, u"10.0.0.3"_s);
    QVERIFY(!why(u"A(leader) B C(down); vouches:C"_s, "10.0.0.3").explainedBy); // only the endpoint is
}

void RaftStories::numbersOfReasons()
{
    const RaftVerdict lagging = judged(story(u"A(leader) B(contact:412) C(candidate term:27); trails:B=1204"_s));
    const Reason *trails = find(lagging, ReasonCode::RaftPeerLagging, u"B"_s);
    QVERIFY(trails);
    QCOMPARE(trails->value, 1204.0);
    QCOMPARE(trails->limit, 250.0);
    QCOMPARE(trails->unit, u"entries"_s);
    const Reason *contact = find(lagging, ReasonCode::RaftPeerContact, u"B"_s);
    QVERIFY(contact);
    QCOMPARE(contact->value, 0.412);
    QCOMPARE(contact->limit, 0.2);
    QCOMPARE(contact->unit, u"s"_s);
    const Reason *isolated = find(lagging, ReasonCode::RaftPeerIsolated, u"C"_s);
    QVERIFY(isolated);
    QCOMPARE(isolated->value, 27.0);
    QCOMPARE(isolated->limit, 2.0);

    const RaftVerdict lost = judged(story(u"A(candidate) B(down) C(down)"_s));
    const Reason *quorum = find(lost, ReasonCode::RaftQuorumLost);
    QVERIFY(quorum);
    QCOMPARE(quorum->count, 1);
    QCOMPARE(quorum->of, 3);
    QCOMPARE(quorum->limit, 2.0);

    const RaftVerdict split = judged(story(u"A(leader) B C(names:D term:3) D(leader term:3)"_s));
    QCOMPARE(find(split, ReasonCode::RaftTwoLeaders)->names, (QStringList{u"D"_s, u"A"_s})); // the newer term first
    QCOMPARE(find(split, ReasonCode::RaftLeaderSplit)->names, (QStringList{u"D"_s, u"A"_s}));
    QCOMPARE(split.status.leader, u"10.0.0.4:8300"_s);
    QCOMPARE(split.status.term, quint64(3));
}

void RaftStories::leaderIsLive_data()
{
    QTest::addColumn<QString>("group");
    QTest::addColumn<bool>("live");
    QTest::newRow("answers as one") << u"A(leader) B(down) C(down)"_s << true;
    QTest::newRow("killed") << u"A(down) B C; leads:A autopilot:none"_s << false;
    QTest::newRow("frozen") << u"A(timeout) B C; leads:A forward:timeout"_s << false;
    QTest::newRow("through a call") << u"A(down) B C; leads:A vouches:A"_s << true;
    QTest::newRow("nobody") << u"A(nobody) B(nobody)"_s << false;
    QTest::newRow("named, but it calls itself a follower") << u"A B C; leads:A autopilot:none"_s << false;
    QTest::newRow("unseen") << u"A(down) B(down)"_s << false;
}

void RaftStories::leaderIsLive()
{
    QFETCH(QString, group);
    QFETCH(bool, live);
    QCOMPARE(judged(story(group)).leaderLive, live);
}

void RaftStories::oldFactsCountForNothing()
{
    Story group = story(u"A(leader) B C"_s);
    group.now = group.now + 2 * group.spec.interval + group.spec.timeout;
    const RaftVerdict verdict = judged(group);
    QCOMPARE(verdict.status.agreement, Agreement::Unseen);
    QVERIFY(!verdict.status.margin);
    QVERIFY(!verdict.leaderLive);
    QVERIFY(!verdict.status.reported);
    QCOMPARE(severityOf(verdict), Severity::Unknown);
    QCOMPARE(verdict.status.peers.size(), 3); // still to be shown, as not seen
    for (const PeerStatus &peer : verdict.status.peers)
        QCOMPARE(peer.state, PeerState::Unseen);
}

// A server that answered once is known by its identity when it no longer does, even where its URL's host tells nothing.
void RaftStories::identityOutlivesTheAnswers()
{
    Story group = story(u"A(leader) B C(host:c.example)"_s);
    EndpointState &gone = endpointNamed(group, u"c.example"_s);
    gone.attempt->reach = Reach::Refused;
    const RaftVerdict verdict = judged(group);
    QVERIFY2(!find(verdict, ReasonCode::RaftPeerDown, u"C"_s), "autopilot still vouches for it");
    QCOMPARE(verdict.endpoints.value(gone.url).label, u"C"_s);
    for (const PeerStatus &peer : verdict.status.peers)
        QVERIFY(peer.hasEndpoint);
}

void RaftStories::aForwardedCallConfirmsForTenSeconds()
{
    Story group = story(u"A(down) B C; leads:A vouches:A"_s);
    QVERIFY(judged(group).leaderLive);
    for (EndpointState &endpoint : group.endpoints) { // the next poll of each, 11 s later, without a new call
        endpoint.attempt->at = endpoint.attempt->at + Milliseconds(11'000);
        if (endpoint.understood.contains(u"leader"_s))
            endpoint.understood[u"leader"_s].at = endpoint.attempt->at;
    }
    group.now = group.now + Milliseconds(11'000);
    const RaftVerdict later = judged(group);
    QVERIFY(!later.leaderLive);
    QCOMPARE(later.status.agreement, Agreement::Unconfirmed);
}

// Autopilot reached C, which we can't ask; but that was 11 s ago.
void RaftStories::aReportFromBeforeTellsNothing()
{
    Story group = story(u"A(leader); members:ABC"_s);
    QCOMPARE(judged(group).status.margin, 1);
    EndpointState &asked = group.endpoints.first();
    asked.attempt->at = asked.attempt->at + Milliseconds(11'000);
    asked.understood[u"leader"_s].at = asked.attempt->at;
    group.now = group.now + Milliseconds(11'000);
    const RaftVerdict later = judged(group);
    QVERIFY(later.leaderLive);
    QVERIFY(!later.status.margin);
    QCOMPARE(later.status.live, 1);
}

void RaftStories::aCandidatesTermIsNotTheGroups()
{
    QCOMPARE(judged(story(u"A(down) B C(candidate term:27); leads:A autopilot:none"_s)).status.term, quint64(2));
    QCOMPARE(judged(story(u"A(leader) B C(candidate term:27)"_s)).status.term, quint64(2));
}

// Two servers on one machine: which URL is which, only they could tell.
void RaftStories::oneHostForAllTellsNobodyApart()
{
    Story group = story(u"A(norights) B(norights); leads:A autopilot:none"_s);
    for (EndpointState &endpoint : group.endpoints)
        endpoint.understood[u"leader"_s].facts.raft->peers = QStringList{u"10.0.0.1:8300"_s, u"10.0.0.1:8301"_s};
    const RaftVerdict verdict = judged(group);
    QCOMPARE(verdict.status.peers.size(), 2);
    for (const PeerStatus &peer : verdict.status.peers)
        QVERIFY(!peer.hasEndpoint);
}

void RaftStories::namesOfMembersComeFromWhoeverKnows()
{
    // The leader may not tell more than the peers' addresses; B may.
    const RaftVerdict verdict = judged(story(u"A(headers:0) B C; leads:A autopilot:none"_s));
    QStringList names;
    for (const PeerStatus &peer : verdict.status.peers)
        names.append(peer.name);
    QCOMPARE(names, (QStringList{u"A"_s, u"B"_s, u"C"_s}));
}

void RaftStories::twoNodesOfOneNameAreCalledByAddress()
{
    Story group = story(u"A(leader) B(contact:300) C(contact:300)"_s);
    for (EndpointState &endpoint : group.endpoints) {
        endpoint.understood.remove(u"autopilot"_s);
        for (RaftMember &member : *endpoint.understood[u"leader"_s].facts.raft->membership)
            member.name = u"node"_s;
    }
    const RaftVerdict verdict = judged(group);
    QVERIFY(find(verdict, ReasonCode::RaftPeerContact, u"10.0.0.2:8300"_s));
    QVERIFY(find(verdict, ReasonCode::RaftPeerContact, u"10.0.0.3:8300"_s));
}

void RaftStories::noServerIsGreenWithoutALeader()
{
    for (const QString &text :
        {u"A(nobody) B(candidate) C(nobody)"_s, u"A(candidate) B(down) C(down)"_s, u"A(nobody) B(nobody) C(down)"_s}) {
        const RaftVerdict verdict = judged(story(text));
        for (const PeerStatus &peer : verdict.status.peers)
            QVERIFY2(peer.severity > Severity::Ok, qPrintable(text + u": "_s + peer.name));
    }
}

void RaftStories::quorumLossHidesWhatFollowsFromIt()
{
    const RaftVerdict verdict = judged(story(u"A(candidate) B(down) C(down)"_s));
    const Reason *margin = find(verdict, ReasonCode::RaftMarginZero);
    QVERIFY(margin);
    QCOMPARE(margin->foldedUnder, ReasonCode::RaftQuorumLost);
    QVERIFY(!find(verdict, ReasonCode::RaftPeerDown, u"B"_s)->foldedUnder);
}

// The status endpoints answer whatever the token: leader and peers alone would look healthy.
void RaftStories::aTokenThatNobodyKnowsIsNeverOk()
{
    const Story group = story(u"A(headers:0) B(headers:20) C(headers:30); leads:A autopilot:none"_s);
    ClusterState cluster;
    cluster.spec = group.spec;
    cluster.endpoints = group.endpoints;
    QCOMPARE(judged(cluster, JudgeMode::OneShot, group.now).severity, Severity::Ok);
    for (EndpointState &endpoint : cluster.endpoints) {
        Observation rejected = *endpoint.attempt;
        rejected.request = u"self"_s;
        rejected.primary = false;
        rejected.http = 403;
        rejected.reach = Reach::Unauthorised;
        rejected.error = u"HTTP 403: “ACL not found”"_s;
        rejected.facts.credentialRejected = true;
        endpoint.newest.insert(rejected.request, rejected);
    }
    const ClusterStatus status = judged(cluster, JudgeMode::OneShot, group.now);
    QCOMPARE(status.severity, Severity::Unknown);
    QCOMPARE(status.reasons.first().code, ReasonCode::EndpointUnauthorised);
    QCOMPARE(status.reasons.first().detail, u"HTTP 403: “ACL not found”"_s);
}

QTEST_GUILESS_MAIN(RaftStories)
#include "tst_raft_stories.moc"
