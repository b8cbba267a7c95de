// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/tables/merge_table.h"

namespace quorate::test {

/// A row with whatever roles a test wants.
struct Item {
    QString id;
    int value = 0;
    Severity severity = Severity::Ok;
    QString text;
    friend bool operator==(const Item &, const Item &) = default;
};

/// State, name, value (right, lights up), text (stretches).
class ItemTable final : public MergeTable<Item> {
    Q_OBJECT
public:
    enum class Column { State, Name, Value, Text, Count };
    using MergeTable::MergeTable;

protected:
    [[nodiscard]] int columns() const override { return int(Column::Count); }
    [[nodiscard]] QString title(int column) const override
    {
        return QStringList({QStringLiteral("State"), QStringLiteral("Name"), QStringLiteral("Value"), QStringLiteral("Text")})
            .value(column);
    }
    [[nodiscard]] ColumnKind kind(int column) const override
    {
        return Column(column) == Column::Value ? ColumnKind::Number : ColumnKind::Text;
    }
    [[nodiscard]] QString text(const Item &row, int column) const override
    {
        switch (Column(column)) {
        case Column::State:
            return QString::fromLatin1(name(row.severity));
        case Column::Name:
            return row.id;
        case Column::Value:
            return QString::number(row.value);
        default:
            return row.text;
        }
    }
    [[nodiscard]] QVariant sortValue(const Item &row, int column) const override
    {
        switch (Column(column)) {
        case Column::State:
            return int(row.severity);
        case Column::Value:
            return row.value;
        default:
            return row.id;
        }
    }
    [[nodiscard]] QVariant cell(const Item &row, int column, int role) const override
    {
        switch (role) {
        case SeverityRole:
            return Column(column) == Column::State ? QVariant::fromValue(row.severity) : QVariant();
        case RowTintRole:
            return QVariant::fromValue(row.severity);
        default:
            return {};
        }
    }
    [[nodiscard]] bool lightsUp(int column) const override { return column == int(Column::Value); }
};

} // namespace quorate::test
