// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/fleet.h"

#include <QHash>
#include <QSet>

namespace quorate {

/// What the views of one Raft group come to, at one moment. A pure function of its input: no holds, no past beyond the memory; each reason
/// stands at the severity it has once its hold is over, so that a layer of holds can wrap it (JUDGE section 5 and 7).
struct RaftVerdict {
    RaftStatus status;

    /// The `raft-*` codes, `endpoint-duplicate`, `endpoint-shared` and `endpoint-foreign`. Sorted by code, then subject; folded ones have
    /// `foldedUnder` set. Notes have severity Ok.
    QList<Reason> reasons;

    /// When the leader's newest report of its peers was read, boot clock; negative: there is none. What is equal until then is one sample.
    Milliseconds reportedAt{-1};

    /// Of the reasons that were asked about and are not found, those that the group speaks against: the others may still be so.
    QList<ReasonKey> contrary;

    /// True while the group shows a leader that answers as one: then reach alone never makes the cluster Critical (JUDGE section 3).
    bool leaderLive = false;

    /// What the endpoint table says of each endpoint, where it is known.
    struct Endpoint {
        QString id; ///< server identity, else node name; empty: unknown
        QString label; ///< node name; empty: unknown
        QString reported; ///< role in its own words, lower case: "leader", "follower", "candidate", "client agent"; empty: unknown
        bool shared = false;
        /// The reason about its server that already names it (peer down, peer missing): `endpoint-down` of this endpoint belongs under it.
        std::optional<ReasonCode> explainedBy;
        QString explainedSubject; ///< subject of that reason
    };
    QHash<EndpointUrl, Endpoint> endpoints;
};

/// Judges the endpoints of `spec` as views of one Raft group. Facts older than 2 × interval + timeout count for nothing, and so do those of
/// an endpoint whose newest primary attempt was not answered. The order of `endpoints` does not change the verdict.
/// `watched`: see RaftVerdict::contrary. `past`: to know of elections; null: nothing is known of any.
[[nodiscard]] RaftVerdict judgeRaft(
    const ClusterSpec &spec, const QList<EndpointState> &endpoints, const ClusterMemory &memory, const Time &now,
    const QList<ReasonKey> &watched = {}, const RaftHistory *past = nullptr);

} // namespace quorate
