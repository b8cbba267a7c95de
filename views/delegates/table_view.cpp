// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/delegates/table_view.h"

#include "models/tables/table_base.h"
#include "views/delegates/cell_delegate.h"
#include "views/delegates/flashes.h"
#include "views/delegates/header_view.h"
#include "views/theme/metrics.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

#include <cmath>

namespace quorate {
using namespace Qt::StringLiterals;

TableView::TableView(QWidget *parent)
    : QTableView(parent)
    , m_proxy(new SortFilterProxy(this))
    , m_cells(new CellDelegate(this))
    , m_flashes(new Flashes(this))
    , m_titles(new HeaderView(this))
{
    setHorizontalHeader(m_titles);
    setItemDelegate(m_cells);
    m_cells->setFlash([this](const QModelIndex &index) { return m_flashes->strength(index); });
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setAlternatingRowColors(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    viewport()->setMouseTracking(true);
    verticalHeader()->hide();
    m_titles->setSortIndicatorShown(true);
    m_titles->setContextMenuPolicy(Qt::CustomContextMenu);
    m_orderTimer.setInterval(1000);
    connect(&m_orderTimer, &QTimer::timeout, this, &TableView::checkOrder);
    connect(
        this, &QAbstractItemView::activated, this, [this](const QModelIndex &index) { Q_EMIT idActivated(index.data(IdRole).toString()); });
    connect(m_titles, &QHeaderView::sectionClicked, this, &TableView::headerClicked);
    connect(m_titles, &QHeaderView::sectionResized, this, [this](int section, int, int size) {
        if (!m_layingOut && m_titles->sectionResizeMode(section) == QHeaderView::Interactive && size > 0)
            m_userWidths.insert(section, size);
    });
    connect(m_titles, &QWidget::customContextMenuRequested, this, [this](const QPoint &at) {
        if (m_columnMenuOffered)
            columnMenu()->popup(m_titles->viewport()->mapToGlobal(at));
    });
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, &TableView::touched);
}

void TableView::setTable(QAbstractItemModel *source, const QList<TableColumn> &columns)
{
    m_columns = columns;
    m_proxy->setSourceModel(source);
    setModel(m_proxy);
    m_flashes->watch(m_proxy);
    connect(m_proxy, &QAbstractItemModel::rowsRemoved, this, [this] {
        updateGeometry();
        viewport()->update();
    });
    layOut();
}

void TableView::sortBy(int column, Qt::SortOrder order)
{
    m_titles->setSortIndicator(column, order);
    const bool top = followsTop();
    const Anchor kept = anchor();
    m_proxy->sort(column, order);
    keep(kept);
    if (top && currentIndex().isValid()) // the keyboard's place, which nobody chose: the first row, as before
        selectionModel()->setCurrentIndex(m_proxy->index(0, currentIndex().column()), QItemSelectionModel::NoUpdate);
    m_orderTimer.stop();
    if (!std::exchange(m_inOrder, true))
        Q_EMIT inOrderChanged(true);
}

void TableView::sortNow()
{
    if (m_proxy->sortColumn() >= 0)
        sortBy(m_proxy->sortColumn(), m_proxy->sortOrder());
}

void TableView::headerClicked(int section)
{
    const bool again = m_proxy->sortColumn() == section;
    const auto column
        = std::find_if(m_columns.cbegin(), m_columns.cend(), [section](const TableColumn &it) { return it.column == section; });
    const bool descendingFirst = column != m_columns.cend() && column->worstFirst;
    const Qt::SortOrder first = descendingFirst ? Qt::DescendingOrder : Qt::AscendingOrder;
    const Qt::SortOrder other = descendingFirst ? Qt::AscendingOrder : Qt::DescendingOrder;
    sortBy(section, again && m_proxy->sortOrder() == first ? other : first);
}

void TableView::setFilterText(const QString &text)
{
    // A view puts its current row elsewhere when that row is filtered away. Unless somebody chose another, it comes back with the rows.
    if (m_proxy->filterText().isEmpty())
        m_idBeforeFilter = currentId();
    const Anchor kept = anchor();
    m_proxy->setFilterText(text);
    sortNow(); // rows that come back are appended by the proxy
    keep(kept);
    if (text.isEmpty() && !m_idBeforeFilter.isEmpty())
        setCurrentId(std::exchange(m_idBeforeFilter, {}));
    viewport()->update();
}

void TableView::setNeverScrolls(bool never)
{
    m_neverScrolls = never;
    setVerticalScrollBarPolicy(never ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    updateGeometry();
}

QString TableView::currentId() const
{
    // The keyboard coming in makes a row current that nobody chose.
    const QModelIndex index = currentIndex();
    const bool chosen = index.isValid() && selectionModel()->isRowSelected(index.row(), {});
    return chosen ? index.data(IdRole).toString() : QString();
}

void TableView::setCurrentId(const QString &id)
{
    m_pendingId = id;
    applyPending();
}

void TableView::applyPending()
{
    if (m_pendingId.isEmpty())
        return;
    for (int row = 0; row < m_proxy->rowCount(); ++row) {
        const QModelIndex index = m_proxy->index(row, 0);
        if (index.data(IdRole).toString() != m_pendingId)
            continue;
        m_pendingId.clear();
        selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        return;
    }
}

QStringList TableView::selectedIds() const
{
    QStringList ids;
    for (int row = 0; row < m_proxy->rowCount(); ++row) {
        if (selectionModel()->isRowSelected(row, {}))
            ids << m_proxy->index(row, 0).data(IdRole).toString();
    }
    return ids;
}

/// Who chose no row and did not scroll wants to see the first rows, whichever they are: else the worst comes in above the edge.
bool TableView::followsTop() const { return currentId().isEmpty() && verticalScrollBar()->value() == 0; }

TableView::Anchor TableView::anchor() const
{
    if (followsTop())
        return {};
    QModelIndex index = currentIndex();
    if (!index.isValid() || !viewport()->rect().intersects(visualRect(index)))
        index = indexAt({1, 1});
    return {index, index.isValid() ? visualRect(index).top() : 0};
}

void TableView::keep(const Anchor &anchor)
{
    if (!anchor.index.isValid())
        return;
    doItemsLayout();
    verticalScrollBar()->setValue(verticalScrollBar()->value() + visualRect(anchor.index).top() - anchor.y);
}

bool TableView::busy() const { return m_sinceTouch.isValid() && m_sinceTouch.elapsed() < m_quietPeriod; }

void TableView::orderMayHaveChanged()
{
    if (!m_orderTimer.isActive())
        m_orderTimer.start();
}

void TableView::checkOrder()
{
    m_orderTimer.stop();
    const bool inOrder = m_proxy->isInOrder();
    if (!inOrder && !busy()) {
        sortNow();
        return;
    }
    if (!inOrder)
        m_orderTimer.start(); // until nobody touches the view any more
    if (std::exchange(m_inOrder, inOrder) != inOrder)
        Q_EMIT inOrderChanged(inOrder);
}

void TableView::dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles)
{
    const int sorted = m_proxy->sortColumn();
    if (sorted >= topLeft.column() && sorted <= bottomRight.column() && (roles.isEmpty() || roles.contains(SortRole)))
        orderMayHaveChanged();
    if (roles == QList<int>{ChangedRole})
        return; // Flashes repaints what is lit
    if (topLeft == bottomRight) {
        QTableView::dataChanged(topLeft, bottomRight, roles);
        return;
    }
    // The base class repaints the whole viewport for any range; an age that ticks needs its column only.
    const QRect first = visualRect(topLeft), last = visualRect(bottomRight);
    const QRect range(QPoint(qMin(first.left(), last.left()), first.top()), QPoint(qMax(first.right(), last.right()), last.bottom()));
    viewport()->update(range & viewport()->rect());
}

void TableView::rowsInserted(const QModelIndex &parent, int start, int end)
{
    QTableView::rowsInserted(parent, start, end);
    updateGeometry();
    applyPending();
    if (m_pendingScroll >= 0) {
        doItemsLayout();
        verticalScrollBar()->setValue(m_pendingScroll);
        if (verticalScrollBar()->value() == m_pendingScroll)
            m_pendingScroll = -1;
    }
    orderMayHaveChanged();
    if (!busy())
        QTimer::singleShot(0, this, &TableView::checkOrder); // new rows go to their place at once
}

void TableView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    announceCurrent();
}

