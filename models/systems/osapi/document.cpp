// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/systems/osapi/document.h"

#include "models/systems/component_word.h"
#include "models/systems/http.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

namespace quorate::osapi {
using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype rowLimit = 10'000; ///< rows of a list that are read
constexpr qsizetype componentLimit = 1000;

QString textOf(const QJsonValue &value) { return text(value).value_or(QString()); }

/// A URL as the server knows it, without the password that it may hold.
QString addressOf(const QJsonValue &value)
{
    static const QRegularExpression userInfo(u"//[^/@\\s]*@"_s);
    return textOf(value).replace(userInfo, u"//"_s);
}

/// Every row of an array that is an object with a name; absent when there is no array.
template <class Row, class Read>
std::optional<QList<Row>> rowsOf(const QJsonValue &array, Read read)
{
    if (!array.isArray())
        return std::nullopt;
    QList<Row> rows;
    for (const QJsonValue value : array.toArray()) {
        const QJsonObject object = value.toObject();
        const QString name = textOf(object.value("name"_L1));
        if (!name.isEmpty() && rows.size() < rowLimit)
            rows.append(read(boundedName(name), object));
    }
    return rows;
}

/// "controller.nats (connectivity)": the group is the part before the first dot.
ComponentFact componentOf(const QString &key, const QJsonValue &value)
{
    ComponentFact component;
    const qsizetype dot = key.indexOf(u'.');
    const bool grouped = dot > 0 && dot + 1 < key.size();
    component.group = grouped ? boundedName(QStringView(key).left(dot)) : QString();
    component.name = boundedName(grouped ? QStringView(key).mid(dot + 1) : QStringView(key));
    const QJsonObject object = value.toObject();
    component.reported = boundedText(textOf(value.isString() ? value : object.value("status"_L1)), nameLimit);
    component.state = stateOfWord(component.reported);
    component.message = textOf(object.value("error"_L1));
    component.address = addressOf(object.value("address"_L1));
    return component;
}

std::optional<QList<ComponentFact>> componentsOf(const QJsonValue &value)
{
    if (!value.isObject())
        return std::nullopt;
    QList<ComponentFact> components;
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end() && components.size() < componentLimit; ++it)
        components.append(componentOf(it.key(), it.value()));
    if (object.size() > componentLimit) {
        ComponentFact rest;
        rest.name = u"(%1 more)"_s.arg(object.size() - componentLimit);
        rest.message = u"only the first %1 components are read"_s.arg(componentLimit);
        components.append(rest);
    }
    makeUnique(components);
    return components;
}

std::optional<QList<QueueFact>> queuesOf(const QJsonObject &jobs)
{
    QueueFact queue;
    queue.name = u"jobs"_s;
    queue.total = counter(jobs.value("total"_L1));
    queue.unprocessed = counter(jobs.value("unprocessed"_L1));
    queue.processing = counter(jobs.value("processing"_L1));
    queue.completed = counter(jobs.value("completed"_L1));
    queue.failed = counter(jobs.value("failed"_L1));
    queue.dead = counter(jobs.value("dlq"_L1));
    const bool any = queue.total || queue.unprocessed || queue.processing || queue.completed || queue.failed || queue.dead;
    return any ? std::optional(QList{queue}) : std::nullopt;
}

void readStores(Facts &facts, const QJsonObject &document)
{
    facts.streams = rowsOf<StreamFact>(document.value("streams"_L1), [](const QString &name, const QJsonObject &row) {
        return StreamFact{name, counter(row.value("messages"_L1)), counter(row.value("bytes"_L1)), counter(row.value("consumers"_L1))};
    });
    facts.buckets = rowsOf<BucketFact>(document.value("kv_buckets"_L1), [](const QString &name, const QJsonObject &row) {
        return BucketFact{name, counter(row.value("keys"_L1)), counter(row.value("bytes"_L1))};
    });
    facts.objectStores = rowsOf<ObjectStoreFact>(document.value("object_stores"_L1), [](const QString &name, const QJsonObject &row) {
        return ObjectStoreFact{name, counter(row.value("size"_L1))};
    });
    if (const QJsonValue value = document.value("consumers"_L1); value.isObject()) {
        const auto list = rowsOf<ConsumerFact>(value.toObject().value("consumers"_L1), [](const QString &name, const QJsonObject &row) {
            return ConsumerFact{
                name, counter(row.value("pending"_L1)), counter(row.value("ack_pending"_L1)), counter(row.value("redelivered"_L1))};
        });
        facts.consumers = ConsumersFact{counter(value.toObject().value("total"_L1)), list.value_or(QList<ConsumerFact>())};
    }
}

