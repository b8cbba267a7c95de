// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/acceptance.h"

#include "models/tables/peers.h"
#include "models/wording/phrase.h"
#include "models/wording/sums.h"
#include "models/wording/wording.h"

#include <QCoreApplication>

namespace quorate {

namespace {
struct Text {
    Q_DECLARE_TR_FUNCTIONS(quorate::Acceptance)
};

QString letters(qint64 count) { return wording::plural(count, QUORATE_PLURAL("%1 dead letter", "%1 dead letters")); }

/// Only under a leader is a size a size.
std::optional<Acceptance> ofSize(const ClusterStatus &cluster)
{
    for (const RaftStatus &raft : cluster.raft) {
        if (raft.leader.isEmpty() || raft.voters == 0 || raft.expected <= raft.voters)
            continue;
        const QString voters = wording::plural(raft.voters, QUORATE_PLURAL("%1 voter", "%1 voters"));
        return Acceptance{.kind = Acceptance::Kind::Size,
            .subject = {},
            .offer = Text::tr("Accept %1").arg(voters),
            .done = Text::tr("%1 accepted, %2 were expected").arg(voters, wording::count(raft.expected))};
    }
    return std::nullopt;
}

std::optional<Acceptance> ofDeadLetters(const ClusterStatus &cluster)
{
    qint64 dead = 0, known = 0;
    int over = 0;
    for (const QueueStatus &queue : cluster.queues.value_or(QList<QueueStatus>())) {
        if (!acceptanceOf(queue))
            continue;
        ++over;
        dead = wording::added(dead, *queue.dead);
        known = wording::added(known, queue.deadKnown.value_or(0));
    }
    if (over == 0)
        return std::nullopt;
    return Acceptance{.kind = Acceptance::Kind::DeadLetters,
        .subject = {},
        .offer = Text::tr("Accept %1").arg(letters(dead)),
        .done = Text::tr("%1 accepted, %2 were known").arg(letters(dead), wording::count(known))};
}

std::optional<Acceptance> ofAgents(const ClusterStatus &cluster)
{
    const Reason *missing = reasonOf(cluster, ReasonCode::AgentsMissing);
    if (!missing)
        return std::nullopt;
    const qint64 gone = missing->names.isEmpty() ? missing->count.value_or(1) : missing->names.size();
    const QString who = missing->names.size() == 1 ? wording::shortName(missing->names.first())
                                                   : wording::plural(gone, QUORATE_PLURAL("%1 agent", "%1 agents"));
    return Acceptance{.kind = Acceptance::Kind::Agents,
        .subject = {},
        .offer = Text::tr("Accept that %1 left").arg(who),
        .done = wording::pluralForm(
            gone, QUORATE_PLURAL("%1 may be gone · watched again once it is back", "%1 may be gone · watched again once they are back"))
                    .arg(who)};
}
} // namespace

std::optional<Acceptance> acceptanceOf(const QueueStatus &queue)
{
    const qint64 known = queue.deadKnown.value_or(0);
    if (!queue.dead || *queue.dead <= known)
        return std::nullopt;
    return Acceptance{.kind = Acceptance::Kind::DeadLetters,
        .subject = queue.name,
        .offer = Text::tr("Accept %1 of %2").arg(letters(*queue.dead), wording::shortName(queue.name)),
        .done
        = Text::tr("%1 of %2 accepted, %3 were known").arg(letters(*queue.dead), wording::shortName(queue.name), wording::count(known))};
}

QList<Acceptance> acceptances(const ClusterStatus &cluster)
{
    QList<Acceptance> list;
    for (const auto &acceptance : {ofSize(cluster), ofDeadLetters(cluster), ofAgents(cluster)}) {
        if (acceptance)
            list.append(*acceptance);
    }
    return list;
}

} // namespace quorate
