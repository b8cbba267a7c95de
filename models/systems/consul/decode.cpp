// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/consul/decode.h"

#include "models/systems/consul/plan.h"
#include "models/systems/http.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace quorate::consul {
using namespace Qt::StringLiterals;

namespace {
struct Kind {
    QLatin1String key;
    Decoded (*decode)(const Reply &);
    QLatin1String document; ///< what is expected, for people
    QLatin1String permission; ///< that Consul asks for; empty: none
};
constexpr std::array kinds{
    Kind{key::leader, decodeLeader, "Consul's leader address"_L1, {}},
    Kind{key::peers, decodePeers, "Consul's list of peer addresses"_L1, {}},
    Kind{key::info, decodeInfo, "Consul's status info"_L1, {}},
    Kind{key::self, decodeSelf, "Consul's agent information"_L1, "agent:read"_L1},
    Kind{key::configuration, decodeConfiguration, "Consul's Raft configuration"_L1, "operator:read"_L1},
    Kind{key::nodes, decodeNodes, "Consul's catalog of nodes"_L1, "node:read"_L1},
    Kind{key::autopilot, decodeAutopilot, "autopilot's health"_L1, "operator:read"_L1},
    Kind{key::limits, decodeLimits, "autopilot's configuration"_L1, "operator:read"_L1},
};

/// The permission that newer servers name in their own words, else the one that the documents name for the request.
QString missingPermission(const QString &words, const Kind &kind)
{
    static const QRegularExpression named(u"lacks permission '([a-z]{1,20}:[a-z]{1,20})'"_s);
    const auto match = named.match(words);
    return match.hasMatch() ? match.captured(1) : QString(kind.permission);
}

/// What is missing from now on when a request other than the primary is refused (JUDGE section 3); empty: nothing to name.
QString narrowedBy(const Request &request, const Kind &kind, const Reply &reply, Reach reach)
{
    const QString words = ownWords(reply);
    if (reach == Reach::Unauthorised && words.contains("Permission denied"_L1))
        return missingPermission(words, kind);
    if (reach == Reach::Unauthorised && words.contains("blocked by agent configuration"_L1))
        return request.path.section(u'?', 0, 0);
    // No released Consul has /v1/status/info: that it is missing is no news.
    if (reach == Reach::NotFound && kind.key != key::info)
        return request.path.section(u'?', 0, 0);
    return {};
}

Decoded refused(const Request &request, const Kind &kind, const Reply &reply)
{
    Decoded decoded = notUnderstood(reply, kind.document);
    const QString narrowed = narrowedBy(request, kind, reply, decoded.reach);
    if (!request.primary && !narrowed.isEmpty())
        decoded.facts.narrowed.append(narrowed);
    // The status endpoints answer whatever the token; only the others show that Consul does not know it.
    decoded.facts.credentialRejected
        = !request.primary && decoded.reach == Reach::Unauthorised && ownWords(reply).contains("ACL not found"_L1);
    if (kind.key == key::info)
        decoded.remember = QString(remembered::self);
    if (kind.key == key::self && decoded.reach == Reach::NotFound)
        decoded.remember = QString();
    return decoded;
}
} // namespace

Decoded understood(Facts facts)
{
    Decoded decoded;
    decoded.reach = Reach::Answered;
    decoded.facts = std::move(facts);
    return decoded;
}

Decoded decode(const Request &request, const Reply &reply)
{
    const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const Kind &k) { return request.key == k.key; });
    if (kind == kinds.end())
        return notUnderstood(reply, u"a reply to a known request"_s);
    // autopilot/health says "unhealthy" by 429 with its whole document; every other document comes with 200 only.
    const bool withDocument = reply.http == 200 || (kind->key == key::autopilot && reply.http == 429);
    if (!withDocument)
        return refused(request, *kind, reply);
    return kind->decode(reply);
}

} // namespace quorate::consul
