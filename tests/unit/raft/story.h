// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/raft.h"

// A group of servers told in one line, and a verdict told in one.
namespace quorate::test {

/// "A(leader) B C(down); expected:5": servers by letter with what is particular about them, then options of the group.
///
/// A server: A is polled at http://10.0.0.1:8500, its Raft address is 10.0.0.1:8300, its node is called A. It answers, follows the leader
/// in the leader's term with a contact of 30 ms, and tells everything; unless:
///   leader · down · timeout · rejected (401) · candidate · nobody (names no leader) · names:X · term:N · contact:MS · never (no contact
///   since its start) · norights (tells only leader and peers) · headers:MS (norights, but the catalogue's headers) · client (an agent) ·
///   state:WORD (as it calls itself) · id:X (tells the identity of X, a copied disk) · is:X (a second URL of server X) · dc:NAME ·
///   peers:XYZ (its own list of peers) · host:NAME (of its URL)
/// Options:
///   members:XYZ (else every letter) · nonvoter:X · ghost:X · autopilot:none|null|unhealthy (else it reports all, and those that don't
///   answer as failed) · vouches:X (autopilot reaches X although we don't) · trails:X=N · slow:X=MS · unreachable:X · forward:timeout ·
///   leads:X (who is named, where nobody says that it leads) · marks:X (whom autopilot marks as the leader) · expected:N · held:N (largest
///   membership before) · silent (nothing polled yet)
struct Story {
    ClusterSpec spec;
    QList<EndpointState> endpoints;
    ClusterMemory memory;
    Time now;
};
[[nodiscard]] Story story(const QString &text);

/// "agreed A@2 · 3/3 voters, quorum 2, margin 1 · warning: raft-peer-down C [endpoint-down …]; note: …". Folded ones in (…).
[[nodiscard]] QString told(const RaftVerdict &verdict);
/// One word a peer: "A:leader:live B:follower:slow!".
[[nodiscard]] QString toldPeers(const RaftVerdict &verdict);

[[nodiscard]] Severity severityOf(const RaftVerdict &verdict);
[[nodiscard]] inline RaftVerdict judged(const Story &story) { return judgeRaft(story.spec, story.endpoints, story.memory, story.now); }

} // namespace quorate::test
