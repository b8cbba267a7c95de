// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"
#include "models/tables/merge_table.h"

#include <QHash>

namespace quorate {

struct ProbeColumn {
    QString id; ///< URL of the endpoint
    QString title;
    bool silent = false; ///< it did not answer: its cells are hatched
    friend bool operator==(const ProbeColumn &, const ProbeColumn &) = default;
};

/// One probe on all brokers.
struct ProbeRow {
    QString id; ///< name of the probe (with its group)
    QString name;
    QHash<QString, ComponentStatus> on; ///< by endpoint URL
    Severity worst = Severity::Ok; ///< reported and derived
    int bad = 0, of = 0; ///< brokers where it is not Ok, brokers that report it
    QString where; ///< names of the brokers where it is not Ok, or the healthy count
    QString message; ///< of the worst, or what differs
    std::optional<Pending> pending; ///< of the first broker where it is being checked
    QString checkedOn; ///< that broker
    bool remark = false; ///< the message says what is wrong
    std::optional<std::pair<qint64, qint64>> fact; ///< members or connections
    friend bool operator==(const ProbeRow &, const ProbeRow &) = default;
};

struct Probes {
    QList<ProbeColumn> columns;
    QList<ProbeRow> rows;
};

/// Above this many endpoints there are no columns for each of them: the summary column says where, the Components tab has every one.
inline constexpr int mostProbeColumns = 24;

[[nodiscard]] Probes probes(const ClusterStatus &cluster);

/// Probes × brokers. Sections: probe, summary ("On"), one for each broker, message of the worst, fact. Which of summary and brokers is seen
/// is the view's affair: the brokers when they fit.
class ProbeModel final : public MergeTable<ProbeRow> {
    Q_OBJECT
public:
    using MergeTable::MergeTable;

    void apply(const Probes &probes, const Time &at);
    static constexpr int nameColumn = 0, summaryColumn = 1, firstBroker = 2;
    [[nodiscard]] int brokers() const { return int(m_columns.size()); }
    [[nodiscard]] int messageColumn() const { return firstBroker + brokers(); }
    [[nodiscard]] int factColumn() const { return messageColumn() + 1; }

protected:
    [[nodiscard]] int columns() const override { return factColumn() + 1; }
    [[nodiscard]] QString title(int column) const override;
    [[nodiscard]] ColumnKind kind(int column) const override;
    [[nodiscard]] QString text(const ProbeRow &row, int column) const override;
    [[nodiscard]] QVariant sortValue(const ProbeRow &row, int column) const override;
    [[nodiscard]] QVariant headerCell(int column, int role) const override;
    [[nodiscard]] QVariant cell(const ProbeRow &row, int column, int role) const override;

private:
    [[nodiscard]] QString messageOf(const ProbeRow &row) const;
    [[nodiscard]] bool isBroker(int column) const { return column >= firstBroker && column < messageColumn(); }
    /// The probe on that broker; null: the broker does not report it.
    [[nodiscard]] const ComponentStatus *onBroker(const ProbeRow &row, int column) const;

    QList<ProbeColumn> m_columns;
};

} // namespace quorate
