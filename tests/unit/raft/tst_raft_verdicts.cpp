// SPDX-License-Identifier: GPL-3.0-or-later
// What happens to groups, told in a line (see story.h), and what Quorate makes of it: agreement, live/voters, margin, reasons.
#include "tests/unit/raft/story.h"

#include <QRegularExpression>
#include <QTest>

using namespace quorate;
using namespace quorate::test;

class RaftVerdicts final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void followers_data();
    void followers() { compare(); }
    void whoIsNamedMustLead_data();
    void whoIsNamedMustLead() { compare(); }
    void nobodyLeads_data();
    void nobodyLeads() { compare(); }
    void splits_data();
    void splits() { compare(); }
    void membersComeAndGo_data();
    void membersComeAndGo() { compare(); }
    void peersAndTheirNumbers_data();
    void peersAndTheirNumbers() { compare(); }
    void whatIsAskedDecidesWhatIsSeen_data();
    void whatIsAskedDecidesWhatIsSeen() { compare(); }

private:
    void compare();
};

namespace {
void columns()
{
    QTest::addColumn<QString>("group");
    QTest::addColumn<QString>("verdict");
}

void row(const char *name, const char *group, const char *verdict)
{
    QTest::newRow(name) << QString::fromUtf8(group) << QString::fromUtf8(verdict);
}
} // namespace

void RaftVerdicts::compare()
{
    QFETCH(const QString, group);
    QFETCH(const QString, verdict);
    QCOMPARE(told(judged(story(group))), verdict);
}

void RaftVerdicts::followers_data()
{
    columns();
    row("three healthy", "A(leader) B C", "agreed A · 3/3 margin 1");
    row("one server is a group", "A(leader)", "single-view A · 1/1 margin 0 · ok raft-single-view");
    row("follower down", "A(leader) B C(down)", "partial A · 2/3 margin 0 · warning raft-margin-zero, warning raft-peer-down C");
    row("follower's HTTP is down, its Raft is not", "A(leader) B C(down); vouches:C", "partial A · 3/3 margin 1");
    row("follower frozen", "A(leader) B C(timeout)", "partial A · 2/3 margin 0 · warning raft-margin-zero, warning raft-peer-down C");
    row("copied identities don't hide a view", "A(leader) B(id:A) C(id:A)", "agreed A · 3/3 margin 1");
    row("one of five down", "A(leader) B C D E(down)", "partial A · 4/5 margin 1 · warning raft-peer-down E");
}

void RaftVerdicts::whoIsNamedMustLead_data()
{
    columns();
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
        "unconfirmed A · 2/3 margin 0 · warning raft-leader-unconfirmed, warning raft-margin-zero, warning raft-peer-isolated A");
    row("it leads, it says; its own autopilot marks another", "A(leader) B C; marks:B",
        "unconfirmed A · 2/3 margin 0 · warning raft-leader-unconfirmed, warning raft-margin-zero");
    row("it leads, it says; but no list of members has it", "A(leader) B C; members:BC",
        "unconfirmed A · 2/2 margin 0 of 3 without A · warning raft-leader-unconfirmed, warning raft-margin-zero, warning "
        "raft-peer-missing A");
    row("a leader of nobody", "A(leader peers:) B(peers:) C(peers:)",
        "unconfirmed 10.0.0.1:8300 · 0/0 margin ? of 3 · warning raft-leader-unconfirmed, ok raft-margin-unknown");
    row("a follower is shut down", "A(leader) B C(state:Shutdown) D E", "agreed A · 4/5 margin 1 · warning raft-peer-isolated C");
    row("shut down ones don't count without a leader", "A(nobody state:Shutdown) B(nobody state:Shutdown) C(nobody)",
        "leaderless nobody · 1/3 margin -1 · (warning raft-margin-zero), warning raft-peer-isolated A, warning raft-peer-isolated B, "
        "critical raft-quorum-lost");
    row("leader's HTTP is down, but calls through it succeed", "A(down) B C; leads:A vouches:A", "partial A · 3/3 margin 1");
}

void RaftVerdicts::nobodyLeads_data()
{
    columns();
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
}

