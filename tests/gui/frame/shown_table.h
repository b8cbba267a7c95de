// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "tests/gui/frame/item_table.h"
#include "views/delegates/table_view.h"

namespace quorate::test {

inline Time at(qint64 ms) { return {Instant(Milliseconds(ms)), Milliseconds(ms), Milliseconds(ms)}; }

inline QList<Item> items(int count)
{
    QList<Item> list;
    for (int i = 0; i < count; ++i)
        list.append({QStringLiteral("row-%1").arg(i, 3, 10, QChar(u'0')), i, Severity::Ok, QStringLiteral("text %1").arg(i)});
    return list;
}

/// A shown view over a table, worst first.
struct Shown {
    ItemTable table;
    TableView view;
    int time = 1000;

    explicit Shown(int rows, QSize size = {900, 300})
    {
        QList<TableColumn> columns;
        columns.append({.column = int(ItemTable::Column::State), .shape = true, .worstFirst = true});
        columns << TableColumn{.column = int(ItemTable::Column::Name)};
        columns.append({.column = int(ItemTable::Column::Value), .dropOrder = 1});
        columns.append({.column = int(ItemTable::Column::Text), .stretch = true});
        view.setTable(&table, columns);
        view.sortBy(int(ItemTable::Column::State), Qt::DescendingOrder);
        view.resize(size);
        view.show();
        table.merge(items(rows), at(time));
    }
    void change(int row, int value, Severity severity)
    {
        Item item = table.row(row);
        item.value = value;
        item.severity = severity;
        table.mergeSome({item}, at(time += 1000));
    }
    [[nodiscard]] QString top() const { return view.model()->index(0, 0).data(IdRole).toString(); }
};
} // namespace quorate::test
