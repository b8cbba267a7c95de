// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QThread>

#include <atomic>
#include <memory>

namespace quorate::live {

/// Writes keys to a Consul server as fast as it takes them, but not faster than `perSecond`: each write is a Raft entry of its own.
/// Many connections that are kept, each with one write under way. In a thread of its own, so that the watchers are not slowed down.
class KeyWriter {
public:
    KeyWriter(const QString &host, int perSecond);
    ~KeyWriter(); ///< stops
    Q_DISABLE_COPY_MOVE(KeyWriter)

    [[nodiscard]] qint64 written() const { return m_written; } ///< that the server has confirmed
    [[nodiscard]] qint64 refused() const { return m_refused; } ///< answers that are no confirmation

private:
    class Connection;
    void run(const QString &host, int perSecond);

    std::atomic<qint64> m_written = 0, m_refused = 0;
    std::unique_ptr<QThread> m_thread;
};

} // namespace quorate::live
