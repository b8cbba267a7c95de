// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/endpoint_holds.h"

#include "models/judge/endpoint_state.h"
#include "models/judge/findings.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <chrono>
#include <tuple>

namespace quorate {

namespace {
constexpr Milliseconds goneAfter = std::chrono::hours(1); ///< a part that is in no list any more
constexpr qsizetype mostHolds = 512; ///< of one endpoint: what a server reports is not bounded by what there is

/// Nobody looked, or nobody has yet: true at this moment and no longer.
bool isOfTheMoment(ReasonCode code) { return code == ReasonCode::Stale || code == ReasonCode::NotPolled; }

/// Held by cluster: every endpoint tells the same ones. A note needs no hold unless the table has one.
bool isHeldHere(const Finding &finding)
{
    return scopeOf(finding.code) != Scope::Shared && !isOfTheMoment(finding.code)
        && (finding.severity != Severity::Ok || finding.weight != Weight::Note);
}

using Key = QPair<int, QString>; ///< code and subject
Key keyOf(const Finding &finding) { return {static_cast<int>(finding.code), finding.subject}; }

/// Of too many: reach, then the worse, then those known for longer. The same ones from reply to reply, so that each gets its samples.
bool isFollowedRather(const HeldFinding &a, const HeldFinding &b)
{
    const auto rank
        = [](const HeldFinding &held) { return std::tuple(isReachCode(held.finding.code), held.finding.severity, -held.hold.first.boot); };
    return rank(a) > rank(b);
}

/// A reason without a row in the table: one sample is enough, either way.
constexpr HoldLimit atOnce{1, 1, Milliseconds(0)};

class Step {
public:
    Step(const ClusterState &cluster, const EndpointState &endpoint, const Time &now)
        : m_cluster(cluster)
        , m_endpoint(endpoint)
        , m_now(now)
        , m_limit(evidenceLimit(cluster.spec))
    {
    }

    EndpointVerdict operator()(QList<Finding> newest, Milliseconds until)
    {
        m_verdict.holds = m_endpoint.verdict.holds;
        m_verdict.known = m_endpoint.verdict.known;
        m_verdict.answered = m_endpoint.verdict.answered;
        m_verdict.over = m_endpoint.verdict.over;
        m_verdict.until = until;
        forgetReach(newest);
        for (qsizetype i = 0; i < m_verdict.holds.size(); ++i)
            m_places.insert(keyOf(m_verdict.holds.at(i).finding), i);
        for (const Finding &finding : std::as_const(newest)) {
            m_found.insert(keyOf(finding));
            if (isHeldHere(finding))
                found(finding);
        }
        if (!m_verdict.holds.isEmpty())
            settle();
        // A shared list that is appended to takes more room each time (Qt 6.4.2), and never gives it back by itself.
        if (m_verdict.holds.capacity() > 2 * m_verdict.holds.size() + 16)
            m_verdict.holds.squeeze();
        learn(newest);
        compose(newest);
        return m_verdict;
    }

private:
    /// While nobody looked, how it was reached before says nothing, and there is no severity to keep.
    void forgetReach(const QList<Finding> &newest)
    {
        m_silent = std::any_of(newest.cbegin(), newest.cend(), [](const Finding &finding) { return isOfTheMoment(finding.code); });
        if (!m_silent)
            return;
        m_verdict.known = false;
        m_verdict.holds.removeIf([](const HeldFinding &held) { return isReachCode(held.finding.code); });
    }

    [[nodiscard]] bool isFound(const HeldFinding &held) const { return m_found.contains(keyOf(held.finding)); }

    /// The reply that says so; the same one would have said the contrary. Absent: not yet a sample.
    std::optional<Time> evidenceOf(const Finding &finding) const
    {
        if (scopeOf(finding.code) == Scope::Part) // it is in the newest list: no need to look for it
            return newestList(m_endpoint);
        const bool failed = isReachCode(finding.code) && m_endpoint.attempt && m_endpoint.attempt->reach != Reach::Answered;
        return failed ? std::optional(finding.evidence) : evidenceAgainst(finding, m_endpoint);
    }

