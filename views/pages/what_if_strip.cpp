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

#include <cmath>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
constexpr int mostVoters = 15; ///< that are drawn one by one
constexpr double markStep = 1.1; ///< h from one to the next

/// Voters that would be left, those that would fail, those that do not count already; a line stands where the quorum ends.
class VoterMarks final : public QWidget {
public:
    using QWidget::QWidget;

    void show(const WhatIf &result)
    {
        const bool known = result.margin && result.live && !result.without.isEmpty();
        m_result = result;
        m_count = known && result.voters <= mostVoters ? result.voters : 0;
        setFixedWidth(qMax(1, Metrics(font()).px(m_count * markStep)));
        setVisible(m_count > 0);
        update();
    }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        Q_UNUSED(event)
        QPainter painter(this);
        const double h = Metrics(font()).h, step = markStep * h, radius = 0.34 * h, y = height() / 2.0;
        const QColor ground = palette().color(QPalette::Window), text = palette().color(QPalette::WindowText);
        const QColor strong = mixed(text, ground, 0.75), quiet = mixed(text, ground, 0.4);
        const int left = m_result.live.value_or(0);
        for (int i = 0; i < m_count; ++i) {
            const QPointF centre((i + 0.5) * step, y);
            const bool stays = i < left, fails = !stays && i < left + m_result.lost;
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setBrush(stays ? QBrush(strong) : QBrush(Qt::NoBrush));
            painter.setPen(stays ? QPen(Qt::NoPen) : QPen(fails ? strong : quiet, 1.3));
            painter.drawEllipse(centre, stays ? radius : radius - 0.65, stays ? radius : radius - 0.65);
            if (fails) {
                const QPointF arm(0.62 * radius, -0.62 * radius);
                painter.drawLine(centre - arm, centre + arm);
            }
            if (i + 1 != m_result.quorum)
                continue;
            painter.setRenderHint(QPainter::Antialiasing, false);
            painter.fillRect(QRectF(std::round((i + 1) * step) - 1, y - 0.62 * h, 2, 1.24 * h), text);
        }
    }

private:
    WhatIf m_result;
    int m_count = 0;
};
} // namespace

WhatIfStrip::WhatIfStrip(QWidget *parent)
    : QWidget(parent)
    , m_question(new ElidingLabel(this))
    , m_verdict(new ElidingLabel(this))
    , m_outcome(new ElidingLabel(this))
    , m_marks(new VoterMarks(this))
    , m_leave(new QToolButton(this))
{
    setObjectName(u"whatIf"_s);
    m_question->setNeverElides(true);
    m_verdict->setNeverElides(true);
    m_marks->setToolTip(tr("One mark for each voter: left, failed; the line stands where the quorum is reached"));
    m_leave->setText(tr("End   Esc"));
    m_leave->setToolTip(tr("Back to what is (Esc)"));
    m_leave->setAutoRaise(true);
    m_leave->setFocusPolicy(Qt::TabFocus);
    connect(m_leave, &QToolButton::clicked, this, &WhatIfStrip::left);
    auto *layout = new QHBoxLayout(this);
    layout->addWidget(m_question);
    layout->addWidget(m_marks);
    layout->addWidget(m_verdict);
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
    static_cast<VoterMarks *>(m_marks)->show(result);
    if (result.without.isEmpty()) {
        m_question->setText(tr("What if …"));
        m_verdict->setText({});
        m_outcome->setText(tr("select the servers that would fail: Shift or Ctrl and the arrows, or a click"));
    } else {
        const QString outcome = wording::whatIfOutcome(result);
        m_question->setText(tr("What if %1 failed?").arg(wording::listOf(result.without, 4)));
        m_verdict->setText(result.margin ? outcome.section(u" · "_s, 0, 0) : QString());
        m_outcome->setText(result.margin ? outcome.section(u" · "_s, 1) : outcome);
    }
    m_verdict->setVisible(!m_verdict->text().isEmpty());
    setAccessibleName(text());
}

QString WhatIfStrip::text() const { return u"%1 %2"_s.arg(m_question->text(), wording::facts({m_verdict->text(), m_outcome->text()})); }

int WhatIfStrip::stripHeight() const { return m_asked ? height() : 0; }

void WhatIfStrip::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    const QColor highlight = palette().color(QPalette::Highlight), window = palette().color(QPalette::Window);
    painter.fillRect(rect(), mixed(highlight, window, 0.10));
    painter.setPen(QPen(mixed(highlight, window, 0.8), 1, Qt::DashLine));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
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
    m_verdict->setFont(demiBold(font()));
    auto *row = static_cast<QHBoxLayout *>(layout());
    row->setContentsMargins(metrics.pageMargin(), 0, metrics.gap(), 0);
    row->setSpacing(metrics.pageMargin());
}

void WhatIfStrip::colourParts()
{
    m_question->setInk(palette().color(QPalette::WindowText));
    m_verdict->setInk(palette().color(QPalette::WindowText));
    m_outcome->setInk(palette().color(QPalette::WindowText));
}

} // namespace quorate
