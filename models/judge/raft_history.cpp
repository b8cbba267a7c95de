// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/raft_history.h"

#include <algorithm>
#include <cmath>

namespace quorate {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr qsizetype mostKept = 64;
constexpr Milliseconds leaderChurnWithin = 10min;
constexpr int leaderChurn = 3; ///< leaders
constexpr Milliseconds termChurnWithin = 5min;
constexpr quint64 termChurn = 3; ///< terms
constexpr Milliseconds unwatchedAfter = 5min; ///< without an answer: what changed meanwhile changed at a time that nobody knows

constexpr Milliseconds settlesWithin = 10s;

constexpr qsizetype mostSamples = 16;
constexpr Milliseconds spacing = 4s; ///< two of autopilot's own refreshes: the samples reach over `rateOver`
constexpr Milliseconds rateOver = 30s;
constexpr Milliseconds rateAtMost = 15min; ///< between two samples, where polls are far apart
constexpr Milliseconds rateAtLeast = 4s;
constexpr double steadyEntries = 10, steadyShare = 0.005; ///< less is no direction: writes come in bursts

Reason churn(ReasonCode code, double value, double limit)
{
    Reason reason;
    reason.code = code;
    reason.severity = reason.clusterSeverity = Severity::Warning;
    reason.value = value;
    reason.limit = limit;
    reason.derived = true;
    return reason;
}
} // namespace

bool isSettled(const RaftStatus &raft)
{
    return !raft.leader.isEmpty()
        && (raft.agreement == Agreement::Agreed || raft.agreement == Agreement::Partial || raft.agreement == Agreement::SingleView);
}

QString peerNameIn(const RaftStatus &raft, const QString &address)
{
    const auto peer = std::find_if(raft.peers.cbegin(), raft.peers.cend(), [&](const PeerStatus &p) { return p.address == address; });
    return peer == raft.peers.cend() || peer->name.isEmpty() ? address : peer->name;
}

void RaftHistory::take(const RaftStatus &raft, Milliseconds reportedAt, const Time &now, bool planned)
{
    const bool watched = m_told && now.boot - *m_told < unwatchedAfter;
    if (raft.views.answered > 0)
        m_told = now.boot;
    if (!isSettled(raft))
        return;
    takeLeader(raft, watched, planned, now);
    if (raft.term)
        takeTerm(*raft.term, watched && !planned, now);
    if (reportedAt > m_trailingTold) {
        m_trailingTold = reportedAt;
        takeTrailing(raft, reportedAt);
    }
}

void RaftHistory::takeLeader(const RaftStatus &raft, bool watched, bool planned, const Time &now)
{
    if (!m_leaders.isEmpty() && m_leaders.last().address == raft.leader)
        return;
    m_leaders.append({raft.leader, peerNameIn(raft, raft.leader), now, watched && !m_leaders.isEmpty(), planned});
    if (m_leaders.size() > mostKept)
        m_leaders.removeFirst();
    m_trailing.clear(); // behind another server
}

void RaftHistory::takeTerm(quint64 term, bool watched, const Time &now)
{
    if (!watched)
        m_terms.clear(); // it may have risen slowly, or was made to
    if (!m_terms.isEmpty() && m_terms.last().term == term)
        return;
    m_terms.append({term, now.boot});
    if (m_terms.size() > mostKept)
        m_terms.removeFirst();
}

void RaftHistory::takeTrailing(const RaftStatus &raft, Milliseconds at)
{
    QMap<QString, QList<Trailing>> told;
    for (const PeerStatus &peer : raft.peers) {
        if (!peer.trailing || peer.address == raft.leader)
            continue;
        QList<Trailing> samples = m_trailing.take(peer.address);
        if (samples.size() >= 2 && at - samples.at(samples.size() - 2).at < spacing)
            samples.removeLast();
        samples.append({*peer.trailing, at});
        if (samples.size() > mostSamples)
            samples.removeFirst();
        told.insert(peer.address, samples);
    }
    m_trailing = told;
}

int RaftHistory::leaderChanges(Milliseconds within, const Time &now) const
{
    return static_cast<int>(std::count_if(
        m_leaders.cbegin(), m_leaders.cend(), [&](const Leader &leader) { return leader.seen && now.boot - leader.since.boot < within; }));
}

bool RaftHistory::isSettling(const QString &leader, const std::optional<quint64> &term, const Time &now) const
{
    const auto isNew = [&](Milliseconds since) { return now.boot - since < settlesWithin; };
    if (leader.isEmpty() || m_leaders.isEmpty())
        return false;
    if (leader != m_leaders.last().address || (term && !m_terms.isEmpty() && *term > m_terms.last().term))
        return true;
    return (m_leaders.last().seen && isNew(m_leaders.last().since.boot)) || (m_terms.size() > 1 && isNew(m_terms.last().since));
}

QList<Reason> RaftHistory::reasons(const Time &now) const
{
    QList<Reason> found;
    QStringList names; // the one that led before, and each that came
    for (qsizetype i = 1; i < m_leaders.size(); ++i) {
        const Leader &leader = m_leaders.at(i);
        if (!leader.seen || leader.planned || now.boot - leader.since.boot >= leaderChurnWithin)
            continue;
        if (names.isEmpty())
            names.append(m_leaders.at(i - 1).name);
        names.append(leader.name);
    }
    if (names.size() >= leaderChurn) {
        found.append(churn(ReasonCode::RaftLeaderChurn, static_cast<double>(names.size()), leaderChurn));
        found.last().names = names;
    }
    // The term of five minutes ago is the last one that was known then.
    const auto later
        = std::find_if(m_terms.cbegin(), m_terms.cend(), [&](const Term &term) { return now.boot - term.since < termChurnWithin; });
    if (later == m_terms.cend())
        return found;
    const quint64 then = later == m_terms.cbegin() ? later->term : std::prev(later)->term;
    const quint64 newest = m_terms.last().term;
    if (newest > then && newest - then >= termChurn)
        found.append(churn(ReasonCode::RaftTermChurn, static_cast<double>(newest - then), static_cast<double>(termChurn)));
    return found;
}

void RaftHistory::describe(RaftStatus &status, const Time &now) const
{
    if (m_leaders.isEmpty())
        return;
    status.leaderChanges = leaderChanges(1h, now);
    const Leader &leader = m_leaders.last();
    if (leader.address != status.leader)
        return;
    status.leaderSince = leader.since.wall;
    status.leaderSinceExact = leader.seen;
    for (PeerStatus &peer : status.peers) {
        const QList<Trailing> samples = m_trailing.value(peer.address);
        if (!peer.trailing || samples.size() < 2)
            continue;
        const Trailing &newest = samples.last();
        auto oldest = std::find_if(samples.cbegin(), samples.cend(), [&](const Trailing &s) { return newest.at - s.at <= rateOver; });
        if (&*oldest == &newest)
            --oldest; // polls are further apart than that: the one before
        const Milliseconds span = newest.at - oldest->at;
        if (span < rateAtLeast || span > rateAtMost)
            continue;
        const double change = static_cast<double>(newest.entries) - static_cast<double>(oldest->entries);
        const double steady = std::max(steadyEntries, steadyShare * static_cast<double>(newest.entries));
        peer.trailingPerSecond = std::abs(change) < steady ? 0 : change / std::chrono::duration<double>(span).count();
    }
}

} // namespace quorate
