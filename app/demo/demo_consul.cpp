// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demo_replies.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

const QString version = u"1.8.7"_s;

QString nodeId(int server) { return u"c2c3f480-34cc-bdbd-8d63-ddd73c92d3e%1"_s.arg(server, 0, 16); }
QString nodeName(int server) { return u"node-%1"_s.arg(server + 1); }
QString host(const DemoWorld &world, int server) { return u"%1.%2"_s.arg(world.network).arg(1 + server); }
QString address(const DemoWorld &world, int server) { return host(world, server) + u":8300"_s; }
QString named(const DemoWorld &world, int server) { return server < 0 ? QString() : address(world, server); }

qint64 leaderIndex(const DemoWorld &world) { return 111'098 + static_cast<qint64>(world.seconds * 38); }

bool leads(const DemoConsulServer &server) { return server.up && server.state == u"Leader"; }

/// The members of the group that a server belongs to, as indices.
QList<int> membersOf(const DemoWorld &world, const DemoConsulServer &server)
{
    QList<int> members;
    for (int i = 0; i < world.servers.size(); ++i) {
        if (world.servers.at(i).member && world.servers.at(i).group == server.group)
            members.append(i);
    }
    return members;
}

StubAnswer json(const QJsonDocument &document, int status = 200, const QList<QPair<QByteArray, QByteArray>> &headers = {})
{
    return StubAnswer::http(status, document.toJson(QJsonDocument::Compact), "application/json", headers);
}

StubAnswer plain(int status, const QByteArray &words) { return StubAnswer::http(status, words, "text/plain; charset=utf-8"); }

/// A duration as Go prints it, steady but alive.
QString lastContact(const DemoWorld &world, int index)
{
    const double wobble = 0.004 * std::sin(world.seconds + index);
    return u"%1ms"_s.arg((world.servers.at(index).lastContact + wobble) * 1000, 0, 'f', 6);
}

QJsonObject raftStats(const DemoWorld &world, int index)
{
    const DemoConsulServer &server = world.servers.at(index);
    const QString applied = QString::number(leaderIndex(world) - server.behind);
    const QString term = QString::number(server.term);
    const bool leader = leads(server);
    return {{u"applied_index"_s, applied}, {u"commit_index"_s, applied}, {u"fsm_pending"_s, u"0"_s},
        {u"last_contact"_s, leader ? u"0"_s : lastContact(world, index)}, {u"last_log_index"_s, applied}, {u"last_log_term"_s, term},
        {u"num_peers"_s, QString::number(membersOf(world, server).size() - 1)}, {u"state"_s, server.state}, {u"term"_s, term}};
}

QString datacentre(const DemoConsulServer &server) { return u"dc%1"_s.arg(server.group + 1); }

StubAnswer self(const DemoWorld &world, int index)
{
    const DemoConsulServer &server = world.servers.at(index);
    const QJsonObject config{{u"Datacenter"_s, datacentre(server)}, {u"NodeName"_s, nodeName(index)}, {u"NodeID"_s, nodeId(index)},
        {u"Server"_s, !server.agent}, {u"Version"_s, version}};
    const auto down = std::count_if(world.servers.cbegin(), world.servers.cend(), [](const DemoConsulServer &s) { return !s.up; });
    QJsonObject stats{{u"build"_s, QJsonObject{{u"version"_s, version}}},
        {u"serf_lan"_s, QJsonObject{{u"failed"_s, QString::number(down)}, {u"members"_s, QString::number(world.servers.size())}}}};
    if (server.agent) {
        stats.insert(u"consul"_s, QJsonObject{{u"known_servers"_s, u"4"_s}, {u"server"_s, u"false"_s}});
    } else {
        stats.insert(u"consul"_s,
            QJsonObject{{u"leader"_s, leads(server) ? u"true"_s : u"false"_s}, {u"leader_addr"_s, named(world, server.names)},
                {u"server"_s, u"true"_s}});
        stats.insert(u"raft"_s, raftStats(world, index));
    }
    const QJsonObject member{{u"Name"_s, nodeName(index)}, {u"Addr"_s, host(world, index)}, {u"Status"_s, 1}};
    return json(QJsonDocument(QJsonObject{{u"Config"_s, config}, {u"Member"_s, member}, {u"Stats"_s, stats}}));
}

StubAnswer peers(const DemoWorld &world, int index)
{
    QJsonArray list;
    for (const int member : membersOf(world, world.servers.at(index))) {
        if (member != world.servers.at(index).omitsPeer)
            list.append(address(world, member));
    }
    return json(QJsonDocument(list));
}

StubAnswer configuration(const DemoWorld &world, int index)
{
    QJsonArray servers;
    for (const int i : membersOf(world, world.servers.at(index))) {
        const DemoConsulServer &server = world.servers.at(i);
        servers.append(
            QJsonObject{{u"ID"_s, nodeId(i)}, {u"Node"_s, server.known ? nodeName(i) : u"(unknown)"_s}, {u"Address"_s, address(world, i)},
                {u"Leader"_s, i == world.servers.at(index).names}, {u"ProtocolVersion"_s, u"3"_s}, {u"Voter"_s, server.voter}});
    }
    return json(QJsonDocument(QJsonObject{{u"Servers"_s, servers}, {u"Index"_s, 0}}));
}

/// As the leader sees the server.
struct Seen {
    bool there = false, healthy = false;
};
Seen seen(const DemoWorld &world, int index, int leader)
{
    const DemoConsulServer &server = world.servers.at(index);
    const bool there = server.up && !server.cutOff;
    const bool follows = server.behind <= 250 && server.lastContact <= 0.2 && server.term == world.servers.at(leader).term;
    return {there, there && follows && !server.calledUnhealthy};
}

StubAnswer autopilot(const DemoWorld &world, int index)
{
    const int leader = world.servers.at(index).names;
    if (world.forwardFails)
        return plain(500, "rpc error making call: EOF");
    if (leader < 0 || !leads(world.servers.at(leader)))
        return plain(500, "No cluster leader");
    QJsonArray servers;
    int voters = 0;
    int healthyVoters = 0;
    for (const int i : membersOf(world, world.servers.at(index))) {
        const DemoConsulServer &server = world.servers.at(i);
        if (!server.known) // autopilot reports on the members of gossip
            continue;
        const auto [there, healthy] = seen(world, i, leader);
        voters += server.voter ? 1 : 0;
        healthyVoters += healthy && server.voter ? 1 : 0;
        servers.append(QJsonObject{{u"ID"_s, nodeId(i)}, {u"Name"_s, nodeName(i)}, {u"Address"_s, address(world, i)},
            {u"SerfStatus"_s, there ? u"alive"_s : u"failed"_s}, {u"Version"_s, version}, {u"Leader"_s, i == leader},
            {u"LastContact"_s,
                !there            ? u"-1ns"_s
                    : i == leader ? u"0s"_s
                                  : lastContact(world, i)},
            {u"LastTerm"_s, there ? static_cast<qint64>(server.term) : 0}, {u"LastIndex"_s, there ? leaderIndex(world) - server.behind : 0},
            {u"Healthy"_s, healthy}, {u"Voter"_s, server.voter}, {u"StableSince"_s, u"2026-10-10T06:11:17Z"_s}});
    }
    const bool healthy = voters == healthyVoters;
    const QJsonObject body{
        {u"Healthy"_s, healthy}, {u"FailureTolerance"_s, std::max(0, healthyVoters - (voters / 2 + 1))}, {u"Servers"_s, servers}};
    return json(QJsonDocument(body), healthy ? 200 : 429);
}

} // namespace

