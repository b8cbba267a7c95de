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

protected:
    [[nodiscard]] int columns() const override { return int(Column::Count); }
    [[nodiscard]] QString title(int column) const override;
    [[nodiscard]] ColumnKind kind(int column) const override;
    [[nodiscard]] QString text(const LimitRow &row, int column) const override;
    [[nodiscard]] QVariant sortValue(const LimitRow &row, int column) const override;
    [[nodiscard]] QVariant cell(const LimitRow &row, int column, int role) const override;
    [[nodiscard]] bool lightsUp(int) const override { return false; }
};

} // namespace quorate
