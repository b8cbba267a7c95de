// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wording/phrase.h"
#include "models/wording/wording.h"

#include <QMap>

namespace quorate::wording {
using namespace Qt::StringLiterals;

namespace {
/// "3 name node-2, 1 names node-1": who is named, by how many, in order of address.
QString namedBy(const ClusterStatus &cluster, const RaftStatus &raft)
{
    QMap<QString, qint64> votes;
    for (const PeerStatus &peer : raft.peers) {
        if (peer.believesLeader && !peer.believesLeader->isEmpty())
            ++votes[*peer.believesLeader];
    }
    QStringList said;
    for (auto vote = votes.cbegin(); vote != votes.cend(); ++vote) {
        said.append(pluralForm(vote.value(), QUORATE_PLURAL("%1 names %2", "%1 name %2"))
                        .arg(count(vote.value()), subjectName(cluster, vote.key())));
    }
    return said.join(u", "_s);
}

/// Silence is no vote: who did not answer is not among those that name nobody.
QString leaderless(const ClusterStatus &cluster, const RaftStatus &raft)
{
    const int answered = raft.views.answered;
    if (answered == raft.views.asked)
        return Words::tr("None of %1 names a leader").arg(endpointsNoun(cluster.system, answered));
    return answered == 1 ? Words::tr("The only server that answers names no leader")
                         : Words::tr("None of the %1 that answer names a leader").arg(endpointsNoun(cluster.system, answered));
}

QString answersOf(const ClusterStatus &cluster, const RaftStatus &raft)
{
    const QString leader = subjectName(cluster, raft.leader);
    const QString asked = endpointsNoun(cluster.system, raft.views.asked);
    const QString naming = count(raft.views.naming);
    switch (raft.agreement) {
    case Agreement::Agreed:
        return raft.views.asked == 1 ? Words::tr("The only server names %1").arg(leader) : Words::tr("All %1 name %2").arg(asked, leader);
    case Agreement::Partial:
        return pluralForm(raft.views.naming, QUORATE_PLURAL("%1 of %2 names %3", "%1 of %2 name %3")).arg(naming, asked, leader);
    case Agreement::Split: {
        const QString votes = namedBy(cluster, raft);
        return votes.isEmpty() ? Words::tr("Servers name different leaders") : Words::tr("Split: %1").arg(votes);
    }
    case Agreement::Leaderless:
        return leaderless(cluster, raft);
    case Agreement::Unconfirmed:
        return pluralForm(raft.views.naming,
            QUORATE_PLURAL("%1 of %2 names %3, which does not confirm it", "%1 of %2 name %3, which does not confirm it"))
            .arg(naming, asked, leader);
    case Agreement::SingleView:
        return leader.isEmpty() ? Words::tr("The only view names no leader") : Words::tr("The only view names %1").arg(leader);
    case Agreement::Unseen:
        return Words::tr("No server tells who leads");
    }
    Q_UNREACHABLE();
}
} // namespace

QString agreementSentence(const ClusterStatus &cluster, const RaftStatus &raft)
{
    const int silent = raft.views.answered > 0 ? raft.views.asked - raft.views.answered : 0;
    return facts({answersOf(cluster, raft), silent > 0 ? Words::tr("%1 silent").arg(count(silent)) : QString()});
}

} // namespace quorate::wording
