// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/time.h"
#include "models/tables/roles.h"

#include <QAbstractTableModel>
#include <QHash>

namespace quorate {

/// A table whose rows have an identity: merged in place, never reset. What does not depend on the type of a row.
class TableBase : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    /// Ages are told from here on; emits for the age columns only, and only when a new second has begun. Models read no clock.
    void setNow(const Time &now);
    [[nodiscard]] const Time &now() const { return m_now; }
    /// Position of a row, −1 when there is none.
    [[nodiscard]] int rowOf(const QString &id) const { return m_rowOf.value(id, -1); }
    /// What a cell says as plain text: its display text, else its accessible text. For copying and for the filter.
    [[nodiscard]] static QString textOf(const QModelIndex &index);

protected:
    /// Columns whose text is an age of `now` (from first to last, inclusive); {-1, -1}: none.
    [[nodiscard]] virtual std::pair<int, int> ageColumns() const { return {-1, -1}; }

    QHash<QString, int> m_rowOf;

private:
    Time m_now;
};

} // namespace quorate
