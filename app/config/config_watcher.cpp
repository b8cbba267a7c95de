// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/config_watcher.h"

#include <QDir>
#include <QFileInfo>

namespace quorate {

ConfigWatcher::ConfigWatcher(QString path, Milliseconds debounce, QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
{
    m_debounce.setSingleShot(true);
    m_debounce.setInterval(debounce);
    const auto happened = [this] {
        watch();
        // Not restarted: a folder in which something is written all the time must not hide the file's change.
        if (!m_debounce.isActive())
            m_debounce.start();
    };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, happened);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, happened);
    connect(&m_debounce, &QTimer::timeout, this, [this] {
        watch();
        Q_EMIT changed();
    });
    watch();
}

void ConfigWatcher::watch()
{
    QStringList wanted;
    // The folder may not exist yet: then the nearest one above it, so that its making is noticed.
    QDir folder = QFileInfo(m_path).absoluteDir();
    while (!folder.exists() && !folder.isRoot())
        folder.setPath(QFileInfo(folder.absolutePath()).absolutePath());
    wanted.append(folder.absolutePath());
    if (QFileInfo::exists(m_path)) {
        wanted.append(m_path);
        // A link into another folder (a git checkout): there the file is replaced, not here.
        const QString target = QFileInfo(QFileInfo(m_path).canonicalFilePath()).absolutePath();
        if (!wanted.contains(target))
            wanted.append(target);
    }
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    for (const QString &path : watched) {
        if (!wanted.contains(path))
            m_watcher.removePath(path);
    }
    for (const QString &path : std::as_const(wanted)) {
        if (!watched.contains(path))
            m_watcher.addPath(path);
    }
}

} // namespace quorate
