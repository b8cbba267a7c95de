// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/sort_filter_proxy.h"

#include "models/tables/table_base.h"
#include "models/wording/phrase.h"

namespace quorate {

namespace {
/// Less than 0, 0, more than 0; what is not known is greatest, so that it comes last in ascending order.
int compare(const QVariant &a, const QVariant &b, const QCollator &collator)
{
    if (!a.isValid() || !b.isValid())
        return int(!a.isValid()) - int(!b.isValid());
    if (a.typeId() == QMetaType::QString || b.typeId() == QMetaType::QString)
        return collator.compare(a.toString(), b.toString());
    const QPartialOrdering order = QVariant::compare(a, b);
    return order == QPartialOrdering::Less ? -1 : order == QPartialOrdering::Greater ? 1 : 0;
}
} // namespace

SortFilterProxy::SortFilterProxy(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setDynamicSortFilter(false);
    setSortRole(SortRole);
    m_collator.setLocale(wording::locale()); // the "C" locale knows no natural order
    m_collator.setNumericMode(true);
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
    m_refilter.setSingleShot(true);
    m_refilter.setInterval(1000);
    connect(&m_refilter, &QTimer::timeout, this, &SortFilterProxy::refilter);
}

void SortFilterProxy::setSourceModel(QAbstractItemModel *model)
{
    QSortFilterProxyModel::setSourceModel(model);
    // Without the dynamic filter Qt looks at a row again only when asked.
    connect(model, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &, const QModelIndex &, const QList<int> &roles) {
        if (!m_words.isEmpty() && roles.isEmpty() && !m_refilter.isActive())
            m_refilter.start();
    });
}

void SortFilterProxy::refilter() { invalidateRowsFilter(); }

void SortFilterProxy::setFilterText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    m_words = text.split(u' ', Qt::SkipEmptyParts);
    invalidateRowsFilter();
}

void SortFilterProxy::resort()
{
    if (sortColumn() >= 0)
        sort(sortColumn(), sortOrder());
}

bool SortFilterProxy::isInOrder() const
{
    if (sortColumn() < 0)
        return true;
    for (int row = 1; row < rowCount(); ++row) {
        const QModelIndex above = mapToSource(index(row - 1, sortColumn()));
        const QModelIndex below = mapToSource(index(row, sortColumn()));
        if (sortOrder() == Qt::AscendingOrder ? lessThan(below, above) : lessThan(above, below))
            return false;
    }
    return true;
}

void SortFilterProxy::multiData(const QModelIndex &index, QModelRoleDataSpan span) const
{
    const QModelIndex source = mapToSource(index);
    if (source.isValid())
        source.model()->multiData(source, span);
}

bool SortFilterProxy::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const bool descending = sortOrder() == Qt::DescendingOrder;
    const QVariant a = left.data(SortRole);
    const QVariant b = right.data(SortRole);
    if (a.isValid() != b.isValid())
        return descending ? !a.isValid() : a.isValid(); // not known comes last, whichever way
    const int order = compare(a, b, m_collator);
    if (order != 0)
        return order < 0;
    // Equal values: by identity from A to Z in both directions.
    const int byId = m_collator.compare(left.data(IdRole).toString(), right.data(IdRole).toString());
    return descending ? byId > 0 : byId < 0;
}

bool SortFilterProxy::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    return std::all_of(m_words.cbegin(), m_words.cend(), [&](const QString &word) {
        for (int column = 0; column < sourceModel()->columnCount(parent); ++column) {
            const QModelIndex cell = sourceModel()->index(row, column, parent);
            const QVariant rich = cell.data(RichSearchRole);
            if ((rich.isValid() ? rich.toString() : TableBase::textOf(cell)).contains(word, Qt::CaseInsensitive))
                return true;
        }
        return false;
    });
}

} // namespace quorate
