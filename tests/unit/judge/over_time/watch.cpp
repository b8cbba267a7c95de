// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/judge/over_time/watch.h"

#include "models/judge/folding.h"

#include <QRegularExpression>

#include <algorithm>

namespace quorate::test {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
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
        if (m_raft || isTold(world, each.key()))
            *each = world;
    }
}

void Watch::tell(const Input &input)
{
    events += step(fleet, input, now);
    if (afterEach)
        afterEach(input);
}

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

void Watch::idle(Milliseconds time)
{
    for (const Time end = now + time; now.boot < end.boot;) {
        now = now + std::min(Milliseconds(1s), end.boot - now.boot);
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
