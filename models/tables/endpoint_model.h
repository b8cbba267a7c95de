// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"
#include "models/tables/merge_table.h"
#include "models/tables/recent.h"

namespace quorate {

struct EndpointRow {
    QString id; ///< its URL
    EndpointStatus endpoint;
    QList<Sparkline::Point> latency; ///< last 10 min
    std::optional<qint64> observedAt; ///< boot ms
    friend bool operator==(const EndpointRow &a, const EndpointRow &b);
};

[[nodiscard]] QList<EndpointRow> endpointRows(const ClusterStatus &cluster, const Recent &recent);

/// Every configured endpoint: how its last request ended and what it says.
class EndpointModel final : public MergeTable<EndpointRow> {
    Q_OBJECT
public:
    enum class Column { Reach, Endpoint, Http, Latency, Says, Version, Asked, Error, Age, Count };
    Q_ENUM(Column)
    using MergeTable::MergeTable;

protected:
    [[nodiscard]] int columns() const override { return int(Column::Count); }
    [[nodiscard]] QString title(int column) const override;
    [[nodiscard]] ColumnKind kind(int column) const override;
    [[nodiscard]] QString text(const EndpointRow &row, int column) const override;
    [[nodiscard]] QVariant sortValue(const EndpointRow &row, int column) const override;
    [[nodiscard]] QVariant cell(const EndpointRow &row, int column, int role) const override;
    [[nodiscard]] bool lightsUp(int column) const override;
    [[nodiscard]] std::pair<int, int> ageColumns() const override { return {int(Column::Age), int(Column::Age)}; }

private:
    [[nodiscard]] QString remark(const EndpointStatus &endpoint) const;
    [[nodiscard]] std::optional<double> age(const EndpointRow &row) const; ///< seconds
};

} // namespace quorate
