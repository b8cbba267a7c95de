// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/severity.h"

#include <QColor>
#include <QPainter>
#include <QRectF>

namespace quorate {

// Shapes of LOOK section 5. Each call leaves pen, brush and hints as it found them.

struct ShapeStyle {
    bool dark = false;
    bool pending = false; ///< hollow: being checked
    QColor disc; ///< ground under the shape on a selected row (Base); invalid: none
};

/// The severity's shape in the middle of `square`.
void drawShape(QPainter &painter, const QRectF &square, Severity severity, const ShapeStyle &style);
/// Disabled: a neutral dash of 0.4 × `height` in the middle of `square`.
void drawDash(QPainter &painter, const QRectF &square, double height, const QColor &colour);
/// Own lines at 45°, `pitch` apart: a Qt pattern has a fixed pitch in device pixels.
void drawHatch(QPainter &painter, const QRectF &rect, double pitch, const QColor &colour);

} // namespace quorate
