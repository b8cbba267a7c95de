// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/cluster_reader.h"

#include "app/config/endpoint_url.h"
#include "app/config/expansion.h"
#include "app/config/limits_reader.h"
#include "app/config/maintenance_reader.h"
#include "app/config/nearest_name.h"
#include "app/config/tls_reader.h"

#include <QUrl>

#include <array>

namespace quorate {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Milliseconds leastInterval = 1s, mostInterval = 24h;
constexpr Milliseconds leastTimeout = 100ms, mostTimeout = 5min;
constexpr qint64 mostMembers = 100'000;
constexpr qint64 mostLetters = 1'000'000'000'000'000;

/// "tcp://host:port". What was written is not repeated: a URL may carry a password.
std::optional<ReferenceAddress> readReference(TableReader &defaults)
{
    const auto text = defaults.text("reference"_L1);
    if (!text)
        return std::nullopt;
    const QUrl url(*text, QUrl::StrictMode);
    const bool more = !url.path().isEmpty() || url.hasQuery() || url.hasFragment() || !url.userInfo().isEmpty();
    if (url.isValid() && url.scheme() == "tcp"_L1 && !url.host().isEmpty() && url.port() > 0 && !more)
        return ReferenceAddress{url.host(), static_cast<quint16>(url.port())};
    defaults.error(*defaults.find("reference"_L1), u"an address is expected, like \"tcp://192.0.2.1:443\""_s);
    return std::nullopt;
}

} // namespace

ClusterDefaults readDefaults(const TomlValue &value, Mistakes &mistakes)
{
    TableReader table(value, u"defaults"_s, mistakes);
    ClusterDefaults defaults;
    defaults.interval = table.duration("interval"_L1, leastInterval, mostInterval).value_or(defaults.interval);
    defaults.timeout = table.duration("timeout"_L1, leastTimeout, mostTimeout).value_or(defaults.timeout);
    defaults.criticalShare = table.share("critical_share"_L1).value_or(defaults.criticalShare);
    defaults.deadLettersKnown = table.integer("dead_letters_known"_L1, 0, mostLetters);
    defaults.backlogLimit = table.integer("backlog_limit"_L1, 0, mostLetters);
    defaults.limits = readLimits(table, {}, {}, mistakes);
    defaults.reference = readReference(table);
    QHash<QString, QString> elsewhere;
    for (const QString &key : ClusterReader::keys())
        elsewhere.insert(key, u"a [[cluster]]"_s);
    table.finish(elsewhere);
    return defaults;
}

QStringList ClusterReader::keys()
{
    return {u"name"_s, u"system"_s, u"endpoints"_s, u"token"_s, u"tls"_s, u"interval"_s, u"timeout"_s, u"critical_share"_s,
        u"expected_voters"_s, u"expected_agents"_s, u"dead_letters_known"_s, u"backlog_limit"_s, u"group"_s, u"tags"_s, u"paused"_s,
        u"limits"_s, u"maintenance"_s};
}

ClusterReader::ClusterReader(ClusterDefaults defaults, ConfigOrigin origin, QStringList systems, Mistakes &mistakes)
    : m_defaults(std::move(defaults))
    , m_origin(std::move(origin))
    , m_systems(std::move(systems))
    , m_mistakes(mistakes)
{
}

ClusterConfig ClusterReader::read(const TomlValue &value, int index)
{
    TableReader table(value, u"cluster[%1]"_s.arg(index), m_mistakes);
    ClusterConfig cluster;
    readName(table, cluster.spec);
    readSystem(table, cluster.spec);
    const bool https = readEndpoints(table, cluster.spec);
    cluster.token = readToken(table, m_origin, m_mistakes);
    cluster.spec.withToken = cluster.token.has_value();
    cluster.tls = readTls(table, m_origin, m_mistakes);
    readLimits(table, cluster.spec);
    refuseForeign(table, cluster.spec);
    table.finish();
    const TomlEntry *tls = table.find("tls"_L1);
    if (tls && tls->value.kind == TomlValue::Kind::Table && !https && !cluster.spec.endpoints.isEmpty())
        table.error(*tls, u"no endpoint of this cluster is https://, so nothing of this would be used"_s);
    return cluster;
}

void ClusterReader::readName(TableReader &table, ClusterSpec &spec)
{
    const TomlEntry *entry = table.find("name"_L1);
    if (!entry)
        m_mistakes.error(table.at(), table.name(u"name"_s), u"the name is missing; write name = \"…\""_s);
    const auto name = table.text("name"_L1);
    if (!name)
        return;
    if (const int line = m_nameLines.value(*name); line > 0)
        table.error(*entry, u"\"%1\" is already the name of the cluster in line %2"_s.arg(*name).arg(line));
    else
        m_nameLines.insert(*name, entry->value.at.line);
    spec.name = ClusterName(*name);
}

void ClusterReader::readSystem(TableReader &table, ClusterSpec &spec)
{
    const TomlEntry *entry = table.find("system"_L1);
    if (!entry)
        m_mistakes.error(table.at(), table.name(u"system"_s), u"the system is missing; known are "_s + m_systems.join(u", "_s));
    const auto system = table.text("system"_L1);
    if (!system)
        return;
    if (!m_systems.contains(*system))
        table.error(*entry, u"unknown system \"%1\""_s.arg(*system) + nearestHint(*system, m_systems));
    spec.system = *system;
}

