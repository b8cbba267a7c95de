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
    void operator()(HeldFinding &held) const { all(held.finding, held.hold.first); }
    void operator()(HeldReason &held) const { all(held.reason, held.hold.first); }
    void operator()(EndpointState::Seen &seen) const { (*this)(seen.at); }
    /// With the server's clock, as it was compared then.
    void operator()(Observation &observation) const { all(observation.at, observation.serverDate); }
    void operator()(Waiting &waiting) const { (*this)(waiting.since); }
    void operator()(Offline &offline) const { (*this)(offline.since); }
    void operator()(Absence &absence) const { (*this)(absence.reasons); }
    void operator()(LastVerdict &last) const { all(last.since, last.reasons, last.expectedSince); }
    void operator()(EndpointVerdict &verdict) const { all(verdict.counted, verdict.expected, verdict.holds); }
    void operator()(EndpointState &endpoint) const
    {
        all(endpoint.newest, endpoint.understood, endpoint.attempted, endpoint.attempt, endpoint.undecided, endpoint.polled,
            endpoint.restarted, endpoint.answered, endpoint.verdict);
    }
    void operator()(ClusterState &cluster) const
    {
        all(cluster.configured, cluster.last, cluster.holds.list, cluster.votersSince, cluster.unseen, cluster.waiting, cluster.absence,
            cluster.memory.lastSince, cluster.memory.lastSeen, cluster.endpoints);
    }
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