void TableView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    announceCurrent();
}

void TableView::announceCurrent()
{
    const QString id = currentId();
    if (std::exchange(m_announcedId, id) != id)
        Q_EMIT currentIdChanged(id);
}

void TableView::keyPressEvent(QKeyEvent *event)
{
    touched();
    m_idBeforeFilter.clear();
    if (!chooseFirstRow(*event))
        QTableView::keyPressEvent(event);
}

/// The keyboard's place in a table that nobody touched is its first row, not chosen yet: the first step down goes there, not past it.
bool TableView::chooseFirstRow(const QKeyEvent &event)
{
    const bool untouched = !selectionModel()->hasSelection() && currentIndex().row() <= 0;
    if (event.key() != Qt::Key_Down || event.modifiers() & ~Qt::KeypadModifier || !untouched || m_proxy->rowCount() == 0)
        return false;
    const QModelIndex first = m_proxy->index(0, std::max(0, currentIndex().column()));
    selectionModel()->setCurrentIndex(first, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(first);
    return true;
}

bool TableView::viewportEvent(QEvent *event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        m_idBeforeFilter.clear();
        touched();
        break;
    case QEvent::MouseMove:
    case QEvent::MouseButtonDblClick:
    case QEvent::Wheel:
    case QEvent::ContextMenu:
        touched();
        break;
    default:
        break;
    }
    return QTableView::viewportEvent(event);
}

} // namespace quorate
