// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/raft.h"

#include "models/judge/endpoint_state.h"
#include "models/judge/raft/group.h"
#include "models/judge/raft/reasons.h"
#include "models/judge/raft/rows.h"

#include <algorithm>

namespace quorate {

namespace {
/// When the newest lag was told.
Milliseconds newestLag(const raft::Group &group)
{
    Milliseconds newest{-1};
    for (const raft::Peer &peer : group.peers) {
        if (const auto trailing = raft::trailingOf(peer, group))
            newest = std::max(newest, trailing->at);
    }
    return newest;
}
} // namespace

RaftVerdict judgeRaft(const ClusterSpec &spec, const QList<EndpointState> &endpoints, const ClusterMemory &memory, const Time &now,
    const QList<ReasonKey> &watched, const RaftHistory *past)
{
    QList<EndpointState> sorted = endpoints;
    std::sort(sorted.begin(), sorted.end(), [](const EndpointState &a, const EndpointState &b) { return a.url < b.url; });
    raft::Group group;
    group.freshFrom = now.boot - evidenceLimit(spec);
    group.servers = raft::serversOf(spec, sorted, now);
    group.forwarded = raft::forwardedOf(spec, sorted, now);
    raft::chooseMembership(group);
    raft::chooseLeader(group);
    raft::chooseLimits(group, spec);
    group.settling = past && past->isSettling(group.leader, group.term, now);
    raft::judgeAgreement(group);
    raft::countVoters(group, spec, memory);

    RaftVerdict verdict;
    verdict.reasons = raft::endpointReasons(group) + raft::leaderReasons(group) + raft::peerReasons(group) + raft::sizeReasons(group);
    verdict.reasons += raft::reportedReasons(group, verdict.reasons);
    raft::foldAndSort(verdict.reasons);
    verdict.contrary = raft::contraryTo(group, verdict.reasons, watched);
    verdict.leaderLive = group.confirmed;
    verdict.reportedAt = newestLag(group);
    verdict.status = raft::statusOf(group, verdict.reasons);
    verdict.endpoints = raft::endpointsOf(group, verdict.reasons);
    return verdict;
}

} // namespace quorate
