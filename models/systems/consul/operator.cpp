// SPDX-License-Identifier: GPL-3.0-or-later
// /v1/operator/raft/configuration, /v1/operator/autopilot/health and /v1/operator/autopilot/configuration.
#include "models/systems/consul/address.h"
#include "models/systems/consul/decode.h"
#include "models/systems/consul/stats.h"
#include "models/systems/http.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace quorate::consul {
using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype mostServers = 1000;
constexpr qsizetype longestName = 300;

QString nameIn(const QJsonObject &object, QLatin1String field) { return boundedText(object.value(field).toString(), longestName); }

std::optional<RaftMember> memberOf(const QJsonObject &server)
{
    RaftMember member;
    member.address = server.value("Address"_L1).toString();
    const auto voter = boolean(server.value("Voter"_L1));
    if (!isAddress(member.address) || !voter)
        return std::nullopt;
    member.voter = *voter;
    member.id = nameIn(server, "ID"_L1);
    member.name = nameIn(server, "Node"_L1);
    member.unknownToGossip = member.name == "(unknown)"_L1;
    if (member.unknownToGossip)
        member.name.clear();
    member.leader = boolean(server.value("Leader"_L1)).value_or(false);
    const auto index = unsignedInteger(server.value("LastIndex"_L1));
    if (index && *index > 0) // 0: autopilot has no statistics of it yet
        member.lastIndex = index;
    return member;
}

bool isThere(const QJsonValue &value) { return !value.isUndefined() && !value.isNull(); }

/// What is there must be readable: a word of gossip that is none of its words, or a number that is none, is nothing to be judged by.
bool isReadable(const QJsonObject &server)
{
    constexpr std::array gossip{"none"_L1, "alive"_L1, "leaving"_L1, "left"_L1, "failed"_L1};
    const QJsonValue status = server.value("SerfStatus"_L1), contact = server.value("LastContact"_L1);
    const QJsonValue lastTerm = server.value("LastTerm"_L1), lastIndex = server.value("LastIndex"_L1);
    const bool known = std::any_of(gossip.begin(), gossip.end(), [&](QLatin1String word) { return status.toString() == word; });
    return (known || !isThere(status)) && (seconds(contact) || !isThere(contact)) && (unsignedInteger(lastTerm) || !isThere(lastTerm))
        && (unsignedInteger(lastIndex) || !isThere(lastIndex));
}

/// Consul 1.8 writes −1 ns, term 0 and index 0 for a server that it can't reach.
void readContact(const QJsonObject &object, AutopilotServer &server)
{
    const auto contact = seconds(object.value("LastContact"_L1));
    server.unreachable = contact && *contact < 0;
    if (!contact || server.unreachable)
        return;
    server.lastContactSeconds = contact;
    server.lastContact = std::chrono::duration_cast<Milliseconds>(std::chrono::duration<double>(std::min(*contact, 1e9)));
    server.lastTerm = unsignedInteger(object.value("LastTerm"_L1));
    server.lastIndex = unsignedInteger(object.value("LastIndex"_L1));
}

std::optional<AutopilotServer> autopilotServerOf(const QJsonObject &object)
{
    AutopilotServer server;
    server.address = object.value("Address"_L1).toString();
    const auto healthy = boolean(object.value("Healthy"_L1));
    if (!isAddress(server.address) || !healthy || !isReadable(object))
        return std::nullopt;
    server.healthy = *healthy;
    server.id = nameIn(object, "ID"_L1);
    server.name = nameIn(object, "Name"_L1);
    server.serfStatus = nameIn(object, "SerfStatus"_L1);
    server.version = nameIn(object, "Version"_L1);
    server.leader = boolean(object.value("Leader"_L1)).value_or(false);
    server.voter = boolean(object.value("Voter"_L1)).value_or(true);
    server.stableSince = fromRfc3339(object.value("StableSince"_L1).toString());
    readContact(object, server);
    return server;
}

