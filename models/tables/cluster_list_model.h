// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"
#include "models/tables/merge_table.h"

namespace quorate {

/// A line of the sidebar.
struct ClusterListRow {
    enum class Kind { Page, Heading, Cluster };
    QString id; ///< "page:overview", "group:Production", "cluster:consul-prod"
    Kind kind = Kind::Cluster;
    QString title;
    std::optional<Severity> severity = std::nullopt; ///< of a cluster
    bool paused = false;
    std::optional<Pending> pending = std::nullopt;
    std::optional<Instant> maintenanceUntil = std::nullopt;
    QString maintenanceNote = {};
    friend bool operator==(const ClusterListRow &, const ClusterListRow &) = default;
};

/// The sidebar: pages, then the clusters by group and in it by name. Position is memory: severities never move a row.
class ClusterListModel final : public MergeTable<ClusterListRow> {
    Q_OBJECT
public:
    using MergeTable::MergeTable;

    void show(const QList<ClusterStatus> &clusters, const Time &now); ///< all of them: places every row
    void update(const QList<ClusterStatus> &clusters, const Time &now); ///< some that are there already: severities only

    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

    [[nodiscard]] static QString idOf(const ClusterName &cluster);
    /// The cluster of a row's id; empty for pages and headings.
    [[nodiscard]] static ClusterName clusterOf(const QString &id);
    static QString overviewId();

protected:
    [[nodiscard]] int columns() const override { return 1; }
    [[nodiscard]] QString text(const ClusterListRow &row, int column) const override;
    [[nodiscard]] QVariant cell(const ClusterListRow &row, int column, int role) const override;

private:
    [[nodiscard]] QString spoken(const ClusterListRow &row) const;
};

} // namespace quorate
