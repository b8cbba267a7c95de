// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/delegates/cell_delegate.h"

#include "views/theme/theme.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QModelRoleData>
#include <QPainter>
#include <QToolTip>

#include <array>

namespace quorate {

namespace {
constexpr std::array shownRoles{int(Qt::DisplayRole), int(Qt::TextAlignmentRole), int(SeverityRole), int(DisabledRole), int(InkRole),
    int(StrongRole), int(QuietRole), int(RowTintRole), int(CellTintRole), int(DerivedRole), int(PendingRole), int(SparklineRole),
    int(BulletRole), int(ShareRole), int(MarkRole), int(SilentRole), int(LeaderRole), int(ElideMiddleRole)};
} // namespace

/// A cell's roles, read in one go.
struct CellDelegate::Cell {
    std::array<QModelRoleData, shownRoles.size()> values = []<size_t... I>(std::index_sequence<I...>)
    {
        return std::array{QModelRoleData(shownRoles[I])...};
    }
    (std::make_index_sequence<shownRoles.size()>{});

    [[nodiscard]] const QVariant &of(int role) const
    {
        return std::find_if(values.begin(), values.end(), [role](const QModelRoleData &value) { return value.role() == role; })->data();
    }
    [[nodiscard]] bool is(int role) const { return of(role).toBool(); }
    [[nodiscard]] std::optional<Severity> severity(int role) const
    {
        const QVariant &value = of(role);
        return value.isValid() ? std::optional(value.value<Severity>()) : std::nullopt;
    }
    /// The severity that tints the ground; Ok: none.
    [[nodiscard]] Severity tint() const { return severity(CellTintRole).value_or(severity(RowTintRole).value_or(Severity::Ok)); }
    [[nodiscard]] Qt::Alignment alignment() const
    {
        const QVariant &value = of(Qt::TextAlignmentRole);
        return value.isValid() ? Qt::Alignment(value.toInt()) : Qt::AlignLeft | Qt::AlignVCenter;
    }
};

CellDelegate::CellDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
{
}

void CellDelegate::readCell(Cell &cell, const QModelIndex &index) const
{
    index.model()->multiData(index, QModelRoleDataSpan(cell.values));
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    Cell cell;
    readCell(cell, index);
    m_texts.use(option.font, painter->device()->devicePixelRatioF());
    const Metrics metrics(option.font);

    const bool dark = isDark(option.palette);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const QPalette::ColorGroup group = option.state.testFlag(QStyle::State_Active) ? QPalette::Active : QPalette::Inactive;
    CellInk ink{.text = option.palette.color(group, selected ? QPalette::HighlightedText : QPalette::Text),
        .ground = option.palette.color(group, selected ? QPalette::Highlight : QPalette::Base),
        .base = option.palette.color(group, QPalette::Base),
        .dark = dark,
        .selected = selected};
    if (!selected && cell.tint() != Severity::Ok)
        ink.ground = severityColours(cell.tint(), dark).tint;

    painter->save();
    painter->setClipRect(option.rect, Qt::IntersectClip);
    paintGround(*painter, option, cell, ink, m_flash ? m_flash(index) : 0);
    QRectF content = QRectF(option.rect).adjusted(metrics.cellPadding(), 0, -metrics.cellPadding(), -1);
    content = paintShapes(*painter, content, cell, ink, metrics);
    content = paintDrawing(*painter, content, index.column(), cell, ink, metrics);
    paintText(*painter, content, cell, ink);
    painter->restore();
}

void CellDelegate::paintGround(
    QPainter &painter, const QStyleOptionViewItem &option, const Cell &cell, const CellInk &ink, double flash) const
{
    const QRect &rect = option.rect;
    if (!ink.selected && cell.tint() != Severity::Ok)
        painter.fillRect(rect, ink.ground);
    else if (!ink.selected && cell.is(LeaderRole) && !cell.is(SilentRole)) // who does not answer says nothing of the leader
        painter.fillRect(rect, mixed(ink.text, ink.ground, 0.045));
    if (!ink.selected)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, hairline(option.palette));

    QStyleOptionViewItem bare = option;
    const QStyle *style = option.widget->style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &bare, &painter, option.widget);
    if (cell.is(SilentRole) && !ink.selected)
        drawHatch(painter, rect.adjusted(0, 0, 0, -1), Metrics(option.font).hatchPitch(), hatchColour(ink.dark));
    if (flash > 0 && !ink.selected) {
        // In place of a tint, not over it: blue and amber together would be a green.
        painter.fillRect(rect.adjusted(0, 0, 0, -1), mixed(option.palette.color(QPalette::Highlight), ink.base, 0.30 * flash));
    }
}

