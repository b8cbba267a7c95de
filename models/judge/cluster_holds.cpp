// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/cluster_holds.h"

#include "models/judge/endpoint_state.h"
#include "models/judge/folding.h"

#include <algorithm>
#include <chrono>

namespace quorate {

namespace {
constexpr Milliseconds goneAfter = std::chrono::hours(1); ///< a queue or an agent that is in no list any more
constexpr qsizetype mostHolds = 2'048;

bool isAbout(const HeldReason &held, const Reason &reason)
{
    return held.reason.code == reason.code && held.reason.subject == reason.subject;
}

/// Two leaders in one term: a quorum elected both, and there is nothing to wait for.
bool isCertain(const Reason &reason)
{
    return reason.code == ReasonCode::RaftTwoLeaders && reason.value && reason.limit && *reason.value == *reason.limit;
}

/// What it may count for while its hold is not over.
Severity meanwhile(const Reason &reason)
{
    const HoldRow *row = holdRow(reason.code);
    return std::min(reason.clusterSeverity, row ? row->meanwhile : Severity::Ok);
}

/// One sample is no event, whatever it says: it counts for less from the second half of its hold on.
bool countsMeanwhile(const HeldReason &held)
{
    const bool lasts = held.hold.bad(mostHeldSamples) > 1 && held.hold.lastBad.boot - held.hold.first.boot >= held.limit.least / 2;
    return lasts && meanwhile(held.reason) != Severity::Ok;
}

/// Shown while its hold is not over, and counts for nothing until then.
bool isShownAsNote(const Reason &reason)
{
    const HoldRow *row = holdRow(reason.code);
    return row && row->note;
}

bool isNote(const Reason &reason) { return reason.clusterSeverity == Severity::Ok; }

/// Bad news of a server that ends because the group has removed it: that it is missing is the same trouble, not another.
bool isContinued(const HeldReason &held, const Reason &reason)
{
    const bool gone = held.reason.code == ReasonCode::RaftPeerDown || held.reason.code == ReasonCode::RaftPeerIsolated;
    return gone && reason.code == ReasonCode::RaftPeerMissing && held.reason.subject == reason.subject && held.hold.good == 0;
}

/// Of too many: the worse, then those known for longer. The same ones from round to round, so that each of them gets its samples.
bool isFollowedRather(const HeldReason &a, const HeldReason &b)
{
    return std::pair(a.reason.clusterSeverity, b.hold.first.boot) > std::pair(b.reason.clusterSeverity, a.hold.first.boot);
}

constexpr Milliseconds onePoll = std::chrono::seconds(2); ///< between the first and the last endpoint that is asked in a round

/// Some of those that answer were asked again sooner than others: what they say together was at no moment so.
bool isMixed(const ClusterState &cluster, Milliseconds limit, const Time &now)
{
    const auto took = [](const EndpointState &endpoint) { return Milliseconds(qint64(endpoint.attempt->latencySeconds * 1000)); };
    Milliseconds newest{-1};
    for (const EndpointState &endpoint : cluster.endpoints) {
        if (isAnswering(endpoint, limit, now) && endpoint.attempt)
            newest = std::max(newest, endpoint.attempt->at.boot - took(endpoint));
    }
    return std::any_of(cluster.endpoints.cbegin(), cluster.endpoints.cend(), [&](const EndpointState &endpoint) {
        return isAnswering(endpoint, limit, now) && endpoint.attempt && endpoint.attempt->at.boot + onePoll < newest;
    });
}

class Round {
public:
    Round(const ClusterState &cluster, const Time &evidence, const Time &now)
        : m_cluster(cluster)
        , m_evidence(evidence)
        , m_now(now)
        , m_limit(evidenceLimit(cluster.spec))
        , m_round(completeRound(cluster))
    {
        m_unseen = std::none_of(cluster.endpoints.cbegin(), cluster.endpoints.cend(),
            [&](const EndpointState &endpoint) { return endpoint.attempt && now.boot <= endpoint.attempt->at.boot + m_limit; });
        m_answered = std::any_of(cluster.endpoints.cbegin(), cluster.endpoints.cend(),
            [&](const EndpointState &endpoint) { return isAnswering(endpoint, m_limit, now); });
        m_mixed = isMixed(cluster, m_limit, now);
        m_result.holds = cluster.holds;
        m_result.holds.undecided = false;
        m_result.holds.rulesChanged = false;
        m_result.holds.until = Milliseconds::max();
    }

