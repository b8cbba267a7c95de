// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/queue_history.h"

#include <algorithm>

namespace quorate {
using namespace std::chrono_literals;

namespace {
constexpr qsizetype deadRefreshes = 3;
constexpr int fallingWindows = 3;
constexpr std::chrono::minutes windows[]{1min, 5min, 15min};

constexpr Milliseconds spacing = 5s; ///< of kept samples: with more, fast polls would need much memory for the same answers
constexpr Milliseconds keptFor = 53min; ///< three and a half of the longest window
constexpr qsizetype mostSamples = 400; ///< at the closest spacing, still more than one and a half of the longest window
} // namespace

bool QueueHistory::take(const QueueFact &numbers, const Time &at)
{
    if (m_refreshed && at.boot < m_refreshed->boot)
        return false;
    const bool changed = !m_refreshed || numbers != m_numbers;
    if (!changed && at.boot - m_refreshed->boot < refreshEvery)
        return false;
    if (changed) {
        m_unchangedSince = at;
        m_unchanged = 0;
    }
    m_unchanged = std::min(m_unchanged + 1, mostHeldSamples);
    m_numbers = numbers;
    m_refreshed = at;
    if (numbers.unprocessed)
        takeBacklog(*numbers.unprocessed, at.boot);
    m_dead.append({at.wall, numbers.total.value_or(0) > 0 ? numbers.dead : std::nullopt});
    if (m_dead.size() > deadRefreshes)
        m_dead.removeFirst();
    return true;
}

void QueueHistory::takeBacklog(qint64 waiting, Milliseconds boot)
{
    // The newest is always there; the ones before it only as close as needed.
    if (m_backlog.size() >= 2 && boot - m_backlog.at(m_backlog.size() - 2).boot < spacing)
        m_backlog.removeLast();
    m_backlog.append({boot, static_cast<double>(waiting)});
    while (m_backlog.size() > mostSamples || boot - m_backlog.first().boot > keptFor)
        m_backlog.removeFirst();
}

const QueueHistory::Backlog *QueueHistory::before(Milliseconds age, Milliseconds window) const
{
    if (m_backlog.size() < 2)
        return nullptr;
    const Milliseconds wanted = m_backlog.last().boot - age;
    const auto distance = [&](const Backlog &sample) { return std::chrono::abs(sample.boot - wanted); };
    const auto nearest = std::min_element(
        m_backlog.cbegin(), std::prev(m_backlog.cend()), [&](const Backlog &a, const Backlog &b) { return distance(a) < distance(b); });
    return distance(*nearest) <= window / 2 ? &*nearest : nullptr;
}

std::optional<double> QueueHistory::perMinute(std::chrono::minutes window) const
{
    const Backlog *then = before(window, window);
    if (!then)
        return std::nullopt;
    const Backlog &now = m_backlog.last();
    return (now.waiting - then->waiting) / std::chrono::duration<double, std::ratio<60>>(now.boot - then->boot).count();
}

std::optional<double> QueueHistory::drainSeconds() const
{
    for (const std::chrono::minutes window : windows) {
        if (!before(window, window))
            continue;
        const Backlog &now = m_backlog.last();
        const Backlog *later = &now;
        for (int i = 1; i <= fallingWindows; ++i) {
            const Backlog *then = before(i * window, window);
            if (!then || then->boot >= later->boot || then->waiting <= later->waiting)
                return std::nullopt;
            later = then;
        }
        if (now.waiting <= 0)
            return std::nullopt;
        return now.waiting * std::chrono::duration<double>(now.boot - later->boot).count() / (later->waiting - now.waiting);
    }
    return std::nullopt;
}

std::optional<Time> QueueHistory::stuckSince(const HoldLimit &limit) const
{
    const bool waits = m_numbers.unprocessed.value_or(0) > 0 && m_numbers.processing == 0;
    if (!waits || m_unchanged < limit.needed || m_refreshed->boot - m_unchangedSince.boot < limit.least)
        return std::nullopt;
    return m_unchangedSince;
}

std::optional<qint64> QueueHistory::settledDead(std::optional<Instant> after) const
{
    if (m_dead.size() < deadRefreshes)
        return std::nullopt;
    qint64 most = 0;
    for (const Dead &dead : m_dead) {
        if (!dead.letters || (after && dead.at <= *after))
            return std::nullopt;
        most = std::max(most, *dead.letters);
    }
    return most;
}

} // namespace quorate
