// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pages/empty_page.h"

#include "models/wording/wording.h"
#include "views/pages/eliding_label.h"
#include "views/pages/shape_label.h"
#include "views/theme/metrics.h"
#include "views/theme/theme.h"

#include <QApplication>
#include <QEvent>
#include <QGridLayout>
#include <QIcon>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
QLabel *plainLabel(const QString &text, bool quiet, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    if (quiet) {
        QPalette palette = label->palette();
        palette.setColor(QPalette::WindowText, secondaryText(palette.color(QPalette::WindowText), palette.color(QPalette::Window)));
        label->setPalette(palette);
    }
    return label;
}

QString meaning(Severity severity)
{
    switch (severity) {
    case Severity::Ok:
        return EmptyPage::tr("seen, parsed and understood in the last moments");
    case Severity::Warning:
        return EmptyPage::tr("works, but less spare than there should be");
    case Severity::Unknown:
        return EmptyPage::tr("not seen or not understood, so never shown as healthy");
    case Severity::Critical:
        return EmptyPage::tr("cannot do its work");
    }
    Q_UNREACHABLE();
}
} // namespace

EmptyPage::EmptyPage(QWidget *parent)
    : QWidget(parent)
    , m_path(u"~/.config/quorate/config.toml"_s)
{
    // Stretches, not an alignment: an aligned item gets no height for its width, and wrapped texts would be cut.
    m_across = new QHBoxLayout;
    m_across->addStretch(1);
    m_across->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addLayout(m_across);
    layout->addStretch(3);
    build();
}

void EmptyPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    // Inks and sizes are in the parts.
    if (m_column && (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange))
        build();
}

void EmptyPage::build()
{
    const Metrics metrics(font());
    const bool focused = m_column && m_column->isAncestorOf(QApplication::focusWidget());
    delete std::exchange(m_column, nullptr);
    auto *column = new QWidget(this);
    column->setFixedWidth(metrics.px(34));
    auto *lines = new QVBoxLayout(column);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(0);

    auto *icon = new QLabel(column);
    const int side = metrics.px(4);
    icon->setPixmap(QIcon(u":/icons/quorate.svg"_s).pixmap(QSize(side, side), devicePixelRatioF()));
    icon->setAccessibleName(tr("Quorate"));
    lines->addWidget(icon);
    lines->addSpacing(metrics.px(1.2));
    auto *title = new QLabel(tr("No clusters yet"), column);
    title->setFont(scaled(font(), emptyTitleSize, true));
    lines->addWidget(title);
    lines->addSpacing(metrics.gap());
    lines->addWidget(plainLabel(tr("Quorate asks the status endpoints of Bufstream, Consul and OSAPI, says what is wrong, and why. "
                                   "Nothing is asked until you name a cluster."),
        false, column));
    lines->addSpacing(metrics.px(1.1));
    lines->addWidget(makeWays());
    lines->addSpacing(metrics.px(1.9));
    auto *rule = new QFrame(column);
    rule->setFrameShape(QFrame::HLine);
    rule->setFrameShadow(QFrame::Plain);
    QPalette rulePalette = rule->palette();
    rulePalette.setColor(QPalette::WindowText, separator(palette()));
    rule->setPalette(rulePalette);
    lines->addWidget(rule);
    lines->addSpacing(metrics.px(0.7));
    lines->addWidget(makeLegend());

    m_across->insertWidget(1, column);
    m_column = column;
    if (focused)
        focusProxy()->setFocus();
}

QWidget *EmptyPage::makeWays()
{
    const Metrics metrics(font());
    auto *ways = new QWidget(this);
    auto *grid = new QGridLayout(ways);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(metrics.section());
    grid->setVerticalSpacing(metrics.px(0.85));
    grid->setColumnStretch(1, 1);
    auto *demo = new QPushButton(tr("Open the &demo"), ways);
    demo->setObjectName(u"openDemo"_s);
    demo->setDefault(true);
    auto *example = new QPushButton(tr("&Write an example file"), ways);
    example->setObjectName(u"writeExample"_s);
    int wide = metrics.px(9.8);
    for (const QPushButton *button : {demo, example})
        wide = qMax(wide, button->sizeHint().width() + metrics.section());
    for (QPushButton *button : {demo, example}) {
        button->setFixedSize(wide, metrics.px(1.65));
        button->setAutoDefault(true);
    }
    m_exampleText = plainLabel({}, true, ways);
    setConfigPath(m_path);
    grid->addWidget(demo, 0, 0);
    grid->addWidget(plainLabel(tr("9 simulated servers on this machine that break and heal. Nothing leaves it."), true, ways), 0, 1);
    grid->addWidget(example, 1, 0);
    grid->addWidget(m_exampleText, 1, 1);
    connect(demo, &QPushButton::clicked, this, &EmptyPage::demoWanted);
    connect(example, &QPushButton::clicked, this, &EmptyPage::exampleWanted);
    setFocusProxy(demo);
    return ways;
}

QWidget *EmptyPage::makeLegend()
{
    const Metrics metrics(font());
    auto *legend = new QWidget(this);
    auto *grid = new QGridLayout(legend);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(metrics.gap());
    grid->setVerticalSpacing(metrics.tight());
    grid->setColumnStretch(2, 1);
    int row = 0;
    for (const Severity severity : allSeverities) {
        auto *shape = new ShapeLabel(0.85, legend);
        shape->setSeverity(severity);
        auto *word = new QLabel(wording::severityWord(severity), legend);
        word->setFont(demiBold(font()));
        if (severity != Severity::Ok) {
            QPalette ink = word->palette();
            ink.setColor(QPalette::WindowText, severityColours(severity, isDark(palette())).ink);
            word->setPalette(ink);
        }
        grid->addWidget(shape, row, 0, Qt::AlignVCenter);
        grid->addWidget(word, row, 1);
        grid->addWidget(plainLabel(meaning(severity), true, legend), row, 2);
        ++row;
    }
    return legend;
}

void EmptyPage::setConfigPath(const QString &path)
{
    m_path = path;
    m_exampleText->setText(tr("%1, commented, opened in your editor.").arg(path));
}

} // namespace quorate
