// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pages/eliding_label.h"

#include "views/theme/theme.h"

#include <QEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <cmath>

namespace quorate {
using namespace Qt::StringLiterals;

ElidingLabel::ElidingLabel(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ElidingLabel::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void ElidingLabel::setInk(const QColor &ink)
{
    m_ink = ink;
    update();
}

void ElidingLabel::setNeverElides(bool never) { setSizePolicy(never ? QSizePolicy::Fixed : QSizePolicy::Preferred, QSizePolicy::Fixed); }

QSize ElidingLabel::sizeHint() const
{
    const QFontMetricsF metrics(font());
    const QMargins margins = contentsMargins();
    return QSize(int(std::ceil(metrics.horizontalAdvance(m_text))) + 1, int(std::ceil(metrics.height()))).grownBy(margins);
}

QSize ElidingLabel::minimumSizeHint() const
{
    return {sizePolicy().horizontalPolicy() == QSizePolicy::Fixed ? sizeHint().width() : 0, sizeHint().height()};
}

void ElidingLabel::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.setPen(m_ink.isValid() ? m_ink : secondaryText(palette().color(QPalette::WindowText), palette().color(QPalette::Window)));
    const QRect room = contentsRect();
    painter.drawText(
        room, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, fontMetrics().elidedText(m_text, Qt::ElideRight, room.width()));
}

void ElidingLabel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateGeometry();
}

bool ElidingLabel::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const bool elided = sizeHint().width() > width() + 1;
    QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(),
        elided ? u"<p style='white-space:pre-wrap'>"_s + m_text.toHtmlEscaped() : QString(), this);
    return true;
}

} // namespace quorate
