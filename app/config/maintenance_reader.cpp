// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/maintenance_reader.h"

#include "app/config/endpoint_url.h"
#include "app/config/expansion.h"
#include "app/config/nearest_name.h"

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
const QString timeExample = u"write 2026-11-20T18:00:00Z, or with an offset like +01:00"_s;

/// By identity: "http://a" and "HTTP://A:80/" are one.
using Known = QHash<QString, EndpointUrl>;

Known knownOf(const QList<EndpointUrl> &endpoints)
{
    Known known;
    for (const EndpointUrl &endpoint : endpoints) {
        if (const auto url = checkEndpointUrl(endpoint.text()))
            known.insert(url.value().identity, endpoint);
    }
    return known;
}

std::optional<Instant> readUntil(TableReader &table, Mistakes &mistakes)
{
    const TomlEntry *entry = table.find("until"_L1);
    if (!entry) {
        mistakes.error(table.at(), table.name(u"until"_s), u"the time of its end is missing; "_s + timeExample);
        return std::nullopt;
    }
    const TomlValue &value = entry->value;
    const auto until = value.kind == TomlValue::Kind::String ? fromRfc3339(value.string) : value.instant;
    if (until)
        return until;
    if (value.kind == TomlValue::Kind::DateTime)
        table.error(*entry, u"the date, the time or its offset is missing; "_s + timeExample);
    else if (value.kind == TomlValue::Kind::String)
        table.error(*entry, u"this is no time; "_s + timeExample);
    else
        table.error(*entry, u"a time is expected, not %1; "_s.arg(words(value.kind)) + timeExample);
    return std::nullopt;
}

/// What is wrong with it; empty: nothing.
QString addEndpoints(const TomlValue &pattern, const Known &known, QList<EndpointUrl> &endpoints)
{
    if (pattern.kind != TomlValue::Kind::String)
        return u"a list of strings is expected, not %1"_s.arg(words(pattern.kind));
    // A URL with an @ is refused before its pieces could be repeated by a message about braces.
    const auto expanded
        = pattern.string.contains(u'@') ? Result<QStringList, ExpansionError>(QStringList{pattern.string}) : expandBraces(pattern.string);
    if (!expanded)
        return expanded.error().text;
    for (const QString &text : expanded.value()) {
        const auto url = checkEndpointUrl(text);
        if (!url)
            return url.error().text;
        const auto endpoint = known.constFind(url.value().identity);
        if (endpoint == known.cend()) {
            QStringList names;
            for (const EndpointUrl &name : known)
                names.append(name.text());
            names.sort();
            return known.isEmpty()
                ? QString()
                : u"%1 is no endpoint of this cluster"_s.arg(url.value().url.text()) + nearestHint(url.value().url.text(), names);
        }
        if (!endpoints.contains(*endpoint))
            endpoints.append(*endpoint);
    }
    return {};
}

/// False: it names endpoints, but none that can be used.
bool readEndpoints(TableReader &table, const Known &known, QList<EndpointUrl> &endpoints, Mistakes &mistakes)
{
    const TomlEntry *entry = table.find("endpoints"_L1);
    if (!entry)
        return true;
    entry = table.find("endpoints"_L1, TomlValue::Kind::Array);
    if (!entry)
        return false;
    if (entry->value.items.isEmpty())
        table.error(*entry, u"the list is empty; leave it out for the whole cluster"_s);
    for (const TomlValue &pattern : entry->value.items) {
        if (const QString problem = addEndpoints(pattern, known, endpoints); !problem.isEmpty())
            mistakes.error(pattern.at, table.name(u"endpoints"_s), problem);
    }
    return !endpoints.isEmpty();
}
} // namespace

QList<Maintenance> readMaintenance(TableReader &cluster, const QList<EndpointUrl> &endpoints, Mistakes &mistakes)
{
    const TomlEntry *entry = cluster.find("maintenance"_L1);
    if (!entry)
        return {};
    if (entry->value.kind != TomlValue::Kind::Array) {
        cluster.error(*entry, u"a list is expected, not %1; write [ { until = 2026-11-20T18:00:00Z } ]"_s.arg(words(entry->value.kind)));
        return {};
    }
    const Known known = knownOf(endpoints);
    QList<Maintenance> list;
    int index = 0;
    for (const TomlValue &item : entry->value.items) {
        const QString name = cluster.name(u"maintenance[%1]"_s.arg(++index));
        if (item.kind != TomlValue::Kind::Table) {
            mistakes.error(item.at, name, u"a table is expected, not %1; write { until = 2026-11-20T18:00:00Z }"_s.arg(words(item.kind)));
            continue;
        }
        TableReader table(item, name, mistakes);
        Maintenance maintenance;
        const auto until = readUntil(table, mistakes);
        const bool usable = readEndpoints(table, known, maintenance.endpoints, mistakes);
        maintenance.note = table.text("note"_L1).value_or(QString());
        table.finish();
        maintenance.until = until.value_or(Instant());
        if (until && usable)
            list.append(maintenance);
    }
    return list;
}

} // namespace quorate
