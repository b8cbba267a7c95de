// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"
#include "models/tables/merge_table.h"

namespace quorate {

/// What the overview shows of a cluster.
struct OverviewRow {
    QString id; ///< cluster name
    QString system;
    Severity severity = Severity::Unknown;
    std::optional<Pending> pending;
    QString checking; ///< "checking, 1 of 2: node-4 is down"
    std::optional<Instant> maintenanceUntil;
    QString maintenanceNote;
    bool paused = false;
    bool unseen = false;
    QString summary;
    std::optional<double> latency; ///< seconds, median of the endpoints that answered
    bool withheld = false; ///< nothing was sent for want of a secret
    std::optional<Milliseconds> observed; ///< on the boot clock
    std::optional<Instant> observedWall;
    QList<Sparkline::Point> latencies; ///< of the last ten minutes
    friend bool operator==(const OverviewRow &a, const OverviewRow &b);
};

/// Not the cluster's own state: this machine sees nothing, or has not looked since it woke.
[[nodiscard]] bool isUnseen(const ClusterStatus &cluster);
/// "was Ok: 5/5 voters, can lose 2".
[[nodiscard]] QString wasText(const ClusterStatus &cluster);
/// `received` is what came; `shown` the same or, when its time is over, what is left of it; `before`: what it was when it was last seen,
/// where it is unseen now.
[[nodiscard]] OverviewRow overviewRow(
    const ClusterStatus &received, const ClusterStatus &shown, const QString &before, const QList<Sparkline::Point> &latencies);
/// Median latency of the endpoints that answered, seconds; absent when none did.
[[nodiscard]] std::optional<double> medianLatency(const ClusterStatus &cluster);

/// One row a cluster.
class OverviewModel final : public MergeTable<OverviewRow> {
    Q_OBJECT
public:
    enum class Column { State, Cluster, System, Summary, Latency, Age, Count };
    Q_ENUM(Column)
    using MergeTable::MergeTable;

protected:
    [[nodiscard]] int columns() const override { return int(Column::Count); }
    [[nodiscard]] QString title(int column) const override;
    [[nodiscard]] ColumnKind kind(int column) const override;
    [[nodiscard]] QString text(const OverviewRow &row, int column) const override;
    [[nodiscard]] QVariant sortValue(const OverviewRow &row, int column) const override;
    [[nodiscard]] QVariant cell(const OverviewRow &row, int column, int role) const override;
    [[nodiscard]] bool lightsUp(int column) const override;
    [[nodiscard]] bool looksChanged(const OverviewRow &before, const OverviewRow &after, int column) const override;
    [[nodiscard]] std::pair<int, int> ageColumns() const override { return {int(Column::Age), int(Column::Age)}; }

private:
    [[nodiscard]] QString summary(const OverviewRow &row) const;
};

} // namespace quorate
