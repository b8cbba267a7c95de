// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/delegates/drawings.h"

#include "views/theme/theme.h"

#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace quorate {

namespace {
/// Scale of a sparkline: from zero to max(1.05 max, 2 median), so that calm lines lie flat in the middle.
double topOf(const QList<Sparkline::Point> &points)
{
    std::vector<double> values;
    values.reserve(static_cast<size_t>(points.size()));
    for (const Sparkline::Point &point : points) {
        if (!std::isnan(point.value))
            values.push_back(point.value);
    }
    if (values.empty())
        return 1;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    const double median = *middle;
    const double top = std::max(1.05 * *std::max_element(values.begin(), values.end()), 2 * median);
    return top > 0 ? top : 1;
}

void drawRun(QPainter &painter, const QPolygonF &run, double foot, const QColor &line, const QColor &area)
{
    if (run.isEmpty())
        return;
    QPolygonF filled = run;
    filled << QPointF(run.last().x(), foot) << QPointF(run.first().x(), foot);
    painter.setPen(Qt::NoPen);
    painter.setBrush(area);
    painter.drawPolygon(filled);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(line, 1.2));
    if (run.size() == 1)
        painter.drawPoint(run.first());
    else
        painter.drawPolyline(run);
}

void drawRing(QPainter &painter, const QPointF &centre, double side, Severity severity, bool dark)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(severityColours(severity, dark).ink, 1.3));
    painter.translate(centre);
    if (severity == Severity::Critical) {
        const double d = 0.86 * side;
        painter.drawPolygon(QPolygonF{{0, -d}, {d, 0}, {0, d}, {-d, 0}});
    } else {
        painter.drawEllipse(QPointF(), 0.62 * side, 0.62 * side);
    }
    painter.restore();
}

/// Where bars are drawn: whole pixels, the height rounded once.
QRectF barIn(const QRectF &rect, double height)
{
    const double rounded = std::max(3.0, std::round(height));
    return {std::round(rect.left()), std::round(rect.center().y() - rounded / 2), std::round(rect.width()), rounded};
}
} // namespace

