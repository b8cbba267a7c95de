// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/watcher.h"

#include "models/judge/folding.h"

#include <algorithm>

namespace quorate::live {
using namespace Qt::StringLiterals;

namespace {
constexpr Milliseconds timeout{2'000};

Config configOf(const ConsulGroup &group, Milliseconds interval)
{
    ClusterConfig cluster;
    cluster.spec.name = ClusterName(u"live"_s);
    cluster.spec.system = u"consul"_s;
    cluster.spec.interval = interval;
    cluster.spec.timeout = timeout;
    for (const QString &url : group.urls())
        cluster.spec.endpoints.append(EndpointUrl(url));
    Config config;
    config.clusters = {cluster};
    return config;
}

/// Servers by their name, whatever tells of them.
QString named(QString text, const ConsulGroup &group)
{
    for (int server = 1; server <= group.size(); ++server) {
        const QString name = u"server-%1"_s.arg(server);
        text.replace(group.urls().at(server - 1), name);
        text.replace(group.address(server), name);
    }
    return text;
}

QString subjectOf(const Reason &reason)
{
    const QString subject = reason.subject.isEmpty() ? reason.endpoints.join(u',') : reason.subject;
    return subject.isEmpty() || reason.code == ReasonCode::RaftMembershipDiffers ? QString() : u'(' + subject + u')';
}

/// " [agreed server-1, term 2, 3 of 3 live, margin 1]".
QString groupOf(const ClusterStatus &status, const ConsulGroup &group)
{
    if (status.raft.isEmpty())
        return {};
    const RaftStatus &raft = status.raft.first();
    const QString margin = raft.margin ? QString::number(*raft.margin) : u"unknown"_s;
    const QString leader = raft.leader.isEmpty() ? QString() : u' ' + raft.leader;
    return u" [%1%2, term %3, %4 of %5 live, margin %6]"_s.arg(name(raft.agreement), named(leader, group))
        .arg(raft.term.value_or(0))
        .arg(raft.live)
        .arg(raft.voters)
        .arg(margin);
}

QString nameOf(EventKind kind)
{
    switch (kind) {
    case EventKind::VerdictChanged:
        return u"verdict-changed"_s;
    case EventKind::LeaderChanged:
        return u"leader-changed"_s;
    case EventKind::Restarted:
        return u"restarted"_s;
    case EventKind::MembershipChanged:
        return u"membership-changed"_s;
    case EventKind::VersionChanged:
        return u"version-changed"_s;
    case EventKind::ClockStepped:
        return u"clock-stepped"_s;
    case EventKind::ConfigReloaded:
        return u"config-reloaded"_s;
    case EventKind::PollingPaused:
        return u"polling-paused"_s;
    case EventKind::PollingResumed:
        return u"polling-resumed"_s;
    }
    Q_UNREACHABLE();
}
} // namespace

QString told(Severity severity, const QList<Reason> &reasons, const ConsulGroup &group)
{
    QStringList words;
    for (const Reason &reason : reasons) {
        if (counts(reason))
            words.append(name(reason.code) + subjectOf(reason));
    }
    return named(words.isEmpty() ? QString(name(severity)) : name(severity) + u": "_s + words.join(u' '), group);
}

QString told(const Event &event, const ConsulGroup &group)
{
    if (event.kind == EventKind::VerdictChanged)
        return told(event.after, event.reasons, group);
    const QString about = event.names.isEmpty() ? event.subject : event.names.join(u' ');
    return named(nameOf(event.kind) + u'(' + about + u')', group);
}

Watcher::Watcher(const ConsulGroup &group, Milliseconds interval)
    : m_group(group)
    , m_interval(interval)
{
    m_clock.start();
    QObject::connect(&m_engine, &Engine::updated, &m_engine, [this](const FleetUpdate &update) { take(update); });
    QObject::connect(&m_engine, &Engine::happened, &m_engine, [this](const QList<Event> &events) {
        for (const Event &event : events)
            m_told.append({m_clock.elapsed(), told(event, m_group), true});
    });
    m_engine.setConfig(configOf(group, interval));
    m_engine.start();
}

void Watcher::take(const FleetUpdate &update)
{
    m_engine.taken();
    if (update.changed.isEmpty())
        return;
    m_status = update.changed.first();
    const bool plain = m_status.severity == Severity::Ok && !m_status.pending && m_status.checking.isEmpty();
    if (m_troubleFrom >= 0 && m_clock.elapsed() > m_troubleFrom && plain && m_falseGreen.isEmpty())
        m_falseGreen = u"green at %1 s, in the middle of trouble"_s.arg(double(m_clock.elapsed()) / 1000);
    const QString checking = m_status.checking.isEmpty() ? QString() : u"; checking "_s + told(Severity::Ok, m_status.checking, m_group);
    const QString now = u"  shows "_s + shown() + checking + groupOf(m_status, m_group);
    if (now == m_shown)
        return;
    m_shown = now;
    m_told.append({m_clock.elapsed(), now, false});
}

QString Watcher::shown() const
{
    return told(m_status.severity, m_status.reasons, m_group) + (m_status.pending || !m_status.checking.isEmpty() ? u" …"_s : QString());
}

bool Watcher::isHealthy() const
{
    const auto last = std::find_if(m_told.crbegin(), m_told.crend(), [](const Told &one) { return one.event; });
    if (m_status.raft.isEmpty() || shown() != "ok"_L1 || last == m_told.crend())
        return false;
    const RaftStatus &raft = m_status.raft.first();
    return last->text == "ok"_L1 && raft.agreement == Agreement::Agreed && raft.voters == m_group.size() && raft.live == m_group.size();
}

void Watcher::expectTrouble() { m_troubleFrom = m_clock.elapsed() + (2 * m_interval + timeout).count(); }
void Watcher::expectNoMore() { m_troubleFrom = -1; }

QStringList Watcher::events() const
{
    QStringList events;
    for (const Told &one : m_told.mid(m_forgotten)) {
        if (one.event)
            events.append(one.text);
    }
    return events;
}

void Watcher::forget() { m_forgotten = m_told.size(); }

void Watcher::remark(const QString &what) { m_told.append({m_clock.elapsed(), u"== "_s + what, false}); }

QString Watcher::timeline() const
{
    QStringList lines{u"polled every %1 s:"_s.arg(m_interval.count() / 1000)};
    for (const Told &one : m_told)
        lines.append(u"%1 s  %2"_s.arg(double(one.at) / 1000, 8, 'f', 1).arg(one.text));
    return lines.join(u'\n');
}

} // namespace quorate::live
