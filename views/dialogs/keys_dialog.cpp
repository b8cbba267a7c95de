// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/dialogs/keys_dialog.h"

#include "views/theme/metrics.h"
#include "views/theme/theme.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

namespace quorate {
using namespace Qt::StringLiterals;

KeysDialog::KeysDialog(const QList<Section> &sections, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"keys"_s);
    setWindowTitle(tr("Keys"));
    setModal(false);
    setAttribute(Qt::WA_DeleteOnClose);
    const Metrics metrics(font());
    auto *list = new QWidget;
    auto *grid = new QGridLayout(list);
    grid->setHorizontalSpacing(metrics.section());
    grid->setVerticalSpacing(metrics.tight());
    grid->setColumnStretch(0, 1);
    int row = 0;
    for (const Section &section : sections) {
        auto *title = new QLabel(section.title, list);
        title->setFont(demiBold(font()));
        title->setContentsMargins(0, row > 0 ? metrics.gap() : 0, 0, 0);
        grid->addWidget(title, row++, 0, 1, 2);
        for (const auto &[what, keys] : section.keys) {
            auto *text = new QLabel(what, list);
            text->setTextFormat(Qt::PlainText);
            auto *key = new QLabel(keys, list);
            key->setTextFormat(Qt::PlainText);
            grid->addWidget(text, row, 0);
            grid->addWidget(key, row++, 1);
        }
    }
    grid->setRowStretch(row, 1);
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(list);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(scroll, 1);
    layout->addWidget(buttons);
    resize(metrics.px(26), metrics.px(32));
}

KeysDialog::Section KeysDialog::sectionOf(const QString &title, const QList<QAction *> &actions)
{
    Section section{title, {}};
    for (const QAction *action : actions) {
        QStringList keys;
        for (const QKeySequence &key : action->shortcuts())
            keys << key.toString(QKeySequence::NativeText);
        if (keys.isEmpty())
            continue;
        QString text = action->text();
        text.remove(u'&');
        section.keys.append({text, keys.join(tr(" or "))});
    }
    return section;
}

} // namespace quorate