    HeldReasons operator()(QList<Reason> found, const QList<ReasonKey> &contrary)
    {
        sortReasons(found);
        found.resize(std::min(found.size(), mostHolds));
        for (const Reason &reason : found) {
            if (holdOf(m_cluster.spec.limits, reason.code) && !isCertain(reason))
                take(reason);
            else
                show(reason);
        }
        settle(found, contrary);
        m_result.holds.known = !m_unseen && (m_result.holds.known || m_round >= 0);
        for (HeldReason &held : m_result.holds.list)
            show(held);
        look();
        return m_result;
    }

private:
    void take(const Reason &reason)
    {
        QList<HeldReason> &list = m_result.holds.list;
        auto held = std::find_if(list.begin(), list.end(), [&](const HeldReason &each) { return isAbout(each, reason); });
        if (held == list.end()) {
            HeldReason made;
            made.hold.first = firstEvidenceOf(reason);
            if (const std::optional<Time> &looked = m_cluster.holds.looked; looked && looked->boot < made.hold.first.boot)
                made.hold.notBefore = looked->wall;
            made.first = !m_result.holds.known;
            if (const auto before
                = std::find_if(list.cbegin(), list.cend(), [&](const HeldReason &each) { return isContinued(each, reason); });
                before != list.cend())
                made.hold = before->hold;
            list.append(made);
            held = list.end() - 1;
        }
        held->reason = reason;
        held->limit = limitOf(*held);
        held->reason.since = held->hold.first.wall;
        sample(*held, true);
    }

    /// Queues and agents rest on the replies that list them, the group on everything.
    Time evidenceOf(const Reason &reason) const
    {
        if (scopeOf(reason.code) != Scope::Shared)
            return m_evidence;
        Time newest = m_cluster.configured;
        for (const EndpointState &endpoint : m_cluster.endpoints) {
            for (const EndpointState::Seen &seen : endpoint.understood) {
                if (isListed(seen.facts, reason) && seen.at.boot > newest.boot)
                    newest = seen.at;
            }
        }
        return newest;
    }

    /// A rule that looks back by itself knows better since when it is so.
    Time firstEvidenceOf(const Reason &reason) const
    {
        const Time evidence = evidenceOf(reason);
        if (scopeOf(reason.code) != Scope::Shared || !reason.since || *reason.since >= evidence.wall)
            return evidence;
        return evidence + (*reason.since - evidence.wall);
    }

    /// A round is a sample once, when all of it is there: the middle of one is half of the past.
    void sample(HeldReason &held, bool bad)
    {
        if (m_round <= held.round || (m_mixed && scopeOf(held.reason.code) != Scope::Shared))
            return;
        const Time evidence = evidenceOf(held.reason);
        if (evidence.boot <= held.hold.newest)
            return;
        held.round = m_round;
        addSample(held.hold, held.limit, bad, evidence);
        held.first = held.first && bad;
    }

    void settle(const QList<Reason> &found, const QList<ReasonKey> &contrary)
    {
        QList<HeldReason> stay;
        for (HeldReason held : std::as_const(m_result.holds.list)) {
            const bool isFound = std::any_of(found.cbegin(), found.cend(), [&](const Reason &reason) { return isAbout(held, reason); });
            const bool isContrary = !isFound && contrary.contains(ReasonKey(held.reason.code, held.reason.subject));
            if (isContrary)
                sample(held, false);
            held.limit = limitOf(held);
            if (isFound)
                decide(held.hold, held.limit, m_limit, m_now);
            if (!isGone(held, isFound, isContrary))
                stay.append(held);
            else if (held.hold.held && held.hold.good > 0)
                m_result.holds.over = Over{held.reason.code, held.hold.lastBad.wall, held.hold.firstGood.wall};
        }
        if (stay.size() > mostHolds)
            std::stable_sort(stay.begin(), stay.end(), isFollowedRather);
        stay.resize(std::min(stay.size(), mostHolds));
        m_result.holds.list = stay;
    }

