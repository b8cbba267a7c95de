// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/time.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace quorate {

/// Tells that a file may have changed, appeared or gone: once for a burst, at most `debounce` later; now and then for nothing.
/// Editors save by renaming over the file, which ends a watch on it: so the folder is watched too, and the file again after each event
/// (PROOFS d).
class ConfigWatcher final : public QObject {
    Q_OBJECT
public:
    explicit ConfigWatcher(QString path, Milliseconds debounce = Milliseconds(200), QObject *parent = nullptr);

Q_SIGNALS:
    void changed();

private:
    void watch();

    QString m_path;
    QFileSystemWatcher m_watcher;
    QTimer m_debounce;
};

} // namespace quorate