QRectF CellDelegate::paintShapes(
    QPainter &painter, const QRectF &content, const Cell &cell, const CellInk &ink, const Metrics &metrics) const
{
    QRectF rest = content;
    const double side = metrics.shape();
    const QColor disc = ink.selected ? ink.base : QColor();
    const auto square = [&](double left) { return QRectF(left, content.center().y() - side / 2, side, side); };

    // Of a reported and a derived severity the derived one is worse: what is being checked is that.
    const Severity derived = cell.severity(DerivedRole).value_or(Severity::Ok);
    const bool pending = cell.is(PendingRole);
    if (derived != Severity::Ok) {
        drawShape(painter, square(rest.right() - side), derived, {.dark = ink.dark, .pending = pending, .disc = disc});
        rest.setRight(rest.right() - side - metrics.tight());
    }
    const auto severity = cell.severity(SeverityRole);
    const bool disabled = cell.is(DisabledRole);
    if (!severity && !disabled)
        return rest;
    const bool alone = cell.of(Qt::DisplayRole).toString().isEmpty() && cell.alignment().testFlag(Qt::AlignHCenter);
    const QRectF place = alone ? square(content.center().x() - side / 2) : square(rest.left() - 0.06 * metrics.h);
    if (disabled)
        drawDash(painter, place, metrics.h, secondaryText(ink.text, ink.ground));
    else
        drawShape(painter, place, *severity, {.dark = ink.dark, .pending = pending && derived == Severity::Ok, .disc = disc});
    rest.setLeft(rest.left() + side + metrics.cellPadding() - 0.06 * metrics.h);
    return rest;
}

QRectF CellDelegate::paintDrawing(
    QPainter &painter, const QRectF &content, int column, const Cell &cell, const CellInk &ink, const Metrics &metrics) const
{
    QRectF rest = content;
    if (const QVariant &mark = cell.of(MarkRole); mark.isValid()) {
        drawMark(painter, content, metrics.shape(), mark.value<MatrixMark>(), ink);
        return rest;
    }
    if (const QVariant &share = cell.of(ShareRole); share.isValid()) {
        drawShare(painter, content, metrics.stackBar(), metrics.hatchPitch(), share.value<Share>(), ink);
        return rest;
    }
    const QVariant &line = cell.of(SparklineRole);
    const QVariant &bullet = cell.of(BulletRole);
    if (!line.isValid() && !bullet.isValid())
        return rest;
    QRectF place = content;
    place.setRight(content.right() - m_reserve.value(column, metrics.px(3.65)));
    if (line.isValid()) {
        const double high = std::round(metrics.sparkline());
        drawSparkline(
            painter, QRectF(place.left(), std::round(place.center().y() - high / 2), place.width(), high), line.value<Sparkline>(), ink);
    } else {
        drawBullet(painter, place, metrics.bulletBar(), bullet.value<Bullet>(), ink);
    }
    rest.setLeft(place.right() + metrics.tight());
    return rest;
}

void CellDelegate::paintText(QPainter &painter, const QRectF &content, const Cell &cell, const CellInk &ink) const
{
    const QString text = cell.of(Qt::DisplayRole).toString();
    if (text.isEmpty() || content.width() <= 0)
        return;
    const bool strong = cell.is(StrongRole);
    const TextCache::Laid &laid = m_texts.laid(text, strong, content.width(), cell.is(ElideMiddleRole) ? Qt::ElideMiddle : Qt::ElideRight);
    QColor colour = ink.text;
    if (!ink.selected) {
        const Severity inked = cell.severity(InkRole).value_or(Severity::Ok);
        if (inked != Severity::Ok)
            colour = severityColours(inked, ink.dark).ink;
        else if (cell.is(QuietRole))
            colour = secondaryText(ink.text, ink.ground);
    }
    const Qt::Alignment alignment = cell.alignment();
    double left = content.left();
    if (alignment.testFlag(Qt::AlignRight))
        left = content.right() - laid.width;
    else if (alignment.testFlag(Qt::AlignHCenter))
        left = content.center().x() - laid.width / 2;
    painter.setFont(m_texts.font(strong));
    painter.setPen(colour);
    painter.drawStaticText(QPointF(std::round(left), std::round(content.center().y() - m_texts.height() / 2)), laid.text);
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    Cell cell;
    readCell(cell, index);
    const Metrics metrics(option.font);
    m_texts.use(option.font, option.widget ? option.widget->devicePixelRatioF() : 1);
    double width = m_texts.laid(cell.of(Qt::DisplayRole).toString(), cell.is(StrongRole), 1e6, Qt::ElideRight).width;
    width += 2 * metrics.cellPadding();
    if (cell.severity(SeverityRole) || cell.is(DisabledRole))
        width += metrics.shape() + metrics.cellPadding();
    if (cell.severity(DerivedRole).value_or(Severity::Ok) != Severity::Ok)
        width += metrics.shape() + metrics.tight();
    return {int(std::ceil(width)), metrics.row()};
}

bool CellDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QString text = index.data(Qt::ToolTipRole).toString();
    if (text.isEmpty() && sizeHint(option, index).width() > option.rect.width())
        text = index.data(Qt::DisplayRole).toString();
    // Text from servers stays plain: escaped, a tool tip would take tags for markup.
    QToolTip::showText(event->globalPos(), text.isEmpty() ? QString() : text.toHtmlEscaped().prepend(u"<p style='white-space:pre-wrap'>"),
        view->viewport(), option.rect);
    return true;
}

} // namespace quorate