void drawSparkline(QPainter &painter, const QRectF &rect, const Sparkline &line, const CellInk &ink)
{
    if (line.points.isEmpty() || line.to <= line.from)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double top = topOf(line.points);
    const double foot = rect.bottom();
    const double radius = std::max(1.5, rect.height() / 8);
    const QRectF plot = rect.adjusted(0, radius, -radius, 0);
    const auto x = [&](qint64 at) { return plot.left() + plot.width() * double(at - line.from) / double(line.to - line.from); };
    const auto y = [&](double value) { return foot - 1 - (plot.height() - 1) * std::min(1.0, value / top); };

    const Sparkline::Point &newest = line.points.constLast();
    const bool over = line.limit && !std::isnan(newest.value) && newest.value > *line.limit;
    const QColor stroke = ink.selected ? ink.text : mixed(ink.text, ink.ground, 0.58);
    const QColor area = over && !ink.selected ? mixed(severityColours(Severity::Warning, ink.dark).fill, ink.ground, 0.3)
                                              : mixed(ink.text, ink.ground, 0.11);
    QPolygonF run;
    std::optional<qint64> before;
    QList<double> unanswered;
    for (const Sparkline::Point &point : line.points) {
        if (point.at < line.from)
            continue;
        if (std::isnan(point.value) || (before && point.at - *before > line.gapMs)) {
            drawRun(painter, run, foot, stroke, area);
            run.clear();
        }
        before = point.at;
        if (std::isnan(point.value))
            unanswered.append(x(point.at));
        else
            run << QPointF(x(point.at), y(point.value));
    }
    drawRun(painter, run, foot, stroke, area);
    if (line.limit && top > *line.limit / 2) {
        QPen limit(mixed(ink.text, ink.ground, 0.5), 1);
        limit.setDashPattern({1, 2});
        painter.setPen(limit);
        const double at = std::round(y(*line.limit)) + 0.5;
        if (at >= rect.top())
            painter.drawLine(QPointF(plot.left(), at), QPointF(plot.right(), at));
    }
    if (!run.isEmpty()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(over && !ink.selected ? severityColours(Severity::Warning, ink.dark).fill : stroke);
        painter.drawEllipse(run.last(), radius, radius);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    const double mark = std::max(3.0, std::round(rect.height() / 3));
    for (const double at : std::as_const(unanswered))
        painter.fillRect(QRectF(std::round(at - 1), foot - mark, 2, mark), severityColours(Severity::Critical, ink.dark).fill);
    painter.restore();
}

void drawBullet(QPainter &painter, const QRectF &rect, double bar, const Bullet &bullet, const CellInk &ink)
{
    const QRectF track = barIn(rect, bar);
    QColor ground = ink.ground, text = ink.text;
    if (ink.selected) {
        painter.fillRect(track.adjusted(-2, -4, 2, 4), ink.base);
        ground = ink.base;
        text = ink.dark ? QColor(Qt::white) : QColor(Qt::black);
    }
    const double maximum = bullet.maximum > 0 ? bullet.maximum : 1;
    const auto at = [&](double value) { return std::round(track.width() * std::clamp(value / maximum, 0.0, 1.0)); };
    painter.fillRect(track, mixed(text, ground, 0.10));
    const double value = at(bullet.value);
    const bool over = bullet.limit && bullet.value > *bullet.limit && bullet.severity != Severity::Ok;
    const double limit = bullet.limit ? at(*bullet.limit) : track.width();
    painter.fillRect(QRectF(track.left(), track.top(), std::min(value, limit), track.height()), mixed(text, ground, 0.45));
    if (over) {
        const double from = std::min(limit, track.width() - 2); // a limit of zero or beyond the track still shows a part over it
        painter.fillRect(QRectF(track.left() + from, track.top(), std::max(2.0, value - from), track.height()),
            severityColours(bullet.severity, ink.dark).fill);
    }
    if (bullet.limit) {
        const double high = std::round(2.2 * track.height());
        painter.fillRect(QRectF(track.left() + std::min(limit, track.width() - 1) - 1, std::round(track.center().y() - high / 2), 2, high),
            mixed(text, ground, 0.80));
    }
}

QColor shareColour(Share::Part part, const QColor &text, const QColor &ground, bool dark)
{
    switch (part) {
    case Share::Part::Waiting:
        return seriesColour(2, dark);
    case Share::Part::Running:
        return seriesColour(0, dark);
    case Share::Part::Failed:
        return seriesColour(1, dark);
    case Share::Part::Done:
        return mixed(text, ground, 0.32);
    case Share::Part::Other:
        return hatchColour(dark);
    }
    Q_UNREACHABLE();
}

void drawShare(QPainter &painter, const QRectF &rect, double bar, double hatchPitch, const Share &share, const CellInk &ink)
{
    const QRectF track = barIn(rect, bar);
    QColor text = ink.text;
    if (ink.selected) {
        painter.fillRect(track.adjusted(-2, -2, 2, 2), ink.base);
        text = ink.dark ? QColor(Qt::white) : QColor(Qt::black);
    }
    painter.fillRect(track, mixed(text, ink.base, 0.10)); // and every part on Base, whatever the row's tint: the titles are their legend
    if (share.total <= 0)
        return;
    double left = track.left();
    for (const auto &[part, amount] : share.parts) {
        if (amount <= 0)
            continue;
        // A part that exists is never invisible: at least 2 px.
        const double width
            = std::min(track.right() - left, std::max(2.0, std::round(track.width() * double(amount) / double(share.total))));
        const double gap = left > track.left() && width > 2 ? 1 : 0;
        painter.fillRect(QRectF(left, track.top(), gap, track.height()), ink.base);
        const QRectF piece(left + gap, track.top(), width - gap, track.height());
        const QColor colour = shareColour(part, text, ink.base, ink.dark);
        if (part == Share::Part::Other)
            drawHatch(painter, piece, hatchPitch / 2, colour);
        else
            painter.fillRect(piece, colour);
        left += width;
    }
}

void drawMark(QPainter &painter, const QRectF &cell, double side, MatrixMark mark, const CellInk &ink)
{
    QRectF square(0, 0, side, side);
    square.moveCenter(cell.center());
    const ShapeStyle style{.dark = ink.dark, .pending = false, .disc = ink.selected ? ink.base : QColor()};
    switch (mark) {
    case MatrixMark::None: {
        QColor dot = ink.text;
        dot.setAlphaF(0.22F);
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(dot);
        painter.drawEllipse(cell.center(), 1.3, 1.3);
        painter.restore();
        return;
    }
    case MatrixMark::Names:
        drawShape(painter, square, Severity::Ok, style);
        return;
    case MatrixMark::Leads:
        drawShape(painter, square, Severity::Ok, style);
        drawRing(painter, square.center(), side, Severity::Ok, ink.dark);
        return;
    case MatrixMark::LeadsOther:
        drawShape(painter, square, Severity::Critical, style);
        drawRing(painter, square.center(), side, Severity::Critical, ink.dark);
        return;
    case MatrixMark::NamesOther:
    case MatrixMark::NamesNobody:
        drawShape(painter, square, Severity::Critical, style);
        return;
    case MatrixMark::SplitYoung:
        drawShape(painter, square, Severity::Warning, style);
        return;
    }
}

} // namespace quorate
