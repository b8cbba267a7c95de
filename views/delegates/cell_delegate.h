// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "views/delegates/drawings.h"
#include "views/delegates/text_cache.h"

#include <QStyledItemDelegate>

#include <functional>

namespace quorate {

/// The one delegate: turns every role of models/tables/roles.h into shape, word, number or drawing (LOOK sections 5, 6, 9, 12).
/// The style paints the selection; everything else comes from the option's palette and font. Text is plain, always.
class CellDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit CellDelegate(QObject *parent = nullptr);

    /// How strongly a changed cell is lit, 0 to 1. Without it nothing lights up.
    void setFlash(std::function<double(const QModelIndex &)> strength) { m_flash = std::move(strength); }
    /// Room kept at the right of a drawing for the column's text, px.
    void setTextReserve(int column, int px) { m_reserve.insert(column, px); }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    /// The model's tool tip; for a text that does not fit, the whole text.
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index) override;

private:
    struct Cell;
    void readCell(Cell &cell, const QModelIndex &index) const;
    void paintGround(QPainter &painter, const QStyleOptionViewItem &option, const Cell &cell, const CellInk &ink, double flash) const;
    [[nodiscard]] QRectF paintShapes(
        QPainter &painter, const QRectF &content, const Cell &cell, const CellInk &ink, const Metrics &metrics) const;
    [[nodiscard]] QRectF paintDrawing(
        QPainter &painter, const QRectF &content, int column, const Cell &cell, const CellInk &ink, const Metrics &metrics) const;
    void paintText(QPainter &painter, const QRectF &content, const Cell &cell, const CellInk &ink) const;

    std::function<double(const QModelIndex &)> m_flash;
    QHash<int, int> m_reserve;
    mutable TextCache m_texts; ///< painting only
};

} // namespace quorate
