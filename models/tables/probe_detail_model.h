// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"
#include "models/tables/merge_table.h"

namespace quorate {

/// One probe as one broker reports it.
struct ProbeDetailRow {
    QString id; ///< URL of the endpoint
    QString broker;
    bool answered = true;
    std::optional<ComponentStatus> component; ///< absent: the broker does not report it
    friend bool operator==(const ProbeDetailRow &, const ProbeDetailRow &) = default;
};

/// Every endpoint, in the order of the configuration; `probe` is the id of a ProbeRow.
[[nodiscard]] QList<ProbeDetailRow> probeDetails(const ClusterStatus &cluster, const QString &probe);

/// A probe on every broker: what does not fit into the columns of ProbeModel.
class ProbeDetailModel final : public MergeTable<ProbeDetailRow> {
    Q_OBJECT
public:
    enum class Column { Broker, Reported, Message, Count };
    Q_ENUM(Column)
    using MergeTable::MergeTable;

protected:
    [[nodiscard]] int columns() const override { return int(Column::Count); }
    [[nodiscard]] QString title(int column) const override;
    [[nodiscard]] QString text(const ProbeDetailRow &row, int column) const override;
    [[nodiscard]] QVariant sortValue(const ProbeDetailRow &row, int column) const override;
    [[nodiscard]] QVariant cell(const ProbeDetailRow &row, int column, int role) const override;
};

} // namespace quorate
