// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QSplitter>

namespace quorate {

/// A splitter whose handle is a 1 px line; it can be grabbed a little beside it.
class ThinSplitter final : public QSplitter {
    Q_OBJECT
public:
    explicit ThinSplitter(Qt::Orientation orientation, QWidget *parent = nullptr);

    /// A state of saveState(), which would bring its own width of the handle. False: it is none, nothing changed.
    bool restore(const QByteArray &state);

protected:
    QSplitterHandle *createHandle() override;
};

} // namespace quorate