/// Disconnected servers of the older generation send an empty URL: that is no connection.
std::optional<NatsFact> natsOf(const QJsonObject &nats)
{
    const QString url = addressOf(nats.value("url"_L1));
    return url.isEmpty() ? std::nullopt : std::optional(NatsFact{url, textOf(nats.value("version"_L1))});
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

AgentFact processOf(const QJsonObject &row)
{
    AgentFact process;
    process.name = boundedName(textOf(row.value("hostname"_L1)));
    process.kind = boundedText(textOf(row.value("type"_L1)), nameLimit);
    process.reported = boundedText(textOf(row.value("status"_L1)), nameLimit);
    process.ageText = boundedText(textOf(row.value("age"_L1)), nameLimit);
    process.ageSeconds = ageIn(process.ageText);
    for (const QJsonValue condition : row.value("conditions"_L1).toArray()) {
        if (const QString word = boundedText(textOf(condition), nameLimit); !word.isEmpty() && !process.conditions.contains(word))
            process.conditions.append(word);
        if (process.conditions.size() >= 20)
            break;
    }
    const auto cpu = number(row.value("cpu_percent"_L1));
    process.cpuPercent = cpu && *cpu >= 0 ? cpu : std::nullopt;
    process.memoryBytes = counter(row.value("mem_bytes"_L1));
    return process;
}

AgentFact agentOf(const QJsonObject &row)
{
    AgentFact agent;
    agent.name = boundedName(textOf(row.value("hostname"_L1)));
    agent.kind = u"agent"_s;
    agent.ageText = boundedText(textOf(row.value("registered"_L1)), nameLimit);
    agent.ageSeconds = ageIn(agent.ageText);
    agent.labels = sortedLabels(textOf(row.value("labels"_L1)));
    return agent;
}

template <class Read>
QList<AgentFact> agentRows(const QJsonValue &array, Read read)
{
    QList<AgentFact> rows;
    for (const QJsonValue row : array.toArray()) {
        if (row.isObject() && rows.size() < rowLimit)
            rows.append(read(row.toObject()));
    }
    return rows;
}

/// The registry tells more and wins; it lacks the labels, which only the older list has.
std::optional<AgentsFact> agentsOf(const QJsonValue &agents, const QJsonValue &registry)
{
    if (!agents.isObject() && !registry.isArray())
        return std::nullopt;
    const QJsonObject older = agents.toObject();
    AgentsFact facts{counter(older.value("total"_L1)), counter(older.value("ready"_L1)), agentRows(registry, processOf)};
    const QList<AgentFact> named = agentRows(older.value("agents"_L1), agentOf);
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
/// A word of the wrong type is a word that is not known; only a missing one is no statement.
void readOverall(Facts &facts, const QJsonValue &status)
{
    if (status.isUndefined() || status.isNull())
        return;
    facts.reported = boundedText(status.isString() ? status.toString() : status.toVariant().toString(), nameLimit);
    facts.reportedState = status.isString() ? stateOfWord(*facts.reported) : ComponentState::NotUnderstood;
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

std::optional<Facts> factsOf(const QJsonValue &value)
{
    const QJsonObject document = value.toObject();
    Facts facts;
    facts.components = componentsOf(document.value("components"_L1));
    readOverall(facts, document.value("status"_L1));
    const bool known = facts.reportedState && *facts.reportedState != ComponentState::NotUnderstood;
    // Every generation has components; {"status":"ok"} alone is anybody's.
    if (!facts.components || (facts.components->isEmpty() && !known))
        return std::nullopt;
    if (const QString version = textOf(document.value("version"_L1)); !version.isEmpty())
        facts.version = boundedText(version, nameLimit);
    if (const QString uptime = textOf(document.value("uptime"_L1)); !uptime.isEmpty()) {
        facts.uptimeText = boundedText(uptime, nameLimit);
        facts.uptimeSeconds = ageIn(uptime);
    }
    facts.queues = queuesOf(document.value("jobs"_L1).toObject());
    readStores(facts, document);
    facts.nats = natsOf(document.value("nats"_L1).toObject());
    facts.agents = agentsOf(document.value("agents"_L1), document.value("registry"_L1));
    return facts;
}

} // namespace quorate::osapi