    bool isGone(const HeldReason &held, bool isFound, bool isContrary) const
    {
        if (!isFound && (held.hold.taken == 0 || (isContrary && m_cluster.holds.rulesChanged)))
            return true;
        const bool shown = held.hold.held || countsMeanwhile(held);
        if (!isFound && !shown && m_now.boot > decidedBy(held.hold, held.limit, m_limit)) // nothing came of it
            return true;
        if (isOver(held.hold, held.limit, shown, m_limit, m_now))
            return true;
        const bool listed = isFound || isContrary || scopeOf(held.reason.code) != Scope::Shared;
        return !listed && m_answered && m_now.boot - held.hold.lastBad.boot > std::max(goneAfter, m_limit);
    }

    void show(const Reason &reason)
    {
        m_result.counted.append(reason);
        m_result.expected.append(reason);
    }

    void show(HeldReason &held)
    {
        held.recovers = isRecovering(held.hold, m_limit, m_now);
        if (const std::optional<Reason> counted = asItCounts(held))
            m_result.counted.append(*counted);
        if (!held.recovers) {
            m_result.expected.append(held.reason);
            if (m_unseen)
                m_result.expected.last().clusterSeverity = std::min(held.reason.clusterSeverity, Severity::Unknown);
        }
        const bool decided = held.hold.held && !held.recovers;
        const Milliseconds from = pendingFrom(held.hold, held.limit, m_limit);
        held.pending = !decided && !isNote(held.reason) && (held.recovers || m_now.boot >= from);
        held.soon = decided || countsMeanwhile(held) ? Severity::Ok : meanwhile(held.reason);
        if (decided)
            return;
        m_result.holds.undecided = m_result.holds.undecided || !isNote(held.reason);
        const Milliseconds end = held.recovers ? held.hold.firstGood.boot + m_limit : decidedBy(held.hold, held.limit, m_limit);
        if (end >= m_now.boot)
            m_result.holds.until = std::min(m_result.holds.until, end);
    }

    /// What this round did not find was not there then.
    void look()
    {
        if (m_unseen || m_round <= m_result.holds.lookedIn)
            return;
        m_result.holds.lookedIn = m_round;
        m_result.holds.looked = m_evidence;
    }

    std::optional<Reason> asItCounts(const HeldReason &held) const
    {
        Reason reason = held.reason;
        if (m_unseen)
            reason.clusterSeverity = std::min(reason.clusterSeverity, Severity::Unknown);
        if (held.hold.held)
            return reason;
        if (countsMeanwhile(held)) {
            reason.severity = std::min(reason.severity, meanwhile(reason));
            reason.clusterSeverity = meanwhile(reason);
        } else if (isShownAsNote(reason)) {
            reason.severity = reason.clusterSeverity = Severity::Ok;
        } else if (held.first && !isNote(reason)) {
            reason.severity = reason.clusterSeverity = Severity::Unknown;
        } else {
            return std::nullopt;
        }
        reason.pending = pendingOf(held.hold, held.limit, held.reason.clusterSeverity);
        return reason;
    }

    HoldLimit limitOf(const HeldReason &held) const
    {
        const HoldLimit limit = holdOf(m_cluster.spec.limits, held.reason.code).value_or(HoldLimit());
        return held.first ? limitAtFirst(limit, m_limit) : limit;
    }

    const ClusterState &m_cluster;
    const Time m_evidence, m_now;
    Milliseconds m_limit;
    qint64 m_round;
    bool m_mixed = false;
    bool m_answered = false; ///< by anybody: else what is in no list is only not told
    bool m_unseen = false; ///< nobody looks: what was bad is no more than not known
    HeldReasons m_result;
};

} // namespace

HeldReasons judgeReasons(
    const ClusterState &cluster, const QList<Reason> &found, const QList<ReasonKey> &contrary, const Time &evidence, const Time &now)
{
    return Round(cluster, evidence, now)(found, contrary);
}

qint64 completeRound(const ClusterState &cluster)
{
    return cluster.polledInRound >= cluster.endpoints.size() ? cluster.round : cluster.round - 1;
}

} // namespace quorate
