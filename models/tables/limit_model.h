// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/tables/limits.h"
#include "models/tables/merge_table.h"

namespace quorate {

/// Why: rules with their values against their limits. Rows come from limits.h, in their order.
class LimitModel final : public MergeTable<LimitRow> {
    Q_OBJECT
public:
    enum class Column { Rule, Value, Limit, Over, Count };
    Q_ENUM(Column)
    using MergeTable::MergeTable;

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    [[nodiscard]] QVariant cell(const LimitRow &row, int column, int role) const override;
    [[nodiscard]] bool lightsUp(int) const override { return false; }
};

} // namespace quorate
