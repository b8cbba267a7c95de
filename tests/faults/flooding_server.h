// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QString>

#include <atomic>
#include <thread>
#include <vector>

namespace quorate {

/// A server on loopback that reads a request and then sends header lines without an end, as fast as the kernel takes them, from threads of
/// its own: one for each connection. May come to its senses, and answers then.
class FloodingServer {
public:
    /// Floods with `begin` once and `more` for ever; `healthy` is its reply when it came to its senses.
    explicit FloodingServer(QByteArray healthy, QByteArray begin = "HTTP/1.1 200 OK\r\n",
        QByteArray more = "X-More: and more and more and more and more and more and more\r\n");
    ~FloodingServer();
    FloodingServer(const FloodingServer &) = delete;
    FloodingServer &operator=(const FloodingServer &) = delete;

    [[nodiscard]] QString url() const;
    void comeToSenses() { m_floods = false; }
    [[nodiscard]] int floods() const { return m_begun; } ///< connections that were flooded so far

private:
    void serve();
    void answer(int connection);

    QByteArray m_healthy;
    QByteArray m_begin;
    QByteArray m_more;
    int m_listener = -1;
    std::atomic<bool> m_floods = true;
    std::atomic<bool> m_over = false;
    std::atomic<int> m_begun = 0;
    std::vector<int> m_connections;
    std::vector<std::thread> m_threads;
    std::thread m_accepts;
};

} // namespace quorate
