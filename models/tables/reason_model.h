// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"
#include "models/tables/merge_table.h"

namespace quorate {

struct ReasonRow {
    QString id; ///< code and subject
    QString text; ///< the sentence
    Reason reason;
    Severity severity = Severity::Unknown; ///< what it counts for in the cluster; a note: Ok
    bool checking = false; ///< its hold is not over: shown, not counted yet
    bool calm = false; ///< no reason at all: the capacity line of a cluster that is Ok
    /// Shown, never counted: neither good nor bad.
    [[nodiscard]] bool isNote() const { return !calm && !checking && severity == Severity::Ok; }
    friend bool operator==(const ReasonRow &, const ReasonRow &) = default;
};

/// Why a cluster is as it is: one row a reason, worst first as the judge sorted them, then what is being checked, then
/// notes and folded ones, both quiet.
class ReasonModel final : public MergeTable<ReasonRow> {
    Q_OBJECT
public:
    using MergeTable::MergeTable;

    void show(const ClusterStatus &cluster, const Time &now);
    void clear();

protected:
    [[nodiscard]] int columns() const override { return 1; }
    [[nodiscard]] QString text(const ReasonRow &row, int column) const override;
    [[nodiscard]] QVariant sortValue(const ReasonRow &row, int column) const override;
    [[nodiscard]] QVariant cell(const ReasonRow &row, int column, int role) const override;
    [[nodiscard]] std::pair<int, int> ageColumns() const override { return {0, 0}; }

private:
    [[nodiscard]] QString secondLine(const ReasonRow &row) const;
};

} // namespace quorate
