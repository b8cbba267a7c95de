// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/tables/table_base.h"

#include <QSet>

#include <algorithm>
#include <vector>

namespace quorate {

/// Rows by id, merged without a reset. `Row` is a value with `operator==` and a member `QString id`, unique in the table.
///
/// A subclass says what there is in columns (`columns`, `title`, `kind`), what a cell says (`text`), how it sorts (`sortValue`), how it
/// looks (`cell`), and which columns light up when their text changes (`lightsUp`). merge() keeps the given order; a row that did not
/// change emits nothing.
template <class Row>
class MergeTable : public TableBase {
public:
    using TableBase::TableBase;

    /// All rows, in order: what is not among them is removed. `at` is when the change came; cells that light up carry it as ChangedRole.
    void merge(const QList<Row> &rows, const Time &at);
    /// Some rows, anew: each must be in the table already or is appended.
    void mergeSome(const QList<Row> &rows, const Time &at);

    [[nodiscard]] const Row &row(int at) const { return m_rows.at(static_cast<size_t>(at)).value; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const final
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const final;
    void multiData(const QModelIndex &index, QModelRoleDataSpan span) const final;

protected:
    [[nodiscard]] virtual QString text(const Row &row, int column) const = 0;
    /// By default the text; invalid: not known, sorts last.
    [[nodiscard]] virtual QVariant sortValue(const Row &row, int column) const { return text(row, column); }
    /// What the row has for any other role of roles.h or Qt: its id, change, text, alignment and sort value are answered here.
    [[nodiscard]] virtual QVariant cell(const Row &row, int column, int role) const = 0;
    /// False for ages, sparklines and whatever changes all the time.
    [[nodiscard]] virtual bool lightsUp(int column) const { return column >= 0; }
    /// Whether the reader sees another value; by default the text.
    [[nodiscard]] virtual bool looksChanged(const Row &before, const Row &after, int column) const
    {
        return text(before, column) != text(after, column);
    }

private:
    struct Held {
        Row value;
        std::vector<qint64> changed; ///< by column, monotonic ms; empty until something changed
    };
    /// Rows that changed since the last announcement, and the columns of each that light up.
    struct Changes {
        std::vector<int> rows;
        std::vector<std::pair<int, std::vector<int>>> lit;
    };

    void removeOthers(const QSet<QString> &wanted);
    void placeAt(int position, const QList<Row> &rows);
    void replace(int position, const Row &row, const Time &at, Changes &changes);
    void announce(const Changes &changes);
    void reindex(int from);

    std::vector<Held> m_rows;
};

template <class Row>
void MergeTable<Row>::merge(const QList<Row> &rows, const Time &at)
{
    QSet<QString> wanted;
    wanted.reserve(rows.size());
    for (const Row &row : rows)
        wanted.insert(row.id);
    Q_ASSERT(wanted.size() == rows.size());
    removeOthers(wanted);
    Changes changes;
    for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
        placeAt(i, rows);
        replace(i, rows.at(i), at, changes);
    }
    announce(changes);
}

template <class Row>
void MergeTable<Row>::mergeSome(const QList<Row> &rows, const Time &at)
{
    Changes changes;
    for (const Row &row : rows) {
        const int position = rowOf(row.id);
        if (position >= 0) {
            replace(position, row, at, changes);
            continue;
        }
        beginInsertRows({}, rowCount(), rowCount());
        m_rowOf.insert(row.id, rowCount());
        m_rows.push_back({row, {}});
        endInsertRows();
    }
    std::sort(changes.rows.begin(), changes.rows.end());
    announce(changes);
}

template <class Row>
QVariant MergeTable<Row>::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Held &held = m_rows.at(static_cast<size_t>(index.row()));
    const int column = index.column();
    const auto at = static_cast<size_t>(column);
    switch (role) {
    case IdRole:
        return held.value.id;
    case ChangedRole:
        return at < held.changed.size() && held.changed[at] > 0 ? QVariant(held.changed[at]) : QVariant();
    case Qt::DisplayRole:
        return text(held.value, column);
    case Qt::TextAlignmentRole:
        return alignment(column);
    case SortRole:
        return sortValue(held.value, column);
    default:
        return cell(held.value, column, role);
    }
}

