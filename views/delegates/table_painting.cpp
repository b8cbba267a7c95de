// SPDX-License-Identifier: GPL-3.0-or-later
// TableView: what is painted beside the cells.
#include "views/delegates/table_view.h"
#include "views/theme/theme.h"

#include <QPaintEvent>
#include <QPainter>

namespace quorate {

void TableView::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    paintFocus();
    if (m_proxy->rowCount() > 0 || !m_proxy->sourceModel())
        return;
    const bool filtered = !m_proxy->filterText().isEmpty() && m_proxy->sourceModel()->rowCount() > 0;
    QPainter painter(viewport());
    painter.setPen(secondaryText(palette()));
    painter.drawText(viewport()->rect(), Qt::AlignCenter | Qt::TextWordWrap,
        filtered ? tr("Nothing matches “%1” · Esc clears").arg(m_proxy->filterText()) : m_emptyText);
}

/// A frame around the current row, where the selection does not show it already. Not the style's own: that is filled, and would cover the
/// row's tint; without its filling it is hardly seen on a dark ground.
void TableView::paintFocus()
{
    const QModelIndex current = currentIndex();
    if (!hasFocus() || !current.isValid() || selectionModel()->isRowSelected(current.row(), {}))
        return;
    QPainter painter(viewport());
    const QRect row(0, rowViewportPosition(current.row()), viewport()->width(), rowHeight(current.row()));
    for (const QRect &edge : QRegion(row) - row.adjusted(1, 1, -1, -1)) // filled, so that it is whole at every scale
        painter.fillRect(edge, palette().color(QPalette::Highlight));
}

} // namespace quorate
