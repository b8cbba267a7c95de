// SPDX-License-Identifier: GPL-3.0-or-later
// /v1/status/leader, /v1/status/peers and /v1/status/info.
#include "models/systems/consul/address.h"
#include "models/systems/consul/decode.h"
#include "models/systems/consul/lenient.h"
#include "models/systems/consul/plan.h"
#include "models/systems/consul/stats.h"
#include "models/systems/http.h"

#include <QJsonArray>
#include <QJsonObject>

namespace quorate::consul {
using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype mostPeers = 1000;
} // namespace

Decoded decodeLeader(const Reply &reply)
{
    const QString expected = u"Consul's leader address"_s;
    const auto json = readJson(reply, expected);
    if (!json)
        return json.error();
    if (!json.value().isString())
        return notUnderstood(reply, expected, u"JSON, but no string"_s);
    const QString leader = json.value().toString();
    if (!leader.isEmpty() && !isAddress(leader))
        return notUnderstood(reply, expected, u"a string that is no address and port"_s);
    Facts facts;
    facts.raft.emplace().leader = leader;
    return understood(facts);
}

Decoded decodePeers(const Reply &reply)
{
    const QString expected = u"Consul's list of peer addresses"_s;
    const auto json = readJson(reply, expected);
    if (!json)
        return json.error();
    // Go writes an empty list as null.
    if (!json.value().isArray() && !json.value().isNull())
        return notUnderstood(reply, expected, u"JSON, but no list"_s);
    const QJsonArray list = json.value().toArray();
    if (list.size() > mostPeers)
        return notUnderstood(reply, expected, u"a list of %1 entries"_s.arg(list.size()));
    QStringList peers;
    for (const QJsonValue peer : list) {
        if (!isAddress(peer.toString()))
            return notUnderstood(reply, expected, u"a list with an entry that is no address and port"_s);
        if (peers.contains(peer.toString()))
            return notUnderstood(reply, expected, u"a list with an address that stands twice"_s);
        peers.append(peer.toString());
    }
    Facts facts;
    facts.raft.emplace().peers = peers;
    return understood(facts);
}

Decoded decodeInfo(const Reply &reply)
{
    const QString expected = u"Consul's status info"_s;
    Reply repaired = reply;
    if (!parseJson(reply.body))
        repaired.body = withCommasRepaired(reply.body);
    const auto json = readJson(repaired, expected);
    const auto stats = json ? factsOfStats(json.value().toObject()) : Result<Facts, JsonError>(JsonError{});
    if (!stats || !tellsAnAgent(stats.value())) {
        const QString problem = stats ? u"JSON without what an agent says of itself"_s : stats.error().text;
        Decoded decoded = json ? notUnderstood(reply, expected, problem) : json.error();
        decoded.remember = QString(remembered::self);
        return decoded;
    }
    Decoded decoded = understood(stats.value());
    decoded.remember = QString(remembered::info);
    return decoded;
}

} // namespace quorate::consul
