// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/consul_group.h"

#include "tests/live/own_number.h"
#include "tests/live/separate_networks.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <atomic>
#include <csignal>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace quorate::live {
using namespace Qt::StringLiterals;

namespace {
constexpr int fetchLimit = 300'000;
constexpr int elections = -5; ///< nice: a server that waits for a processor is taken for dead by its peers

/// Of 127/8, one for each group.
QString newNetwork()
{
    static std::atomic<int> groups = 0;
    return u"127.%1.%2"_s.arg(40 + ownNumber()).arg(1 + groups++ % 250);
}

/// Raft logs of servers side by side would wait for each other's disk writes.
QString folderInMemory()
{
    const QFileInfo memory(u"/dev/shm"_s);
    return (memory.isWritable() ? memory.filePath() : QDir::tempPath()) + u"/quorate-live-XXXXXX"_s;
}
} // namespace

ConsulBinary consulBinary()
{
    QProcess fetch;
    fetch.start(QStringLiteral(QUORATE_FETCH_CONSUL), {QStringLiteral(QUORATE_LIVE_CACHE "/consul")});
    if (!fetch.waitForFinished(fetchLimit))
        return {{}, u"fetching Consul took too long: "_s + fetch.errorString()};
    if (fetch.exitCode() != 0)
        return {{}, QString::fromUtf8(fetch.readAllStandardError()).trimmed()};
    return {QString::fromUtf8(fetch.readAllStandardOutput()).trimmed(), {}};
}

ConsulGroup::ConsulGroup(const QString &binary, const GroupOptions &options)
    : m_binary(binary)
    , m_options(options)
    , m_network(newNetwork())
    , m_folder(folderInMemory())
    , m_servers(static_cast<size_t>(options.size))
{
    if (options.ownNetworks)
        m_networks = std::make_unique<SeparateNetworks>(options.size);
    for (int server = 1; server <= size(); ++server)
        start(server);
}

ConsulGroup::~ConsulGroup()
{
    for (int server = 1; server <= size(); ++server)
        kill(server);
}

QString ConsulGroup::host(int server) const { return m_networks ? m_networks->host(server) : u"%1.%2"_s.arg(m_network).arg(server); }
QString ConsulGroup::peerHost(int server) const { return m_networks ? m_networks->peerHost(server) : host(server); }
QString ConsulGroup::address(int server) const { return peerHost(server) + u":8300"_s; }
qint64 ConsulGroup::pid(int server) const { return m_servers.at(static_cast<size_t>(server - 1))->processId(); }

QStringList ConsulGroup::urls() const
{
    QStringList urls;
    for (int server = 1; server <= size(); ++server)
        urls.append(u"http://%1:8500"_s.arg(host(server)));
    return urls;
}

int ConsulGroup::serverAt(const QString &raftAddress) const
{
    for (int server = 1; server <= size(); ++server) {
        if (address(server) == raftAddress)
            return server;
    }
    return 0;
}

QList<int> ConsulGroup::others(int server) const
{
    QList<int> result;
    for (int other = 1; other <= size(); ++other) {
        if (other != server)
            result.append(other);
    }
    return result;
}

QString ConsulGroup::configuration(int server) const
{
    QStringList peers;
    for (int other = 1; other <= size(); ++other)
        peers.append(u'"' + peerHost(other) + u'"');
    const QStringList lines{u"server = true"_s, u"bootstrap_expect = %1"_s.arg(size()), u"node_name = \"server-%1\""_s.arg(server),
        u"data_dir = \"%1\""_s.arg(m_folder.filePath(u"server-%1"_s.arg(server))), u"bind_addr = \"%1\""_s.arg(peerHost(server)),
        u"client_addr = \"%1\""_s.arg(host(server)), u"retry_join = [%1]"_s.arg(peers.join(u", "_s)), u"retry_interval = \"1s\""_s,
        u"disable_update_check = true"_s, u"performance { raft_multiplier = %1 }"_s.arg(m_options.raftMultiplier), u"ports { dns = -1 }"_s,
        m_options.extra};
    return lines.join(u'\n') + u'\n';
}

void ConsulGroup::start(int server)
{
    const QString base = m_folder.filePath(u"server-%1"_s.arg(server));
    QFile file(base + u".hcl"_s);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("%s can't be written", qPrintable(file.fileName()));
    file.write(configuration(server).toUtf8());
    file.close();

    auto process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::MergedChannels);
    process->setStandardOutputFile(base + u".log"_s, QIODevice::Append);
    const int network = m_networks ? m_networks->descriptor(server) : -1;
    process->setChildProcessModifier([network] {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::setpriority(PRIO_PROCESS, 0, elections); // refused without the right to: then as everybody else
        if (network >= 0 && ::setns(network, CLONE_NEWNET) != 0)
            ::_exit(1);
    });
    process->start(m_binary, {u"agent"_s, u"-config-file="_s + file.fileName()});
    if (!process->waitForStarted())
        qFatal("%s does not start: %s", qPrintable(m_binary), qPrintable(process->errorString()));
    m_servers.at(static_cast<size_t>(server - 1)) = std::move(process);
}

void ConsulGroup::kill(int server)
{
    const auto &process = m_servers.at(static_cast<size_t>(server - 1));
    if (!process || process->state() == QProcess::NotRunning)
        return;
    process->kill();
    process->waitForFinished();
}

void ConsulGroup::terminate(int server) { m_servers.at(static_cast<size_t>(server - 1))->terminate(); }

bool ConsulGroup::hasEnded(int server) const { return m_servers.at(static_cast<size_t>(server - 1))->state() == QProcess::NotRunning; }

void ConsulGroup::freeze(int server) { ::kill(pid_t(pid(server)), SIGSTOP); }
void ConsulGroup::thaw(int server) { ::kill(pid_t(pid(server)), SIGCONT); }
void ConsulGroup::cutOff(int server) { m_networks->cutOff(server); }
void ConsulGroup::reconnect(int server) { m_networks->reconnect(server); }

} // namespace quorate::live
