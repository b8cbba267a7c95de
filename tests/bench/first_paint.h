// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QApplication>
#include <QEvent>
#include <QThread>

#include <functional>

namespace quorate::bench {

/// Calls back each time an event has been handled in which something was painted.
class PaintedApplication final : public QApplication {
public:
    using QApplication::QApplication;

    std::function<void()> painted;

    bool notify(QObject *receiver, QEvent *event) override
    {
        if (QThread::currentThread() != thread()) // events of every thread come through here
            return QApplication::notify(receiver, event);
        m_seen = m_seen || event->type() == QEvent::Paint;
        ++m_depth;
        const bool handled = QApplication::notify(receiver, event);
        if (--m_depth == 0 && std::exchange(m_seen, false) && painted)
            painted();
        return handled;
    }

private:
    int m_depth = 0;
    bool m_seen = false;
};

} // namespace quorate::bench
