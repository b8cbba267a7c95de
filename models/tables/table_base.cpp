// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/table_base.h"

namespace quorate {

void TableBase::setNow(const Time &now)
{
    const bool sameSecond = now.boot.count() / 1000 == m_now.boot.count() / 1000;
    m_now = now;
    const auto [first, last] = ageColumns();
    if (!sameSecond && first >= 0 && rowCount() > 0)
        Q_EMIT dataChanged(index(0, first), index(rowCount() - 1, last), {Qt::DisplayRole, SecondLineRole});
}

QString TableBase::textOf(const QModelIndex &index)
{
    const QString shown = index.data(Qt::DisplayRole).toString();
    return shown.isEmpty() ? index.data(Qt::AccessibleTextRole).toString() : shown;
}

QVariant TableBase::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columns())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return title(section);
    case Qt::TextAlignmentRole:
        return kind(section) == ColumnKind::Drawing ? int(Qt::AlignLeft | Qt::AlignVCenter) : alignment(section);
    default:
        return headerCell(section, role);
    }
}

ColumnKind TableBase::kind(int) const { return ColumnKind::Text; }
QString TableBase::title(int) const { return {}; }
QVariant TableBase::headerCell(int, int) const { return {}; }

int TableBase::alignment(int column) const
{
    switch (kind(column)) {
    case ColumnKind::Text:
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    case ColumnKind::Number:
    case ColumnKind::Drawing:
        return int(Qt::AlignRight | Qt::AlignVCenter);
    case ColumnKind::Mark:
        return int(Qt::AlignCenter);
    }
    Q_UNREACHABLE();
}

void TableBase::announceRenamed(int first, int last)
{
    Q_EMIT headerDataChanged(Qt::Horizontal, first, last);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, first), index(rowCount() - 1, last));
}

} // namespace quorate
