// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pages/banner.h"

#include "views/theme/metrics.h"
#include "views/theme/shapes.h"
#include "views/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype mostLines = 4;
}

Banner::Banner(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
{
    setObjectName(u"banner"_s);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    const Metrics metrics(font());
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics.px(2), metrics.tight(), metrics.pageMargin(), metrics.tight() + 1);
    layout->addWidget(m_text);
    hide();
}

void Banner::showNotices(const QList<Notice> &notices)
{
    QStringList lines;
    m_offline = false;
    for (const Notice &notice : notices.first(qMin(notices.size(), mostLines))) {
        lines << notice.text;
        m_offline = m_offline || notice.code == "machine-offline"_L1;
    }
    if (notices.size() > mostLines)
        lines << tr("and %1 more").arg(notices.size() - mostLines);
    m_text->setText(lines.join(u'\n'));
    setAccessibleName(m_text->text());
    setVisible(!notices.isEmpty());
    update();
}

void Banner::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    const QColor highlight = palette().color(QPalette::Highlight), window = palette().color(QPalette::Window);
    painter.fillRect(rect(), mixed(highlight, window, m_offline ? 0.10 : 0.16));
    painter.fillRect(0, height() - 1, width(), 1, mixed(highlight, window, 0.6));
    const Metrics metrics(font());
    const double side = metrics.shape();
    const QRectF square(2.4 * metrics.u, metrics.tight() + (metrics.h - side) / 2, side, side);
    if (m_offline) {
        drawShape(painter, square, Severity::Unknown, {.dark = isDark(palette()), .pending = false, .disc = {}});
        return;
    }
    painter.setFont(demiBold(font()));
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(square.adjusted(-side, -side, side, side), Qt::AlignCenter, u"!"_s);
}

} // namespace quorate
