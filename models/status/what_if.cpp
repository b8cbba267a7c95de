// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/status/what_if.h"

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
/// Of "10.1.10.12:8300" or "[::1]:8300", without brackets.
QString hostOf(const QString &address)
{
    QString host = address.section(u':', 0, -2);
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.mid(1, host.size() - 2);
    return host;
}

bool isCalled(const PeerStatus &peer, const QString &word)
{
    const QString names[]{peer.name, peer.address, peer.id, hostOf(peer.address)};
    return std::any_of(std::begin(names), std::end(names),
        [&](const QString &name) { return !name.isEmpty() && name.compare(word, Qt::CaseInsensitive) == 0; });
}

/// As the judge counts: slow and lagging voters vote, those that nobody sees don't.
bool countsAsLive(const PeerStatus &peer)
{
    return peer.voter && (peer.state == PeerState::Live || peer.state == PeerState::Slow || peer.state == PeerState::Lagging);
}
} // namespace

WhatIf whatIf(const RaftStatus &raft, const QStringList &without)
{
    WhatIf result;
    result.voters = raft.voters;
    result.quorum = raft.quorum;
    for (const PeerStatus &peer : raft.peers) {
        if (std::none_of(without.cbegin(), without.cend(), [&](const QString &word) { return isCalled(peer, word); }))
            continue;
        result.without.append(peer.name.isEmpty() ? peer.address : peer.name);
        result.lost += countsAsLive(peer) ? 1 : 0;
        result.leaderFails = result.leaderFails || (!raft.leader.isEmpty() && peer.address == raft.leader);
    }
    for (const QString &word : without) {
        if (std::none_of(raft.peers.cbegin(), raft.peers.cend(), [&](const PeerStatus &peer) { return isCalled(peer, word); }))
            result.unknown.append(word);
    }
    if (raft.margin && raft.voters > 0) {
        result.live = std::max(0, raft.live - result.lost);
        result.margin = *result.live - raft.quorum;
    }
    return result;
}

} // namespace quorate