    void found(const Finding &finding)
    {
        const std::optional<Time> evidence = evidenceOf(finding);
        qsizetype index = m_places.value(keyOf(finding), -1);
        if (index < 0) {
            if (!evidence)
                return;
            HeldFinding made;
            made.hold.first = *evidence;
            if (const std::optional<Time> &answered = m_endpoint.verdict.answered; answered && answered->boot < evidence->boot)
                made.hold.notBefore = answered->wall;
            made.first = !m_verdict.known;
            index = m_verdict.holds.size();
            m_verdict.holds.append(made);
            m_places.insert(keyOf(finding), index);
        }
        HeldFinding &held = m_verdict.holds[index];
        held.limit = limitOf(finding.code, held.first);
        held.finding = finding;
        held.finding.since = held.hold.first.wall;
        if (!evidence || evidence->boot < held.hold.newest || (evidence->boot == held.hold.newest && held.hold.good == 0))
            return;
        addSample(held.hold, held.limit, true, *evidence);
        if (isReachCode(finding.code))
            countOtherwise(held);
    }

    void countOtherwise(HeldFinding &failing)
    {
        for (HeldFinding &other : m_verdict.holds) {
            if (isReachCode(other.finding.code))
                other.otherwise = &other == &failing ? 0 : std::min(other.otherwise + 1, goodSamples);
        }
    }

    void settle()
    {
        for (HeldFinding &held : m_verdict.holds) {
            if (!isFound(held))
                contradict(held);
            held.limit = limitOf(held.finding.code, held.first);
            if (!isOnceOnly(held))
                decide(held.hold, held.limit, m_limit, m_now);
        }
        QList<bool> leaves;
        for (const HeldFinding &held : std::as_const(m_verdict.holds))
            leaves.append(isGone(held));
        for (qsizetype i = leaves.size() - 1; i >= 0; --i) {
            if (leaves.at(i))
                end(i);
        }
        if (m_verdict.holds.size() > mostHolds)
            std::stable_sort(m_verdict.holds.begin(), m_verdict.holds.end(), isFollowedRather);
        m_verdict.holds.resize(std::min(m_verdict.holds.size(), mostHolds));
    }

    /// A single sample, and silence since: that decides nothing, however long it lasts.
    bool isOnceOnly(const HeldFinding &held) const
    {
        return !held.hold.held && !isFound(held) && !isReachCode(held.finding.code) && held.hold.bad(mostHeldSamples) < 2;
    }

    void end(qsizetype index)
    {
        const HeldFinding held = m_verdict.holds.takeAt(index);
        if (held.hold.held && held.hold.good > 0)
            m_verdict.over = Over{held.finding.code, held.hold.lastBad.wall, held.hold.firstGood.wall};
    }

    void contradict(HeldFinding &held)
    {
        const std::optional<Time> against = evidenceAgainst(held.finding, m_endpoint);
        if (!against)
            return;
        addSample(held.hold, held.limit, false, *against);
        if (held.hold.good > 0)
            held.first = false; // something good was heard of it
    }

    bool isGone(const HeldFinding &held) const
    {
        const bool immediate = !holdOf(m_cluster.spec.limits, held.finding.code);
        if (isOver(held.hold, held.limit, held.hold.held && !immediate, m_limit, m_now))
            return true;
        if (isFound(held))
            return false;
        if (isOnceOnly(held) && m_now.boot > decidedBy(held.hold, held.limit, m_limit)) // nothing came of it
            return true;
        // The same evidence, judged by other rules: it never was bad.
        const std::optional<Time> against = evidenceAgainst(held.finding, m_endpoint);
        const bool fresh = against && m_now.boot <= against->boot + m_limit;
        if (fresh && against->boot == held.hold.newest && held.hold.good == 0)
            return true;
        if (isReachCode(held.finding.code)) // it fails in another way by now, and that is decided
            return held.otherwise >= goodSamples && isDecidedOtherwise(held);
        return !against && m_endpoint.attempt && m_endpoint.attempt->reach == Reach::Answered
            && m_now.boot - held.hold.lastBad.boot > std::max(goneAfter, m_limit);
    }

    bool isDecidedOtherwise(const HeldFinding &held) const
    {
        return std::any_of(m_verdict.holds.cbegin(), m_verdict.holds.cend(), [&](const HeldFinding &other) {
            return isReachCode(other.finding.code) && other.hold.held && other.hold.lastBad.boot - held.hold.lastBad.boot >= goodLeast;
        });
    }

