// SPDX-License-Identifier: GPL-3.0-or-later
// TableView: widths, copying, and what is kept over restarts.
#include "models/tables/table_base.h"
#include "views/delegates/cell_delegate.h"
#include "views/delegates/header_view.h"
#include "views/delegates/table_view.h"
#include "views/theme/metrics.h"
#include "views/theme/theme.h"

#include <QEvent>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
constexpr double widestColumn = 30; ///< h; a text beyond it is elided
}

int TableView::reserveOf(const TableColumn &column) const
{
    const QFontMetricsF metrics(demiBold(font()));
    double widest = 0;
    for (const QString &specimen : column.specimens)
        widest = std::max(widest, metrics.horizontalAdvance(specimen));
    return std::min(int(std::ceil(widest)), Metrics(font()).px(widestColumn)); // a text from a server may be of any length
}

int TableView::widthOf(const TableColumn &column) const
{
    const Metrics metrics(font());
    int width = reserveOf(column) + 2 * metrics.cellPadding();
    if (column.shape)
        width += qRound(metrics.shape()) + metrics.cellPadding();
    if (column.drawing > 0)
        width += metrics.px(column.drawing * (isWide() ? 2 : 1)) + metrics.gap();
    return std::max(width, m_titles->titleWidth(column.column));
}

/// Room for drawings twice as long.
bool TableView::isWide() const { return viewport()->width() >= Metrics(font()).px(90); }

void TableView::layOut()
{
    if (!model())
        return;
    const bool before = std::exchange(m_layingOut, true);
    const Metrics metrics(font());
    // Before the default size: a style's own minimum may be larger than a row.
    verticalHeader()->setMinimumSectionSize(metrics.row());
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(metrics.row());
    verticalScrollBar()->setSingleStep(metrics.row());
    m_titles->setMinimumSectionSize(metrics.px(1.2));
    for (int section = 0; section < m_titles->count(); ++section)
        m_titles->setSectionResizeMode(section, QHeaderView::Interactive);
    for (int section = 0; section < m_titles->count(); ++section)
        m_titles->resizeSection(section, m_userWidths.value(section, m_titles->titleWidth(section)));
    for (const TableColumn &column : std::as_const(m_columns)) {
        if (column.drawing > 0)
            m_cells->setTextReserve(column.column, reserveOf(column) + metrics.gap());
        if (column.stretch)
            m_titles->setSectionResizeMode(column.column, QHeaderView::Stretch);
        else
            m_titles->resizeSection(column.column, m_userWidths.value(column.column, widthOf(column)));
    }
    showHideColumns();
    dropColumns();
    m_layingOut = before;
}

void TableView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    if (!model())
        return;
    if (std::exchange(m_wide, isWide()) != isWide())
        layOut();
    else
        dropColumns();
}

void TableView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        m_userWidths.clear();
        layOut();
    }
}

QSize TableView::minimumSizeHint() const
{
    const Metrics metrics(font());
    const int rows = m_neverScrolls && model() ? std::clamp(model()->rowCount(), 1, 7) : 2;
    return {metrics.px(10), metrics.header() + rows * metrics.row()};
}

int TableView::copyCount() const
{
    const auto selected = selectedIds().size();
    return selected > 0 ? int(selected) : model()->rowCount();
}

QString TableView::copyText(bool markdown) const
{
    QList<int> columns;
    QStringList titles;
    for (int column = 0; column < model()->columnCount(); ++column) {
        if (m_titles->isSectionHidden(column))
            continue;
        columns << column;
        titles << model()->headerData(column, Qt::Horizontal).toString();
    }
    const auto line = [markdown](QStringList cells) {
        for (QString &cell : cells) {
            cell.replace(u'\n', u' ').replace(u'\t', u' ');
            if (markdown)
                cell.replace(u'\\', u"\\\\"_s).replace(u'|', u"\\|"_s);
        }
        return markdown ? u"| "_s + cells.join(u" | "_s) + u" |\n"_s : cells.join(u'\t') + u'\n';
    };
    QString text = line(titles);
    if (markdown)
        text += u'|' + u"---|"_s.repeated(columns.size()) + u'\n';
    const bool some = selectionModel()->hasSelection();
    for (int row = 0; row < model()->rowCount(); ++row) {
        if (some && !selectionModel()->isRowSelected(row, {}))
            continue;
        QStringList cells;
        for (const int column : std::as_const(columns))
            cells << TableBase::textOf(model()->index(row, column));
        text += line(cells);
    }
    return text;
}

QVariantMap TableView::saved() const
{
    QVariantMap widths;
    for (auto it = m_userWidths.cbegin(); it != m_userWidths.cend(); ++it)
        widths.insert(QString::number(it.key()), it.value() / Metrics(font()).h); // in h: another font keeps the proportion
    QVariantMap columns;
    for (auto it = m_userShown.cbegin(); it != m_userShown.cend(); ++it)
        columns.insert(QString::number(it.key()), it.value());
    return {{u"widths"_s, widths}, {u"sortColumn"_s, m_proxy->sortColumn()}, {u"descending"_s, m_proxy->sortOrder() == Qt::DescendingOrder},
        {u"current"_s, currentId()}, {u"scroll"_s, verticalScrollBar()->value()}, {u"columns"_s, columns}};
}

void TableView::restore(const QVariantMap &state)
{
    const QVariantMap widths = state.value(u"widths"_s).toMap();
    for (auto it = widths.cbegin(); it != widths.cend(); ++it) {
        const double heights = it.value().toDouble();
        if (heights > 0.5 && heights < 400)
            m_userWidths.insert(it.key().toInt(), Metrics(font()).px(heights));
    }
    const QVariantMap columns = state.value(u"columns"_s).toMap();
    for (auto it = columns.cbegin(); it != columns.cend(); ++it) {
        bool isNumber = false;
        if (const int column = it.key().toInt(&isNumber); isNumber && it.value().canConvert<bool>())
            m_userShown.insert(column, it.value().toBool());
    }
    layOut();
    bool known = false;
    const int column = state.value(u"sortColumn"_s).toInt(&known);
    if (known && column >= 0 && column < m_titles->count())
        sortBy(column, state.value(u"descending"_s).toBool() ? Qt::DescendingOrder : Qt::AscendingOrder);
    if (const QString id = state.value(u"current"_s).toString(); !id.isEmpty())
        setCurrentId(id);
    m_pendingScroll = state.value(u"scroll"_s, -1).toInt();
    if (m_proxy->rowCount() > 0 && m_pendingScroll >= 0) {
        doItemsLayout();
        verticalScrollBar()->setValue(std::exchange(m_pendingScroll, -1));
    }
}

} // namespace quorate
