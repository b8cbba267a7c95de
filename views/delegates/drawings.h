// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/tables/roles.h"
#include "views/theme/metrics.h"
#include "views/theme/shapes.h"

#include <QPainter>
#include <QPalette>
#include <QRectF>

namespace quorate {

// The drawings inside cells (LOOK sections 4 to 6, 12). `ink` and `ground` are the text and ground of the cell at hand, so that a selected
// row, a tinted one and a plain one all come out right. Each call leaves the painter as it found it.

struct CellInk {
    QColor text; ///< of the cell: Text or HighlightedText
    QColor ground; ///< Base, a tint, or Highlight
    QColor base; ///< laid under coloured bars of a selected row
    bool dark = false;
    bool selected = false;
};

/// The last ten minutes of a number, from zero, in `rect`.
void drawSparkline(QPainter &painter, const QRectF &rect, const Sparkline &line, const CellInk &ink);
/// A value against its limit; the bar is `bar` high in the middle of `rect`.
void drawBullet(QPainter &painter, const QRectF &rect, double bar, const Bullet &bullet, const CellInk &ink);
/// Parts of a total; the bar is `bar` high in the middle of `rect`.
void drawShare(QPainter &painter, const QRectF &rect, double bar, double hatchPitch, const Share &share, const CellInk &ink);
/// A mark of the matrix "who believes whom" in the middle of `cell`; `side` is a shape's side.
void drawMark(QPainter &painter, const QRectF &cell, double side, MatrixMark mark, const CellInk &ink);
/// The colour of a part of a queue.
[[nodiscard]] QColor shareColour(Share::Part part, const QColor &text, const QColor &ground, bool dark);

} // namespace quorate
