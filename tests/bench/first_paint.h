// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "tests/bench/usage.h"

#include <QApplication>
#include <QEvent>
#include <QThread>

#include <functional>

namespace quorate::bench {

/// Calls back each time an event of the GUI thread has been handled, with those handled within it.
class WatchedApplication final : public QApplication {
public:
    using QApplication::QApplication;

    struct Handled {
        QEvent::Type type;
        const char *receiver; ///< its class
        bool painted; ///< something was painted within it
        double cpu; ///< seconds of the thread
    };
    std::function<void(const Handled &)> handled;

    bool notify(QObject *receiver, QEvent *event) override
    {
        if (QThread::currentThread() != thread()) // events of every thread come through here
            return QApplication::notify(receiver, event);
        m_painted = m_painted || event->type() == QEvent::Paint;
        if (m_depth > 0 || !handled) {
            ++m_depth;
            const bool result = QApplication::notify(receiver, event);
            --m_depth;
            return result;
        }
        Handled one{event->type(), receiver->metaObject()->className(), false, 0}; // the receiver may be gone afterwards
        const double before = threadCpuSeconds();
        ++m_depth;
        const bool result = QApplication::notify(receiver, event);
        --m_depth;
        one.painted = std::exchange(m_painted, false);
        one.cpu = threadCpuSeconds() - before;
        handled(one);
        return result;
    }

private:
    int m_depth = 0;
    bool m_painted = false;
};

} // namespace quorate::bench
