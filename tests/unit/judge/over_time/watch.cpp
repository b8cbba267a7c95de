// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/judge/over_time/watch.h"

#include "models/judge/folding.h"
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
    static const QRegularExpression each(u"([a-z]):([a-z-]+)(?:\\(([^)]*)\\))?"_s);
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
    facts.components = QList<ComponentFact>{part};
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
    const Story group = story(world);
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

bool isServer(const QString &letter) { return letter.front().isUpper(); }

EndpointUrl urlOf(const QString &letter)
{
    if (isServer(letter))
        return EndpointUrl(u"http://10.0.0.%1:8500"_s.arg(letter.front().unicode() - u'A' + 1));
    return EndpointUrl(u"http://%1:80"_s.arg(letter));
}

/// "a" of "http://a:80", "A" of "http://10.0.0.1:8500"; else as it is.
QString shortened(const QString &subject)
{
    const QString host = subject.section(u'/', 2).section(u':', 0, 0);
    if (host.startsWith("10.0.0."_L1))
        return QChar(u'A' + host.section(u'.', 3).toInt() - 1);
    return host.isEmpty() ? subject : host;
}

QString toldReason(const Reason &reason)
{
    QStringList subjects{shortened(reason.subject)};
    if (reason.subject.isEmpty()) {
        subjects.clear();
        for (const QString &endpoint : reason.endpoints)
            subjects.append(shortened(endpoint));
    }
    return name(reason.code) + (subjects.isEmpty() ? QString() : u'(' + subjects.join(u',') + u')');
}

QString toldVerdict(Severity severity, const QList<Reason> &reasons)
{
    QStringList counted;
    for (const Reason &reason : reasons) {
        if (counts(reason))
            counted.append(toldReason(reason));
    }
    counted.sort();
    return counted.isEmpty() ? QString(name(severity)) : name(severity) + u" because "_s + counted.join(u", "_s);
}

Milliseconds secondsIn(const QString &text) { return std::chrono::seconds(text.trimmed().section(u' ', 0, 0).mid(2).toInt()); }
QString afterTime(const QString &text) { return text.trimmed().section(u' ', 1).trimmed(); }
} // namespace

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

Watch::Watch(const QString &letters, Milliseconds interval, const Limits &limits)
{
    now = {Instant(1'800'000'000s), 1000s, 2000s};
    ClusterSpec spec;
    spec.name = ClusterName(u"cluster"_s);
    spec.system = u"system"_s;
    spec.interval = interval;
    spec.backlogLimit = 100;
    spec.expectedAgents = 2;
    spec.limits = limits;
    for (const QChar letter : letters) {
        spec.endpoints.append(urlOf(letter));
        m_worlds.insert(letter, isServer(letter) ? QString() : letter + u":ok"_s);
    }
    m_raft = isServer(letters.first(1));
    if (m_raft)
        spec.expectedAgents.reset();
    tell(FleetSpec{spec});
}

void Watch::becomes(const QString &world)
{
    for (auto each = m_worlds.begin(); each != m_worlds.end(); ++each) {
        if (m_raft || !wordOf(world, each.key()).name.isEmpty())
            *each = world;
    }
}

void Watch::tell(const Input &input) { events += step(fleet, input, now); }

void Watch::poll(const QString &letter)
{
    const QList<Observation> replies = repliesAt(m_worlds.value(letter), letter, now);
    for (const Observation &reply : replies)
        tell(reply);
    m_polled.insert(letter, now.boot);
    ++polls;
}

void Watch::pollDue()
{
    for (const QString &letter : m_worlds.keys()) {
        const auto polled = m_polled.constFind(letter);
        const EndpointState *endpoint = endpointNamed(cluster(), urlOf(letter));
        if (polled == m_polled.cend() || now.boot - *polled >= pollEvery(cluster(), *endpoint))
            poll(letter);
    }
}

void Watch::pass(Milliseconds time)
{
    const Time end = now + time;
    pollDue();
    while (now.boot < end.boot) {
        now = now + std::min(Milliseconds(1s), end.boot - now.boot);
        pollDue();
        tick();
    }
}

QString Watch::told() const
{
    const ClusterStatus shown = status();
    QString text = toldVerdict(shown.severity, shown.reasons);
    if (shown.pending)
        text += u", checking %1 %2/%3"_s.arg(name(shown.pending->severity)).arg(shown.pending->seen).arg(shown.pending->needed);
    return text;
}

QStringList Watch::changes() const
{
    QStringList list;
    for (const Event &event : events) {
        if (event.kind == EventKind::VerdictChanged)
            list.append(toldVerdict(event.after, event.reasons));
    }
    return list;
}

bool Watch::counts(ReasonCode code) const
{
    const ClusterStatus shown = status();
    return std::any_of(shown.reasons.cbegin(), shown.reasons.cend(), [&](const Reason &reason) {
        const bool forNow = reason.pending && (reason.clusterSeverity == Severity::Unknown || reason.clusterSeverity == Severity::Ok);
        return reason.code == code && !forNow;
    });
}

bool Watch::checks(ReasonCode code) const
{
    const ClusterStatus shown = status();
    const auto same = [&](const Reason &reason) { return reason.code == code && reason.pending; };
    return std::any_of(shown.checking.cbegin(), shown.checking.cend(), same)
        || std::any_of(shown.reasons.cbegin(), shown.reasons.cend(), same);
}

QString otherwise(const QString &story, Milliseconds interval)
{
    const QStringList told = story.section(u"=>"_s, 0, 0).split(u'|');
    const QStringList expected = story.section(u"=>"_s, 1).split(u';');
    static const QRegularExpression letter(u"([a-zA-Z])(?=:|\\(| |$)"_s);
    QMap<Milliseconds, QStringList> moments, expectations;
    QString letters;
    for (const QString &moment : told) {
        const QString world = afterTime(moment);
        moments[secondsIn(moment)].append(world);
        for (const QString &word : world.split(u' ', Qt::SkipEmptyParts)) {
            if (word.size() > 1 && word.at(1) == u':' && !letters.contains(word.at(0)))
                letters.append(word.at(0));
        }
    }
    for (const QString &expectation : expected)
        expectations[secondsIn(expectation)].append(afterTime(expectation));
    Watch watch(letters, interval);
    const Time begin = watch.now;
    const Milliseconds end = std::max(moments.lastKey(), expectations.lastKey());
    for (Milliseconds t{}; t <= end; t += 1s) {
        watch.now = begin + t;
        for (const QString &world : moments.value(t)) {
            watch.becomes(world);
            for (const QString &word : world.split(u' ', Qt::SkipEmptyParts))
                watch.poll(word.first(1));
        }
        watch.tick();
        for (const QString &wanted : expectations.value(t)) {
            if (watch.told() != wanted)
                return u"t=%1 %2"_s.arg(t.count() / 1000).arg(watch.told());
        }
    }
    return {};
}

} // namespace quorate::test
