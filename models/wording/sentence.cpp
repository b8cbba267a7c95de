// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wording/sentences.h"
#include "models/wording/wording.h"

#include <cmath>

namespace quorate::wording {
using namespace Qt::StringLiterals;

Numbers numbers(const Reason &reason)
{
    if (reason.value && reason.limit)
        return {reason.value, reason.limit};
    if (reason.count && reason.of)
        return {*reason.count, *reason.of};
    return {reason.value, reason.limit};
}

QString limitOf(const Reason &reason)
{
    return reason.limit ? Words::tr(" (limit %1)").arg(measured(*reason.limit, reason.unit == "entries"_L1 ? QString() : reason.unit))
                        : QString();
}

const RaftStatus *groupOf(const ClusterStatus &cluster, const Reason &reason)
{
    for (const RaftStatus &raft : cluster.raft) {
        if (raft.group == reason.subject)
            return &raft;
    }
    return cluster.raft.isEmpty() ? nullptr : &cluster.raft.first();
}

const PeerStatus *peerOf(const ClusterStatus &cluster, const QString &subject)
{
    if (subject.isEmpty())
        return nullptr;
    for (const RaftStatus &raft : cluster.raft) {
        for (const PeerStatus &peer : raft.peers) {
            if (subject == peer.name || subject == peer.address || subject == peer.id)
                return &peer;
        }
    }
    return nullptr;
}

QStringList misplaced(const Reason &reason) { return {name(reason.code), quoted(reason.detail)}; }

namespace {
/// Which function words a code. No default: a new code does not compile without its sentence.
QStringList factsOf(const ClusterStatus &cluster, const Reason &reason)
{
    switch (reason.code) {
    case ReasonCode::NotPolled:
    case ReasonCode::NothingToObserve:
    case ReasonCode::MachineOffline:
    case ReasonCode::Waking:
    case ReasonCode::Stale:
    case ReasonCode::Flapping:
    case ReasonCode::InternalError:
        return machineFacts(cluster, reason);
    case ReasonCode::EndpointDown:
    case ReasonCode::EndpointTlsFailed:
    case ReasonCode::EndpointUnauthorised:
    case ReasonCode::SecretUnavailable:
    case ReasonCode::EndpointNotUnderstood:
    case ReasonCode::EndpointThrottled:
    case ReasonCode::EndpointPartial:
    case ReasonCode::EndpointSlow:
    case ReasonCode::EndpointForeign:
    case ReasonCode::EndpointDuplicate:
    case ReasonCode::EndpointShared:
    case ReasonCode::FactsNarrowed:
    case ReasonCode::CertificateExpires:
    case ReasonCode::ClockSkew:
    case ReasonCode::VersionMixed:
        return endpointFacts(cluster, reason);
    case ReasonCode::ComponentFailed:
    case ReasonCode::ComponentDegraded:
    case ReasonCode::ComponentUnknown:
    case ReasonCode::ComponentVanished:
    case ReasonCode::SectionVanished:
    case ReasonCode::SystemDegraded:
    case ReasonCode::ReportContradicts:
    case ReasonCode::MembersDown:
    case ReasonCode::MembersNoMajority:
    case ReasonCode::MigrationsBehind:
    case ReasonCode::ConnectionsHigh:
        return componentFacts(cluster, reason);
    case ReasonCode::RaftQuorumLost:
    case ReasonCode::RaftLeaderless:
    case ReasonCode::RaftLeaderSplit:
    case ReasonCode::RaftTwoLeaders:
    case ReasonCode::RaftLeaderUnconfirmed:
    case ReasonCode::RaftForwardFailed:
    case ReasonCode::RaftMembershipDiffers:
    case ReasonCode::RaftMarginZero:
    case ReasonCode::RaftMarginUnknown:
    case ReasonCode::RaftSingleView:
    case ReasonCode::RaftLeaderUnknown:
    case ReasonCode::RaftLeaderChurn:
    case ReasonCode::RaftTermChurn:
    case ReasonCode::RaftReportedUnhealthy:
    case ReasonCode::RaftVotersEven:
    case ReasonCode::RaftVotersMany:
        return raftFacts(cluster, reason);
    case ReasonCode::RaftPeerDown:
    case ReasonCode::RaftPeerIsolated:
    case ReasonCode::RaftPeerMissing:
    case ReasonCode::RaftPeerGhost:
    case ReasonCode::RaftPeerContact:
    case ReasonCode::RaftPeerLagging:
    case ReasonCode::RaftPeerTerm:
    case ReasonCode::RaftPeerNonvoter:
        return peerFacts(cluster, reason);
    case ReasonCode::QueueDeadLetters:
    case ReasonCode::QueueStuck:
    case ReasonCode::QueueBacklog:
    case ReasonCode::AgentsNotReady:
    case ReasonCode::AgentsMissing:
    case ReasonCode::AgentsNone:
    case ReasonCode::AgentCondition:
        return workFacts(cluster, reason);
    }
    Q_UNREACHABLE();
}
} // namespace

namespace {
/// Who says so: the system, Quorate from the system's numbers, or Quorate's own asking.
QString sourceOf(const Reason &reason)
{
    switch (reason.code) {
    case ReasonCode::EndpointDown:
    case ReasonCode::EndpointTlsFailed:
    case ReasonCode::EndpointUnauthorised:
    case ReasonCode::SecretUnavailable:
    case ReasonCode::EndpointNotUnderstood:
    case ReasonCode::EndpointThrottled:
    case ReasonCode::EndpointPartial:
    case ReasonCode::NotPolled:
    case ReasonCode::Stale:
        return Words::tr("seen by Quorate");
    default:
        return reason.derived ? Words::tr("derived") : Words::tr("reported");
    }
}
} // namespace

QString sentence(const ClusterStatus &cluster, const Reason &reason) { return facts(factsOf(cluster, reason)); }

QString provenance(const Reason &reason, const Time &now)
{
    const ClusterStatus none;
    QStringList list;
    QStringList hosts;
    for (const QString &url : reason.endpoints)
        hosts.append(subjectName(none, url));
    list.append(reason.subject.isEmpty() ? listOf(hosts) : subjectName(none, reason.subject));
    if (reason.since) {
        const double age = std::chrono::duration<double>(now.wall - *reason.since).count();
        const QString since = clock(*reason.since, now);
        list.append(age < 0 ? Words::tr("since %1").arg(since) : Words::tr("since %1 (%2)").arg(since, duration(age)));
    }
    list.append(sourceOf(reason));
    return facts(list);
}

} // namespace quorate::wording
