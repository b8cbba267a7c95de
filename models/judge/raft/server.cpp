// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/raft/server.h"

#include "models/judge/endpoint_state.h"

#include <QSet>
#include <QUrl>

#include <algorithm>

namespace quorate::raft {
using namespace Qt::StringLiterals;

namespace {
bool namesServers(const RaftView &view)
{
    const auto &members = view.membership;
    return members && std::any_of(members->begin(), members->end(), [](const RaftMember &member) { return !member.name.isEmpty(); });
}

/// Fresh facts of one endpoint. A configuration with node names is worth more than one without, which the server's own print gives.
RaftView freshView(const EndpointState &endpoint, Milliseconds limit, const Time &now)
{
    RaftView view = freshFacts(endpoint, limit, now).raft.value_or(RaftView{});
    for (const auto &seen : endpoint.understood) {
        const bool fresh = now.boot <= seen.at.boot + limit;
        if (fresh && seen.facts.raft && namesServers(*seen.facts.raft) && !namesServers(view))
            view.membership = seen.facts.raft->membership;
    }
    return view;
}

Server serverOf(const EndpointState &endpoint, Milliseconds limit, const Time &now)
{
    Server server;
    server.urls = {endpoint.url};
    server.host = QUrl(endpoint.url.text()).host();
    server.label = endpoint.label.isEmpty() ? endpoint.url.text() : endpoint.label;
    server.answers = isAnswering(endpoint, limit, now);
    if (const Observation *attempt = attemptOf(endpoint)) {
        server.reach = attempt->reach;
        server.reachClass = classOf(*attempt);
        server.error = attempt->error;
        if (attempt->latencySeconds > 0)
            server.latency = attempt->latencySeconds;
    }
    const Facts known = allFacts(endpoint);
    const RaftView told = known.raft.value_or(RaftView{});
    server.id = told.id.value_or(QString());
    server.name = told.name.value_or(QString());
    server.address = told.address.value_or(QString());
    server.balancer = endpoint.identity.isShared();
    server.shared = server.balancer || told.server == false;
    if (server.balancer) { // who answered last says nothing of who will next
        server.id.clear();
        server.name.clear();
        server.address.clear();
    }
    server.justRestarted = endpoint.restarted && now.boot - endpoint.restarted->boot < settlesWithin;
    server.limits = told.limits;
    server.indexes = endpoint.indexes;
    server.lastMembers = told.membership;
    for (auto seen = endpoint.understood.cbegin(); seen != endpoint.understood.cend(); ++seen) {
        if (!endpoint.newest.value(seen.key()).forwarded)
            server.toldAt = std::max(server.toldAt, seen->at.boot);
    }
    server.version = known.version.value_or(QString());
    if (server.answers)
        server.view = freshView(endpoint, limit, now);
    return server;
}

/// A server has one Raft address. Two that tell one identity and different addresses are two all the same (a copied disk): the address
/// tells them apart, and the identity nobody.
void forgetCopiedIds(QList<Server> &servers)
{
    QSet<QString> copied;
    for (const Server &a : std::as_const(servers)) {
        const auto isCopy = [&](const Server &b) { return a.id == b.id && !b.address.isEmpty() && a.address != b.address; };
        if (!a.id.isEmpty() && !a.address.isEmpty() && std::any_of(servers.cbegin(), servers.cend(), isCopy))
            copied.insert(a.id);
    }
    for (Server &server : servers) {
        if (copied.contains(server.id))
            server.id.clear();
    }
}

/// The second URL of a server says nothing new of the group; it only may answer where the first one does not.
void join(Server &server, const Server &other)
{
    const QList<EndpointUrl> urls = server.urls + other.urls;
    if (other.answers && !server.answers)
        server = other;
    server.urls = urls;
}

/// Datacentre and membership by which servers belong together.
QSet<QString> membersOf(const Server &server)
{
    QSet<QString> addresses;
    for (const QString &peer : server.view.peers.value_or(QStringList()))
        addresses.insert(peer);
    for (const RaftMember &member : server.view.membership.value_or(QList<RaftMember>()))
        addresses.insert(member.address);
    return addresses;
}

bool belongTogether(const Server &a, const Server &b)
{
    if (a.view.datacenter && b.view.datacenter && *a.view.datacenter != *b.view.datacenter)
        return false;
    const QSet<QString> ofA = membersOf(a), ofB = membersOf(b);
    return ofA.isEmpty() || ofB.isEmpty() || ofA.intersects(ofB);
}

/// How many servers each one belongs together with, itself included. Whoever has a strict majority of them against it is foreign: two
/// groups of one size are a split, and stay one.
void markForeign(QList<Server> &servers)
{
    QList<qsizetype> own(servers.size(), 0);
    qsizetype largest = 0;
    for (qsizetype i = 0; i < servers.size(); ++i) {
        own[i] = std::count_if(servers.begin(), servers.end(),
            [&](const Server &other) { return other.answers && !other.shared && belongTogether(servers.at(i), other); });
        if (servers.at(i).answers && !servers.at(i).shared)
            largest = std::max(largest, own.at(i));
    }
    const auto answering = std::count_if(servers.begin(), servers.end(), [](const Server &s) { return s.answers && !s.shared; });
    for (qsizetype i = 0; i < servers.size(); ++i)
        servers[i].foreign = servers.at(i).answers && 2 * largest > answering && 2 * own.at(i) < answering;
}

bool isPermissionOrApi(Reach reach) { return reach == Reach::Unauthorised || reach == Reach::NotFound; }
} // namespace

bool Server::callsItselfLeader() const
{
    if (!answers || shared || foreign || isShutDown())
        return false;
    if (view.saysLeader || view.state)
        return view.saysLeader == true || view.state == "Leader"_L1;
    // Without the right to ask for more: whoever names itself.
    return !address.isEmpty() && view.leader == address;
}

bool Server::deniesLeading() const
{
    return answers && !shared && !foreign && (view.saysLeader == false || (view.state && view.state != "Leader"_L1));
}

QList<Server> serversOf(const ClusterSpec &spec, const QList<EndpointState> &endpoints, const Time &now)
{
    const Milliseconds limit = evidenceLimit(spec);
    QList<Server> all;
    for (const EndpointState &endpoint : endpoints)
        all.append(serverOf(endpoint, limit, now));
    std::sort(all.begin(), all.end(), [](const Server &a, const Server &b) { return a.urls.first() < b.urls.first(); });
    forgetCopiedIds(all);
    QList<Server> servers;
    for (const Server &server : std::as_const(all)) {
        const auto same = std::find_if(
            servers.begin(), servers.end(), [&](const Server &earlier) { return !server.id.isEmpty() && earlier.id == server.id; });
        if (same == servers.end())
            servers.append(server);
        else
            join(*same, server);
    }
    markForeign(servers);
    return servers;
}

Forwarded forwardedOf(const ClusterSpec &spec, const QList<EndpointState> &endpoints, const Time &now)
{
    const Milliseconds limit = evidenceLimit(spec);
    Forwarded forwarded;
    Milliseconds newestAttempt{}, success{-1};
    for (const EndpointState &endpoint : endpoints) {
        if (const Observation *attempt = attemptOf(endpoint))
            newestAttempt = std::max(newestAttempt, attempt->at.boot);
        for (const Observation &asked : endpoint.newest) {
            if (!asked.forwarded || now.boot > asked.at.boot + limit || !isAnswering(endpoint, limit, now))
                continue;
            const bool failed = asked.reach != Reach::Answered && !isPermissionOrApi(asked.reach);
            if (failed && (!forwarded.failure || forwarded.failure->at.boot < asked.at.boot))
                forwarded.failure = &asked;
            const auto seen = endpoint.understood.constFind(asked.request);
            if (seen == endpoint.understood.cend() || now.boot > seen->at.boot + limit)
                continue;
            if (seen->at.boot > success) {
                success = seen->at.boot;
                forwarded.autopilot = seen->facts.raft ? seen->facts.raft->autopilot : std::nullopt;
            }
        }
    }
    if (forwarded.failure && forwarded.failure->at.boot <= success)
        forwarded.failure = nullptr;
    const double age = std::chrono::duration<double>(newestAttempt - success).count();
    forwarded.at = success;
    forwarded.succeeded = success >= Milliseconds(0) && age <= inTouchSeconds && !forwarded.failure;
    return forwarded;
}

QString hostOf(const QString &address)
{
    QString host = address.left(address.lastIndexOf(u':'));
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.mid(1, host.size() - 2);
    return host;
}

} // namespace quorate::raft
