// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/delegates/header_view.h"

#include "views/delegates/drawings.h"
#include "views/theme/metrics.h"
#include "views/theme/theme.h"

#include <QPainter>
#include <QStyleOptionHeader>

#include <cmath>

namespace quorate {

namespace {
constexpr double keySide = 0.45; ///< of the square that stands for a part of a share bar, in h

void drawKey(QPainter &painter, const QRectF &square, Share::Part part, const QPalette &palette, double hatchPitch)
{
    const bool dark = isDark(palette);
    const QColor colour = shareColour(part, palette.color(QPalette::ButtonText), palette.color(QPalette::Button), dark);
    if (part == Share::Part::Other)
        drawHatch(painter, square, hatchPitch / 2, colour);
    else
        painter.fillRect(square, colour);
}

void drawTriangle(QPainter &painter, const QPointF &centre, double width, bool down, const QColor &colour)
{
    const double half = width / 2, high = width * 0.55;
    QPolygonF triangle{{-half, -high / 2}, {half, -high / 2}, {0, high / 2}};
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.translate(centre);
    if (!down)
        painter.scale(1, -1);
    painter.drawPolygon(triangle);
    painter.restore();
}
} // namespace

HeaderView::HeaderView(QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsClickable(true);
    setHighlightSections(false);
    setTextElideMode(Qt::ElideRight);
    setSectionsMovable(false);
    setMinimumSectionSize(Metrics(font()).px(1.2));
}

QSize HeaderView::sizeHint() const { return {QHeaderView::sizeHint().width(), Metrics(font()).header()}; }

int HeaderView::titleWidth(int section) const
{
    const Metrics metrics(font());
    const QString title = model() ? model()->headerData(section, Qt::Horizontal).toString() : QString();
    // Room for the triangle always where there can be one, so that sorting never cuts a title.
    const int triangle = isSortIndicatorShown() ? metrics.px(0.9) : 0;
    const bool key = model() && model()->headerData(section, Qt::Horizontal, ShareRole).isValid();
    return int(std::ceil(QFontMetricsF(font()).horizontalAdvance(title))) + 2 * metrics.cellPadding() + triangle
        + (key ? metrics.px(keySide) + metrics.tight() : 0);
}

void HeaderView::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    if (!rect.isValid())
        return;
    QStyleOptionHeader option;
    initStyleOption(&option);
    option.rect = rect;
    option.section = section;
    option.orientation = Qt::Horizontal;
    option.position = QStyleOptionHeader::Middle;
    option.sortIndicator = QStyleOptionHeader::None;
    painter->save();
    style()->drawControl(QStyle::CE_HeaderSection, &option, painter, this);

    const Metrics metrics(font());
    const QString title = model()->headerData(section, Qt::Horizontal).toString();
    const QVariant aligned = model()->headerData(section, Qt::Horizontal, Qt::TextAlignmentRole);
    const Qt::Alignment alignment = aligned.isValid() ? Qt::Alignment(aligned.toInt()) : Qt::AlignLeft | Qt::AlignVCenter;
    const bool sorted = isSortIndicatorShown() && sortIndicatorSection() == section;
    const double triangle = 0.5 * metrics.h;
    const double gap = 1.3 * metrics.u;
    QRectF room = QRectF(rect).adjusted(metrics.cellPadding(), 0, -metrics.cellPadding(), -1);
    const bool right = alignment.testFlag(Qt::AlignRight);
    if (sorted && right)
        room.setLeft(room.left() + triangle + gap);
    else if (sorted)
        room.setRight(room.right() - triangle - gap);
    const QFontMetricsF fontMetrics(font());
    const QString shown = fontMetrics.elidedText(title, Qt::ElideRight, room.width());
    painter->setFont(font());
    painter->setPen(palette().color(QPalette::ButtonText));
    painter->drawText(room, int(alignment | Qt::AlignVCenter) | Qt::TextSingleLine, shown);
    if (const QVariant key = model()->headerData(section, Qt::Horizontal, ShareRole); key.isValid()) {
        const double side = std::round(keySide * metrics.h);
        const double left = right ? room.right() - fontMetrics.horizontalAdvance(shown) - metrics.tight() - side : rect.left() + 1.0;
        const QRectF square(std::round(left), std::round(room.center().y() - side / 2), side, side);
        drawKey(*painter, square, key.value<Share::Part>(), palette(), metrics.hatchPitch());
    }
    if (sorted) {
        const double width = fontMetrics.horizontalAdvance(shown);
        const double key = model()->headerData(section, Qt::Horizontal, ShareRole).isValid() ? keySide * metrics.h + metrics.tight() : 0;
        const double x = right ? room.right() - width - key - gap - triangle / 2 : room.left() + width + gap + triangle / 2;
        drawTriangle(*painter, {x, room.center().y() + 0.5}, triangle, sortIndicatorOrder() == Qt::DescendingOrder,
            secondaryText(palette().color(QPalette::ButtonText), palette().color(QPalette::Button)));
    }
    painter->restore();
}

QSize HeaderView::sectionSizeFromContents(int section) const { return {titleWidth(section), Metrics(font()).header()}; }

} // namespace quorate
