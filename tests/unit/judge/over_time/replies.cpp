// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/judge/over_time/watch.h"
#include "tests/unit/raft/story.h"

#include <QRegularExpression>

#include <algorithm>

namespace quorate::test {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
struct Word {
    QString name, argument;
};

Word wordOf(const QString &world, const QString &letter)
{
    static const QRegularExpression each(u"(\\p{Ll}):([a-z-]+)(?:\\(([^)]*)\\))?"_s, QRegularExpression::UseUnicodePropertiesOption);
    for (auto match = each.globalMatch(world); match.hasNext();) {
        const auto found = match.next();
        if (found.captured(1) == letter)
            return {found.captured(2), found.captured(3)};
    }
    return {};
}

std::pair<qint64, qint64> pairOf(const QString &text)
{
    return {text.section(u'/', 0, 0).toLongLong(), text.section(u'/', 1).toLongLong()};
}

Facts wellFacts()
{
    Facts facts;
    ComponentFact part;
    part.name = u"storage"_s;
    part.reported = u"healthy"_s;
    part.state = ComponentState::Healthy;
    ComponentFact other = part;
    other.name = u"nats"_s;
    facts.components = QList<ComponentFact>{part, other};
    QueueFact queue;
    queue.name = u"jobs"_s;
    queue.total = 10;
    queue.unprocessed = 0;
    queue.dead = 0;
    facts.queues = QList<QueueFact>{queue};
    AgentFact agent;
    agent.name = u"host"_s;
    facts.agents = AgentsFact{2, 2, {agent}};
    facts.reported = u"ok"_s;
    facts.reportedState = ComponentState::Healthy;
    return facts;
}

/// A part that is not well; the word for the whole says so too.
Facts withPart(const QString &name, ComponentState state)
{
    Facts facts = wellFacts();
    facts.components->removeIf([&](const ComponentFact &known) { return known.name == name; });
    ComponentFact part;
    part.name = name;
    part.state = state;
    part.reported = u"word"_s;
    facts.components->append(part);
    facts.reported = u"degraded"_s;
    facts.reportedState = ComponentState::Degraded;
    return facts;
}

Facts factsOf(const Word &word)
{
    Facts facts = wellFacts();
    ComponentFact &part = facts.components->first();
    if (word.name == "failed"_L1)
        return withPart(word.argument, ComponentState::Failed);
    if (word.name == "degraded"_L1)
        return withPart(word.argument, ComponentState::Degraded);
    if (word.name == "unknown"_L1) {
        facts = withPart(word.argument, ComponentState::NotUnderstood);
        facts.reportedState = ComponentState::Healthy;
    } else if (word.name == "well"_L1) {
        facts = withPart(word.argument, ComponentState::Healthy);
        facts.reportedState = ComponentState::Healthy;
    } else if (word.name == "members"_L1) {
        part.numbers.members = pairOf(word.argument);
    } else if (word.name == "migrations"_L1) {
        part.numbers.migrations = pairOf(word.argument);
    } else if (word.name == "connections"_L1) {
        part.numbers.connections = pairOf(word.argument);
    } else if (word.name == "word"_L1) {
        facts.reported = word.argument;
        facts.reportedState = ComponentState::Degraded;
    } else if (word.name == "contradicts"_L1) {
        part.state = ComponentState::Failed;
    } else if (word.name == "dead"_L1) {
        facts.queues->first().dead = word.argument.toLongLong();
    } else if (word.name == "backlog"_L1) {
        facts.queues->first().unprocessed = word.argument.toLongLong();
    } else if (word.name == "ready"_L1) {
        facts.agents->ready = pairOf(word.argument).first;
        facts.agents->total = pairOf(word.argument).second;
    } else if (word.name == "agents"_L1) {
        facts.agents->total = facts.agents->ready = word.argument.toLongLong();
    } else if (word.name == "nats-down"_L1) {
        facts = withPart(u"nats"_s, ComponentState::Failed);
        facts.queues.reset();
    } else if (word.name == "nats-zero"_L1) {
        facts = withPart(u"nats"_s, ComponentState::Failed);
        facts.queues->first().total = 0;
    } else if (word.name == "no-agents"_L1) {
        facts.agents = AgentsFact{0, 0, {}};
    } else if (word.name == "condition"_L1) {
        facts.agents->list.first().conditions = QStringList{word.argument};
    } else if (word.name == "version"_L1) {
        facts.version = word.argument;
    } else if (word.name == "empty"_L1) {
        facts = {};
    }
    return facts;
}

void fail(Observation &reply, const QString &word)
{
    static const QMap<QString, Reach> reaches{{u"refused"_s, Reach::Refused}, {u"timeout"_s, Reach::TimedOut}, {u"reset"_s, Reach::Closed},
        {u"dns"_s, Reach::DnsFailed}, {u"bad-gateway"_s, Reach::ServerError}, {u"malformed"_s, Reach::Malformed},
        {u"not-found"_s, Reach::NotFound}, {u"rejected"_s, Reach::Unauthorised}, {u"throttled"_s, Reach::Throttled},
        {u"tls"_s, Reach::TlsFailed}, {u"expired"_s, Reach::TlsFailed}, {u"no-secret"_s, Reach::NoSecret}};
    const auto reach = reaches.constFind(word);
    if (reach == reaches.cend())
        return;
    reply.reach = *reach;
    reply.facts = {};
    reply.error = word;
    if (word == "expired"_L1)
        reply.tls = TlsProblem::Expired;
}

QList<Observation> repliesOfOne(const QString &world, const QString &letter, const Time &now)
{
    const Word word = wordOf(world, letter);
    Observation reply;
    reply.request = u"status"_s;
    reply.path = u"/status"_s;
    reply.primary = true;
    reply.latencySeconds = word.name == "slow"_L1 ? 8 : 0.003;
    reply.reach = Reach::Answered;
    reply.http = 200;
    reply.facts = factsOf(word);
    reply.serverDate = now.wall + (word.name == "skewed"_L1 ? 600s : 0s);
    if (word.name == "expires"_L1)
        reply.certificateExpires = now.wall + std::chrono::hours(24 * word.argument.toInt() + 1);
    fail(reply, word.name);
    QList<Observation> replies{reply};
    if (word.name == "partial"_L1) {
        Observation other = reply;
        other.request = u"other"_s;
        other.primary = false;
        other.reach = Reach::TimedOut;
        other.facts = {};
        replies.append(other);
    } else {
        Observation other = reply;
        other.request = u"other"_s;
        other.primary = false;
        other.facts = {};
        if (reply.reach == Reach::Answered)
            replies.append(other);
    }
    return replies;
}

QList<Observation> repliesOfServer(const QString &world, const QString &letter)
{
    static QHash<QString, Story> told; // the same few, over and over
    if (!told.contains(world))
        told.insert(world, story(world));
    const Story &group = *told.constFind(world);
    const QString host = u"http://10.0.0.%1:8500"_s.arg(letter.front().unicode() - u'A' + 1);
    QList<Observation> replies;
    for (const EndpointState &endpoint : group.endpoints) {
        if (endpoint.url.text() != host)
            continue;
        for (const Observation &known : endpoint.newest) {
            replies.append(known);
            const auto facts = endpoint.understood.constFind(known.request);
            if (known.reach == Reach::Answered && facts != endpoint.understood.cend())
                replies.last().facts = facts->facts;
        }
    }
    std::stable_sort(replies.begin(), replies.end(), [](const auto &a, const auto &b) { return a.primary && !b.primary; });
    return replies;
}
} // namespace

bool isServer(const QString &letter) { return letter.front().isUpper(); }

bool isTold(const QString &world, const QString &letter) { return !wordOf(world, letter).name.isEmpty(); }

EndpointUrl urlOf(const QString &letter)
{
    if (isServer(letter))
        return EndpointUrl(u"http://10.0.0.%1:8500"_s.arg(letter.front().unicode() - u'A' + 1));
    return EndpointUrl(u"http://%1:80"_s.arg(letter));
}

QList<Observation> repliesAt(const QString &world, const QString &letter, const Time &now)
{
    QList<Observation> replies = isServer(letter) ? repliesOfServer(world, letter) : repliesOfOne(world, letter, now);
    for (Observation &reply : replies) {
        reply.cluster = ClusterName(u"cluster"_s);
        reply.endpoint = urlOf(letter);
        reply.at = now;
        reply.endpointDone = &reply == &replies.last();
    }
    return replies;
}

} // namespace quorate::test
