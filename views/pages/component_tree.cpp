// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pages/component_tree.h"

#include "models/tables/component_model.h"
#include "views/delegates/cell_delegate.h"
#include "views/delegates/header_view.h"
#include "views/theme/metrics.h"
#include "views/theme/theme.h"

#include <QEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace quorate {
namespace {

using Column = ComponentModel::Column;

/// The one delegate, in the lower rows of a tree.
class CompactCells final : public QStyledItemDelegate {
public:
    explicit CompactCells(QObject *parent)
        : QStyledItemDelegate(parent)
        , m_cells(new CellDelegate(this))
    {
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        m_cells->paint(painter, option, index);
    }
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return {m_cells->sizeHint(option, index).width(), Metrics(option.font).compactRow()};
    }
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index) override
    {
        return m_cells->helpEvent(event, view, option, index);
    }

private:
    CellDelegate *m_cells;
};

} // namespace

ComponentTree::ComponentTree(ComponentModel *model, QWidget *parent)
    : QTreeView(parent)
    , m_components(model)
{
    setObjectName(u"components"_s);
    setAccessibleName(tr("Components"));
    setHeader(new HeaderView(this));
    header()->setSectionsClickable(false);
    header()->setSortIndicatorShown(false);
    setItemDelegate(new CompactCells(this));
    setFrameShape(QFrame::NoFrame);
    setUniformRowHeights(true);
    setAnimated(false);
    setAllColumnsShowFocus(true);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(ExtendedSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setIndentation(Metrics(font()).px(1));
    setModel(model);
    header()->setStretchLastSection(true);
    expandAll();
    layOut();
}

void ComponentTree::rowsInserted(const QModelIndex &parent, int start, int end)
{
    QTreeView::rowsInserted(parent, start, end);
    for (int row = start; row <= end && !parent.isValid(); ++row)
        expand(m_components->index(row, 0));
    if (parent.isValid() && start == 0 && m_components->rowCount(parent) == end + 1)
        expand(parent); // the first leaves of a group
}

QString ComponentTree::widest(int column) const
{
    QString longest;
    const auto look = [&](const QModelIndex &index) {
        const QString text = index.data().toString();
        if (text.size() > longest.size() && text.size() <= 40)
            longest = text;
    };
    for (int row = 0; row < m_components->rowCount(); ++row) {
        const QModelIndex group = m_components->index(row, 0);
        look(m_components->index(row, column));
        for (int leaf = 0; leaf < m_components->rowCount(group); ++leaf)
            look(m_components->index(leaf, column, group));
    }
    return longest;
}

void ComponentTree::layOut()
{
    const QStringList texts{widest(int(Column::Component)), widest(int(Column::Reported))};
    if (texts == m_laidOut)
        return;
    m_laidOut = texts;
    const Metrics metrics(font());
    const QFontMetricsF bold(demiBold(font()));
    header()->resizeSection(
        int(Column::Component), int(bold.horizontalAdvance(texts.at(0))) + 2 * indentation() + 3 * metrics.cellPadding() + metrics.gap());
    header()->resizeSection(int(Column::Reported), int(bold.horizontalAdvance(texts.at(1)) + metrics.shape()) + 4 * metrics.cellPadding());
    dropLast();
}

/// Narrow: the last column goes; the row's tool tip says the same.
void ComponentTree::dropLast()
{
    const int rest = viewport()->width() - header()->sectionSize(int(Column::Component)) - header()->sectionSize(int(Column::Reported));
    header()->setSectionHidden(int(Column::Says), rest < Metrics(font()).px(7));
}

void ComponentTree::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    dropLast();
}

int ComponentTree::rowsShown() const
{
    int rows = m_components->rowCount();
    for (int row = 0; row < m_components->rowCount(); ++row) {
        const QModelIndex group = m_components->index(row, 0);
        rows += isExpanded(group) ? m_components->rowCount(group) : 0;
    }
    return rows;
}

QString ComponentTree::copyText(bool markdown) const
{
    QString text = markdown ? tr("| Component | Reported | Says |\n|---|---|---|\n") : tr("Component\tReported\tSays\n");
    const auto add = [&](const QModelIndex &index, const QString &prefix) {
        QStringList cells{prefix + index.data().toString()};
        for (int column = 1; column < m_components->columnCount(); ++column)
            cells += index.siblingAtColumn(column).data().toString();
        for (QString &cell : cells)
            cell.replace(u'|', markdown ? u"\\|"_s : u"|"_s).replace(u'\t', u' ');
        text += markdown ? u"| "_s + cells.join(u" | "_s) + u" |\n"_s : cells.join(u'\t') + u'\n';
    };
    const bool some = selectionModel()->hasSelection();
    for (int row = 0; row < m_components->rowCount(); ++row) {
        const QModelIndex group = m_components->index(row, 0);
        if (!some || selectionModel()->isSelected(group))
            add(group, {});
        for (int leaf = 0; leaf < m_components->rowCount(group); ++leaf) {
            const QModelIndex index = m_components->index(leaf, 0, group);
            if (!some || selectionModel()->isSelected(index))
                add(index, group.data().toString() + u'.');
        }
    }
    return text;
}

void ComponentTree::drawBranches(QPainter *painter, const QRect &rect, const QModelIndex &index) const
{
    const QVariant tint = index.data(RowTintRole);
    if (tint.isValid() && tint.value<Severity>() != Severity::Ok && !selectionModel()->isSelected(index))
        painter->fillRect(rect, severityColours(tint.value<Severity>(), isDark(palette())).tint);
    painter->fillRect(rect.left(), rect.bottom(), rect.width(), 1, hairline(palette()));
    QTreeView::drawBranches(painter, rect, index);
}

void ComponentTree::changeEvent(QEvent *event)
{
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        m_laidOut.clear();
        setIndentation(Metrics(font()).px(1));
        layOut();
    }
}

} // namespace quorate
