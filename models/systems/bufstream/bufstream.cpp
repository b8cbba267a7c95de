// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/bufstream/bufstream.h"

#include "models/systems/bufstream/probes.h"
#include "models/systems/http.h"
#include "models/systems/shell.h"

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
using namespace bufstream;

// The rungs of the request ladder, as they are remembered.
constexpr auto byAccept = "accept"_L1; ///< JSON, or the text table, for the Accept header
constexpr auto byQuery = "query"_L1; ///< JSON for ?format=json
constexpr auto pageFound = "page?"_L1; ///< the page came; ?format=json has not been tried
constexpr auto pageSettled = "page"_L1; ///< nothing but the page is to be had

constexpr auto firstKey = "status"_L1;
constexpr auto otherKey = "status-other"_L1; ///< the other rung, in a poll that had to try both

const QByteArray wantsJson = "application/json, text/html;q=0.5, text/plain;q=0.4";
const QByteArray wantsPage = "text/html";

Request request(QLatin1String key, bool query, bool primary, const QByteArray &accept = wantsJson)
{
    Request request;
    request.key = key;
    request.path = query ? u"/-/status?format=json"_s : u"/-/status"_s;
    request.headers = {{"Accept", accept}};
    request.primary = primary;
    return request;
}

/// One request, once it is known what works. A page that was read is followed once by ?format=json, for its better words; a reply that was
/// not understood is followed by the other rung, which then stands for the endpoint.
QList<Request> plan(const PollState &state)
{
    const bool queryWorked = state.remembered == byQuery;
    if (state.asked.isEmpty())
        return {request(firstKey, queryWorked, true, state.remembered == pageSettled ? wantsPage : wantsJson)};
    if (state.asked.size() > 1 || state.answers.isEmpty())
        return {};
    const Reach first = state.answers.constFirst().reach;
    if (first == Reach::Answered && state.remembered == pageFound)
        return {request(otherKey, true, false)};
    if (first == Reach::Malformed || (first == Reach::NotFound && queryWorked))
        return {request(otherKey, !queryWorked, true)};
    return {};
}

/// Status codes are data (an unhealthy broker answers with one that is not documented), except those that speak for somebody else. Of the
/// good ones only 200 means this document, whole and as it was sent: 203 is changed on the way, 206 a part.
bool mayCarryProbes(int http) { return http == 200 || (http >= 400 && http != 401 && http != 403 && http != 407); }

/// The probes, or what is wrong.
Result<Probes, Decoded> probesIn(const Reply &reply)
{
    const QString expected = u"Bufstream's status"_s;
    if (!mayCarryProbes(reply.http))
        return notUnderstood(reply, expected, statusProblem(reply));
    std::optional<Probes> probes;
    switch (bodyKind(reply)) {
    case BodyKind::JsonLike: {
        const auto json = readJson(reply, expected);
        if (!json)
            return json.error();
        probes = probesInJson(json.value());
        if (!probes)
            return notUnderstood(reply, expected, u"JSON without a probe"_s);
        break;
    }
    case BodyKind::Html:
        probes = probesInPage(reply.body);
        break;
    case BodyKind::Text:
        probes = probesInText(reply.body);
        break;
    case BodyKind::Empty:
    case BodyKind::Binary:
    case BodyKind::Compressed:
        break;
    }
    if (!probes)
        return notUnderstood(reply, expected);
    if (!probes->areBufstreams())
        return notUnderstood(reply, expected, u"a status without a probe that Bufstream is known to have"_s);
    return *std::move(probes);
}

QLatin1String rungThatWorked(const Request &request, BodyKind kind)
{
    const bool query = request.path.contains(u'?');
    if (kind != BodyKind::Html)
        return query ? byQuery : byAccept;
    return query || headerValue(request.headers, "Accept") == wantsPage ? pageSettled : pageFound;
}

Decoded decode(const Request &request, const Reply &reply)
{
    auto probes = probesIn(reply);
    Decoded decoded;
    if (probes) {
        decoded.reach = Reach::Answered;
        decoded.facts = std::move(probes).value().facts();
        decoded.remember = rungThatWorked(request, bodyKind(reply));
        return decoded;
    }
    decoded = probes.error();
    // The question whether there is JSON beside the page that was read: "no" is an answer, not a failure of the broker.
    if (request.key == otherKey && !request.primary) {
        decoded.remember = pageSettled;
        if (reply.http >= 400 && reply.http < 500 && decoded.reach != Reach::Throttled)
            decoded.reach = Reach::Answered;
    }
    return decoded;
}

QString vendorCommand(const CommandTarget &target)
{
    QStringList words{u"bufstream admin status --url"_s, shellQuoted(target.endpoint.text())};
    const auto add = [&](const QString &option, const QString &file) {
        if (!file.isEmpty())
            words << option << shellQuoted(file);
    };
    add(u"--cacert"_s, target.caFile);
    add(u"--cert"_s, target.certificateFile);
    add(u"--key"_s, target.keyFile);
    if (target.insecure)
        words << u"--insecure"_s;
    return words.join(u' ');
}
} // namespace

const System &bufstreamSystem()
{
    static const System system{"bufstream"_L1, "Bufstream"_L1, false, plan, nullptr, decode, vendorCommand};
    return system;
}

} // namespace quorate
