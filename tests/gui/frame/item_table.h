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

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(Column::Count); }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override
    {
        if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
            return {};
        return QStringList({QStringLiteral("State"), QStringLiteral("Name"), QStringLiteral("Value"), QStringLiteral("Text")})
            .value(section);
    }

protected:
    [[nodiscard]] QVariant cell(const Item &row, int at, int role) const override
    {
        const auto column = static_cast<Column>(at);
        switch (role) {
        case Qt::DisplayRole:
            return column == Column::State ? QString::fromLatin1(name(row.severity))
                : column == Column::Name   ? row.id
                : column == Column::Value  ? QString::number(row.value)
                                           : row.text;
        case Qt::TextAlignmentRole:
            return int(Qt::AlignVCenter | (column == Column::Value ? Qt::AlignRight : Qt::AlignLeft));
        case SortRole:
            return column == Column::State ? QVariant(int(row.severity)) : column == Column::Value ? QVariant(row.value) : QVariant(row.id);
        case SeverityRole:
            return column == Column::State ? QVariant::fromValue(row.severity) : QVariant();
        case RowTintRole:
            return QVariant::fromValue(row.severity);
        default:
            return {};
        }
    }
    [[nodiscard]] bool lightsUp(int column) const override { return column == int(Column::Value); }
};

} // namespace quorate::test
