// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"
#include "models/tables/merge_table.h"

#include <optional>

namespace quorate {

/// A leader that somebody could name.
struct MatrixColumn {
    QString id; ///< address
    QString title;
    bool elected = false;
    friend bool operator==(const MatrixColumn &, const MatrixColumn &) = default;
};

/// What one server says: whom it names, its term, its role.
struct MatrixRow {
    QString id;
    QString name;
    QString address;
    bool asked = true; ///< false: it has no endpoint, nobody asked it
    bool silent = false; ///< asked, no answer that names anybody
    std::optional<QString> names; ///< address; "" = nobody
    bool leads = false;
    bool right = false; ///< names the elected leader
    bool young = false; ///< a split in its first seconds
    std::optional<quint64> term;
    Severity termInk = Severity::Ok;
    QString says;
    Severity saysInk = Severity::Ok;
    friend bool operator==(const MatrixRow &, const MatrixRow &) = default;
};

struct Matrix {
    QList<MatrixColumn> columns;
    QList<MatrixRow> rows;
};

/// Rows: every server that was asked, then those that were not. Columns: every server of a small group (at most 7), else those that are
/// named.
[[nodiscard]] Matrix matrix(const ClusterStatus &cluster, const RaftStatus &raft);

/// Who believes whom, as a table: server, the leaders, nobody, term, says of itself.
class MatrixModel final : public MergeTable<MatrixRow> {
    Q_OBJECT
public:
    using MergeTable::MergeTable;

    void apply(const Matrix &matrix, const Time &at);
    [[nodiscard]] int leaders() const { return int(m_columns.size()); } ///< sections 1 … leaders(); then nobody, term, says
    [[nodiscard]] int nobodyColumn() const { return leaders() + 1; }
    [[nodiscard]] int termColumn() const { return leaders() + 2; }
    [[nodiscard]] int saysColumn() const { return leaders() + 3; }

protected:
    [[nodiscard]] int columns() const override { return leaders() + 4; }
    [[nodiscard]] QString title(int column) const override;
    [[nodiscard]] ColumnKind kind(int column) const override;
    [[nodiscard]] QString text(const MatrixRow &row, int column) const override;
    [[nodiscard]] QVariant sortValue(const MatrixRow &row, int column) const override;
    [[nodiscard]] QVariant headerCell(int column, int role) const override;
    [[nodiscard]] QVariant cell(const MatrixRow &row, int column, int role) const override;
    [[nodiscard]] bool lightsUp(int) const override { return false; }

private:
    [[nodiscard]] bool isMark(int column) const { return column >= 1 && column <= nobodyColumn(); }
    [[nodiscard]] MatrixMark mark(const MatrixRow &row, int column) const;
    [[nodiscard]] QString spoken(const MatrixRow &row, int column) const;

    QList<MatrixColumn> m_columns;
};

} // namespace quorate
