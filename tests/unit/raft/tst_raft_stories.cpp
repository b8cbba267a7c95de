// SPDX-License-Identifier: GPL-3.0-or-later
// What Quorate tells of the peers, endpoints and reasons of a group (see story.h); how long what was told counts.
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
        "A:leader:live:critical B:follower:unseen:unknown C:follower:live D:leader:live");
    row("just started", "A(leader) B C(never)", "A:leader:live B:follower:live C:follower:unseen:unknown");
    row("long out of touch", "A(leader) B C(contact:11000)", "A:leader:live B:follower:live C:follower:unseen:unknown");
    row("a follower is shut down", "A(leader) B C(state:Shutdown)", "A:leader:live B:follower:live C:unknown:isolated:critical");
    row("the leader is shut down", "A(leader state:Shutdown) B C", "A:unknown:isolated:critical B:follower:live C:follower:live");
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
