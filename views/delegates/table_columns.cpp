// SPDX-License-Identifier: GPL-3.0-or-later
// TableView: which columns are seen. Those the table names, less those a person hid, less those that a narrow view has no room for.
#include "views/delegates/header_view.h"
#include "views/delegates/table_view.h"
#include "views/theme/metrics.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QSet>

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

void TableView::setColumns(const QList<TableColumn> &columns)
{
    m_columns = columns;
    layOut();
}

/// The first two say what a row is, the stretching one why: those stay.
bool TableView::mayHide(int column) const
{
    const auto at = std::find_if(m_columns.cbegin(), m_columns.cend(), [column](const TableColumn &it) { return it.column == column; });
    return at != m_columns.cend() && at - m_columns.cbegin() >= 2 && !at->stretch;
}

void TableView::showHideColumns()
{
    const bool before = std::exchange(m_layingOut, true);
    QSet<int> wanted;
    for (const TableColumn &column : std::as_const(m_columns)) {
        if (!mayHide(column.column) || m_userShown.value(column.column, true))
            wanted.insert(column.column);
    }
    for (int section = 0; section < m_titles->count() && !m_columns.isEmpty(); ++section)
        m_titles->setSectionHidden(section, !wanted.contains(section));
    m_layingOut = before;
}

void TableView::dropColumns()
{
    const auto stretch = std::find_if(m_columns.cbegin(), m_columns.cend(), [](const TableColumn &column) { return column.stretch; });
    if (stretch == m_columns.cend())
        return;
    const bool before = std::exchange(m_layingOut, true);
    const auto sizeOf = [this](const TableColumn &column) { return m_userWidths.value(column.column, widthOf(column)); };
    QList<TableColumn> droppable;
    int fixed = 0;
    for (const TableColumn &column : std::as_const(m_columns)) {
        const bool byHand = m_userShown.contains(column.column) && mayHide(column.column);
        if (!column.stretch && (!byHand || m_userShown.value(column.column)))
            fixed += sizeOf(column);
        if (column.dropOrder > 0 && !byHand) // what a person showed stays
            droppable << column;
    }
    std::sort(droppable.begin(), droppable.end(), [](const TableColumn &a, const TableColumn &b) { return a.dropOrder < b.dropOrder; });
    const int wanted = Metrics(font()).px(stretch->atLeast);
    for (const TableColumn &column : std::as_const(droppable)) {
        const bool hide = viewport()->width() - fixed < wanted;
        if (hide)
            fixed -= sizeOf(column);
        m_titles->setSectionHidden(column.column, hide);
        if (!hide)
            m_titles->resizeSection(column.column, sizeOf(column));
    }
    m_layingOut = before;
}

void TableView::showColumn(int column, bool shown)
{
    if (!mayHide(column))
        return;
    m_userShown.insert(column, shown);
    layOut();
}

void TableView::resetColumns()
{
    m_userShown.clear();
    m_userWidths.clear();
    layOut();
}

QMenu *TableView::columnMenu()
{
    if (!m_columnMenu) {
        m_columnMenu = new QMenu(tr("Columns"), this);
        m_columnMenu->setObjectName(u"columnMenu"_s);
        connect(m_columnMenu, &QMenu::aboutToShow, this, &TableView::fillColumnMenu);
    }
    return m_columnMenu;
}

/// The keyboard can't point at a title: its menu key means the same.
void TableView::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() != QContextMenuEvent::Keyboard || !m_columnMenuOffered)
        return QTableView::contextMenuEvent(event);
    columnMenu()->popup(viewport()->mapToGlobal(QPoint(0, 0)));
}

void TableView::fillColumnMenu()
{
    m_columnMenu->clear();
    for (const TableColumn &column : std::as_const(m_columns)) {
        QAction *action = m_columnMenu->addAction(model()->headerData(column.column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!m_titles->isSectionHidden(column.column));
        action->setEnabled(mayHide(column.column));
        connect(action, &QAction::toggled, this, [this, section = column.column](bool shown) { showColumn(section, shown); });
    }
    m_columnMenu->addSeparator();
    QAction *reset = m_columnMenu->addAction(tr("Reset columns"));
    reset->setEnabled(!m_userShown.isEmpty() || !m_userWidths.isEmpty());
    connect(reset, &QAction::triggered, this, &TableView::resetColumns);
}

} // namespace quorate
