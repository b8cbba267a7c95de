// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pages/sidebar.h"

#include "models/tables/cluster_list_model.h"
#include "views/delegates/sidebar_delegate.h"
#include "views/theme/metrics.h"
#include "views/theme/theme.h"

#include <QEvent>
#include <QPainter>

namespace quorate {
using namespace Qt::StringLiterals;

Sidebar::Sidebar(ClusterListModel *model, QWidget *parent)
    : QListView(parent)
    , m_rows(model)
    , m_delegate(new SidebarDelegate(this))
{
    setObjectName(u"sidebar"_s);
    setAccessibleName(tr("Pages and clusters"));
    setFrameShape(NoFrame);
    setItemDelegate(m_delegate);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setUniformItemSizes(true);
    setBackgroundRole(QPalette::Window);
    viewport()->setBackgroundRole(QPalette::Window);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setModel(model);
    colour();
}

void Sidebar::setCurrentId(const QString &id)
{
    const int row = m_rows->rowOf(id);
    m_quiet = true;
    if (row >= 0)
        setCurrentIndex(m_rows->index(row, 0));
    else
        selectionModel()->clear();
    m_quiet = false;
}

QSize Sidebar::sizeHint() const { return {Metrics(font()).sidebarWidth(), 100}; }

void Sidebar::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    if (!m_quiet && current.isValid())
        Q_EMIT chosen(current.data(IdRole).toString());
}

void Sidebar::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    // The view puts its current row elsewhere: nobody chose that.
    m_quiet = true;
    QListView::rowsAboutToBeRemoved(parent, start, end);
    m_quiet = false;
}

void Sidebar::changeEvent(QEvent *event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colour();
    if (event->type() == QEvent::FontChange)
        updateGeometry();
}

void Sidebar::paintEvent(QPaintEvent *event)
{
    QListView::paintEvent(event);
    if (!hasFocus())
        return;
    QPainter painter(viewport());
    painter.fillRect(0, 0, viewport()->width(), 2, palette().color(QPalette::Highlight));
}

void Sidebar::colour()
{
    m_delegate->setSymbol(ClusterListModel::overviewId(), symbol(u"page-overview"_s, palette()));
    m_delegate->setMaintenanceSymbol(symbol(u"maintenance"_s, palette()));
    viewport()->update();
}

} // namespace quorate
