// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/raft/rows.h"

#include <algorithm>

namespace quorate::raft {
using namespace Qt::StringLiterals;

namespace {
bool isOfPeer(ReasonCode code) { return name(code).startsWith("raft-peer-"_L1); }

/// As reasons call it: its name where that is unique, else its address.
QString subjectOf(const PeerStatus &peer, const RaftStatus &status)
{
    const auto alike
        = std::count_if(status.peers.cbegin(), status.peers.cend(), [&](const PeerStatus &other) { return other.name == peer.name; });
    return peer.name.isEmpty() || alike > 1 ? peer.address : peer.name;
}

/// What it is whatever the reasons about it say: nobody sees it, or nobody leads it.
Severity atLeast(const PeerStatus &peer, const QList<Reason> &counted)
{
    if (peer.state == PeerState::Unseen)
        return Severity::Unknown;
    const bool leaderless = std::any_of(counted.cbegin(), counted.cend(),
        [](const Reason &reason) { return reason.code == ReasonCode::RaftLeaderless || reason.code == ReasonCode::RaftQuorumLost; });
    return leaderless ? Severity::Warning : Severity::Ok;
}

/// Not seen now, but its endpoint did not answer only a moment ago: that is being checked.
std::optional<Pending> checkedEndpoint(const PeerStatus &peer, const QList<EndpointStatus> &endpoints)
{
    const auto endpoint
        = std::find_if(endpoints.cbegin(), endpoints.cend(), [&](const EndpointStatus &one) { return one.url == peer.endpoint; });
    if (peer.state != PeerState::Unseen || !peer.hasEndpoint || endpoint == endpoints.cend() || !endpoint->pending)
        return std::nullopt;
    Pending pending = *endpoint->pending;
    if (endpoint->severity != Severity::Ok || pending.severity == Severity::Ok)
        return std::nullopt;
    pending.severity = Severity::Unknown;
    return pending;
}
} // namespace

void holdPeers(RaftStatus &status, const QList<Reason> &counted, const QList<Reason> &checking, const QList<EndpointStatus> &endpoints)
{
    for (PeerStatus &peer : status.peers) {
        const std::optional<Pending> unseen = checkedEndpoint(peer, endpoints);
        const QString subject = subjectOf(peer, status);
        QList<ReasonCode> codes; // of its own kind; that it leads beside another is no suspicion
        std::copy_if(
            peer.reasons.cbegin(), peer.reasons.cend(), std::back_inserter(codes), [](ReasonCode code) { return !isOfPeer(code); });
        Severity severity = peer.severity;
        if (codes.isEmpty())
            severity = unseen ? Severity::Ok : atLeast(peer, counted);
        std::optional<Pending> pending = unseen;
        for (const Reason &reason : counted) {
            if (!isOfPeer(reason.code) || reason.subject != subject)
                continue;
            codes.append(reason.code);
            severity = worst(severity, reason.severity);
            if (reason.pending)
                pending = reason.pending;
        }
        for (const Reason &reason : checking) {
            if (isOfPeer(reason.code) && reason.subject == subject && reason.pending && reason.severity > severity) {
                pending = reason.pending;
                pending->severity = reason.severity;
            }
        }
        peer.reasons = codes;
        peer.severity = severity;
        peer.pending = pending;
        if (pending)
            peer.pending->severity = worst(pending->severity, severity);
    }
}

} // namespace quorate::raft
