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

} // namespace quorate
