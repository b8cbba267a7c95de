// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pages/pane.h"

#include "views/pages/eliding_label.h"
#include "views/theme/metrics.h"
#include "views/theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

namespace quorate {

Pane::Pane(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
    , m_strip(new QWidget(this))
    , m_stripLayout(new QHBoxLayout(m_strip))
    , m_title(new ElidingLabel(m_strip))
    , m_note(new ElidingLabel(m_strip))
{
    m_layout->setContentsMargins(0, focusHeight(), 0, 0);
    m_layout->setSpacing(0);
    m_layout->addWidget(m_strip);
    m_stripLayout->addWidget(m_title);
    m_stripLayout->addWidget(m_note, 1);
    m_strip->hide();
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) {
        const bool focused = now && isAncestorOf(now);
        if (std::exchange(m_focused, focused) != focused)
            update(0, 0, width(), focusHeight());
    });
    sizeStrip();
}

void Pane::setView(QWidget *view)
{
    m_layout->addWidget(view, 1);
    setFocusProxy(view);
}

void Pane::setBand(QWidget *band) { m_layout->insertWidget(m_layout->indexOf(m_strip) + 1, band); }

void Pane::setTitle(const QString &title, const QString &note)
{
    m_title->setText(title);
    m_note->setText(note);
    m_strip->setVisible(!title.isEmpty());
}

void Pane::setNoteInk(Severity severity)
{
    m_noteInk = severity;
    m_note->setInk(severity == Severity::Ok ? QColor() : severityColours(severity, isDark(palette())).ink);
}

void Pane::addAction(QAction *action)
{
    auto *button = new QToolButton(m_strip);
    button->setAutoRaise(true);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setDefaultAction(action);
    button->setVisible(action->isVisible());
    connect(action, &QAction::changed, button, [button, action] { button->setVisible(action->isVisible()); });
    m_stripLayout->addWidget(button);
}

QString Pane::title() const { return m_title->text(); }
QString Pane::note() const { return m_note->text(); }

void Pane::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    if (m_focused)
        painter.fillRect(0, 0, width(), focusHeight(), palette().color(QPalette::Highlight));
    if (m_strip->isVisible())
        painter.fillRect(0, m_strip->geometry().bottom(), width(), 1, separator(palette()));
    else if (!m_focused)
        painter.fillRect(0, focusHeight() - 1, width(), 1, separator(palette()));
}

void Pane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        sizeStrip();
    if (event->type() == QEvent::PaletteChange) {
        m_title->setInk(palette().color(QPalette::WindowText));
        setNoteInk(m_noteInk);
    }
}

void Pane::sizeStrip()
{
    const Metrics metrics(font());
    m_strip->setFixedHeight(metrics.paneTitle());
    m_stripLayout->setContentsMargins(metrics.pageMargin(), 0, metrics.gap(), 1);
    m_stripLayout->setSpacing(metrics.gap());
    m_title->setFont(demiBold(font()));
    m_title->setNeverElides(false);
    m_title->setInk(palette().color(QPalette::WindowText));
}

} // namespace quorate
