// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/pages/thin_splitter.h"

#include "views/theme/theme.h"

#include <QPainter>

namespace quorate {

namespace {
class ThinHandle final : public QSplitterHandle {
public:
    using QSplitterHandle::QSplitterHandle;

protected:
    void paintEvent(QPaintEvent *event) override
    {
        Q_UNUSED(event)
        QPainter(this).fillRect(rect(), separator(palette()));
    }
};
} // namespace

ThinSplitter::ThinSplitter(Qt::Orientation orientation, QWidget *parent)
    : QSplitter(orientation, parent)
{
    setHandleWidth(1);
    setChildrenCollapsible(false);
}

bool ThinSplitter::restore(const QByteArray &state)
{
    const bool restored = restoreState(state);
    setHandleWidth(1);
    return restored;
}

QSplitterHandle *ThinSplitter::createHandle() { return new ThinHandle(orientation(), this); }

} // namespace quorate
