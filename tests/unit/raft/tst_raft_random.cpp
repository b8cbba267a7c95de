// SPDX-License-Identifier: GPL-3.0-or-later
// Random groups from a fixed seed: what must hold for every verdict, whatever the servers say.
#include "tests/unit/raft/story.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace quorate;
using namespace quorate::test;
using namespace Qt::StringLiterals;

class RaftRandom final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void invariants();
};

namespace {
constexpr int groups = 4000;

QString randomGroup(QRandomGenerator &random)
{
    static const QStringList traits{u""_s, u""_s, u""_s, u"leader"_s, u"leader term:3"_s, u"down"_s, u"timeout"_s, u"rejected"_s,
        u"candidate"_s, u"candidate term:9"_s, u"nobody"_s, u"names:A"_s, u"names:B"_s, u"names:Z"_s, u"contact:400"_s, u"contact:20000"_s,
        u"never"_s, u"norights"_s, u"headers:20"_s, u"headers:30000"_s, u"client"_s, u"is:A"_s, u"dc:dc2"_s, u"peers:AB"_s, u"peers:XYZ"_s,
        u"peers:"_s, u"host"_s};
    static const QStringList options{u""_s, u""_s, u"autopilot:none"_s, u"autopilot:null"_s, u"autopilot:unhealthy"_s, u"leads:A"_s,
        u"leads:B"_s, u"members:AB"_s, u"members:ABCDEFG"_s, u"nonvoter:B"_s, u"ghost:C"_s, u"expected:5"_s, u"held:7"_s,
        u"forward:timeout"_s, u"unreachable:B"_s, u"trails:B=900"_s, u"vouches:B"_s};
    QStringList servers;
    const int count = random.bounded(1, 8);
    for (int i = 0; i < count; ++i) {
        QString trait = traits.at(random.bounded(int(traits.size())));
        if (trait == u"host"_s) // a name instead of the address; URLs are unique in a cluster
            trait += u":%1.example"_s.arg(i);
        servers.append(QString(QChar(u'A' + i)) + (trait.isEmpty() ? QString() : u'(' + trait + u')'));
    }
    QStringList chosen;
    for (int i = random.bounded(4); i > 0; --i)
        chosen.append(options.at(random.bounded(int(options.size()))));
    return servers.join(u' ') + u"; "_s + chosen.join(u' ');
}

bool has(const RaftVerdict &verdict, ReasonCode code)
{
    return std::any_of(verdict.reasons.begin(), verdict.reasons.end(), [&](const Reason &reason) { return reason.code == code; });
}

QString brokenCounts(const RaftStatus &status)
{
    if (status.margin && *status.margin != status.live - status.quorum)
        return u"margin is not live − quorum"_s;
    if (status.voters > 0 && status.quorum != status.voters / 2 + 1)
        return u"quorum"_s;
    if (status.live > status.voters || status.live < 0)
        return u"more live than there are"_s;
    if (status.views.naming > status.views.answered || status.views.answered > status.views.asked)
        return u"views"_s;
    if (status.missing.size() > std::max(0, status.expected - status.voters))
        return u"more missing than lacking"_s;
    return {};
}

QString brokenLeader(const RaftVerdict &verdict)
{
    const RaftStatus &status = verdict.status;
    const bool nobody = status.leader.isEmpty();
    if (has(verdict, ReasonCode::RaftQuorumLost) && (!nobody || status.live >= status.quorum))
        return u"quorum lost with a leader or a quorum"_s;
    const bool counted = status.margin.has_value() && status.views.answered > 0;
    if (nobody && counted && status.live < status.quorum && !has(verdict, ReasonCode::RaftQuorumLost))
        return u"no leader, every voter told, too few live: not called lost"_s;
    if (has(verdict, ReasonCode::RaftQuorumLost) && has(verdict, ReasonCode::RaftLeaderless))
        return u"lost and leaderless"_s;
    if (verdict.leaderLive && nobody)
        return u"nobody is live"_s;
    const bool unseen = status.views.answered == 0;
    if ((status.agreement == Agreement::Unseen) != unseen || (status.agreement == Agreement::SingleView) != (status.views.answered == 1))
        return u"agreement"_s;
    if (status.agreement == Agreement::Agreed && (!verdict.leaderLive || status.views.naming != status.views.asked))
        return u"agreed by less than all"_s;
    return {};
}

QString brokenSeverity(const RaftVerdict &verdict)
{
    const Severity severity = severityOf(verdict);
    if (severity == Severity::Ok && !verdict.leaderLive && !has(verdict, ReasonCode::RaftLeaderUnknown))
        return u"Ok without a leader that is live"_s;
    if (verdict.status.leader.isEmpty() && verdict.status.views.answered > 0 && severity != Severity::Critical)
        return u"nobody leads, and it is not Critical"_s;
    QSet<QString> rows;
    for (const Reason &reason : verdict.reasons) {
        const QString row = name(reason.code) + u' ' + reason.subject;
        if (rows.contains(row))
            return u"two rows: "_s + row;
        rows.insert(row);
    }
    for (const PeerStatus &peer : verdict.status.peers) {
        if (peer.severity == Severity::Ok && (peer.state == PeerState::Down || peer.state == PeerState::Unseen))
            return u"a peer that is not there is Ok"_s;
    }
    return {};
}
} // namespace

void RaftRandom::invariants()
{
    QRandomGenerator random(5);
    for (int i = 0; i < groups; ++i) {
        const QString text = randomGroup(random);
        Story group = story(text);
        const RaftVerdict verdict = judged(group);
        const QString problem = brokenCounts(verdict.status) + brokenLeader(verdict) + brokenSeverity(verdict);
        QVERIFY2(problem.isEmpty(), qPrintable(problem + u": "_s + text + u"\n"_s + told(verdict)));

        std::shuffle(group.endpoints.begin(), group.endpoints.end(), random);
        const RaftVerdict again = judged(group);
        QVERIFY2(again.status == verdict.status && again.reasons == verdict.reasons, qPrintable(u"order matters: "_s + text));
    }
}

QTEST_GUILESS_MAIN(RaftRandom)
#include "tst_raft_random.moc"
