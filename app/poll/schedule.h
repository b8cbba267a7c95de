// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/id.h"
#include "models/status/time.h"

#include <QList>
#include <QMap>
#include <QRandomGenerator>
#include <QSet>

#include <optional>

namespace quorate {

/// When each cluster is due, on the monotonic clock. Pure: reads no clock. Clusters begin spread over a short span by a hash of their
/// name, so that they never all fire at once and each keeps its place over restarts. Each round comes a little sooner or later than its
/// place, so that many dashboards that began together do not go on together; the places themselves never drift.
class Schedule {
public:
    struct Entry {
        ClusterName cluster;
        Milliseconds interval{10'000};
        bool anew = false; ///< configured otherwise: it does not wait for its place
    };
    /// `share` of the interval, either way; the same seed makes the same rounds. None before it is called.
    void setJitter(double share, quint32 seed);
    /// Clusters that stay with the same interval keep their place; new ones are due within the spread.
    void set(const QList<Entry> &entries, Milliseconds now);
    /// Those due now, in order of name; each is due again one interval later. Missed rounds are not made up for.
    [[nodiscard]] QList<ClusterName> takeDue(Milliseconds now);
    /// One endpoint is wanted again at `due`, before the next round of its cluster; a round that comes first makes that unnecessary.
    void again(const ClusterName &cluster, const EndpointUrl &endpoint, Milliseconds due);
    /// Endpoints that are wanted again by now, without those of clusters that are due.
    [[nodiscard]] QMap<ClusterName, QSet<EndpointUrl>> takeAgain(Milliseconds now);
    /// When the next round, or the next endpoint that is wanted again, is due. Absent when there is no cluster.
    [[nodiscard]] std::optional<Milliseconds> next() const;
    /// Somebody began a round of it just now: the next is one interval later.
    void polled(const ClusterName &cluster, Milliseconds now);

private:
    struct Place {
        Milliseconds interval{};
        Milliseconds slot{}; ///< its place
        Milliseconds due{}; ///< the same, a little off
    };
    void moveTo(Place &place, Milliseconds slot);

    double m_jitter = 0;
    QRandomGenerator m_random{1};
    QMap<ClusterName, Place> m_places;
    QMap<ClusterName, QMap<EndpointUrl, Milliseconds>> m_again;
};

} // namespace quorate
