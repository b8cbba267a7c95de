// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace quorate {

/// Ctrl-C and SIGTERM as a signal of Qt. The second one ends the process at once, should the first not be obeyed. One at a time.
class StopSignals final : public QObject {
    Q_OBJECT
public:
    explicit StopSignals(QObject *parent = nullptr);
    ~StopSignals() override;

Q_SIGNALS:
    void stopped();

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace quorate
