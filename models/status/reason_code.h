// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

#include <optional>

namespace quorate {

/// All reasons of JUDGE section 7. Schema 1 uses the kebab-case names: `EndpointDown` is "endpoint-down".
#define QUORATE_REASON_CODES(X) \
    X(NotPolled) X(NothingToObserve) X(MachineOffline) X(Waking) X(Stale) X(EndpointDown) X(EndpointTlsFailed) X(EndpointUnauthorised) \
    X(SecretUnavailable) X(EndpointNotUnderstood) X(EndpointThrottled) X(EndpointPartial) X(EndpointSlow) X(EndpointForeign) \
    X(EndpointDuplicate) X(EndpointShared) X(FactsNarrowed) X(CertificateExpires) X(ClockSkew) X(VersionMixed) X(Flapping) \
    X(ComponentFailed) X(ComponentDegraded) X(ComponentUnknown) X(ComponentVanished) X(SectionVanished) X(SystemDegraded) \
    X(ReportContradicts) X(MembersDown) X(MembersNoMajority) X(MigrationsBehind) X(ConnectionsHigh) X(RaftQuorumLost) X(RaftLeaderless) \
    X(RaftLeaderSplit) X(RaftTwoLeaders) X(RaftLeaderUnconfirmed) X(RaftForwardFailed) X(RaftMembershipDiffers) X(RaftMarginZero) \
    X(RaftMarginUnknown) X(RaftSingleView) X(RaftLeaderUnknown) X(RaftPeerDown) X(RaftPeerIsolated) X(RaftPeerMissing) X(RaftPeerGhost) \
    X(RaftPeerContact) X(RaftPeerLagging) X(RaftPeerTerm) X(RaftPeerNonvoter) X(RaftLeaderChurn) X(RaftTermChurn) \
    X(RaftReportedUnhealthy) X(RaftVotersEven) X(RaftVotersMany) X(QueueDeadLetters) X(QueueStuck) X(QueueBacklog) X(AgentsNotReady) \
    X(AgentsMissing) X(AgentsNone) X(AgentCondition) X(InternalError)

enum class ReasonCode {
#define QUORATE_ENUMERATOR(name) name,
    QUORATE_REASON_CODES(QUORATE_ENUMERATOR)
#undef QUORATE_ENUMERATOR
};

/// The code of schema 1 ("raft-peer-lagging").
[[nodiscard]] QString name(ReasonCode code);
[[nodiscard]] std::optional<ReasonCode> reasonCodeFromName(QStringView name);
/// Every code once, in the order of JUDGE section 7.
[[nodiscard]] const QList<ReasonCode> &allReasonCodes();

} // namespace quorate
