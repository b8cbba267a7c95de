// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pages/shape_label.h"

#include "models/wording/wording.h"
#include "views/theme/metrics.h"
#include "views/theme/shapes.h"
#include "views/theme/theme.h"

#include <cmath>

namespace quorate {

ShapeLabel::ShapeLabel(double heights, QWidget *parent)
    : QWidget(parent)
    , m_heights(heights)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setSeverity(m_severity);
}

void ShapeLabel::setSeverity(Severity severity, bool pending)
{
    m_severity = severity;
    m_pending = pending;
    setAccessibleName(wording::severityWord(severity));
    update();
}

void ShapeLabel::setPaused(bool paused)
{
    m_paused = paused;
    setAccessibleName(paused ? tr("Paused") : wording::severityWord(m_severity));
    update();
}

QSize ShapeLabel::sizeHint() const
{
    const int side = int(std::ceil(m_heights * Metrics(font()).h * 1.06)); // the rhombus reaches a little over its square
    return {side, side};
}

void ShapeLabel::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    QRectF square(0, 0, m_heights * Metrics(font()).h, m_heights * Metrics(font()).h);
    square.moveCenter(QRectF(rect()).center());
    if (m_paused) {
        const QColor ground = palette().color(QPalette::Window);
        drawDash(painter, square, Metrics(font()).h, secondaryText(palette().color(QPalette::WindowText), ground));
        return;
    }
    drawShape(painter, square, m_severity, {.dark = isDark(palette()), .pending = m_pending, .disc = {}});
}

} // namespace quorate
