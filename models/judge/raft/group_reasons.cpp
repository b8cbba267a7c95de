// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/raft/reasons.h"

#include <QSet>

#include <algorithm>

namespace quorate::raft {
using namespace Qt::StringLiterals;

namespace {
Reason critical(ReasonCode code) { return reason(code, Severity::Critical, Severity::Critical); }
Reason warning(ReasonCode code) { return reason(code, Severity::Warning, Severity::Warning); }

/// Nobody leads. Lost only where the voters that may still be there would not be enough: the ones that nobody asked may be alive.
Reason withoutLeader(const Group &group)
{
    const bool lost = group.voters > 0 && group.views.answered > 0 && group.live + group.withoutEvidence < group.quorum;
    Reason found = critical(lost ? ReasonCode::RaftQuorumLost : ReasonCode::RaftLeaderless);
    found.count = lost ? group.live : group.views.answered;
    found.of = lost ? group.voters : group.views.asked;
    if (lost) {
        found.value = group.live;
        found.limit = group.quorum;
        found.unit = u"voters"_s;
    }
    return found;
}

QList<const Server *> selfStyledLeaders(const Group &group)
{
    QList<const Server *> leaders;
    for (const Server &server : group.servers) {
        if (server.callsItselfLeader())
            leaders.append(&server);
    }
    std::stable_sort(leaders.begin(), leaders.end(),
        [](const Server *a, const Server *b) { return a->view.term.value_or(0) > b->view.term.value_or(0); });
    return leaders;
}

std::optional<Reason> twoLeaders(const Group &group)
{
    const auto leaders = selfStyledLeaders(group);
    if (leaders.size() < 2)
        return std::nullopt;
    Reason found = critical(ReasonCode::RaftTwoLeaders);
    for (const Server *server : leaders)
        found.names.append(group.subjectOf(*server));
    found.count = int(leaders.size());
    if (leaders.at(0)->view.term && leaders.at(1)->view.term) {
        found.value = double(*leaders.at(0)->view.term);
        found.limit = double(*leaders.at(1)->view.term);
    }
    return found;
}

std::optional<Reason> split(const Group &group)
{
    if (group.named.size() < 2)
        return std::nullopt;
    Reason found = critical(ReasonCode::RaftLeaderSplit);
    found.names.append(group.nameOf(group.leader));
    for (auto named = group.named.keyBegin(); named != group.named.keyEnd(); ++named) {
        if (*named != group.leader)
            found.names.append(group.nameOf(*named));
    }
    found.count = int(group.named.size());
    found.of = group.views.answered;
    return found;
}

/// Without a leader there is nobody to forward to: that row says it all.
std::optional<Reason> forwardFailed(const Group &group)
{
    if (!group.forwarded.failure || group.isLeaderless())
        return std::nullopt;
    Reason found = warning(ReasonCode::RaftForwardFailed);
    found.endpoints = {group.forwarded.failure->endpoint.text()};
    found.detail = group.forwarded.failure->error;
    return found;
}

/// Nobody answers: the row that says why nobody does says it all.
std::optional<ReasonCode> whyUnseen(const Group &group)
{
    const auto all = [&](ReachClass reach) {
        return std::all_of(group.servers.begin(), group.servers.end(), [&](const Server &server) { return server.reachClass == reach; });
    };
    if (all(ReachClass::Down))
        return ReasonCode::EndpointDown;
    return all(ReachClass::NotPolled) ? std::optional(ReasonCode::NotPolled) : std::nullopt;
}

QSet<QString> peersOf(const Server &server)
{
    const QStringList peers = server.view.peers.value_or(QStringList());
    return QSet<QString>(peers.begin(), peers.end());
}

/// Servers that answer list other peers than the membership has.
std::optional<Reason> membershipDiffers(const Group &group)
{
    QSet<QString> members;
    for (const Peer &peer : group.peers)
        members.insert(peer.member.address);
    Reason found = warning(ReasonCode::RaftMembershipDiffers);
    int telling = 0;
    for (const Server &server : group.servers) {
        if (!server.hasView() || !server.view.peers)
            continue;
        ++telling;
        if (peersOf(server) == members)
            continue;
        found.names.append(group.subjectOf(server));
        for (const EndpointUrl &url : server.urls)
            found.endpoints.append(url.text());
    }
    found.count = int(found.names.size());
    found.of = telling;
    return found.names.isEmpty() ? std::nullopt : std::optional(found);
}

/// What autopilot says of a server that it calls unhealthy, where that is more than the word.
QStringList saidOf(const AutopilotServer &server, const QString &name)
{
    QStringList said;
    if (!server.serfStatus.isEmpty() && server.serfStatus != "alive"_L1)
        said.append(u"%1 is “%2” in gossip"_s.arg(name, server.serfStatus));
    else if (server.unreachable)
        said.append(u"%1 does not answer the leader"_s.arg(name));
    return said;
}

void append(QList<Reason> &reasons, const std::optional<Reason> &one)
{
    if (one)
        reasons.append(*one);
}
} // namespace

Reason reason(ReasonCode code, Severity severity, Severity clusterSeverity, const QString &subject)
{
    Reason made;
    made.code = code;
    made.severity = severity;
    made.clusterSeverity = clusterSeverity;
    made.subject = subject;
    made.derived = true;
    return made;
}

Reason note(ReasonCode code) { return reason(code, Severity::Ok, Severity::Ok); }

QList<Reason> endpointReasons(const Group &group)
{
    QList<Reason> found;
    for (const Server &server : group.servers) {
        for (const EndpointUrl &second : server.urls.mid(1)) {
            Reason duplicate = note(ReasonCode::EndpointDuplicate);
            duplicate.subject = second.text();
            duplicate.endpoints = {second.text(), server.urls.first().text()};
            duplicate.names = {group.subjectOf(server)};
            found.append(duplicate);
        }
        if (!server.shared && !server.foreign)
            continue;
        Reason one
            = server.foreign ? reason(ReasonCode::EndpointForeign, Severity::Warning, Severity::Warning) : note(ReasonCode::EndpointShared);
        one.subject = server.urls.first().text();
        one.endpoints = {one.subject};
        one.detail = server.foreign ? server.view.datacenter.value_or(QString()) : QString();
        if (!server.foreign)
            one.names = {server.balancer ? u"balancer"_s : u"client-agent"_s};
        found.append(one);
    }
    return found;
}

QList<Reason> leaderReasons(const Group &group)
{
    QList<Reason> found;
    const bool unseen = group.agreement == Agreement::Unseen;
    if (group.isLeaderless())
        found.append(withoutLeader(group));
    else if (unseen && group.leader.isEmpty()) {
        Reason unknown = reason(ReasonCode::RaftLeaderUnknown, Severity::Unknown, Severity::Unknown);
        unknown.foldedUnder = whyUnseen(group);
        found.append(unknown);
    }
    append(found, twoLeaders(group));
    append(found, split(group));
    if (!group.leader.isEmpty() && !group.confirmed && group.named.size() < 2) {
        Reason unconfirmed = warning(ReasonCode::RaftLeaderUnconfirmed);
        unconfirmed.names = {group.nameOf(group.leader)};
        unconfirmed.detail = group.doubt;
        found.append(unconfirmed);
    }
    append(found, forwardFailed(group));
    if (group.agreement == Agreement::SingleView)
        found.append(note(ReasonCode::RaftSingleView));
    return found;
}

/// Configured servers without a vote: one that was removed comes back so, and until it has one again it helps nobody.
int comingVoters(const Group &group)
{
    return int(std::count_if(group.peers.begin(), group.peers.end(),
        [](const Peer &peer) { return !peer.member.voter && peer.server && !peer.server->shared && !peer.server->foreign; }));
}

QList<Reason> sizeReasons(const Group &group)
{
    QList<Reason> found;
    append(found, membershipDiffers(group));
    if (group.margin && *group.margin <= 0 && std::max(group.expected, group.voters + comingVoters(group)) >= 3) {
        Reason zero = warning(ReasonCode::RaftMarginZero);
        zero.value = *group.margin;
        zero.count = group.live;
        zero.of = group.voters;
        found.append(zero);
    }
    if (!group.margin && group.anybodyAnswers())
        found.append(note(ReasonCode::RaftMarginUnknown));
    const bool complete = group.expected <= group.voters;
    if (group.votersKnown && group.voters > 0 && group.voters % 2 == 0 && complete)
        found.append(note(ReasonCode::RaftVotersEven));
    if (group.votersKnown && group.voters > 5)
        found.append(note(ReasonCode::RaftVotersMany));
    for (Reason &one : found) {
        if (one.code == ReasonCode::RaftVotersEven || one.code == ReasonCode::RaftVotersMany)
            one.value = group.voters;
    }
    return found;
}

QList<Reason> reportedReasons(const Group &group, const QList<Reason> &found)
{
    const auto &autopilot = group.forwarded.autopilot;
    const bool explained = std::any_of(found.begin(), found.end(), [](const Reason &one) {
        return one.clusterSeverity != Severity::Ok && one.code != ReasonCode::RaftMarginZero && one.code != ReasonCode::EndpointForeign
            && one.code != ReasonCode::RaftPeerMissing && one.code != ReasonCode::RaftPeerNonvoter;
    });
    if (!group.forwarded.succeeded || !autopilot || explained)
        return {};
    Reason unhealthy = warning(ReasonCode::RaftReportedUnhealthy);
    unhealthy.derived = false;
    QStringList words;
    for (const AutopilotServer &server : autopilot->servers.value_or(QList<AutopilotServer>())) {
        if (server.healthy)
            continue;
        unhealthy.names.append(server.name.isEmpty() ? server.address : server.name);
        words += saidOf(server, unhealthy.names.last());
    }
    words.sort();
    unhealthy.detail = words.join(u", "_s);
    unhealthy.names.sort();
    // "Healthy" of the whole does not outweigh one that is not.
    return autopilot->healthy && unhealthy.names.isEmpty() ? QList<Reason>() : QList{unhealthy};
}

void foldAndSort(QList<Reason> &reasons)
{
    static const QSet<ReasonCode> hidden{ReasonCode::RaftMarginZero, ReasonCode::RaftMarginUnknown, ReasonCode::RaftPeerContact,
        ReasonCode::RaftPeerLagging, ReasonCode::RaftPeerTerm, ReasonCode::RaftLeaderUnconfirmed, ReasonCode::RaftReportedUnhealthy};
    const bool lost = std::any_of(reasons.begin(), reasons.end(), [](const Reason &one) { return one.code == ReasonCode::RaftQuorumLost; });
    for (Reason &one : reasons) {
        if (lost && hidden.contains(one.code))
            one.foldedUnder = ReasonCode::RaftQuorumLost;
    }
    std::stable_sort(reasons.begin(), reasons.end(),
        [](const Reason &a, const Reason &b) { return a.code != b.code ? name(a.code) < name(b.code) : a.subject < b.subject; });
}

} // namespace quorate::raft
