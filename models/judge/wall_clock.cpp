// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/wall_clock.h"

#include "models/judge/configuration.h"

namespace quorate {

namespace {
class Move {
public:
    explicit Move(Milliseconds by)
        : m_by(by)
    {
    }

    void operator()(Instant &instant) const { instant += m_by; }
    void operator()(Time &time) const { time.wall += m_by; }
    void operator()(Pending &pending) const { (*this)(pending.since); }
    void operator()(Reason &reason) const { all(reason.since, reason.pending); }
    void operator()(Finding &finding) const { all(finding.evidence, finding.since, finding.pending); }
    void operator()(Hold &hold) const { all(hold.first, hold.notBefore, hold.lastBad, hold.firstGood); }
    void operator()(Over &over) const { all(over.lastBad, over.firstGood); }
    void operator()(HeldFinding &held) const { all(held.finding, held.hold); }
    void operator()(HeldReason &held) const { all(held.reason, held.hold); }
    void operator()(ClusterHolds &holds) const { all(holds.list, holds.looked, holds.over); }
    void operator()(EndpointState::Seen &seen) const { (*this)(seen.at); }
    /// With the server's clock, as it was compared then.
    void operator()(Observation &observation) const { all(observation.at, observation.serverDate); }
    void operator()(Waiting &waiting) const { (*this)(waiting.since); }
    void operator()(Offline &offline) const { (*this)(offline.since); }
    void operator()(Absence &absence) const { (*this)(absence.reasons); }
    void operator()(LastVerdict &last) const { all(last.since, last.reasons, last.expectedSince); }
    void operator()(ToldVerdict &told) const { (*this)(told.reasons); }
    void operator()(Flapping &flapping) const { flapping.moveWallClock(m_by); }
    void operator()(EndpointVerdict &verdict) const
    {
        all(verdict.counted, verdict.expected, verdict.holds, verdict.answered, verdict.over);
    }
    void operator()(EndpointState &endpoint) const
    {
        all(endpoint.newest, endpoint.understood, endpoint.attempted, endpoint.attempt, endpoint.undecided, endpoint.polled,
            endpoint.restarted, endpoint.answered, endpoint.verdict, endpoint.work);
    }
    void operator()(ClusterState &cluster) const
    {
        all(cluster.configured, cluster.last, cluster.told, cluster.holds, cluster.flapping, cluster.leaderSeen, cluster.votersSince,
            cluster.unseen, cluster.waiting, cluster.absence, cluster.memory.lastSince, cluster.memory.lastSeen, cluster.raftHistory,
            cluster.endpoints);
    }
    void operator()(RaftHistory &history) const { history.moveTimes(*this); }
    void operator()(WorkHistory &history) const { history.moveTimes(*this); }
    void operator()(QueueHistory &history) const { history.moveTimes(*this); }
    void operator()(AgentHistory &history) const { history.moveTimes(*this); }
    void operator()(SectionHistory &history) const { history.moveTimes(*this); }
    void operator()(Machine &machine) const { all(machine.offline, machine.evidenceAt, machine.answered); }

    template <class One>
    void operator()(std::optional<One> &one) const
    {
        if (one)
            (*this)(*one);
    }
    template <class One>
    void operator()(QList<One> &list) const
    {
        for (One &one : list)
            (*this)(one);
    }
    template <class Key, class One>
    void operator()(QMap<Key, One> &map) const
    {
        for (One &one : map)
            (*this)(one);
    }

private:
    template <class... Each>
    void all(Each &...each) const
    {
        ((*this)(each), ...);
    }

    Milliseconds m_by;
};
} // namespace

void moveWallClock(Fleet &fleet, Milliseconds by)
{
    const Move move(by);
    move(fleet.machine);
    move(fleet.clusters);
    for (ClusterState &cluster : fleet.clusters)
        cluster.dirty = true;
}

} // namespace quorate
