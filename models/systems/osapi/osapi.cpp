// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/osapi/osapi.h"

#include "models/systems/http.h"
#include "models/systems/osapi/document.h"
#include "models/systems/shell.h"

#include <QJsonObject>

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
constexpr auto statusKey = "status"_L1;
constexpr auto statusAgainKey = "status-again"_L1; ///< after the remembered prefix turned out to be wrong
constexpr auto probeKey = "probe"_L1;
constexpr auto oldProbeKey = "probe-old"_L1;

// The prefix, as it is remembered: since 2026-04-09 "/api", before that none.
constexpr auto withApi = "/api"_L1;
constexpr auto withoutPrefix = "/"_L1;

QString pathWith(QLatin1String prefix, QLatin1String path) { return prefix == withoutPrefix ? QString(path) : withApi + path; }

Request probe(QLatin1String key, QLatin1String prefix)
{
    return {.key = key, .path = pathWith(prefix, "/health"_L1), .headers = {{"Accept", "application/json"}}, .withToken = false};
}

Request status(QLatin1String key, QLatin1String prefix)
{
    return {.key = key, .path = pathWith(prefix, "/health/status"_L1), .headers = {{"Accept", "application/json"}}, .primary = true};
}

const Answer *answerTo(const PollState &state, std::initializer_list<QLatin1String> keys)
{
    const auto isOne
        = [&](const Answer &a) { return std::any_of(keys.begin(), keys.end(), [&](QLatin1String key) { return a.request.key == key; }); };
    const auto found = std::find_if(state.answers.begin(), state.answers.end(), isOne);
    return found == state.answers.end() ? nullptr : &*found;
}

bool wasAsked(const PollState &state, QLatin1String key)
{
    return std::any_of(state.asked.begin(), state.asked.end(), [&](const Request &r) { return r.key == key; });
}

/// The probes in order, until one answers; then the prefix that the status is to be asked with. Without a prefix: not known yet, or none.
struct Search {
    QList<Request> next;
    std::optional<QLatin1String> prefix;
    bool over = false;
};

Search search(const PollState &state)
{
    if (!wasAsked(state, probeKey))
        return {{probe(probeKey, withApi)}, {}, false};
    const Answer *first = answerTo(state, {probeKey});
    if (!first)
        return {};
    if (first->reach == Reach::Answered)
        return {{}, withApi, true};
    if (first->http == 0) // nobody is there: the other path would only fail in the same way, as slowly
        return {{}, {}, true};
    if (!wasAsked(state, oldProbeKey))
        return {{probe(oldProbeKey, withoutPrefix)}, {}, false};
    const Answer *second = answerTo(state, {oldProbeKey});
    if (!second)
        return {};
    return {{}, second->reach == Reach::Answered ? std::optional(withoutPrefix) : std::nullopt, true};
}

QList<Request> planWithout(const PollState &state)
{
    if (wasAsked(state, statusKey))
        return {};
    const Search found = search(state);
    if (!found.over)
        return found.next;
    return {status(statusKey, found.prefix.value_or(withApi))}; // also when no probe answered: its failure is the endpoint's
}

QList<Request> planWith(const PollState &state, QLatin1String prefix)
{
    if (!wasAsked(state, statusKey))
        return {status(statusKey, prefix)};
    const Answer *answer = answerTo(state, {statusKey});
    const bool moved = answer && (answer->reach == Reach::NotFound || answer->reach == Reach::Malformed);
    if (!moved || wasAsked(state, statusAgainKey))
        return {};
    const Search found = search(state);
    if (!found.over)
        return found.next;
    return found.prefix && *found.prefix != prefix ? QList{status(statusAgainKey, *found.prefix)} : QList<Request>();
}

/// The probe, the status. With a prefix that worked, only the status; when that is gone, the probes again and the status where they say.
QList<Request> plan(const PollState &state)
{
    for (const QLatin1String prefix : {withApi, withoutPrefix}) {
        if (state.remembered == prefix)
            return planWith(state, prefix);
    }
    return planWithout(state);
}

/// The probe says no more than that OSAPI is there ("ok" always), so it gives no facts: they would outshine a degraded status.
Decoded decodeProbe(const Request &request, const Reply &reply)
{
    const QString expected = u"OSAPI's health"_s;
    const auto json = reply.http == 200 ? readJson(reply, expected) : notUnderstood(reply, expected);
    if (!json)
        return json.error();
    if (!json.value().toObject().value("status"_L1).isString())
        return notUnderstood(reply, expected);
    Decoded decoded;
    decoded.reach = Reach::Answered;
    decoded.remember = request.path.startsWith(withApi + u'/') ? withApi : withoutPrefix;
    return decoded;
}

/// 200 and 503 carry the same document; another 5xx that carries it is somebody's rewriting, and the document still holds.
Decoded decodeStatus(const Reply &reply)
{
    const QString expected = u"OSAPI's document"_s;
    const bool mayCarryIt = reply.http == 200 || reply.http >= 500;
    const auto json = mayCarryIt ? readJson(reply, expected) : notUnderstood(reply, expected, statusProblem(reply));
    if (!json)
        return json.error();
    auto facts = osapi::factsOf(json.value());
    if (!facts)
        return notUnderstood(reply, expected, facts.error().text);
    Decoded decoded;
    decoded.reach = Reach::Answered;
    decoded.facts = std::move(facts).value();
    return decoded;
}

Decoded decode(const Request &request, const Reply &reply)
{
    const bool isProbe = request.key == probeKey || request.key == oldProbeKey;
    return isProbe ? decodeProbe(request, reply) : decodeStatus(reply);
}

/// The client reads its configuration from the environment too: OSAPI_ and the key's path.
QString vendorCommand(const CommandTarget &target)
{
    QStringList words{u"OSAPI_CONTROLLER_CLIENT_URL=%1"_s.arg(shellQuoted(target.endpoint.text()))};
    if (target.hasToken && isShellVariable(target.tokenVariable))
        words << u"OSAPI_CONTROLLER_CLIENT_SECURITY_BEARER_TOKEN=\"$%1\""_s.arg(target.tokenVariable);
    words << u"osapi client health status --json"_s;
    return words.join(u' ');
}
} // namespace

const System &osapiSystem()
{
    static const System system{"osapi"_L1, "OSAPI"_L1, false, plan, nullptr, decode, vendorCommand};
    return system;
}

} // namespace quorate
