// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pages/status_strip.h"

#include "models/wording/phrase.h"
#include "models/wording/wording.h"
#include "views/theme/metrics.h"
#include "views/theme/shapes.h"
#include "views/theme/theme.h"

#include <QAction>
#include <QPainter>
#include <QToolButton>

#include <array>
#include <cmath>

namespace quorate {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr int pulseSeconds = 60;

QString countText(Severity severity, int count)
{
    switch (severity) {
    case Severity::Ok:
        return StatusStrip::tr("%1 ok").arg(wording::count(qint64(count)));
    case Severity::Warning:
        return StatusStrip::tr("%1 warning").arg(wording::count(qint64(count)));
    case Severity::Unknown:
        return StatusStrip::tr("%1 unknown").arg(wording::count(qint64(count)));
    case Severity::Critical:
        return StatusStrip::tr("%1 critical").arg(wording::count(qint64(count)));
    }
    Q_UNREACHABLE();
}
} // namespace

StatusStrip::StatusStrip(FleetModels *models, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_undo(new QToolButton(this))
{
    m_undo->setObjectName(u"undo"_s);
    m_undo->setAutoRaise(true);
    m_undo->setFocusPolicy(Qt::TabFocus);
    m_undo->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_undo->hide();
    setObjectName(u"statusStrip"_s);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_messageTimer.setSingleShot(true);
    connect(&m_messageTimer, &QTimer::timeout, this, &StatusStrip::endMessage);
    connect(models, &FleetModels::changed, this, &StatusStrip::refresh);
    connect(models, &FleetModels::ticked, this, &StatusStrip::refresh);
    refresh();
}

void StatusStrip::refresh()
{
    QStringList parts;
    const auto counts = m_models->counts();
    for (const Severity severity : severitiesWorstFirst) {
        if (const int count = counts.at(static_cast<size_t>(severity)); count > 0)
            parts << countText(severity, count);
    }
    setAccessibleName((parts << traffic()).join(u", "_s));
    update();
}

void StatusStrip::showMessage(const QString &text)
{
    m_message = text;
    m_undo->hide();
    m_messageTimer.start(4s);
    update();
}

void StatusStrip::showMessage(const QString &text, QAction *undo)
{
    showMessage(text);
    m_messageTimer.start(20s);
    m_undo->setDefaultAction(undo);
    m_undo->setText(tr("Undo"));
    disconnect(undo, &QAction::changed, m_undo, nullptr);
    connect(undo, &QAction::changed, m_undo, [this, undo] {
        m_undo->setText(tr("Undo")); // the menu says what would be undone
        if (!undo->isEnabled() && !m_undo->isHidden())
            endMessage();
    });
    m_undo->show();
    place();
}

void StatusStrip::endMessage()
{
    m_messageTimer.stop();
    m_message.clear();
    m_undo->hide();
    update();
}

void StatusStrip::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
}

/// Left of the pulse.
void StatusStrip::place()
{
    const Metrics metrics(font());
    const QSize size(m_undo->sizeHint().width(), height() - 2);
    m_undo->setGeometry(QRect(QPoint(width() - 2 * metrics.gap() - metrics.px(5) - size.width(), 1), size));
}

QString StatusStrip::traffic() const
{
    const int endpoints = m_models->endpointCount();
    if (endpoints == 0)
        return tr("nothing is polled");
    QStringList parts{wording::plural(endpoints, QUORATE_PLURAL("%1 endpoint", "%1 endpoints"))};
    const int answered = m_models->answeredCount();
    if (answered < endpoints)
        parts << tr("%1 tried so far").arg(wording::count(qint64(answered)));
    else
        parts << tr("%1 requests/min").arg(wording::count(qint64(m_models->requestsPerMinute())));
    const auto since = m_models->secondsSinceReply();
    if (since)
        parts << tr("last reply %1 ago").arg(wording::duration(std::max(0.0, *since)));
    else
        parts << (answered > 0 ? tr("no reply understood yet") : tr("no reply yet"));
    return parts.join(u" · "_s);
}

QSize StatusStrip::sizeHint() const { return {Metrics(font()).px(30), Metrics(font()).px(1.32)}; }

void StatusStrip::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Window));
    paintCounts(painter);
    const Metrics metrics(font());
    const QRectF pulse(width() - metrics.gap() - metrics.px(5), 0.18 * height(), metrics.px(5), 0.66 * height());
    paintPulse(painter, pulse);
    painter.setPen(secondaryText(palette().color(QPalette::WindowText), palette().color(QPalette::Window)));
    const double right = m_undo->isHidden() ? pulse.left() - metrics.cellPadding() : m_undo->x() - metrics.tight();
    const QRectF room(0, 0, right, height());
    painter.drawText(room, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, m_message.isEmpty() ? traffic() : m_message);
}

void StatusStrip::paintCounts(QPainter &painter) const
{
    const Metrics metrics(font());
    const double side = metrics.shape();
    double x = 3.5 * metrics.u;
    const QColor text = palette().color(QPalette::WindowText);
    const auto write = [&](const QString &words) {
        painter.setPen(text);
        painter.drawText(QRectF(x, 0, width(), height()), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, words);
        x += QFontMetricsF(font()).horizontalAdvance(words) + 3.2 * metrics.u;
    };
    const auto counts = m_models->counts();
    for (const Severity severity : severitiesWorstFirst) {
        const int count = counts.at(static_cast<size_t>(severity));
        if (count == 0)
            continue;
        drawShape(
            painter, QRectF(x, (height() - side) / 2, side, side), severity, {.dark = isDark(palette()), .pending = false, .disc = {}});
        x += side + metrics.tight();
        write(countText(severity, count));
    }
    if (const int paused = m_models->pausedCount(); paused > 0) {
        drawDash(painter, QRectF(x, (height() - side) / 2, side, side), metrics.h, secondaryText(text, palette().color(QPalette::Window)));
        x += side + metrics.tight();
        write(tr("%1 paused").arg(wording::count(qint64(paused))));
    }
}

void StatusStrip::paintPulse(QPainter &painter, const QRectF &rect) const
{
    const QColor text = palette().color(QPalette::WindowText), ground = palette().color(QPalette::Window);
    std::array<int, pulseSeconds> replies{};
    int most = 1;
    for (const Instant &at : m_models->pulse()) {
        const auto age = (m_models->now().wall - at).count() / 1000;
        if (age >= 0 && age < pulseSeconds)
            most = std::max(most, ++replies.at(static_cast<size_t>(pulseSeconds - 1 - age)));
    }
    const double foot = std::round(rect.bottom());
    painter.fillRect(QRectF(std::round(rect.left()), foot, std::round(rect.width()), 1), mixed(text, ground, 0.3));
    const double step = rect.width() / pulseSeconds;
    for (int i = 0; i < pulseSeconds; ++i) {
        const int count = replies.at(static_cast<size_t>(i));
        if (count == 0)
            continue;
        const double high = std::max(3.0, std::round(rect.height() * std::sqrt(double(count) / most)));
        painter.fillRect(
            QRectF(std::round(rect.left() + i * step), foot - high, 1, high), mixed(text, ground, 0.25 + 0.35 * i / pulseSeconds));
    }
}

} // namespace quorate
