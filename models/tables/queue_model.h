// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"
#include "models/tables/merge_table.h"

namespace quorate {

struct QueueRow {
    QString id; ///< its name
    QueueStatus queue;
    bool stuck = false; ///< says the judge
    friend bool operator==(const QueueRow &, const QueueRow &) = default;
};

[[nodiscard]] QList<QueueRow> queueRows(const ClusterStatus &cluster);

/// The main table of a system with queues.
class QueueModel final : public MergeTable<QueueRow> {
    Q_OBJECT
public:
    enum class Column {
        State,
        Queue,
        Waiting,
        Running,
        Done,
        Failed,
        Other,
        Total,
        Share,
        Dead,
        Backlog1,
        Backlog5,
        Backlog15,
        Drains,
        Count
    };
    Q_ENUM(Column)
    using MergeTable::MergeTable;

protected:
    [[nodiscard]] int columns() const override { return int(Column::Count); }
    [[nodiscard]] QString title(int column) const override;
    [[nodiscard]] ColumnKind kind(int column) const override;
    [[nodiscard]] QString text(const QueueRow &row, int column) const override;
    [[nodiscard]] QVariant sortValue(const QueueRow &row, int column) const override;
    [[nodiscard]] QVariant headerCell(int column, int role) const override;
    [[nodiscard]] QVariant cell(const QueueRow &row, int column, int role) const override;
    [[nodiscard]] bool lightsUp(int column) const override { return Column(column) != Column::Share; }
};

} // namespace quorate
