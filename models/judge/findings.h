// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/fleet.h"

namespace quorate {

/// What is wrong with one endpoint and with what it reports, at one moment.
struct EndpointFindings {
    QList<Finding> list;
    Milliseconds until{}; ///< boot clock: after it something here is too old and they must be made anew
};

/// A pure function of its input: no past but the facts that are still fresh. The rules: JUDGE section 7.
[[nodiscard]] EndpointFindings findingsOf(const ClusterState &cluster, const EndpointState &endpoint, JudgeMode mode, const Time &now);

// Its parts, by what they look at.

/// How the endpoint was reached: not-polled, stale, endpoint-down, -tls-failed, -unauthorised, -not-understood, -throttled,
/// secret-unavailable. One at most; none when it answers.
[[nodiscard]] QList<Finding> reachFindings(const ClusterState &cluster, const EndpointState &endpoint, JudgeMode mode, const Time &now);
/// Beside a reply that was understood: endpoint-partial, -slow, certificate-expires, clock-skew, facts-narrowed.
[[nodiscard]] QList<Finding> replyFindings(const ClusterSpec &spec, const EndpointState &endpoint, const Facts &facts, const Time &now);
/// What it says of itself: component-*, members-*, migrations-behind, connections-high, system-degraded, report-contradicts.
[[nodiscard]] QList<Finding> reportFindings(const Facts &facts, const Observation &attempt, const Limits &limits);
/// Queues and agents.
[[nodiscard]] QList<Finding> workFindings(const ClusterSpec &spec, const ClusterMemory &memory, const Facts &facts);

/// What Quorate finds in the numbers of a component, beside what is reported; Ok when there is nothing.
[[nodiscard]] Severity derivedSeverity(const ComponentFact &component, const Limits &limits);
[[nodiscard]] Severity reportedSeverity(ComponentState state);
/// Dead letters that are known and count for nothing.
[[nodiscard]] qint64 deadLetterBaseline(const ClusterSpec &spec, const ClusterMemory &memory, const QString &queue);
/// A row without a word is there, and that is all that readiness means to its system.
[[nodiscard]] bool isReady(const AgentFact &agent);
/// "group.name" or "name".
[[nodiscard]] QString componentSubject(const ComponentFact &component);

} // namespace quorate
