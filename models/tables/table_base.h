// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/time.h"
#include "models/tables/roles.h"

#include <QAbstractTableModel>
#include <QHash>

#include <algorithm>

namespace quorate {

/// What a column holds decides on which side its title and its cells stand.
enum class ColumnKind {
    Text, ///< both left
    Number, ///< both right
    Drawing, ///< a line or bar and its number: the drawing begins at the left with the title, the number ends at the right
    Mark, ///< both centred
};

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

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const final { return parent.isValid() ? 0 : columns(); }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const final;

protected:
    [[nodiscard]] virtual int columns() const = 0;
    [[nodiscard]] virtual ColumnKind kind(int column) const;
    [[nodiscard]] virtual QString title(int column) const;
    /// What the header says for other roles than the title and its alignment.
    [[nodiscard]] virtual QVariant headerCell(int column, int role) const;
    /// Columns whose text is an age of `now` (from first to last, inclusive); {-1, -1}: none.
    [[nodiscard]] virtual std::pair<int, int> ageColumns() const { return {-1, -1}; }
    /// Of the cells of a column, as Qt::TextAlignmentRole has it.
    [[nodiscard]] int alignment(int column) const;

    /// Brings `held`, what the columns from `first` on stand for, to `wanted` by single insertions and removals. Elements have a member
    /// `id`, unique in each list; a column that changed its place is removed and inserted anew.
    template <class Column>
    void mergeColumns(QList<Column> &held, const QList<Column> &wanted, int first);

    QHash<QString, int> m_rowOf;

private:
    void announceRenamed(int first, int last);

    Time m_now;
};

template <class Column>
void TableBase::mergeColumns(QList<Column> &held, const QList<Column> &wanted, int first)
{
    const auto placeOf = [](const QList<Column> &list, const QString &id, int from = 0) {
        const auto found = std::find_if(list.cbegin() + from, list.cend(), [&](const Column &column) { return column.id == id; });
        return found == list.cend() ? -1 : int(found - list.cbegin());
    };
    const auto remove = [&](int at) {
        beginRemoveColumns({}, first + at, first + at);
        held.removeAt(at);
        endRemoveColumns();
    };
    for (int i = int(held.size()) - 1; i >= 0; --i) {
        if (placeOf(wanted, held.at(i).id) < 0)
            remove(i);
    }
    bool renamed = false;
    for (int i = 0; i < int(wanted.size()); ++i) {
        const int present = placeOf(held, wanted.at(i).id, i);
        if (present == i) {
            renamed = renamed || !(held.at(i) == wanted.at(i));
            held[i] = wanted.at(i);
            continue;
        }
        if (present > i)
            remove(present);
        beginInsertColumns({}, first + i, first + i);
        held.insert(i, wanted.at(i));
        endInsertColumns();
    }
    if (renamed)
        announceRenamed(first, first + int(held.size()) - 1);
}

} // namespace quorate
