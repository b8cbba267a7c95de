// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/status/what_if.h"
#include "models/wording/over_time.h"

#include <QRegularExpression>
#include <QTest>

#include <random>

using namespace quorate;
using namespace Qt::StringLiterals;

namespace {
/// Servers a, b, c … at 10.0.0.1:8300, 10.0.0.2:8300 …; the first leads, the last `down` are down.
RaftStatus group(int voters, int down = 0)
{
    RaftStatus raft;
    raft.voters = voters;
    raft.live = voters - down;
    raft.quorum = voters / 2 + 1;
    raft.margin = raft.live - raft.quorum;
    raft.leader = u"10.0.0.1:8300"_s;
    for (int i = 0; i < voters; ++i) {
        PeerStatus peer;
        peer.name = QString(QChar(u'a' + i));
        peer.address = u"10.0.0.%1:8300"_s.arg(i + 1);
        peer.id = u"id-%1"_s.arg(peer.name);
        peer.state = i < voters - down ? (i == 1 ? PeerState::Lagging : PeerState::Live) : PeerState::Down;
        raft.peers.append(peer);
    }
    return raft;
}

QString plain(QString text) { return text.replace(QChar(0xa0), u' '); }

PeerStatus lagging(std::optional<qint64> trailing, std::optional<double> perSecond)
{
    PeerStatus peer;
    peer.trailing = trailing;
    peer.trailingPerSecond = perSecond;
    return peer;
}
} // namespace

/// If these servers failed; and the words for it and for what only time tells.
class TestWhatIf final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void inWords_data()
    {
        QTest::addColumn<RaftStatus>("raft");
        QTest::addColumn<QString>("without");
        QTest::addColumn<QString>("said");
        QTest::newRow("a follower of three") << group(3) << u"c"_s
                                             << u"Without c: quorum holds · 2 of 3 voters live · no further voter may fail"_s;
        QTest::newRow("the leader of three")
            << group(3) << u"a"_s
            << u"Without a: quorum holds · 2 of 3 voters live · no further voter may fail · a new leader would have to be elected"_s;
        QTest::newRow("two of three") << group(3) << u"b c"_s << u"Without b, c: quorum lost · 1 of 3 voters live · 2 needed"_s;
        QTest::newRow("one of five") << group(5) << u"b"_s << u"Without b: quorum holds · 4 of 5 voters live · 1 more may fail"_s;
        QTest::newRow("one that is down already")
            << group(5, 1) << u"e"_s << u"Without e: quorum holds · 4 of 5 voters live · 1 more may fail"_s;
        QTest::newRow("by address") << group(3) << u"10.0.0.3:8300"_s
                                    << u"Without c: quorum holds · 2 of 3 voters live · no further voter may fail"_s;
        QTest::newRow("by host, twice") << group(3) << u"10.0.0.3 C"_s
                                        << u"Without c: quorum holds · 2 of 3 voters live · no further voter may fail"_s;
        QTest::newRow("by id") << group(3) << u"id-c"_s << u"Without c: quorum holds · 2 of 3 voters live · no further voter may fail"_s;
        QTest::newRow("the only one") << group(1) << u"a"_s << u"Without a: quorum lost · 0 of 1 voter live · 1 needed"_s;
        RaftStatus blind = group(3);
        blind.margin.reset();
        QTest::newRow("too little evidence") << blind << u"c"_s
                                             << u"Without c: what is left is not known, how many may fail now is not known either"_s;
        RaftStatus reader = group(4);
        reader.peers.last().voter = false;
        reader.voters = reader.live = 3;
        reader.quorum = 2;
        reader.margin = 1;
        QTest::newRow("one that does not vote") << reader << u"d"_s << u"Without d: quorum holds · 3 of 3 voters live · 1 more may fail"_s;
    }
    void inWords()
    {
        QFETCH(RaftStatus, raft);
        QFETCH(QString, without);
        QFETCH(QString, said);
        const WhatIf result = whatIf(raft, without.split(u' '));
        QCOMPARE(result.unknown, QStringList());
        QCOMPARE(plain(wording::whatIf(result)), said);
    }

    void whoIsNotThereIsNamed()
    {
        const WhatIf result = whatIf(group(3), {u"c"_s, u"nobody"_s, u"10.0.0.9"_s});
        QCOMPARE(result.without, QStringList{u"c"_s});
        QCOMPARE(result.unknown, (QStringList{u"nobody"_s, u"10.0.0.9"_s}));
    }

    /// The margin says how many more may fail: exactly so many can be taken away, whoever they are.
    void theMarginIsWhatCanBeTaken()
    {
        std::mt19937 random(3);
        for (int round = 0; round < 500; ++round) {
            const int voters = 1 + int(random() % 9);
            const RaftStatus raft = group(voters, int(random() % unsigned(voters / 2 + 1)));
            QStringList names;
            for (int i = 0; i < raft.live; ++i)
                names.append(raft.peers.at(i).name);
            std::shuffle(names.begin(), names.end(), random);
            for (int taken = 0; taken <= names.size(); ++taken) {
                const WhatIf result = whatIf(raft, names.first(taken));
                QCOMPARE(*result.margin, *raft.margin - taken);
                QCOMPARE(*result.margin >= 0, taken <= *raft.margin);
                QCOMPARE(result.leaderFails, names.first(taken).contains(u"a"_s));
            }
        }
    }

    void lagHasADirection()
    {
        const auto said = [](const PeerStatus &peer) { return plain(wording::lagDirection(peer)); };
        QCOMPARE(said(lagging(1204, -30)), u"catches up in about 40 s"_s);
        QCOMPARE(said(lagging(1204, -1)), u"catches up in about 20 min"_s);
        QCOMPARE(said(lagging(3, -30)), u"catches up in about 1 s"_s);
        QCOMPARE(said(lagging(1204, 12)), u"falling behind"_s);
        QCOMPARE(said(lagging(1204, 0)), u"not catching up"_s);
        QCOMPARE(said(lagging(1204, {})), QString());
        QCOMPARE(said(lagging(0, -5)), QString());
        QCOMPARE(said(lagging({}, -5)), QString());
    }

    void theLeadersTenure()
    {
        const Time now{Instant(std::chrono::hours(100'000)), {}, {}};
        RaftStatus raft = group(3);
        QCOMPARE(wording::tenure(raft, now), QString());
        QCOMPARE(wording::leaderChanges(raft), QString());
        raft.leaderSince = now.wall - std::chrono::hours(9);
        raft.leaderChanges = 0;
        QCOMPARE(plain(wording::tenure(raft, now)), u"leader for at least 9 h"_s);
        QCOMPARE(wording::leaderChanges(raft), QString());
        raft.leaderSinceExact = true;
        raft.leaderChanges = 2;
        QCOMPARE(plain(wording::tenure(raft, now)), u"leader for 9 h"_s);
        QCOMPARE(plain(wording::leaderChanges(raft)), u"2 leader changes in the last hour"_s);
    }
};

QTEST_GUILESS_MAIN(TestWhatIf)
#include "tst_what_if.moc"