template <class Row>
void MergeTable<Row>::multiData(const QModelIndex &index, QModelRoleDataSpan span) const
{
    for (QModelRoleData &entry : span)
        entry.setData(MergeTable::data(index, entry.role()));
}

template <class Row>
void MergeTable<Row>::removeOthers(const QSet<QString> &wanted)
{
    int last = rowCount() - 1;
    int lowest = rowCount();
    while (last >= 0) {
        if (wanted.contains(row(last).id)) {
            --last;
            continue;
        }
        int first = last;
        while (first > 0 && !wanted.contains(row(first - 1).id))
            --first;
        beginRemoveRows({}, first, last);
        for (int i = first; i <= last; ++i)
            m_rowOf.remove(row(i).id);
        m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
        reindex(first);
        endRemoveRows();
        lowest = first;
        last = first - 1;
    }
    reindex(lowest);
}

template <class Row>
void MergeTable<Row>::placeAt(int position, const QList<Row> &rows)
{
    if (position < rowCount() && row(position).id == rows.at(position).id)
        return;
    const int present = rowOf(rows.at(position).id);
    if (present >= 0) {
        beginMoveRows({}, present, present, {}, position);
        std::rotate(m_rows.begin() + position, m_rows.begin() + present, m_rows.begin() + present + 1);
        reindex(position);
        endMoveRows();
        return;
    }
    int end = position + 1; // new rows that follow each other come in one insertion
    while (end < static_cast<int>(rows.size()) && rowOf(rows.at(end).id) < 0)
        ++end;
    beginInsertRows({}, position, end - 1);
    std::vector<Held> fresh;
    for (int i = position; i < end; ++i)
        fresh.push_back({rows.at(i), {}});
    m_rows.insert(m_rows.begin() + position, std::make_move_iterator(fresh.begin()), std::make_move_iterator(fresh.end()));
    reindex(position);
    endInsertRows();
}

template <class Row>
void MergeTable<Row>::replace(int position, const Row &after, const Time &at, Changes &changes)
{
    Held &held = m_rows.at(static_cast<size_t>(position));
    if (held.value == after)
        return;
    std::vector<int> lit;
    for (int column = 0; column < columns(); ++column) {
        if (!lightsUp(column) || !looksChanged(held.value, after, column))
            continue;
        held.changed.resize(static_cast<size_t>(columns()));
        held.changed[static_cast<size_t>(column)] = qMax<qint64>(1, at.monotonic.count());
        lit.push_back(column);
    }
    held.value = after;
    changes.rows.push_back(position);
    if (!lit.empty())
        changes.lit.emplace_back(position, std::move(lit));
}

template <class Row>
void MergeTable<Row>::announce(const Changes &changes)
{
    const int lastColumn = columns() - 1;
    for (size_t i = 0; i < changes.rows.size();) {
        size_t j = i;
        while (j + 1 < changes.rows.size() && changes.rows[j + 1] == changes.rows[j] + 1)
            ++j;
        Q_EMIT dataChanged(index(changes.rows[i], 0), index(changes.rows[j], lastColumn));
        i = j + 1;
    }
    // Apart, so that a view knows which cells light up without asking every cell of the range.
    for (const auto &[position, columns] : changes.lit) {
        for (const int column : columns)
            Q_EMIT dataChanged(index(position, column), index(position, column), {ChangedRole});
    }
}

template <class Row>
void MergeTable<Row>::reindex(int from)
{
    for (int i = from; i < rowCount(); ++i)
        m_rowOf.insert(row(i).id, i);
}

} // namespace quorate
