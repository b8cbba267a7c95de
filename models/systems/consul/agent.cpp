// SPDX-License-Identifier: GPL-3.0-or-later
// /v1/agent/self and the headers of /v1/catalog/nodes.
#include "models/systems/consul/address.h"
#include "models/systems/consul/decode.h"
#include "models/systems/consul/stats.h"
#include "models/systems/http.h"

#include <QJsonObject>

#include <algorithm>

namespace quorate::consul {
using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype longestName = 300;

std::optional<QString> nameIn(const QJsonObject &object, QLatin1String field)
{
    const QString name = boundedText(object.value(field).toString(), longestName);
    return name.isEmpty() ? std::nullopt : std::optional(name);
}

/// Before Consul 1.0 `Config` had other contents; what is not there stays absent.
void readConfig(const QJsonObject &config, Facts &facts)
{
    RaftView &view = *facts.raft;
    view.id = nameIn(config, "NodeID"_L1);
    view.name = nameIn(config, "NodeName"_L1);
    view.datacenter = nameIn(config, "Datacenter"_L1);
    if (const auto server = boolean(config.value("Server"_L1)))
        view.server = server;
    if (const auto version = nameIn(config, "Version"_L1))
        facts.version = version;
}

/// The server's own Raft address: as the Raft configuration has it for its id, else the gossip address with the RPC port.
std::optional<QString> ownAddress(const RaftView &view, const QJsonObject &member)
{
    if (view.membership && view.id) {
        const auto &members = *view.membership;
        const auto own = std::find_if(members.begin(), members.end(), [&](const RaftMember &m) { return m.id == *view.id; });
        if (own != members.end())
            return own->address;
    }
    const QString address = addressOf(member.value("Addr"_L1).toString(), member.value("Tags"_L1).toObject().value("port"_L1).toString());
    return view.server == true && isAddress(address) ? std::optional(address) : std::nullopt;
}
} // namespace

Decoded decodeSelf(const Reply &reply)
{
    const QString expected = u"Consul's agent information"_s;
    const auto json = readJson(reply, expected);
    if (!json)
        return json.error();
    const QJsonObject self = json.value().toObject();
    const auto stats = factsOfStats(self.value("Stats"_L1).toObject());
    if (!stats)
        return notUnderstood(reply, expected, stats.error().text);
    Facts facts = stats.value();
    readConfig(self.value("Config"_L1).toObject(), facts);
    if (!tellsAnAgent(facts))
        return notUnderstood(reply, expected, u"JSON without what an agent says of itself"_s);
    facts.raft->address = ownAddress(*facts.raft, self.value("Member"_L1).toObject());
    return understood(facts);
}

Decoded decodeNodes(const Reply &reply)
{
    const QString expected = u"Consul's catalog of nodes"_s;
    const auto json = readJson(reply, expected);
    if (!json)
        return json.error();
    if (!json.value().isArray() && !json.value().isNull())
        return notUnderstood(reply, expected, u"JSON, but no list"_s);
    const QByteArray known = headerValue(reply.headers, "X-Consul-KnownLeader").trimmed().toLower();
    if (known != "true" && known != "false")
        return notUnderstood(reply, expected, u"a list without the header X-Consul-KnownLeader"_s);
    Facts facts;
    RaftView &view = facts.raft.emplace();
    view.knownLeader = known == "true";
    bool ok = false;
    const quint64 milliseconds = headerValue(reply.headers, "X-Consul-LastContact").trimmed().toULongLong(&ok);
    if (ok)
        view.headerLastContactSeconds = double(milliseconds) / 1000;
    return understood(facts);
}

} // namespace quorate::consul
