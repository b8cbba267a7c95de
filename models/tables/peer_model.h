// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"
#include "models/tables/merge_table.h"
#include "models/tables/recent.h"

namespace quorate {

/// One voter or non-voter of a Raft group, with what the page knows beyond the status.
struct PeerRow {
    QString id;
    PeerStatus peer;
    bool leads = false; ///< it calls itself leader
    Severity term = Severity::Ok; ///< ink of a term that differs from the group's
    double contactLimit = 0.2;
    qint64 trailingLimit = 250;
    QList<Sparkline::Point> trailing; ///< entries behind the leader, last 10 min
    friend bool operator==(const PeerRow &a, const PeerRow &b);
};

/// Rows in the order of the status (by address).
[[nodiscard]] QList<PeerRow> peerRows(const ClusterStatus &cluster, const RaftStatus &raft, const Recent &recent);

/// The main table of a Raft system.
class PeerModel final : public MergeTable<PeerRow> {
    Q_OBJECT
public:
    enum class Column { State, Server, Role, LastContact, Behind, CatchesUp, Applied, Term, Latency, Version, Address, Count };
    Q_ENUM(Column)
    using MergeTable::MergeTable;

protected:
    [[nodiscard]] int columns() const override { return int(Column::Count); }
    [[nodiscard]] QString title(int column) const override;
    [[nodiscard]] ColumnKind kind(int column) const override;
    [[nodiscard]] QString text(const PeerRow &row, int column) const override;
    [[nodiscard]] QVariant sortValue(const PeerRow &row, int column) const override;
    [[nodiscard]] QVariant cell(const PeerRow &row, int column, int role) const override;
    [[nodiscard]] bool lightsUp(int column) const override;
    [[nodiscard]] bool looksChanged(const PeerRow &before, const PeerRow &after, int column) const override;
};

} // namespace quorate