StubAnswer demoConsulReply(const DemoWorld &world, int place, const StubRequest &request)
{
    const int index = world.servers.at(place).sameAs < 0 ? place : world.servers.at(place).sameAs;
    const DemoConsulServer &server = world.servers.at(index);
    const QByteArray path = request.path.left(request.path.indexOf('?') < 0 ? request.path.size() : request.path.indexOf('?'));
    if (server.denied && path.startsWith("/v1/operator/"))
        return plain(403, "Permission denied");
    if (path == "/v1/status/leader")
        return StubAnswer::http(200, '"' + named(world, server.names).toUtf8() + '"');
    if (path == "/v1/status/peers")
        return peers(world, index);
    if (path == "/v1/agent/self")
        return server.selfFails ? plain(500, "internal error: can't read the state") : self(world, index);
    if (path == "/v1/operator/raft/configuration")
        return configuration(world, index);
    if (path == "/v1/operator/autopilot/health")
        return autopilot(world, index);
    if (path == "/v1/operator/autopilot/configuration")
        return StubAnswer::http(200,
            R"({"CleanupDeadServers":true,"LastContactThreshold":"200ms","MaxTrailingLogs":250,)"
            R"("MinQuorum":0,"ServerStabilizationTime":"10s"})");
    if (path == "/v1/catalog/nodes") {
        return json(QJsonDocument(QJsonArray()), 200,
            {{"X-Consul-Knownleader", server.names >= 0 ? "true" : "false"}, {"X-Consul-Lastcontact", server.names >= 0 ? "12" : "9400"}});
    }
    return StubAnswer::http(404, {}, {}); // as Consul answers /v1/status/info
}

} // namespace quorate
