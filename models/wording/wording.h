// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/event.h"
#include "models/status/status.h"

#include <QString>

#include <concepts>
#include <type_traits>

namespace quorate::wording {

// Sentences as LOOK section 7 has them: what · where · number (limit) · direction; no full stop, "·" between facts.
// Plain text always. Translated by tr(); the command line installs no translator, so its texts are English.

[[nodiscard]] QString severityWord(Severity severity); ///< "Ok" "Warning" "Unknown" "Critical"
[[nodiscard]] QString reachWord(Reach reach); ///< "Answered" "Refused" "Timed out" …
[[nodiscard]] QString systemTitle(const QString &system); ///< "Consul"
[[nodiscard]] QString roleWord(PeerRole role); ///< "leader" "follower" …
[[nodiscard]] QString peerStateWord(PeerState state);
[[nodiscard]] QString agreementSentence(const ClusterStatus &cluster, const RaftStatus &raft); ///< "All 5 servers name node-2"

/// First line of a reason: "node-4 trails the leader by 1,204 entries (limit 250)".
[[nodiscard]] QString sentence(const ClusterStatus &cluster, const Reason &reason);
/// Second line: "node-4 · since 03:06:10 (6 min) · derived".
[[nodiscard]] QString provenance(const Reason &reason, const Time &now);
/// Reasons as a person reads them: in the order in which the headline names them, then those that are not counted.
[[nodiscard]] QList<Reason> inReadingOrder(QList<Reason> reasons);
/// The cluster in one line. Ok: capacity, then calm facts. Not Ok: the worst counted reason, then capacity.
[[nodiscard]] QString headline(const ClusterStatus &cluster);
/// "1 critical, 2 ok": how many clusters there are of each severity, worst first.
[[nodiscard]] QString countsBySeverity(const QList<ClusterStatus> &clusters);
/// Page bar: "Warning for 6 min · node-4 trails by 1,204 entries"; "Ok" states have no age when it is not known.
[[nodiscard]] QString stateLine(const ClusterStatus &cluster, const Time &now);
/// A short name for a subject: peer or node name, else host of the URL.
[[nodiscard]] QString subjectName(const ClusterStatus &cluster, const QString &subject);
/// What to do about it, for doctor and tool tips; empty when there is nothing useful to say.
[[nodiscard]] QString advice(const ClusterStatus &cluster, const Reason &reason);

// Numbers, by QLocale(): no-break space before the unit; "–" where a value applies but is not known.
[[nodiscard]] QString count(std::optional<qint64> value); ///< 1,204
[[nodiscard]] QString count(std::optional<quint64> value);
/// A plain integer: which of the two above is decided by its sign, not guessed.
template <std::integral Integer>
[[nodiscard]] QString count(Integer value)
{
    if constexpr (std::is_signed_v<Integer>)
        return count(std::optional<qint64>(value));
    else
        return count(std::optional<quint64>(value));
}
[[nodiscard]] QString latency(std::optional<double> seconds); ///< 0.9 ms, 3.1 ms, 14 ms, 1.2 s
[[nodiscard]] QString duration(std::optional<double> seconds); ///< 4 s · 6 min · 1 h 55 min · 9 h 3 min · 41 d 2 h
[[nodiscard]] QString bytes(std::optional<qint64> value); ///< 51 KiB, 1.9 KiB, 512 B
/// Of a peer: 38 ms; "–" for a leader, which has no leader to hear from, although Consul writes "0" there.
[[nodiscard]] QString lastContact(const PeerStatus &peer);
/// Entries behind the leader: 1,204; "–" for a leader, unless it trails another one.
[[nodiscard]] QString trailing(const PeerStatus &peer);
[[nodiscard]] QString percent(std::optional<double> value, int decimals); ///< 1.2 %
[[nodiscard]] QString measured(double value, const QString &unit); ///< by the unit of a Reason: entries, s, bytes …
[[nodiscard]] QString clock(Instant instant, const Time &now); ///< 02:58:21 today, "Thu 18:09" this week, "10 Oct" before; local time
[[nodiscard]] QString fullTime(Instant instant); ///< with date and zone, for tool tips

} // namespace quorate::wording
