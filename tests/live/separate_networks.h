// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QProcess>
#include <QString>

#include <memory>
#include <vector>

namespace quorate::live {

/// Network namespaces for the servers of one group: each has one interface to its peers, by a bridge that is in a namespace too, and one
/// to us. Nothing is left behind when the test dies: a namespace ends with its last process, and takes its interfaces along.
class SeparateNetworks {
public:
    explicit SeparateNetworks(int size);
    ~SeparateNetworks();
    Q_DISABLE_COPY_MOVE(SeparateNetworks)

    /// Why this can't be done here: no root, no iproute2, no such kernel. Empty: it can.
    [[nodiscard]] static QString problem();

    [[nodiscard]] QString host(int server) const; ///< address that we reach
    [[nodiscard]] QString peerHost(int server) const; ///< address that its peers reach
    [[nodiscard]] int descriptor(int server) const; ///< of its namespace

    void cutOff(int server); ///< what is sent between it and its peers is lost without a word
    void reconnect(int server);

private:
    struct Namespace;
    void addServer(int server);
    [[nodiscard]] QString address(int server, int place) const;

    int m_group;
    std::unique_ptr<Namespace> m_bridge;
    std::vector<std::unique_ptr<Namespace>> m_servers;
};

} // namespace quorate::live
