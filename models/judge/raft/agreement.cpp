// SPDX-License-Identifier: GPL-3.0-or-later
// Who leads, who says so, and whether it is proven.
#include "models/judge/raft/group.h"

#include <algorithm>
#include <tuple>

namespace quorate::raft {
using namespace Qt::StringLiterals;

namespace {
const Server *serverAt(const Group &group, const QString &address)
{
    const Peer *peer = group.peerAt(address);
    if (peer && peer->server)
        return peer->server;
    const auto found = std::find_if(group.servers.begin(), group.servers.end(),
        [&](const Server &server) { return !server.shared && !server.foreign && server.address == address; });
    return found == group.servers.end() ? nullptr : &*found;
}

/// Of several that are named: one that says so itself, of the newest term, named most often.
QString elected(const Group &group)
{
    const auto rank = [&](const QString &address) {
        const Server *server = serverAt(group, address);
        const bool leads = server && server->callsItselfLeader();
        // Of equals the one whose group is looked at: the membership is that of a server that calls itself leader.
        return std::tuple(leads, leads ? server->view.term.value_or(0) : 0, group.peerAt(address) != nullptr, group.named.value(address));
    };
    QString best;
    for (const QString &address : group.named.keys()) {
        if (best.isEmpty() || rank(address) > rank(best))
            best = address;
    }
    return best;
}

/// Client agents give no view, but they pass on what their servers say.
QString leaderFromShared(const QList<Server> &servers)
{
    for (const Server &server : servers) {
        if (server.shared && server.answers && !server.view.leader.value_or(QString()).isEmpty())
            return *server.view.leader;
    }
    return {};
}

/// A server that is not asked itself, but was heard of within 10 s by one that follows it (JUDGE section 5: headers prove a quorum).
bool isHeardOf(const Group &group)
{
    return std::any_of(group.servers.begin(), group.servers.end(), [&](const Server &server) {
        if (!server.answers || server.foreign || server.view.leader != group.leader)
            return false;
        const bool byHeader
            = server.view.knownLeader == true && server.view.headerLastContactSeconds.value_or(inTouchSeconds + 1) <= inTouchSeconds;
        const bool itself = !server.shared && server.view.lastContactSeconds.value_or(inTouchSeconds + 1) <= inTouchSeconds;
        return byHeader || itself;
    });
}

/// Whom autopilot, which runs in the leader, marks as the leader; empty when it marks nobody.
QString markedLeader(const Group &group)
{
    if (!group.forwarded.succeeded || !group.forwarded.autopilot)
        return {};
    const auto servers = group.forwarded.autopilot->servers.value_or(QList<AutopilotServer>());
    const auto leader = std::find_if(servers.begin(), servers.end(), [](const AutopilotServer &server) { return server.leader; });
    return leader == servers.end() ? QString() : leader->address;
}

/// What speaks against the leader that is named, although it may call itself one.
QString doubtOf(const Group &group)
{
    const Server *server = serverAt(group, group.leader);
    if (!group.leader.isEmpty() && group.membersKnown && !group.peerAt(group.leader))
        return u"it is no member of the group"_s;
    const QString marked = markedLeader(group);
    const bool newer = !server || group.forwarded.at >= server->toldAt; // else the leader may have changed since
    const bool split = group.named.size() > 1; // the other leader's report
    if (!group.leader.isEmpty() && !marked.isEmpty() && marked != group.leader && newer && !split)
        return u"autopilot marks %1"_s.arg(group.nameOf(marked));
    return {};
}

/// A call that the leader must serve proves that somebody leads: the one that is named, unless its own report marks another. That it is one
/// that denies it itself, only such a mark can prove.
bool isConfirmed(const Group &group)
{
    if (group.leader.isEmpty() || !group.doubt.isEmpty())
        return false;
    const Server *server = serverAt(group, group.leader);
    if (server && server->isShutDown())
        return false;
    if (server && server->deniesLeading())
        return markedLeader(group) == group.leader;
    if (server && server->callsItselfLeader())
        return true;
    if (group.forwarded.succeeded)
        return markedLeader(group).isEmpty() || markedLeader(group) == group.leader;
    return !server && isHeardOf(group);
}

std::optional<quint64> termOf(const Group &group)
{
    const Server *leader = serverAt(group, group.leader);
    if (leader && leader->callsItselfLeader() && leader->view.term)
        return leader->view.term;
    std::optional<quint64> highest;
    for (const Server &server : group.servers) {
        // A server cut off from the rest raises its own term all the time: only who names the leader is in the leader's.
        const bool counts = server.hasView() && (group.leader.isEmpty() || server.view.leader == group.leader);
        if (counts && server.view.term)
            highest = std::max(highest.value_or(0), *server.view.term);
    }
    return highest;
}

Agreement agreementOf(const Group &group)
{
    if (group.views.answered == 0)
        return Agreement::Unseen;
    if (group.views.answered == 1)
        return Agreement::SingleView;
    if (group.named.size() > 1)
        return Agreement::Split;
    if (group.named.isEmpty())
        return Agreement::Leaderless;
    if (!group.confirmed)
        return Agreement::Unconfirmed;
    return group.views.naming == group.views.asked ? Agreement::Agreed : Agreement::Partial;
}
} // namespace

void chooseLeader(Group &group)
{
    for (const Server &server : std::as_const(group.servers)) {
        if (server.hasView() && !server.view.leader->isEmpty())
            ++group.named[*server.view.leader];
    }
    group.leader = elected(group);
    const bool anyView = std::any_of(group.servers.cbegin(), group.servers.cend(), [](const Server &server) { return server.hasView(); });
    if (!anyView)
        group.leader = leaderFromShared(group.servers);
    group.doubt = doubtOf(group);
    group.confirmed = isConfirmed(group);
    group.term = termOf(group);
}

void judgeAgreement(Group &group)
{
    for (const Server &server : std::as_const(group.servers)) {
        if (server.shared || server.foreign)
            continue;
        ++group.views.asked;
        group.views.answered += server.hasView() ? 1 : 0;
    }
    group.views.naming = group.named.value(group.leader);
    group.agreement = agreementOf(group);
}

bool Group::anybodyAnswers() const
{
    return std::any_of(servers.begin(), servers.end(), [](const Server &server) { return server.answers && !server.foreign; });
}

bool Group::isLeaderless() const
{
    const bool asked = std::any_of(servers.begin(), servers.end(),
        [](const Server &server) { return server.answers && !server.foreign && server.view.leader.has_value(); });
    return asked && leader.isEmpty();
}

} // namespace quorate::raft
