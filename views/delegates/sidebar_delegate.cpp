// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/delegates/sidebar_delegate.h"

#include "models/tables/roles.h"
#include "views/theme/metrics.h"
#include "views/theme/shapes.h"
#include "views/theme/theme.h"

#include <QPainter>
#include <QWidget>

namespace quorate {

void SidebarDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Metrics metrics(option.font);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool heading = !index.flags().testFlag(Qt::ItemIsSelectable);
    // Headings cannot be chosen, but are not disabled: their ink is that of the active group.
    const QColor text = option.palette.color(QPalette::Active, selected ? QPalette::HighlightedText : QPalette::WindowText);
    const QColor ground = option.palette.color(QPalette::Active, selected ? QPalette::Highlight : QPalette::Window);
    painter->save();
    QStyleOptionViewItem bare = option;
    option.widget->style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &bare, painter, option.widget);

    const double margin = 2.4 * metrics.u;
    const double side = metrics.shape();
    const double glyph = 0.9 * metrics.h; // symbols and shapes share a column
    const QRectF rect(option.rect);
    const QRectF column(rect.left() + margin, rect.center().y() - glyph / 2, glyph, glyph);
    QRectF square(0, 0, side, side);
    square.moveCenter(column.center());
    if (const QVariant severity = index.data(SeverityRole); severity.isValid())
        drawShape(*painter, square, severity.value<Severity>(),
            {.dark = isDark(option.palette),
                .pending = index.data(PendingRole).toBool(),
                .disc = selected ? option.palette.color(QPalette::Base) : QColor()});
    else if (index.data(DisabledRole).toBool())
        drawDash(*painter, square, metrics.h, secondaryText(text, ground));
    else if (const auto icon = m_symbols.constFind(index.data(IdRole).toString()); icon != m_symbols.cend())
        icon->paint(painter, column.toRect(), Qt::AlignCenter, selected ? QIcon::Selected : QIcon::Normal);

    const QFont font = heading ? scaled(option.font, captionSize) : option.font;
    QRectF room = rect;
    room.setLeft(heading ? column.left() : column.right() + 1.2 * metrics.u);
    room.setRight(rect.right() - metrics.gap());
    if (index.data(MaintenanceRole).toBool()) {
        QRectF place(0, 0, glyph, glyph);
        place.moveCenter({room.right() - glyph / 2, rect.center().y()});
        m_maintenance.paint(painter, place.toRect(), Qt::AlignCenter, selected ? QIcon::Selected : QIcon::Disabled);
        room.setRight(place.left() - metrics.tight());
    }
    // Names of one family differ at their end: "consul-prod-01", "consul-prod-02".
    const Qt::TextElideMode elide = heading ? Qt::ElideRight : Qt::ElideMiddle;
    painter->setFont(font);
    painter->setPen(heading ? secondaryText(text, ground) : text);
    painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        QFontMetricsF(font).elidedText(index.data(Qt::DisplayRole).toString(), elide, room.width()));
    painter->restore();
}

QSize SidebarDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    Q_UNUSED(index)
    return {option.rect.width(), Metrics(option.font).sidebarRow()};
}

} // namespace quorate
