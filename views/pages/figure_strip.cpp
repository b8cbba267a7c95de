// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pages/figure_strip.h"

#include "views/theme/metrics.h"
#include "views/theme/theme.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quorate {

FigureStrip::FigureStrip(QWidget *parent)
    : QWidget(parent)
{
    setFixedHeight(Metrics(font()).figures());
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void FigureStrip::setFigures(const QList<Figure> &figures)
{
    if (figures == m_figures)
        return;
    m_figures = figures;
    QStringList spoken;
    for (const Figure &figure : figures)
        spoken += u"%1 %2 %3"_s.arg(figure.caption, figure.value, figure.note).trimmed();
    setAccessibleName(spoken.join(u"; "_s));
    update();
}

double FigureStrip::distance() const { return 1.7 * Metrics(font()).h; }

double FigureStrip::widthOf(const Figure &figure) const
{
    const Metrics metrics(font());
    const double caption = QFontMetricsF(scaled(font(), captionSize)).horizontalAdvance(figure.caption);
    double value = QFontMetricsF(scaled(font(), figureSize)).horizontalAdvance(figure.value);
    if (!figure.note.isEmpty())
        value += metrics.cellPadding() + QFontMetricsF(font()).horizontalAdvance(figure.note);
    return std::max(caption, value);
}

int FigureStrip::shownCount() const
{
    double left = Metrics(font()).pageMargin();
    int count = 0;
    for (const Figure &figure : m_figures) {
        left += widthOf(figure);
        if (left > width() - Metrics(font()).gap())
            break;
        left += distance();
        ++count;
    }
    return count;
}

void FigureStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    for (const int line : {0, height() - 1})
        painter.fillRect(0, line, width(), 1, separator(palette()));
    const Metrics metrics(font());
    const QColor ground = palette().color(QPalette::Window), text = palette().color(QPalette::WindowText);
    const QColor quiet = secondaryText(text, ground);
    const QFont small = scaled(font(), captionSize), large = scaled(font(), figureSize);
    const QFontMetricsF smallMetrics(small), largeMetrics(large);
    const double captionBase = metrics.tight() + smallMetrics.ascent();
    const double valueBase = captionBase + smallMetrics.descent() + largeMetrics.ascent() - 1;
    double left = metrics.pageMargin();
    const int count = shownCount();
    for (int i = 0; i < count; ++i) {
        const Figure &figure = m_figures.at(i);
        painter.setFont(small);
        painter.setPen(quiet);
        painter.drawText(QPointF(left, captionBase), figure.caption);
        painter.setFont(font());
        painter.drawText(QPointF(left + largeMetrics.horizontalAdvance(figure.value) + metrics.cellPadding(), valueBase), figure.note);
        painter.setFont(large);
        if (figure.severity != Severity::Ok)
            painter.setPen(severityColours(figure.severity, isDark(palette())).ink);
        else
            painter.setPen(figure.quiet ? quiet : text);
        painter.drawText(QPointF(left, valueBase), figure.value);
        left += widthOf(figure) + distance();
    }
}

void FigureStrip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        setFixedHeight(Metrics(font()).figures());
}

} // namespace quorate
