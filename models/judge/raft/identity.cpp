// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/raft/identity.h"

#include <algorithm>

namespace quorate {
using namespace std::chrono_literals;

namespace {
constexpr int sameForLong = 6; ///< answers, after one change; twice as many after each further one
constexpr int mostChanges = 5;
constexpr Milliseconds startTolerance = 2min; ///< servers write their uptime in words, without the seconds
constexpr qsizetype mostSamples = 4;

/// When the process began to run, by what it says.
std::optional<Milliseconds> startOf(const Observation &observation)
{
    const auto &uptime = observation.facts.uptimeSeconds;
    if (!uptime || !(*uptime >= 0) || *uptime > 1e10)
        return std::nullopt;
    return observation.at.boot - std::chrono::duration_cast<Milliseconds>(std::chrono::duration<double>(*uptime));
}

/// Earlier than it did before, by more than words are rounded by.
bool beganEarlier(Milliseconds started, Milliseconds before, Milliseconds now)
{
    return started + std::max(startTolerance, (now - started) / 10) < before;
}
} // namespace

void ServerIdentity::take(const Observation &observation)
{
    if (observation.reach != Reach::Answered)
        return;
    const QString id = observation.facts.raft ? observation.facts.raft->id.value_or(QString()) : QString();
    const auto started = startOf(observation);
    if (id.isEmpty() && !started)
        return;
    const bool otherId = !id.isEmpty() && !m_id.isEmpty() && id != m_id;
    const bool otherStart = started && m_started && beganEarlier(*started, *m_started, observation.at.boot);
    if (!id.isEmpty())
        m_id = id;
    if (started)
        m_started = started;
    if (otherId || otherStart) {
        m_changes = std::min(m_changes + 1, mostChanges);
        m_same = 0;
    } else if (m_changes > 0 && ++m_same >= sameForLong << (m_changes - 1)) {
        m_changes = 0;
    }
}

void LogIndexes::take(const Observation &observation)
{
    if (observation.reach != Reach::Answered || !observation.facts.raft || !observation.facts.raft->lastLog)
        return;
    const RaftView &view = *observation.facts.raft;
    const auto latency = std::chrono::duration_cast<Milliseconds>(std::chrono::duration<double>(std::max(0.0, observation.latencySeconds)));
    const Sample sample{*view.lastLog, observation.at.boot - latency, observation.at.boot};
    if (!m_samples.isEmpty() && sample.told <= m_samples.last().told)
        return;
    const QString id = view.id.value_or(m_id);
    // Another server, or one that began again: nothing to go on from.
    if (id != m_id || (!m_samples.isEmpty() && sample.index < m_samples.last().index))
        m_samples.clear();
    m_id = id;
    m_samples.append(sample);
    if (m_samples.size() > mostSamples)
        m_samples.removeFirst();
}

std::optional<ComparedLag> lagBetween(const LogIndexes &leader, const LogIndexes &follower, Milliseconds notBefore)
{
    const auto &ahead = leader.samples();
    const auto &behind = follower.samples();
    for (auto own = behind.crbegin(); own != behind.crend() && own->told >= notBefore; ++own) {
        // The follower read its index no sooner than it was asked, the leader no later than it told: what lies between them is at least
        // this many entries, so that a slow answer is no lag.
        const auto later
            = std::find_if(ahead.cbegin(), ahead.cend(), [&](const LogIndexes::Sample &one) { return one.told >= own->asked; });
        if (later == ahead.cend() || later == ahead.cbegin())
            continue;
        const auto earlier = std::prev(later);
        const double share = double((own->asked - earlier->told).count()) / double((later->told - earlier->told).count());
        const double index = double(earlier->index) + share * double(later->index - earlier->index);
        const double entries = std::min(index - double(own->index), 9e15);
        return ComparedLag{entries > 0 ? qint64(entries) : 0, own->told};
    }
    return std::nullopt;
}

} // namespace quorate