    void learn(const QList<Finding> &newest)
    {
        const bool decided = std::any_of(m_verdict.holds.cbegin(), m_verdict.holds.cend(),
            [](const HeldFinding &held) { return isReachCode(held.finding.code) && held.hold.held; });
        const bool answers = m_endpoint.attempt && m_endpoint.attempt->reach == Reach::Answered;
        const bool understood = std::none_of(
            newest.cbegin(), newest.cend(), [](const Finding &finding) { return finding.code == ReasonCode::EndpointNotUnderstood; });
        if (!m_silent && (decided || (answers && understood)))
            m_verdict.known = true;
        const std::optional<Time> &polled = m_endpoint.polled;
        if (answers && polled && polled->boot >= m_endpoint.attempt->at.boot)
            m_verdict.answered = polled;
    }

    void compose(const QList<Finding> &newest)
    {
        QList<Finding> expected;
        for (const Finding &finding : newest) {
            if (isHeldHere(finding))
                continue;
            m_verdict.counted.append(finding);
            expected.append(finding);
        }
        for (HeldFinding &held : m_verdict.holds) {
            held.recovers = isRecovering(held.hold, m_limit, m_now);
            const Milliseconds from = isReachCode(held.finding.code) ? m_now.boot : pendingFrom(held.hold, held.limit, m_limit);
            held.pending = held.recovers || (!held.hold.held && m_now.boot >= from);
            if (!held.hold.held && from > m_now.boot)
                m_verdict.until = std::min(m_verdict.until, from - Milliseconds(1));
            add(held, newest, expected);
        }
        m_verdict.expected = m_verdict.undecided ? expected : m_verdict.counted;
    }

    void add(const HeldFinding &held, const QList<Finding> &newest, QList<Finding> &expected)
    {
        const bool recovers = held.recovers;
        const Finding finding = shown(held, newest);
        if (held.hold.held) {
            m_verdict.counted.append(finding);
        } else if (held.first) {
            Finding unknown = finding;
            unknown.severity = Severity::Unknown;
            unknown.weight = Weight::NotYetKnown;
            unknown.pending = pendingOf(held.hold, held.limit, finding.severity);
            m_verdict.counted.append(unknown);
        }
        if (!recovers)
            expected.append(finding);
        if (!held.hold.held || recovers) {
            m_verdict.undecided = true;
            const Milliseconds decided = recovers ? held.hold.firstGood.boot + m_limit : decidedBy(held.hold, held.limit, m_limit);
            if (decided >= m_now.boot)
                m_verdict.until = std::min(m_verdict.until, decided);
        }
    }

    /// With nothing fresh, what counts is why there is nothing; while nobody looks at all, bad is no more than not known.
    Finding shown(const HeldFinding &held, const QList<Finding> &newest) const
    {
        Finding finding = held.finding;
        if (isFound(held) || isReachCode(finding.code) || held.hold.good > 0)
            return finding;
        for (const Finding &reach : newest) {
            if (isReachCode(reach.code) || isOfTheMoment(reach.code))
                finding.under = reach.code;
        }
        if (m_silent && finding.weight == Weight::CriticalByShare)
            finding.weight = Weight::UnknownByShare;
        return finding;
    }

    HoldLimit limitOf(ReasonCode code, bool first) const
    {
        const HoldLimit limit = holdOf(m_cluster.spec.limits, code).value_or(atOnce);
        return first ? limitAtFirst(limit, m_limit) : limit;
    }

    const ClusterState &m_cluster;
    const EndpointState &m_endpoint;
    const Time &m_now;
    Milliseconds m_limit;
    EndpointVerdict m_verdict;
    QSet<Key> m_found; ///< by the newest replies
    QHash<Key, qsizetype> m_places; ///< of the holds
    bool m_silent = false;
};

} // namespace

EndpointVerdict judgeEndpoint(
    const ClusterState &cluster, const EndpointState &endpoint, QList<Finding> newest, Milliseconds until, const Time &now)
{
    return Step(cluster, endpoint, now)(std::move(newest), until);
}

} // namespace quorate
