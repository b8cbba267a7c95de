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

/// What it is whatever the reasons say: nobody sees it, or nobody leads it.
Severity atLeast(const PeerStatus &peer, const RaftStatus &status)
{
    if (peer.state == PeerState::Unseen)
        return Severity::Unknown;
    return status.agreement == Agreement::Leaderless ? Severity::Warning : Severity::Ok;
}
} // namespace

void holdPeers(RaftStatus &status, const QList<Reason> &counted, const QList<Reason> &checking)
{
    for (PeerStatus &peer : status.peers) {
        const QString subject = subjectOf(peer, status);
        QList<ReasonCode> codes; // of its own kind; that it leads beside another is no suspicion
        std::copy_if(
            peer.reasons.cbegin(), peer.reasons.cend(), std::back_inserter(codes), [](ReasonCode code) { return !isOfPeer(code); });
        Severity severity = codes.isEmpty() ? atLeast(peer, status) : peer.severity;
        std::optional<Pending> pending;
        for (const Reason &reason : counted) {
            if (!isOfPeer(reason.code) || reason.subject != subject)
                continue;
            codes.append(reason.code);
            severity = worst(severity, reason.severity);
            if (reason.pending)
                pending = reason.pending;
        }
        for (const Reason &reason : checking) {
            if (isOfPeer(reason.code) && reason.subject == subject && reason.pending && reason.severity > severity)
                pending = reason.pending;
        }
        peer.reasons = codes;
        peer.severity = severity;
        peer.pending = pending;
        if (pending)
            peer.pending->severity = worst(pending->severity, severity);
    }
}

} // namespace quorate::raft
