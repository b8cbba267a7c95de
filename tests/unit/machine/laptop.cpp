// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/machine/laptop.h"

#include "models/judge/folding.h"
#include "models/judge/machine.h"

#include <algorithm>

namespace quorate::test {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
Facts factsOf(const QString &word)
{
    Facts facts;
    ComponentFact part;
    part.name = u"storage"_s;
    part.state = word == "failed"_L1 ? ComponentState::Failed : ComponentState::Healthy;
    facts.components = QList<ComponentFact>{part};
    return facts;
}

void fail(Observation &reply, Reach reach, int http = 0)
{
    reply.reach = reach;
    reply.http = http;
    reply.facts = {};
    reply.error = name(reach);
}

void reached(Observation &reply, const QString &word)
{
    if (word == "refused"_L1)
        fail(reply, Reach::Refused);
    else if (word == "timeout"_L1)
        fail(reply, Reach::TimedOut);
    else if (word == "bad-gateway"_L1)
        fail(reply, Reach::ServerError, 502);
    else
        reply.facts = factsOf(word);
}

void throughPortal(Observation &reply, bool plain)
{
    fail(reply, plain ? Reach::Redirected : Reach::TlsFailed, plain ? 302 : 0);
    if (plain)
        reply.portalMark = "login.example";
    else
        reply.tls = TlsProblem::WrongHost;
}
} // namespace

Laptop::Laptop(const QStringList &clusters, Milliseconds interval, JudgeMode mode)
{
    fleet.mode = mode;
    now = {Instant(1'800'000'000s), 1000s, 2000s};
    FleetSpec specs;
    for (const QString &text : clusters) {
        ClusterSpec spec;
        spec.name = ClusterName(text.section(u':', 0, 0));
        spec.system = u"system"_s;
        spec.interval = interval;
        for (const QString &url : text.section(u':', 1).split(u' ', Qt::SkipEmptyParts)) {
            spec.endpoints.append(EndpointUrl(url));
            m_words.insert(url, u"ok"_s);
        }
        specs.append(spec);
    }
    tell(specs);
}

void Laptop::becomes(const QString &word, const QString &url)
{
    for (auto each = m_words.begin(); each != m_words.end(); ++each) {
        if (url.isEmpty() || each.key() == url)
            *each = word;
    }
}

Observation Laptop::reply(const ClusterState &cluster, const EndpointState &endpoint) const
{
    Observation reply;
    reply.cluster = cluster.spec.name;
    reply.endpoint = endpoint.url;
    reply.request = u"status"_s;
    reply.path = u"/status"_s;
    reply.primary = reply.endpointDone = true;
    reply.at = now;
    reply.latencySeconds = 0.003;
    reply.reach = Reach::Answered;
    reply.http = 200;
    const bool plain = endpoint.url.text().startsWith("http:"_L1);
    if (endpoint.onThisMachine || network == Network::Up)
        reached(reply, m_words.value(endpoint.url.text()));
    else if (network == Network::Portal)
        throughPortal(reply, plain);
    else
        fail(reply, network == Network::Off ? Reach::Unreachable : Reach::DnsFailed);
    return reply;
}

NetworkEvidence Laptop::found() const
{
    if (evidence)
        return *evidence;
    const bool off = network == Network::Off;
    return {off, off, off, std::nullopt};
}

void Laptop::tell(const Input &input)
{
    events += step(fleet, input, now);
    follow();
}

/// What the engine does for the judge after each step.
void Laptop::follow()
{
    if (std::exchange(fleet.machine.evidenceWanted, false))
        tell(found());
    const QSet<ClusterName> wanted = std::exchange(fleet.machine.pollsWanted, {});
    for (const ClusterName &cluster : wanted)
        poll(cluster);
}

void Laptop::poll(const ClusterName &name)
{
    const ClusterState *cluster = clusterNamed(fleet, name);
    QList<Observation> replies;
    for (const EndpointState &endpoint : cluster->endpoints) {
        replies.append(reply(*cluster, endpoint));
        m_polled.insert(endpoint.url.text(), now.monotonic);
    }
    for (const Observation &one : std::as_const(replies))
        tell(one);
}

void Laptop::round()
{
    QList<ClusterName> names;
    for (const ClusterState &cluster : std::as_const(fleet.clusters))
        names.append(cluster.spec.name);
    for (const ClusterName &name : std::as_const(names))
        poll(name);
}

void Laptop::pollDue()
{
    QList<Observation> replies;
    for (const ClusterState &cluster : std::as_const(fleet.clusters)) {
        for (const EndpointState &endpoint : cluster.endpoints) {
            const auto polled = m_polled.constFind(endpoint.url.text());
            if (polled != m_polled.cend() && now.monotonic - *polled < pollEvery(cluster, endpoint))
                continue;
            replies.append(reply(cluster, endpoint));
            m_polled.insert(endpoint.url.text(), now.monotonic);
        }
    }
    for (const Observation &one : std::as_const(replies))
        tell(one);
}

void Laptop::pass(Milliseconds time)
{
    const Milliseconds end = now.monotonic + time;
    pollDue();
    while (now.monotonic < end) {
        now = now + std::min(Milliseconds(1s), end - now.monotonic);
        tell(Tick{});
        pollDue();
    }
}

void Laptop::sleep(Milliseconds time)
{
    now.wall += time;
    now.boot += time;
    tell(Wake{});
    round();
}

ClusterStatus Laptop::status(const QString &cluster) const
{
    const auto found = std::find_if(
        fleet.clusters.cbegin(), fleet.clusters.cend(), [&](const ClusterState &state) { return state.spec.name.text() == cluster; });
    return judged(*found, fleet.mode, now);
}

QString Laptop::verdict(const QString &cluster) const
{
    const ClusterStatus shown = status(cluster);
    QStringList counted;
    for (const Reason &reason : shown.reasons) {
        if (!counts(reason))
            continue;
        QStringList names;
        for (const QString &word : reason.names) {
            if (!severityFromName(word) && !fromRfc3339(word))
                names.append(word);
        }
        counted.append(name(reason.code) + (names.isEmpty() ? QString() : u'(' + names.join(u' ') + u')'));
    }
    return counted.isEmpty() ? QString(name(shown.severity)) : name(shown.severity) + u" because "_s + counted.join(u", "_s);
}

QStringList Laptop::notices() const
{
    QStringList texts;
    const QList<Notice> notices = machineNotices(fleet);
    for (const Notice &notice : notices)
        texts.append(notice.code + u": "_s + notice.text);
    return texts;
}

QStringList Laptop::told()
{
    QStringList list;
    for (; m_told < events.size(); ++m_told) {
        const Event &event = events.at(m_told);
        if (event.muted)
            continue;
        if (event.kind == EventKind::VerdictChanged)
            list.append(u"%1 %2 -> %3"_s.arg(event.cluster.text(), name(event.before), name(event.after)));
        else if (event.kind == EventKind::ClockStepped)
            list.append(u"clock-stepped "_s + event.names.join(u' '));
        else
            list.append(u"event %1"_s.arg(int(event.kind)));
    }
    return list;
}

QStringList Laptop::recorded() const
{
    QStringList list;
    for (const Event &event : events) {
        if (event.kind == EventKind::VerdictChanged)
            list.append(u"%1 -> %2%3"_s.arg(name(event.before), name(event.after), event.muted ? u" (muted)"_s : QString()));
    }
    return list;
}

} // namespace quorate::test
