// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/delegates/reason_list.h"

#include "models/tables/roles.h"
#include "views/theme/metrics.h"
#include "views/theme/shapes.h"
#include "views/theme/theme.h"

#include <QPainter>
#include <QStyledItemDelegate>
#include <QTextLayout>

#include <cmath>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
/// Lays `text` out in `width`; returns the height.
double layOut(QTextLayout &layout, double width)
{
    QTextOption wrap;
    wrap.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(wrap);
    layout.beginLayout();
    double y = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, y});
        y += line.height();
    }
    layout.endLayout();
    return y;
}

class ReasonDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    /// Left edge of the text within the row.
    [[nodiscard]] static double indent(const Metrics &metrics) { return metrics.pageMargin() + metrics.shape() + metrics.cellPadding(); }
    [[nodiscard]] static double textWidth(const QStyleOptionViewItem &option, const Metrics &metrics)
    {
        const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
        const int width = view ? view->viewport()->width() : option.rect.width();
        return std::max(metrics.h * 6, width - indent(metrics) - metrics.pageMargin());
    }
};

void ReasonDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Metrics metrics(option.font);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool dark = isDark(option.palette);
    const QColor ground = option.palette.color(selected ? QPalette::Highlight : QPalette::Base);
    const QColor text = option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
    painter->save();
    QStyleOptionViewItem bare = option;
    option.widget->style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &bare, painter, option.widget);
    const QRect &rect = option.rect;
    if (!selected)
        painter->fillRect(rect.left(), rect.bottom(), rect.width(), 1, hairline(option.palette));

    const double width = textWidth(option, metrics);
    QTextLayout first(index.data(Qt::DisplayRole).toString(), option.font);
    const double high = layOut(first, width);
    QTextLayout second(index.data(SecondLineRole).toString(), scaled(option.font, secondLineSize));
    layOut(second, width);
    const double top = rect.top() + metrics.tight();
    const double side = metrics.shape();
    const QRectF square(rect.left() + metrics.pageMargin(), top + (metrics.h - side) / 2, side, side);
    const QColor quiet = selected ? text : secondaryText(text, ground);
    if (const QVariant severity = index.data(SeverityRole); severity.isValid())
        drawShape(*painter, square, severity.value<Severity>(),
            {.dark = dark,
                .pending = index.data(PendingRole).toBool(),
                .disc = selected ? option.palette.color(QPalette::Base) : QColor()});
    else if (index.data(DisabledRole).toBool())
        drawDash(*painter, square, metrics.h, quiet);
    painter->setPen(index.data(QuietRole).toBool() ? quiet : text);
    first.draw(painter, {rect.left() + indent(metrics), top});
    painter->setPen(quiet);
    second.draw(painter, {rect.left() + indent(metrics), top + high});
    painter->restore();
}

QSize ReasonDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Metrics metrics(option.font);
    const double width = textWidth(option, metrics);
    QTextLayout first(index.data(Qt::DisplayRole).toString(), option.font);
    double high = layOut(first, width);
    if (const QString more = index.data(SecondLineRole).toString(); !more.isEmpty()) {
        QTextLayout second(more, scaled(option.font, secondLineSize));
        high += layOut(second, width);
    }
    return {int(width), int(std::ceil(high)) + 2 * metrics.tight()};
}
} // namespace

ReasonList::ReasonList(QWidget *parent)
    : QListView(parent)
{
    setItemDelegate(new ReasonDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setResizeMode(Adjust);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(ExtendedSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setUniformItemSizes(false);
}

void ReasonList::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    scheduleDelayedItemsLayout();
}

void ReasonList::dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles)
{
    QListView::dataChanged(topLeft, bottomRight, roles);
    if (roles.isEmpty())
        scheduleDelayedItemsLayout(); // another text may wrap otherwise
}

QString ReasonList::copyText(bool markdown) const
{
    QString text;
    const bool some = selectionModel() && selectionModel()->hasSelection();
    for (int row = 0; model() && row < model()->rowCount(); ++row) {
        const QModelIndex index = model()->index(row, 0);
        if (some && !selectionModel()->isSelected(index))
            continue;
        const QString second = index.data(SecondLineRole).toString();
        text += (markdown ? u"- "_s : QString()) + index.data(Qt::DisplayRole).toString()
            + (second.isEmpty() ? u"\n"_s : u" ("_s + second + u")\n"_s);
    }
    return text;
}

} // namespace quorate
