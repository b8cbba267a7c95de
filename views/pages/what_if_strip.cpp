// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pages/what_if_strip.h"

#include "models/wording/over_time.h"
#include "models/wording/phrase.h"
#include "views/pages/eliding_label.h"
#include "views/theme/metrics.h"
#include "views/theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
constexpr int mostVoters = 15; ///< that are drawn one by one
constexpr double markStep = 0.95; ///< h from one to the next
} // namespace

WhatIfStrip::WhatIfStrip(QWidget *parent)
    : QWidget(parent)
    , m_question(new ElidingLabel(this))
    , m_outcome(new ElidingLabel(this))
    , m_leave(new QToolButton(this))
{
    setObjectName(u"whatIf"_s);
    m_leave->setText(tr("End   Esc"));
    m_leave->setToolTip(tr("Back to what is (Esc)"));
    m_leave->setAutoRaise(true);
    m_leave->setFocusPolicy(Qt::TabFocus);
    connect(m_leave, &QToolButton::clicked, this, &WhatIfStrip::left);
    auto *layout = new QHBoxLayout(this);
    layout->addWidget(m_question);
    layout->addWidget(m_outcome, 1);
    layout->addWidget(m_leave);
    sizeParts();
    colourParts();
    hide();
}

void WhatIfStrip::ask(bool asked)
{
    m_asked = asked;
    setVisible(asked);
}

void WhatIfStrip::show(const RaftStatus &raft, const QStringList &without)
{
    const WhatIf result = whatIf(raft, without);
    const bool known = result.margin && result.live;
    m_voters = known && result.voters <= mostVoters && !result.without.isEmpty() ? result.voters : 0;
    m_quorum = result.quorum;
    m_live = result.live.value_or(0);
    m_lost = result.lost;
    if (result.without.isEmpty()) {
        m_question->setText(tr("What if …"));
        m_outcome->setText(tr("select the servers that would fail: Shift or Ctrl and the arrows, or a click"));
    } else {
        const QString who = wording::listOf(result.without, 5);
        m_question->setText(result.without.size() == 1 ? tr("What if %1 failed?").arg(who) : tr("What if %1 failed?", "several").arg(who));
        m_outcome->setText(wording::whatIfOutcome(result));
    }
    setAccessibleName(text());
    sizeParts();
    update();
}

QString WhatIfStrip::text() const { return u"%1 %2"_s.arg(m_question->text(), m_outcome->text()); }

int WhatIfStrip::stripHeight() const { return m_asked ? height() : 0; }

double WhatIfStrip::votersWidth() const { return m_voters * markStep * Metrics(font()).h; }

/// Those that would be left, those that would fail, those that do not count already; a line stands where the quorum ends.
void WhatIfStrip::paintVoters(QPainter &painter) const
{
    const Metrics metrics(font());
    const double step = markStep * metrics.h, radius = 0.30 * metrics.h;
    const QColor ground = palette().color(QPalette::Window), text = palette().color(QPalette::WindowText);
    double x = width() - metrics.gap() - m_leave->width() - metrics.section() - votersWidth() + step / 2;
    const double y = height() / 2.0;
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < m_voters; ++i, x += step) {
        const bool stays = i < m_live, fails = !stays && i < m_live + m_lost;
        painter.setBrush(stays ? QBrush(mixed(text, ground, 0.68)) : QBrush(Qt::NoBrush));
        painter.setPen(stays ? QPen(Qt::NoPen) : QPen(mixed(text, ground, fails ? 0.68 : 0.35), 1.2, fails ? Qt::DotLine : Qt::SolidLine));
        painter.drawEllipse(QPointF(x, y), radius, radius);
        if (fails) {
            painter.setPen(QPen(mixed(text, ground, 0.68), 1.2));
            painter.drawLine(QPointF(x - radius, y + radius), QPointF(x + radius, y - radius));
        }
        if (i + 1 != m_quorum)
            continue;
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.fillRect(QRectF(std::round(x + step / 2) - 1, y - 0.6 * metrics.h, 2, 1.2 * metrics.h), mixed(text, ground, 0.8));
        painter.setRenderHint(QPainter::Antialiasing);
    }
}

void WhatIfStrip::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    const QColor highlight = palette().color(QPalette::Highlight), window = palette().color(QPalette::Window);
    painter.fillRect(rect(), mixed(highlight, window, 0.10));
    painter.setPen(QPen(mixed(highlight, window, 0.8), 1, Qt::DashLine));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    if (m_voters > 0)
        paintVoters(painter);
}

void WhatIfStrip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        sizeParts();
    if (event->type() == QEvent::PaletteChange)
        colourParts();
}

void WhatIfStrip::sizeParts()
{
    const Metrics metrics(font());
    setFixedHeight(metrics.px(1.75));
    m_question->setFont(demiBold(font()));
    auto *row = static_cast<QHBoxLayout *>(layout());
    row->setContentsMargins(metrics.pageMargin(), 0, metrics.gap(), 0);
    row->setSpacing(metrics.gap());
    // Room for the marks, which are painted.
    const int at = row->indexOf(m_leave);
    if (QLayoutItem *before = row->itemAt(at - 1); before->spacerItem())
        delete row->takeAt(at - 1);
    if (m_voters > 0)
        row->insertSpacing(row->indexOf(m_leave), int(votersWidth()) + metrics.gap());
}

void WhatIfStrip::colourParts()
{
    m_question->setInk(palette().color(QPalette::WindowText));
    m_outcome->setInk(palette().color(QPalette::WindowText));
}

} // namespace quorate
