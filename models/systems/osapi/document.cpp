// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/osapi/document.h"

#include "models/systems/component_word.h"
#include "models/systems/contradiction.h"
#include "models/systems/osapi/section.h"

#include <QHash>
#include <QRegularExpression>

#include <array>

namespace quorate::osapi {
using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype componentLimit = 1000;

/// A URL as the server knows it, without the password that it may hold.
QString withoutUser(QString address)
{
    static const QRegularExpression userInfo(u"//[^/@\\s]*@"_s);
    return address.replace(userInfo, u"//"_s);
}

QString boundedIn(const Section &section, QLatin1String key) { return boundedText(section.text(key), nameLimit); }

/// Every row of a list, with its name; absent when there is no list.
template <class Row, class Read>
std::optional<QList<Row>> rowsOf(const Section &section, QLatin1String key, Read read)
{
    const auto sections = section.rows(key);
    if (!sections)
        return std::nullopt;
    QList<Row> rows;
    for (const Section &row : *sections)
        rows.append(read(boundedName(row.text("name"_L1)), row));
    return rows;
}

bool isGood(ComponentState state) { return state == ComponentState::Healthy || state == ComponentState::Disabled; }

/// The document sends `error` with the word "error" only: with a good word it contradicts itself. Which of the two holds can't be told, so
/// that the component is neither healthy nor failed. The same with any other key that speaks against the word.
void readState(ComponentFact &component, const QJsonObject &object)
{
    constexpr std::array described{"status"_L1, "error"_L1, "address"_L1};
    component.state = stateOfWord(component.reported);
    if (!isGood(component.state))
        return;
    const auto against = contradictionIn(object, described);
    if (!component.message.trimmed().isEmpty() || against)
        component.state = ComponentState::NotUnderstood;
    if (against)
        component.message = component.message.isEmpty() ? *against : component.message + u"; "_s + *against;
}

/// "controller.nats (connectivity)": the group is the part before the first dot.
ComponentFact componentOf(const QString &key, const Section &components)
{
    ComponentFact component;
    const qsizetype dot = key.indexOf(u'.');
    const bool grouped = dot > 0 && dot + 1 < key.size();
    component.group = grouped ? boundedName(QStringView(key).left(dot)) : QString();
    component.name = boundedName(grouped ? QStringView(key).mid(dot + 1) : QStringView(key));
    if (const QJsonValue word = components.keys().value(key); word.isString()) {
        component.reported = boundedText(word.toString(), nameLimit);
    } else if (const auto section = components.named(key)) {
        component.reported = boundedIn(*section, "status"_L1);
        component.message = section->text("error"_L1);
        component.address = withoutUser(section->text("address"_L1));
    }
    readState(component, components.keys().value(key).toObject());
    return component;
}

std::optional<QList<ComponentFact>> componentsOf(const Section &document)
{
    const auto section = document.section("components"_L1);
    if (!section)
        return std::nullopt;
    QList<ComponentFact> components;
    const QJsonObject &object = section->keys();
    for (auto it = object.begin(); it != object.end() && components.size() < componentLimit; ++it)
        components.append(componentOf(it.key(), *section));
    if (object.size() > componentLimit) {
        ComponentFact rest;
        rest.name = u"(%1 more)"_s.arg(object.size() - componentLimit);
        rest.message = u"only the first %1 components are read"_s.arg(componentLimit);
        components.append(rest);
    }
    makeUnique(components);
    return components;
}

std::optional<QList<QueueFact>> queuesOf(const Section &document)
{
    const auto jobs = document.section("jobs"_L1);
    if (!jobs)
        return std::nullopt;
    QueueFact queue;
    queue.name = u"jobs"_s;
    queue.total = jobs->count("total"_L1);
    queue.unprocessed = jobs->count("unprocessed"_L1);
    queue.processing = jobs->count("processing"_L1);
    queue.completed = jobs->count("completed"_L1);
    queue.failed = jobs->count("failed"_L1);
    queue.dead = jobs->count("dlq"_L1);
    const bool any = queue.total || queue.unprocessed || queue.processing || queue.completed || queue.failed || queue.dead;
    return any ? std::optional(QList{queue}) : std::nullopt;
}

void readStores(Facts &facts, const Section &document)
{
    facts.streams = rowsOf<StreamFact>(document, "streams"_L1, [](const QString &name, const Section &row) {
        return StreamFact{name, row.count("messages"_L1), row.count("bytes"_L1), row.count("consumers"_L1)};
    });
    facts.buckets = rowsOf<BucketFact>(document, "kv_buckets"_L1, [](const QString &name, const Section &row) {
        return BucketFact{name, row.count("keys"_L1), row.count("bytes"_L1)};
    });
    facts.objectStores = rowsOf<ObjectStoreFact>(document, "object_stores"_L1, [](const QString &name, const Section &row) {
        return ObjectStoreFact{name, row.count("size"_L1)};
    });
    if (const auto consumers = document.section("consumers"_L1)) {
        const auto list = rowsOf<ConsumerFact>(*consumers, "consumers"_L1, [](const QString &name, const Section &row) {
            return ConsumerFact{name, row.count("pending"_L1), row.count("ack_pending"_L1), row.count("redelivered"_L1)};
        });
        facts.consumers = ConsumersFact{consumers->count("total"_L1), list.value_or(QList<ConsumerFact>())};
    }
}

/// Disconnected servers of the older generation send an empty URL: that is no connection.
std::optional<NatsFact> natsOf(const Section &document)
{
    const auto nats = document.section("nats"_L1);
    if (!nats)
        return std::nullopt;
    const NatsFact fact{withoutUser(nats->text("url"_L1)), nats->text("version"_L1)};
    return fact.url.isEmpty() ? std::nullopt : std::optional(fact);
}

/// The server builds the labels from an unordered map: sorted, so that the same labels are the same text.
QString sortedLabels(const QString &labels)
{
    QStringList parts = labels.split(u',', Qt::SkipEmptyParts);
    for (QString &part : parts)
        part = part.trimmed();
    parts.sort();
    return parts.join(", "_L1);
}

AgentFact processOf(const Section &row)
{
    AgentFact process;
    process.name = boundedName(row.text("hostname"_L1));
    process.kind = boundedIn(row, "type"_L1);
    process.reported = row.word("status"_L1);
    constexpr std::array described{"type"_L1, "hostname"_L1, "status"_L1, "conditions"_L1, "labels"_L1};
    if (const auto against = contradictionIn(row.keys(), described))
        process.reported += process.reported.isEmpty() ? *against : u", "_s + *against;
    process.ageText = boundedIn(row, "age"_L1);
    process.ageSeconds = ageIn(process.ageText);
    process.conditions = row.texts("conditions"_L1);
    process.cpuPercent = row.share("cpu_percent"_L1);
    process.memoryBytes = row.count("mem_bytes"_L1);
    return process;
}

AgentFact agentOf(const Section &row)
{
    AgentFact agent;
    agent.name = boundedName(row.text("hostname"_L1));
    agent.kind = u"agent"_s;
    agent.ageText = boundedIn(row, "registered"_L1);
    agent.ageSeconds = ageIn(agent.ageText);
    agent.labels = sortedLabels(row.text("labels"_L1));
    return agent;
}

template <class Read>
QList<AgentFact> agentRows(const std::optional<QList<Section>> &rows, Read read)
{
    QList<AgentFact> agents;
    for (const Section &row : rows.value_or(QList<Section>()))
        agents.append(read(row));
    return agents;
}

/// The registry tells more and wins; it lacks the labels, which only the older list has.
std::optional<AgentsFact> agentsOf(const Section &document)
{
    const auto older = document.section("agents"_L1);
    const auto registry = document.rows("registry"_L1);
    if (!older && !registry)
        return std::nullopt;
    AgentsFact facts{
        older ? older->count("total"_L1) : std::nullopt, older ? older->count("ready"_L1) : std::nullopt, agentRows(registry, processOf)};
    if (facts.total && facts.ready && *facts.ready > *facts.total)
        older->fail("ready"_L1, u"at most the total of %1"_s.arg(*facts.total), QString::number(*facts.ready));
    const QList<AgentFact> named = agentRows(older ? older->rows("agents"_L1) : std::nullopt, agentOf);
    if (facts.list.isEmpty()) {
        facts.list = named;
        return facts;
    }
    QHash<QString, QString> labels;
    for (const AgentFact &agent : named)
        labels.insert(agent.name, agent.labels);
    for (AgentFact &process : facts.list) {
        if (process.kind == "agent"_L1)
            process.labels = labels.value(process.name);
    }
    return facts;
}

/// Only a missing word is no statement: an empty one is a word that is not known. What speaks against a good one contradicts it.
void readOverall(Facts &facts, const Section &document)
{
    constexpr std::array described{"status"_L1, "components"_L1, "version"_L1, "uptime"_L1, "nats"_L1, "streams"_L1, "kv_buckets"_L1,
        "object_stores"_L1, "jobs"_L1, "agents"_L1, "consumers"_L1, "registry"_L1};
    const QString word = boundedIn(document, "status"_L1);
    if (!document.keys().value("status"_L1).isString())
        return;
    (void)document.text("error"_L1);
    facts.reported = word;
    facts.reportedState = stateOfWord(word);
    const auto against = isGood(*facts.reportedState) ? contradictionIn(document.keys(), described) : std::nullopt;
    if (against) {
        facts.reported = word + u", "_s + *against;
        facts.reportedState = ComponentState::NotUnderstood;
    }
}

Facts everything(const Section &document)
{
    Facts facts;
    facts.components = componentsOf(document);
    readOverall(facts, document);
    if (const QString version = boundedIn(document, "version"_L1); !version.isEmpty())
        facts.version = version;
    if (const QString uptime = boundedIn(document, "uptime"_L1); !uptime.isEmpty()) {
        facts.uptimeText = uptime;
        facts.uptimeSeconds = ageIn(uptime);
    }
    facts.queues = queuesOf(document);
    readStores(facts, document);
    facts.nats = natsOf(document);
    facts.agents = agentsOf(document);
    return facts;
}
} // namespace

std::optional<double> ageIn(const QString &text)
{
    QStringView age = QStringView(text).trimmed();
    if (age.endsWith("ago"_L1))
        age.chop(3);
    const auto seconds = parseGoDuration(age);
    return seconds && *seconds >= 0 ? seconds : std::nullopt;
}

Result<Facts, JsonError> factsOf(const QJsonValue &value)
{
    QString problem;
    const QJsonObject document = value.toObject();
    Facts facts = everything(Section(document, QString(), problem));
    if (!problem.isEmpty())
        return JsonError{problem};
    const bool known = facts.reportedState && *facts.reportedState != ComponentState::NotUnderstood;
    // Every generation has components, a version and an uptime; a word with components alone is many a product's.
    const bool signedByIt = document.contains("version"_L1) || document.contains("uptime"_L1);
    if (!facts.components || (facts.components->isEmpty() && !known) || !signedByIt)
        return JsonError{};
    return facts;
}

} // namespace quorate::osapi
