// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"
#include "models/tables/cluster_list_model.h"
#include "models/tables/overview_model.h"
#include "models/tables/recent.h"

#include <QObject>

#include <array>

namespace quorate {

/// What the window shows of the whole fleet: fed by apply() and setNow(), on the GUI thread. Green does not outlive the engine: a status
/// whose validUntil has passed turns Unknown here, with nobody's help.
class FleetModels final : public QObject {
    Q_OBJECT
public:
    explicit FleetModels(QObject *parent = nullptr);

    void apply(const FleetUpdate &update);
    void setNow(const Time &now); ///< once a second
    [[nodiscard]] const Time &now() const { return m_now; }

    [[nodiscard]] OverviewModel *overview() { return &m_overview; }
    [[nodiscard]] ClusterListModel *clusterList() { return &m_list; }

    [[nodiscard]] const QList<ClusterName> &order() const { return m_order; } ///< as configured
    [[nodiscard]] bool hasUpdate() const { return m_hasUpdate; } ///< false: nothing has come yet
    /// As shown: expired where its time is over. Absent: no status has come yet.
    [[nodiscard]] std::optional<ClusterStatus> shown(const ClusterName &cluster) const;
    [[nodiscard]] const QList<Notice> &notices() const { return m_notices; }

    /// Clusters by severity, in the order of the enum; those that are paused are not counted.
    [[nodiscard]] std::array<int, allSeverities.size()> counts() const;
    [[nodiscard]] int pausedCount() const;
    [[nodiscard]] int endpointCount() const;
    [[nodiscard]] int answeredCount() const; ///< endpoints that have concluded an attempt
    [[nodiscard]] int requestsPerMinute() const;
    /// Times of replies that were parsed in the last 60 s, on the wall clock, oldest first.
    [[nodiscard]] const QList<Instant> &pulse() const { return m_pulse; }
    [[nodiscard]] std::optional<double> secondsSinceReply() const;

Q_SIGNALS:
    void changed(); ///< any status, or which clusters there are
    void ticked(); ///< after setNow()
    void noticesChanged();
    void statusChanged(const quorate::ClusterName &cluster); ///< as shown

private:
    struct Held {
        ClusterStatus received, shown;
        bool expired = false;
        QString before; ///< "was Ok: …", as it was when it was last observed: while this machine sees nothing
    };
    void take(const ClusterStatus &status);
    void rebuild(const QList<ClusterName> &touched);
    [[nodiscard]] QList<ClusterStatus> shownInOrder() const;
    void forgetOldTraffic();

    OverviewModel m_overview;
    ClusterListModel m_list;
    QHash<ClusterName, Held> m_held;
    QList<ClusterName> m_order;
    QSet<ClusterName> m_configured; ///< the same
    QList<Notice> m_notices;
    Recent m_latencies;
    Time m_now;
    bool m_hasUpdate = false;
    bool m_rowsMoved = false; ///< other clusters, or others groups, than the models hold
    QList<Instant> m_pulse;
    std::optional<Milliseconds> m_lastReply, m_firstTraffic; ///< boot clock
    QList<std::pair<Milliseconds, int>> m_sent; ///< boot clock
};

} // namespace quorate