/// Every entry of a list, or nothing when one of them is not understood or stands twice: it would be counted twice.
template <class T>
std::optional<QList<T>> every(const QJsonArray &list, std::optional<T> (*read)(const QJsonObject &))
{
    QList<T> result;
    if (list.size() > mostServers)
        return std::nullopt;
    for (const QJsonValue entry : list) {
        const auto one = read(entry.toObject());
        if (!one || std::any_of(result.cbegin(), result.cend(), [&](const T &other) { return other.address == one->address; }))
            return std::nullopt;
        result.append(*one);
    }
    return result;
}
} // namespace

Decoded decodeConfiguration(const Reply &reply)
{
    const QString expected = u"Consul's Raft configuration"_s;
    const auto json = readJson(reply, expected);
    if (!json)
        return json.error();
    const QJsonValue servers = json.value().toObject().value("Servers"_L1);
    // null: a server that has not joined a group yet.
    if (!servers.isArray() && !servers.isNull())
        return notUnderstood(reply, expected, u"JSON without a list of servers"_s);
    const auto members = every(servers.toArray(), memberOf);
    if (!members)
        return notUnderstood(reply, expected, u"a list with an entry that is no server or stands twice"_s);
    Facts facts;
    facts.raft.emplace().membership = members;
    return understood(facts);
}

Decoded decodeAutopilot(const Reply &reply)
{
    const QString expected = u"autopilot's health"_s;
    const auto json = readJson(reply, expected);
    if (!json)
        return json.error();
    const QJsonObject health = json.value().toObject();
    const auto healthy = boolean(health.value("Healthy"_L1));
    if (!healthy)
        return notUnderstood(reply, expected, u"JSON without the field Healthy"_s);
    if (reply.http == 429 && *healthy)
        return notUnderstood(reply, expected, u"a status that says unhealthy with a document that says healthy"_s);
    AutopilotFacts autopilot;
    autopilot.healthy = *healthy;
    autopilot.failureTolerance = counter(health.value("FailureTolerance"_L1));
    if (isThere(health.value("FailureTolerance"_L1)) && !autopilot.failureTolerance)
        return notUnderstood(reply, expected, u"FailureTolerance is no number from 0"_s);
    const QJsonValue servers = health.value("Servers"_L1);
    // null for about 4 s after an election: no facts, not "all gone".
    if (!servers.isNull() && !servers.isUndefined() && !servers.isArray())
        return notUnderstood(reply, expected, u"JSON whose servers are no list"_s);
    if (servers.isArray()) {
        autopilot.servers = every(servers.toArray(), autopilotServerOf);
        if (!autopilot.servers)
            return notUnderstood(reply, expected, u"a list with an entry that is no server or stands twice"_s);
    }
    Facts facts;
    facts.raft.emplace().autopilot = autopilot;
    return understood(facts);
}

Decoded decodeLimits(const Reply &reply)
{
    const QString expected = u"autopilot's configuration"_s;
    const auto json = readJson(reply, expected);
    if (!json)
        return json.error();
    const QJsonObject object = json.value().toObject();
    const QJsonValue contact = object.value("LastContactThreshold"_L1), trailing = object.value("MaxTrailingLogs"_L1);
    if (!isThere(contact) && !isThere(trailing))
        return notUnderstood(reply, expected, u"JSON without its limits"_s);
    if (isThere(contact) && !seconds(contact))
        return notUnderstood(reply, expected, u"LastContactThreshold is no duration"_s);
    if (isThere(trailing) && !counter(trailing))
        return notUnderstood(reply, expected, u"MaxTrailingLogs is no number from 0"_s);
    Facts facts;
    RaftLimits &limits = facts.raft.emplace().limits.emplace();
    limits.lastContactSeconds = seconds(contact);
    if (limits.lastContactSeconds.value_or(0) <= 0) // nothing can be that quick
        limits.lastContactSeconds.reset();
    limits.trailingEntries = counter(trailing);
    return understood(facts);
}

} // namespace quorate::consul
