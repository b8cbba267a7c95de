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

QString nodeId(int server) { return u"c2c3f480-34cc-bdbd-8d63-ddd73c92d3e%1"_s.arg(server); }
QString nodeName(int server) { return u"node-%1"_s.arg(server + 1); }
QString address(int server) { return u"127.0.11.%1:8300"_s.arg(1 + server); }
QString named(int server) { return server < 0 ? QString() : address(server); }

qint64 leaderIndex(const DemoWorld &world) { return 111'098 + static_cast<qint64>(world.seconds * 38); }

bool leads(const DemoConsulServer &server) { return server.up && server.state == u"Leader"; }

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
        {u"num_peers"_s, u"4"_s}, {u"state"_s, server.state}, {u"term"_s, term}};
}

StubAnswer self(const DemoWorld &world, int index)
{
    const DemoConsulServer &server = world.servers.at(index);
    const QJsonObject config{{u"Datacenter"_s, u"dc1"_s}, {u"NodeName"_s, nodeName(index)}, {u"NodeID"_s, nodeId(index)},
        {u"Server"_s, true}, {u"Version"_s, version}};
    const auto down = std::count_if(world.servers.cbegin(), world.servers.cend(), [](const DemoConsulServer &s) { return !s.up; });
    const QJsonObject stats{{u"build"_s, QJsonObject{{u"version"_s, version}}},
        {u"consul"_s,
            QJsonObject{
                {u"leader"_s, leads(server) ? u"true"_s : u"false"_s}, {u"leader_addr"_s, named(server.names)}, {u"server"_s, u"true"_s}}},
        {u"raft"_s, raftStats(world, index)}, {u"serf_lan"_s, QJsonObject{{u"failed"_s, QString::number(down)}, {u"members"_s, u"5"_s}}}};
    const QJsonObject member{{u"Name"_s, nodeName(index)}, {u"Addr"_s, u"127.0.11.%1"_s.arg(1 + index)}, {u"Status"_s, 1}};
    return json(QJsonDocument(QJsonObject{{u"Config"_s, config}, {u"Member"_s, member}, {u"Stats"_s, stats}}));
}

StubAnswer configuration(const DemoWorld &world, int index)
{
    QJsonArray servers;
    for (int i = 0; i < world.servers.size(); ++i) {
        if (!world.servers.at(i).member)
            continue;
        servers.append(QJsonObject{{u"ID"_s, nodeId(i)}, {u"Node"_s, nodeName(i)}, {u"Address"_s, address(i)},
            {u"Leader"_s, i == world.servers.at(index).names}, {u"ProtocolVersion"_s, u"3"_s}, {u"Voter"_s, true}});
    }
    return json(QJsonDocument(QJsonObject{{u"Servers"_s, servers}, {u"Index"_s, 0}}));
}

StubAnswer autopilot(const DemoWorld &world, int index)
{
    const int leader = world.servers.at(index).names;
    if (leader < 0 || !leads(world.servers.at(leader)))
        return plain(500, "No cluster leader");
    QJsonArray servers;
    int voters = 0;
    int healthyVoters = 0;
    for (int i = 0; i < world.servers.size(); ++i) {
        const DemoConsulServer &server = world.servers.at(i);
        if (!server.member)
            continue;
        const bool healthy = server.up && server.behind <= 250 && server.lastContact <= 0.2 && server.term == world.servers.at(leader).term;
        ++voters;
        healthyVoters += healthy ? 1 : 0;
        servers.append(QJsonObject{{u"ID"_s, nodeId(i)}, {u"Name"_s, nodeName(i)}, {u"Address"_s, address(i)},
            {u"SerfStatus"_s, server.up ? u"alive"_s : u"failed"_s}, {u"Version"_s, version}, {u"Leader"_s, i == leader},
            {u"LastContact"_s,
                !server.up        ? u"-1ns"_s
                    : i == leader ? u"0s"_s
                                  : lastContact(world, i)},
            {u"LastTerm"_s, server.up ? static_cast<qint64>(server.term) : 0},
            {u"LastIndex"_s, server.up ? leaderIndex(world) - server.behind : 0}, {u"Healthy"_s, healthy}, {u"Voter"_s, true},
            {u"StableSince"_s, u"2026-10-10T06:11:17Z"_s}});
    }
    const bool healthy = voters == healthyVoters;
    const QJsonObject body{
        {u"Healthy"_s, healthy}, {u"FailureTolerance"_s, std::max(0, healthyVoters - (voters / 2 + 1))}, {u"Servers"_s, servers}};
    return json(QJsonDocument(body), healthy ? 200 : 429);
}

} // namespace

StubAnswer demoConsulReply(const DemoWorld &world, int index, const StubRequest &request)
{
    const DemoConsulServer &server = world.servers.at(index);
    const QByteArray path = request.path.left(request.path.indexOf('?') < 0 ? request.path.size() : request.path.indexOf('?'));
    if (path == "/v1/status/leader")
        return StubAnswer::http(200, '"' + named(server.names).toUtf8() + '"');
    if (path == "/v1/status/peers") {
        QJsonArray peers;
        for (int i = 0; i < world.servers.size(); ++i) {
            if (world.servers.at(i).member)
                peers.append(address(i));
        }
        return json(QJsonDocument(peers));
    }
    if (path == "/v1/agent/self")
        return self(world, index);
    if (path == "/v1/operator/raft/configuration")
        return configuration(world, index);
    if (path == "/v1/operator/autopilot/health")
        return autopilot(world, index);
    if (path == "/v1/catalog/nodes") {
        return json(QJsonDocument(QJsonArray()), 200,
            {{"X-Consul-Knownleader", server.names >= 0 ? "true" : "false"}, {"X-Consul-Lastcontact", server.names >= 0 ? "12" : "9400"}});
    }
    return StubAnswer::http(404, {}, {}); // as Consul answers /v1/status/info
}

} // namespace quorate
