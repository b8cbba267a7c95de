// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/raft.h"

#include "models/judge/raft/group.h"
#include "models/judge/raft/reasons.h"
#include "models/judge/raft/rows.h"

#include <algorithm>

namespace quorate {

RaftVerdict judgeRaft(const ClusterSpec &spec, const QList<EndpointState> &endpoints, const ClusterMemory &memory, const Time &now,
    const QList<ReasonKey> &watched)
{
    QList<EndpointState> sorted = endpoints;
    std::sort(sorted.begin(), sorted.end(), [](const EndpointState &a, const EndpointState &b) { return a.url < b.url; });
    raft::Group group;
    group.lastContactLimit = spec.limits.lastContactSeconds;
    group.trailingLimit = spec.limits.trailingEntries;
    group.servers = raft::serversOf(spec, sorted, now);
    group.forwarded = raft::forwardedOf(spec, sorted, now);
    raft::chooseMembership(group);
    raft::chooseLeader(group);
    raft::judgeAgreement(group);
    raft::countVoters(group, spec, memory);

    RaftVerdict verdict;
    verdict.reasons = raft::endpointReasons(group) + raft::leaderReasons(group) + raft::peerReasons(group) + raft::sizeReasons(group);
    verdict.reasons += raft::reportedReasons(group, verdict.reasons);
    raft::foldAndSort(verdict.reasons);
    verdict.contrary = raft::contraryTo(group, verdict.reasons, watched);
    verdict.leaderLive = group.confirmed;
    verdict.reportedAt = group.forwarded.succeeded && group.forwarded.autopilot ? group.forwarded.at : Milliseconds(-1);
    verdict.status = raft::statusOf(group, verdict.reasons);
    verdict.endpoints = raft::endpointsOf(group, verdict.reasons);
    return verdict;
}

} // namespace quorate
