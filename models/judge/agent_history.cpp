// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/agent_history.h"

#include <QSet>

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr Milliseconds missedFor = 1h;
constexpr Milliseconds replacedWithin = 10min; ///< a new one may start before the old one stops
constexpr Milliseconds forgottenAfter = 24h; ///< nobody was looking
constexpr qint64 most = 1'000;
constexpr QChar nameless(0x01); ///< no name from a server begins with a control character

/// The agents by name. Where only their number is told, they get names that say nothing: of five, two that left are two that left.
QSet<QString> namesOf(const AgentsFact &agents)
{
    QSet<QString> names;
    for (const AgentFact &process : agents.list) {
        const bool agent = process.kind.isEmpty() || process.kind == "agent"_L1;
        if (agent)
            names.insert(process.name);
    }
    if (names.size() > most) { // the same ones, in whatever order they are told
        QStringList sorted = names.values();
        sorted.sort();
        sorted.resize(most);
        names = QSet<QString>(sorted.cbegin(), sorted.cend());
    }
    if (!names.isEmpty())
        return names;
    for (qint64 i = 0; i < std::min(agents.total.value_or(0), most); ++i)
        names.insert(nameless + QString::number(i));
    return names;
}
} // namespace

void AgentHistory::take(const AgentsFact &agents, const Time &at)
{
    if (m_newest && at.boot < m_newest->boot)
        return;
    const bool first = !m_newest || at.boot - m_newest->boot > forgottenAfter;
    if (first)
        *this = {};
    const QSet<QString> names = namesOf(agents);
    m_newest = at;
    const QStringList before = m_present.keys();
    for (const QString &name : before) {
        if (!names.contains(name)) {
            m_present.remove(name);
            if (m_left.size() < most)
                m_left.insert(name, at);
        }
    }
    for (const QString &name : names) {
        const bool back = m_left.remove(name) > 0;
        if (!m_present.contains(name)) // one that is back replaces nobody, and those of the first look may be old
            m_present.insert(name, first || back ? Milliseconds::min() : at.boot);
    }
    m_left.removeIf([&](const auto &entry) { return at.boot - entry.value().boot > missedFor; });
    if (!m_present.isEmpty()) {
        m_before = m_present.size();
        m_noneSince.reset();
    } else if (m_before > 0) {
        m_noneSince = m_noneSince.value_or(at);
    }
}

void AgentHistory::accept(Instant until)
{
    m_left.removeIf([&](const auto &entry) { return entry.value().wall <= until; });
    if (!m_noneSince || m_noneSince->wall > until)
        return;
    m_before = 0;
    m_noneSince.reset();
}

std::optional<AgentHistory::Gone> AgentHistory::missing() const
{
    if (m_present.isEmpty()) // all of them is another matter
        return std::nullopt;
    Gone gone;
    qint64 left = 0;
    for (auto agent = m_left.cbegin(); agent != m_left.cend(); ++agent) {
        if (left++ == 0 || agent->boot < gone.since.boot)
            gone.since = *agent;
        if (!agent.key().startsWith(nameless))
            gone.names.append(agent.key());
    }
    const qint64 replaced = std::count_if(
        m_present.cbegin(), m_present.cend(), [&](Milliseconds arrived) { return arrived > gone.since.boot - replacedWithin; });
    if (left == 0 || left <= replaced)
        return std::nullopt;
    gone.now = m_present.size();
    gone.before = gone.now + left - replaced;
    return gone;
}

std::optional<AgentHistory::Gone> AgentHistory::none() const
{
    return m_noneSince ? std::optional(Gone{0, m_before, {}, *m_noneSince}) : std::nullopt;
}

} // namespace quorate