void RaftVerdicts::splits_data()
{
    columns();
    row("split", "A B(names:E) C D E; leads:D autopilot:none",
        "split D · 3/5 margin 0 · critical raft-leader-split, warning raft-margin-zero");
    row("two leaders, the newer term has fewer followers",
        "A(leader) B(names:A) C(names:D term:3) D(leader term:3) E(down); autopilot:none",
        "split D · 2/5 margin -1 · critical raft-leader-split, warning raft-margin-zero, warning raft-peer-down E, warning raft-peer-term "
        "A, "
        "warning raft-peer-term B, critical raft-two-leaders");
    row("two leaders in one term", "A(leader) B C(leader)",
        "split A · 2/3 margin 0 · critical raft-leader-split, warning raft-margin-zero, critical raft-two-leaders");
    row("copied identities don't hide that two lead", "A(leader) B C(id:A leader)",
        "split A · 2/3 margin 0 · critical raft-leader-split, warning raft-margin-zero, critical raft-two-leaders");
    row("two groups of one size in one configuration", "A(leader peers:AB) B(peers:AB) C(leader peers:CD) D(names:C peers:CD)",
        "split A · 2/2 margin 0 of 4 without C,D · critical raft-leader-split, warning raft-margin-zero, warning "
        "raft-membership-differs, warning raft-peer-missing C, warning raft-peer-missing D, critical raft-two-leaders");
    row("the leader is one of the members that are looked at",
        "A(leader peers:AB host:z) B(peers:AB host:y) C(leader peers:CD host:a) D(names:C peers:CD host:b)",
        "split C · 2/2 margin 0 of 4 without A,B · critical raft-leader-split, warning raft-margin-zero, warning "
        "raft-membership-differs, warning raft-peer-missing A, warning raft-peer-missing B, critical raft-two-leaders");
    row("isolated candidate", "A(leader) B C(candidate term:27)",
        "partial A · 2/3 margin 0 · warning raft-margin-zero, warning raft-peer-isolated C");
    row("isolated, and gossip calls it failed", "A(leader) B C(candidate term:27); unreachable:C",
        "partial A · 2/3 margin 0 · warning raft-margin-zero, warning raft-peer-isolated C");
    row("it names a leader that it has not heard from", "A(leader) B C(contact:39000)",
        "agreed A · 2/3 margin 0 · warning raft-margin-zero, warning raft-peer-contact C");
}

void RaftVerdicts::membersComeAndGo_data()
{
    columns();
    row("five, three killed and removed", "A(leader) B C(down) D(down) E(down); members:AB",
        "partial A · 2/2 margin 0 of 5 without 10.0.0.3,10.0.0.4,10.0.0.5 · warning raft-margin-zero, warning raft-peer-missing 10.0.0.3, "
        "warning raft-peer-missing 10.0.0.4, warning raft-peer-missing 10.0.0.5");
    row("two left of five that are configured by number", "A(leader) B; expected:5",
        "agreed A · 2/2 margin 0 of 5 · warning raft-margin-zero, warning raft-peer-missing");
    row("three left of a group that once had five", "A(leader) B C; held:5", "agreed A · 3/3 margin 1 of 5 · warning raft-peer-missing");
    row("fewer are wanted than there are", "A(leader) B C; expected:1", "agreed A · 3/3 margin 1 of 1");
    row("removed, but running on its own", "A(leader) B C D E(candidate); members:ABCD",
        "partial A · 4/4 margin 1 of 5 without E · warning raft-peer-missing E");
}

void RaftVerdicts::peersAndTheirNumbers_data()
{
    columns();
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
}

void RaftVerdicts::whatIsAskedDecidesWhatIsSeen_data()
{
    columns();
    row("one endpoint of three servers", "A(leader); members:ABC", "single-view A · 3/3 margin 1 · ok raft-single-view");
    row("one endpoint, autopilot reaches all but one", "A(leader); members:ABC unreachable:C",
        "single-view A · 2/3 margin 0 · warning raft-margin-zero, warning raft-peer-down C, ok raft-single-view");
    row("one endpoint without rights, headers prove a leader", "A(headers:20); members:ABC leads:B autopilot:none",
        "single-view 10.0.0.2:8300 · 2/3 margin ? · ok raft-margin-unknown, ok raft-single-view");
    row("one endpoint without rights, contact was long ago", "A(headers:39688); members:ABC leads:B autopilot:none",
        "single-view 10.0.0.2:8300 · 0/3 margin ? · warning raft-leader-unconfirmed, ok raft-margin-unknown, ok raft-single-view");
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

QTEST_GUILESS_MAIN(RaftVerdicts)
#include "tst_raft_verdicts.moc"
