// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/theme/shapes.h"

#include "views/theme/theme.h"

#include <QPainterPath>

#include <cmath>

namespace quorate {

namespace {
class Saved {
public:
    explicit Saved(QPainter &painter)
        : m_painter(painter)
    {
        m_painter.save();
        m_painter.setRenderHint(QPainter::Antialiasing);
    }
    ~Saved() { m_painter.restore(); }
    Q_DISABLE_COPY_MOVE(Saved)

private:
    QPainter &m_painter;
};

/// Outline of a severity around the origin, `inset` inside its nominal edge.
QPainterPath outline(Severity severity, double side, double inset)
{
    QPainterPath path;
    switch (severity) {
    case Severity::Ok:
    case Severity::Unknown:
        path.addEllipse(QPointF(), 0.39 * side - inset, 0.39 * side - inset);
        break;
    case Severity::Warning: {
        const double in = inset * 1.6;
        path.addPolygon(
            QPolygonF{{0, -0.45 * side + in}, {0.52 * side - in, 0.39 * side - inset}, {-0.52 * side + in, 0.39 * side - inset}});
        path.closeSubpath();
        break;
    }
    case Severity::Critical: {
        const double d = 0.53 * side - inset * 1.41;
        path.addPolygon(QPolygonF{{0, -d}, {d, 0}, {0, d}, {-d, 0}});
        path.closeSubpath();
        break;
    }
    }
    return path;
}

void drawRing(QPainter &painter, double radius, double stroke, const QColor &colour)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, stroke));
    painter.drawEllipse(QPointF(), radius, radius);
}
} // namespace

void drawShape(QPainter &painter, const QRectF &square, Severity severity, const ShapeStyle &style)
{
    const Saved saved(painter);
    const double side = square.width();
    painter.translate(square.center());
    if (style.disc.isValid()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(style.disc);
        painter.drawEllipse(QPointF(), 0.78 * side, 0.78 * side);
    }
    const SeverityColours &colours = severityColours(severity, style.dark);
    if (severity == Severity::Unknown) {
        drawRing(painter, (0.39 - 0.075) * side, 0.15 * side, colours.ink);
        return;
    }
    const double line = style.pending ? qMax(1.5, side / 9) : qMax(1.0, side / 13);
    painter.setPen(QPen(colours.ink, line, Qt::SolidLine, Qt::FlatCap, severity == Severity::Warning ? Qt::RoundJoin : Qt::MiterJoin));
    painter.setBrush(style.pending ? QBrush(Qt::NoBrush) : QBrush(colours.fill));
    painter.drawPath(outline(severity, side, line / 2));
}

void drawDash(QPainter &painter, const QRectF &square, double height, const QColor &colour)
{
    const double width = qRound(0.4 * height);
    painter.fillRect(QRectF(qRound(square.center().x() - width / 2), qRound(square.center().y() - 1), width, 2), colour);
}

void drawHatch(QPainter &painter, const QRectF &rect, double pitch, const QColor &colour)
{
    const Saved saved(painter);
    painter.setClipRect(rect, Qt::IntersectClip);
    painter.setPen(QPen(colour, 1));
    // Lines start on a common lattice, so that neighbouring cells of a row join.
    const double first = std::floor((rect.left() + rect.top()) / pitch) * pitch;
    for (double sum = first; sum < rect.right() + rect.bottom() + pitch; sum += pitch)
        painter.drawLine(QPointF(sum - rect.top(), rect.top()), QPointF(sum - rect.bottom(), rect.bottom()));
}

} // namespace quorate
