// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QProcess>
#include <QString>
#include <QTemporaryDir>

#include <memory>
#include <vector>

namespace quorate::live {

class SeparateNetworks;

/// The real Consul, fetched once into the cache of the build folder. `path` is empty where it can't be had; then `problem` says why.
struct ConsulBinary {
    QString path;
    QString problem;
};
[[nodiscard]] ConsulBinary consulBinary();

struct GroupOptions {
    int size = 3;
    QString extra = {}; ///< stands in the configuration of every server
    int raftMultiplier = 1; ///< 5 is Consul's own default
    bool ownNetworks = false; ///< each server in a network namespace of its own, so that its peers can be cut off from it
};

/// Consul servers of one group, each on an address of its own. They die with this object, and with the thread that started them.
class ConsulGroup {
public:
    ConsulGroup(const QString &binary, const GroupOptions &options);
    ConsulGroup(const QString &binary, int size, const QString &extra = {})
        : ConsulGroup(binary, GroupOptions{size, extra})
    {
    }
    ~ConsulGroup();
    Q_DISABLE_COPY_MOVE(ConsulGroup)

    [[nodiscard]] int size() const { return m_options.size; }
    [[nodiscard]] QStringList urls() const;
    [[nodiscard]] QString address(int server) const; ///< Raft address of server 1, 2 …
    [[nodiscard]] int serverAt(const QString &address) const; ///< 0: none
    [[nodiscard]] QList<int> others(int server) const;

    void start(int server); ///< with its own data, so also again
    void kill(int server); ///< no farewell
    void terminate(int server); ///< asked to end, as a service is that will be started again: it stays a member
    [[nodiscard]] bool hasEnded(int server) const;
    void freeze(int server);
    void thaw(int server);
    void cutOff(int server); ///< from its peers, not from us: with ownNetworks only
    void reconnect(int server);

private:
    [[nodiscard]] QString host(int server) const; ///< where it answers us
    [[nodiscard]] QString peerHost(int server) const; ///< where it answers its peers
    [[nodiscard]] QString configuration(int server) const;
    [[nodiscard]] qint64 pid(int server) const;

    QString m_binary;
    GroupOptions m_options;
    QString m_network;
    QTemporaryDir m_folder;
    std::unique_ptr<SeparateNetworks> m_networks;
    std::vector<std::unique_ptr<QProcess>> m_servers;
};

} // namespace quorate::live
