// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QProcess>
#include <QString>
#include <QTemporaryDir>

#include <memory>
#include <vector>

namespace quorate::live {

/// The real Consul, fetched once into the cache of the build folder. `path` is empty where it can't be had; then `problem` says why.
struct ConsulBinary {
    QString path;
    QString problem;
};
[[nodiscard]] ConsulBinary consulBinary();

/// Consul servers of one group, each on a loopback address of its own: 127.0.x.1, 127.0.x.2 … They die with this object, and with the test.
class ConsulGroup {
public:
    /// `extra` stands in the configuration of every server.
    ConsulGroup(const QString &binary, int size, const QString &extra = {});
    ~ConsulGroup();
    Q_DISABLE_COPY_MOVE(ConsulGroup)

    [[nodiscard]] QStringList urls() const;
    [[nodiscard]] QString address(int server) const; ///< Raft address of server 1, 2 …
    [[nodiscard]] int serverAt(const QString &address) const; ///< 0: none
    [[nodiscard]] QList<int> others(int server) const;

    void start(int server); ///< with its own data, so also again
    void kill(int server); ///< no farewell
    void freeze(int server);
    void thaw(int server);

private:
    [[nodiscard]] QString host(int server) const;
    [[nodiscard]] qint64 pid(int server) const;

    QString m_binary, m_extra;
    QTemporaryDir m_folder;
    std::vector<std::unique_ptr<QProcess>> m_servers;
};

} // namespace quorate::live
