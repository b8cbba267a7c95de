// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QProcess>
#include <QStringList>

namespace quorate::bench {

/// The body that every simulated broker answers, about 1 KB.
[[nodiscard]] QByteArray brokerBody();

/// Runs in the child: `count` servers on free loopback ports, their numbers on stdout, until stdin closes.
int serveReplies(int count);

/// A child process that answers, so that its cost is not counted as the client's.
class ReplyServers {
public:
    explicit ReplyServers(int count);
    ~ReplyServers();
    [[nodiscard]] const QStringList &urls() const { return m_urls; } ///< base URLs; empty when the child failed

private:
    QProcess m_process;
    QStringList m_urls;
};

} // namespace quorate::bench