void ClusterReader::readLimits(TableReader &table, ClusterSpec &spec)
{
    spec.interval = table.duration("interval"_L1, leastInterval, mostInterval).value_or(m_defaults.interval);
    spec.timeout = table.duration("timeout"_L1, leastTimeout, mostTimeout).value_or(m_defaults.timeout);
    spec.criticalShare = table.share("critical_share"_L1).value_or(m_defaults.criticalShare);
    if (const auto voters = table.integer("expected_voters"_L1, 1, mostMembers))
        spec.expectedVoters = int(*voters);
    if (const auto agents = table.integer("expected_agents"_L1, 0, mostMembers))
        spec.expectedAgents = int(*agents);
    const bool hasQueues = spec.system == "osapi"_L1;
    const auto orDefault
        = [&](const std::optional<qint64> &own, const std::optional<qint64> &usual) { return own || !hasQueues ? own : usual; };
    spec.deadLettersKnown = orDefault(table.integer("dead_letters_known"_L1, 0, mostLetters), m_defaults.deadLettersKnown);
    spec.backlogLimit = orDefault(table.integer("backlog_limit"_L1, 0, mostLetters), m_defaults.backlogLimit);
    spec.limits = quorate::readLimits(table, m_defaults.limits, m_systems.contains(spec.system) ? spec.system : QString(), m_mistakes);
    spec.maintenance = readMaintenance(table, spec.endpoints, m_mistakes);
    spec.group = table.text("group"_L1).value_or(QString());
    spec.tags = table.texts("tags"_L1).value_or(QStringList());
    spec.paused = table.boolean("paused"_L1).value_or(false);
}

/// A limit that nothing is compared with would be a promise not kept.
void ClusterReader::refuseForeign(TableReader &table, const ClusterSpec &spec) const
{
    struct Limit {
        QLatin1String key, owner;
        bool given;
    };
    const std::array limits{Limit{"expected_voters"_L1, "consul"_L1, spec.expectedVoters.has_value()},
        Limit{"expected_agents"_L1, "osapi"_L1, spec.expectedAgents.has_value()},
        Limit{"dead_letters_known"_L1, "osapi"_L1, spec.deadLettersKnown.has_value()},
        Limit{"backlog_limit"_L1, "osapi"_L1, spec.backlogLimit.has_value()}};
    for (const Limit &limit : limits) {
        const TomlEntry *entry = limit.given ? table.find(limit.key) : nullptr;
        if (entry && m_systems.contains(spec.system) && spec.system != limit.owner)
            table.error(*entry, u"this is for %1; nothing of a %2 cluster is compared with it"_s.arg(limit.owner, spec.system));
    }
}

bool ClusterReader::readEndpoints(TableReader &table, ClusterSpec &spec)
{
    const TomlEntry *entry = table.find("endpoints"_L1);
    const QString key = table.name(u"endpoints"_s);
    if (!entry) {
        m_mistakes.error(table.at(), key, u"the endpoints are missing; write endpoints = [\"http://host:port\"]"_s);
        return false;
    }
    entry = table.find("endpoints"_L1, TomlValue::Kind::Array);
    if (!entry)
        return false;
    if (entry->value.items.isEmpty())
        table.error(*entry, u"the list is empty; write endpoints = [\"http://host:port\"]"_s);
    bool https = false;
    QHash<QString, int> firstLine;
    for (const TomlValue &pattern : entry->value.items) {
        if (const QString problem = addPattern(pattern, spec, firstLine, https); !problem.isEmpty())
            m_mistakes.error(pattern.at, key, problem);
    }
    return https;
}

QString ClusterReader::addPattern(const TomlValue &pattern, ClusterSpec &spec, QHash<QString, int> &firstLine, bool &https)
{
    if (pattern.kind != TomlValue::Kind::String)
        return u"a list of strings is expected, not %1"_s.arg(words(pattern.kind));
    if (m_endpoints > maximumEndpoints) // told once; the rest is not even expanded
        return {};
    // A URL with an @ is refused before its pieces could be repeated by a message about braces.
    const auto expanded
        = pattern.string.contains(u'@') ? Result<QStringList, ExpansionError>(QStringList{pattern.string}) : expandBraces(pattern.string);
    if (!expanded)
        return expanded.error().text;
    m_endpoints += expanded.value().size();
    if (m_endpoints > maximumEndpoints)
        return u"more than %1 endpoints in all clusters together; is the range right?"_s.arg(maximumEndpoints);
    for (const QString &text : expanded.value()) {
        const auto checked = checkEndpointUrl(text);
        if (!checked)
            return checked.error().text;
        const CheckedUrl &url = checked.value();
        if (const int line = firstLine.value(url.identity); line > 0)
            return u"%1 stands here twice (first in line %2)"_s.arg(url.url.text()).arg(line);
        firstLine.insert(url.identity, pattern.at.line);
        https = https || url.https;
        spec.endpoints.append(url.url);
    }
    return {};
}

} // namespace quorate
