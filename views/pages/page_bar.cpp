// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pages/page_bar.h"

#include "views/pages/eliding_label.h"
#include "views/pages/shape_label.h"
#include "views/theme/metrics.h"
#include "views/theme/theme.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QToolButton>

namespace quorate {
using namespace Qt::StringLiterals;

/// A few words in a thin frame, as wide as they are.
class Badge final : public QWidget {
public:
    using QWidget::QWidget;

    void setText(const QString &text)
    {
        if (text == m_text)
            return;
        m_text = text;
        setAccessibleName(text);
        updateGeometry();
        update();
    }
    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] QSize sizeHint() const override
    {
        const Metrics metrics(font());
        return {int(QFontMetricsF(font()).horizontalAdvance(m_text)) + 2 * metrics.cellPadding() + 2, metrics.px(1.3)};
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        Q_UNUSED(event)
        QPainter painter(this);
        const QColor text = palette().color(QPalette::WindowText), ground = palette().color(QPalette::Window);
        const int high = Metrics(font()).px(1.3);
        const QRect frame(0, (height() - high) / 2, width(), high);
        for (const QRect &edge : QRegion(frame) - frame.adjusted(1, 1, -1, -1)) // filled, so that it is whole at every scale
            painter.fillRect(edge, mixed(text, ground, 0.3));
        painter.setPen(secondaryText(text, ground));
        painter.drawText(frame, Qt::AlignCenter | Qt::TextSingleLine, m_text);
    }

private:
    QString m_text;
};

PageBar::PageBar(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QHBoxLayout(this))
    , m_shape(new ShapeLabel(1.15, this))
    , m_title(new ElidingLabel(this))
    , m_sentence(new ElidingLabel(this))
    , m_badge(new Badge(this))
    , m_filter(new QLineEdit(this))
{
    m_shape->hide();
    m_title->setNeverElides(true);
    m_badge->hide();
    m_filter->setObjectName(u"filter"_s);
    m_filter->setPlaceholderText(tr("Filter   /"));
    m_filter->setAccessibleName(tr("Filter rows"));
    m_filter->setMaxLength(200);
    m_filterSymbol = m_filter->addAction(symbol(u"filter"_s, palette()), QLineEdit::LeadingPosition);
    m_filter->installEventFilter(this);
    connect(m_filter, &QLineEdit::textChanged, this, &PageBar::filterChanged);
    // Not before it can be seen: for its icon Qt loads every image plug-in there is.
    connect(m_filter, &QLineEdit::textChanged, m_filter, [this] { m_filter->setClearButtonEnabled(true); });
    m_layout->addWidget(m_shape);
    m_layout->addWidget(m_title);
    m_layout->addWidget(m_badge);
    m_layout->addWidget(m_sentence, 1);
    m_layout->addWidget(m_filter);
    sizeParts();
    colourParts();
}

void PageBar::setSeverity(std::optional<Severity> severity, bool pending)
{
    m_shape->setVisible(severity.has_value());
    if (severity)
        m_shape->setSeverity(*severity, pending);
}

void PageBar::setPaused(bool paused) { m_shape->setPaused(paused); }

void PageBar::setTitle(const QString &title) { m_title->setText(title); }

void PageBar::setSentence(const QString &sentence, Severity ink)
{
    m_sentence->setText(sentence);
    m_ink = ink;
    colourSentence();
}

void PageBar::setBadge(const QString &badge, const QString &tip)
{
    m_badge->setText(badge);
    m_badge->setToolTip(tip.isEmpty() ? QString() : u"<p style='white-space:pre-wrap'>"_s + tip.toHtmlEscaped()); // a person's words, plain
    m_badge->setVisible(!badge.isEmpty());
}

QString PageBar::badge() const { return m_badge->text(); }
QString PageBar::sentence() const { return m_sentence->text(); }

QToolButton *PageBar::addButton(QAction *action)
{
    auto *button = new QToolButton(this);
    button->setAutoRaise(true);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setDefaultAction(action);
    button->setFocusPolicy(Qt::TabFocus);
    const int icon = Metrics(font()).px(0.88);
    button->setIconSize({icon, icon});
    m_layout->insertWidget(m_layout->count() - 1, button);
    return button;
}

void PageBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    // A long name leaves room for the cause, which matters more; its tool tip has all of it.
    m_title->setMaximumWidth(qRound(0.4 * width()));
}

void PageBar::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter(this).fillRect(rect(), palette().color(QPalette::Window));
}

void PageBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        sizeParts();
    if (event->type() == QEvent::PaletteChange)
        colourParts();
}

bool PageBar::eventFilter(QObject *watched, QEvent *event)
{
    // Before the window's shortcuts see it: Esc in the filter clears it, and leaves it when there is nothing to clear.
    if (watched != m_filter || (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride))
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (event->type() == QEvent::ShortcutOverride) {
        if (key == Qt::Key_Escape || key == Qt::Key_Backspace || key == Qt::Key_Slash || key == Qt::Key_Question)
            event->accept();
        return false;
    }
    if (key == Qt::Key_Escape && !m_filter->text().isEmpty()) {
        m_filter->clear();
        return true;
    }
    if (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Down) {
        Q_EMIT filterLeft();
        return true;
    }
    return false;
}

void PageBar::sizeParts()
{
    const Metrics metrics(font());
    setFixedHeight(metrics.pageBar());
    m_layout->setContentsMargins(metrics.pageMargin(), 0, metrics.gap(), 0);
    m_layout->setSpacing(metrics.gap());
    m_title->setFont(scaled(font(), pageTitleSize, true));
    m_filter->setFixedWidth(metrics.px(8.8));
}

void PageBar::colourParts()
{
    m_title->setInk(palette().color(QPalette::WindowText));
    m_filterSymbol->setIcon(symbol(u"filter"_s, palette()));
    colourSentence();
}

void PageBar::colourSentence() { m_sentence->setInk(m_ink == Severity::Ok ? QColor() : severityColours(m_ink, isDark(palette())).ink); }

} // namespace quorate
