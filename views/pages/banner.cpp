// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pages/banner.h"

#include "views/theme/metrics.h"
#include "views/theme/shapes.h"
#include "views/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype mostLines = 4;

QString asSentence(const QString &text) { return text.left(1).toUpper() + text.mid(1); }
} // namespace

Banner::Banner(QWidget *parent)
    : QWidget(parent)
    , m_first(new QLabel(this))
    , m_text(new QLabel(this))
{
    setObjectName(u"banner"_s);
    m_first->setTextFormat(Qt::PlainText);
    m_first->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_first->setFont(demiBold(font()));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    const Metrics metrics(font());
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics.px(2), metrics.tight(), metrics.pageMargin(), metrics.tight() + 1);
    layout->setSpacing(metrics.gap());
    layout->addWidget(m_first, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
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
    setAccessibleName(lines.join(u'\n'));
    // What is the matter with this machine stands out; where there are several matters, none does.
    const bool machine = notices.size() == 1 && (m_offline || notices.first().code == "none-answers"_L1);
    const QString text = machine ? asSentence(notices.first().text) : lines.join(u'\n');
    const qsizetype end = machine ? text.indexOf(u": "_s) : -1;
    m_first->setText(text.left(std::max<qsizetype>(0, end)));
    m_first->setVisible(end > 0);
    const QString rest = end > 0 ? asSentence(text.mid(end + 2)) : text;
    m_text->setText(m_offline && machine ? tr("%1 · what was seen last is shown; nothing is judged, nobody is told").arg(rest) : rest);
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
