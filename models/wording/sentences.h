// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/wording/phrase.h"

namespace quorate::wording {

// One function a subject; each returns the facts of a reason, the first of them naming the cause.

/// Reaching endpoints, TLS, tokens, and this machine.
[[nodiscard]] QStringList machineFacts(const ClusterStatus &cluster, const Reason &reason);
/// What keeps changing, how often, and what it is now and for how long: names[0] severity, names[1] since (RFC 3339), names[2] span in
/// seconds.
[[nodiscard]] QStringList flappingFacts(const ClusterStatus &cluster, const Reason &reason);
[[nodiscard]] QStringList endpointFacts(const ClusterStatus &cluster, const Reason &reason);
/// What a system says of its parts: components, members, sections, queues, agents.
[[nodiscard]] QStringList componentFacts(const ClusterStatus &cluster, const Reason &reason);
[[nodiscard]] QStringList workFacts(const ClusterStatus &cluster, const Reason &reason);
/// Raft groups and their peers.
[[nodiscard]] QStringList raftFacts(const ClusterStatus &cluster, const Reason &reason);
[[nodiscard]] QStringList peerFacts(const ClusterStatus &cluster, const Reason &reason);

/// Two numbers of a reason that belong together: value and limit, else count and of.
struct Numbers {
    std::optional<double> value, limit;
};
[[nodiscard]] Numbers numbers(const Reason &reason);
/// " (limit 250 entries)"; empty without a limit.
[[nodiscard]] QString limitOf(const Reason &reason);
/// The group that a reason is about: by its subject, else the first; null when there is none.
[[nodiscard]] const RaftStatus *groupOf(const ClusterStatus &cluster, const Reason &reason);
[[nodiscard]] const PeerStatus *peerOf(const ClusterStatus &cluster, const QString &subject);
/// A reason code that reached the function of another subject.
[[nodiscard]] QStringList misplaced(const Reason &reason);

} // namespace quorate::wording
