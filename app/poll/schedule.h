// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/id.h"
#include "models/status/time.h"

#include <QList>
#include <QMap>
#include <QSet>

#include <optional>

namespace quorate {

/// When each cluster is due, on the monotonic clock. Pure: reads no clock. Clusters begin spread over a short span by a hash of their
/// name, so that they never all fire at once and each keeps its place over restarts.
class Schedule {
public:
    struct Entry {
        ClusterName cluster;
        Milliseconds interval{10'000};
    };
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
        Milliseconds due{};
    };
    QMap<ClusterName, Place> m_places;
    QMap<ClusterName, QMap<EndpointUrl, Milliseconds>> m_again;
};

} // namespace quorate
