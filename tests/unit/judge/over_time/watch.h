// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/fleet.h"

#include <QMap>

#include <functional>

// A cluster that is watched over time, without waiting.
namespace quorate::test {

/// How a cluster is at a moment, in one line. Endpoints are letters: "a" is http://a:80.
///
/// "a:ok b:refused c:failed(nats)": small letters, each answering one request. Words: ok · refused · timeout · reset · dns · bad-gateway ·
///   malformed · not-found · rejected (401) · throttled · tls · expired · no-secret · slow · skewed · partial · empty (says nothing of
///   health) · version(X) · expires(DAYS) · failed(PART) · degraded(PART) · unknown(PART) · members(N/M) · migrations(N/M) ·
///   connections(N/M) · word(WORD) (of the whole) · contradicts · dead(N) · backlog(N) · ready(N/M) · agents(N) · no-agents ·
///   condition(WORD) · nats-down (its queues are not told) · nats-zero (they read 0)
/// "A(leader) B C(down)": servers of a Raft group, as in tests/unit/raft/story.h.
[[nodiscard]] QList<Observation> repliesAt(const QString &world, const QString &letter, const Time &now);

/// A capital letter.
[[nodiscard]] bool isServer(const QString &letter);
/// The world says something of the endpoint.
[[nodiscard]] bool isTold(const QString &world, const QString &letter);
[[nodiscard]] EndpointUrl urlOf(const QString &letter);

/// Polls the endpoints as the engine does: each at its interval, sooner while something is being checked; a tick every second.
class Watch {
public:
    explicit Watch(const QString &letters, Milliseconds interval = Milliseconds(10'000), const Limits &limits = {});

    Fleet fleet;
    Time now;
    QList<Event> events;
    qint64 polls = 0;
    std::function<void(const Input &)> afterEach; ///< step

    /// From now on the cluster is like this. What is not told of stays as it was.
    void becomes(const QString &world);
    /// Time passes, polls and ticks included.
    void pass(Milliseconds time);
    /// Time passes, and nobody polls.
    void idle(Milliseconds time);
    /// One poll of it, now, beside all others.
    void poll(const QString &letter);
    void tick() { tell(Tick{}); }
    void tell(const Input &input);

    [[nodiscard]] ClusterState &cluster() { return fleet.clusters.first(); }
    [[nodiscard]] const ClusterState &cluster() const { return fleet.clusters.first(); }
    [[nodiscard]] ClusterStatus status() const { return judged(cluster(), fleet.mode, now); }
    /// "warning because endpoint-down(a)", "ok, checking critical 1/2"; notes are left out.
    [[nodiscard]] QString told() const;
    /// The changes of the verdict so far: "warning because endpoint-down(a); ok".
    [[nodiscard]] QStringList changes() const;
    [[nodiscard]] bool counts(ReasonCode code) const;
    [[nodiscard]] bool checks(ReasonCode code) const;

private:
    void pollDue();

    QMap<QString, QString> m_worlds; ///< by letter
    QMap<QString, Milliseconds> m_polled;
    bool m_raft = false;
};

/// Runs "t=0 a:ok b:ok | t=10 a:refused => t=12 ok, checking warning 1/2; t=20 warning because endpoint-down(a)". Every reply is told: no
/// polls but these. Returns what was said instead; empty: all as expected.
[[nodiscard]] QString otherwise(const QString &story, Milliseconds interval = Milliseconds(10'000));

} // namespace quorate::test
