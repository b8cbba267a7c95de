// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/separate_networks.h"

#include "tests/live/own_number.h"

#include <QFile>
#include <QStandardPaths>

#include <atomic>
#include <csignal>
#include <fcntl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace quorate::live {
using namespace Qt::StringLiterals;

namespace {
/// What it said when it failed; empty: done. The command runs in the namespace of `descriptor`, or in ours.
QString run(const QString &command, int descriptor = -1)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setChildProcessModifier([descriptor] {
        if (descriptor >= 0 && ::setns(descriptor, CLONE_NEWNET) != 0)
            ::_exit(1);
    });
    process.startCommand(command);
    const bool done = process.waitForFinished() && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    return done ? QString() : command + u": "_s + process.errorString() + u' ' + QString::fromUtf8(process.readAll()).trimmed();
}

void must(const QString &command, int descriptor = -1)
{
    if (const QString problem = run(command, descriptor); !problem.isEmpty())
        qFatal("%s", qPrintable(problem));
}

constexpr int groupsAtMost = 8, addressesOfGroup = 32;

int newGroup()
{
    static std::atomic<int> groups = 0;
    return groups++ % groupsAtMost;
}
} // namespace

/// Lives as long as the process that does nothing in it.
struct SeparateNetworks::Namespace {
    Namespace()
    {
        holder.setChildProcessModifier([] {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            if (::unshare(CLONE_NEWNET) != 0)
                ::_exit(1);
        });
        holder.start(u"sleep"_s, {u"3600"_s});
        if (!holder.waitForStarted())
            return;
        descriptor = ::open(QFile::encodeName(u"/proc/%1/ns/net"_s.arg(holder.processId())).constData(), O_RDONLY | O_CLOEXEC);
    }
    ~Namespace()
    {
        if (descriptor >= 0)
            ::close(descriptor);
        holder.kill();
        holder.waitForFinished();
    }
    Q_DISABLE_COPY_MOVE(Namespace)

    QProcess holder;
    int descriptor = -1;
};

QString SeparateNetworks::problem()
{
    if (::geteuid() != 0)
        return u"only root may make network namespaces"_s;
    if (QStandardPaths::findExecutable(u"ip"_s).isEmpty())
        return u"there is no ip command (package iproute2)"_s;
    const Namespace tried;
    if (tried.descriptor < 0)
        return u"this system lets nobody make a network namespace"_s;
    return run(u"ip link add peers type bridge"_s, tried.descriptor);
}

SeparateNetworks::SeparateNetworks(int size)
    : m_group(newGroup())
    , m_bridge(std::make_unique<Namespace>())
{
    must(u"ip link add peers type bridge"_s, m_bridge->descriptor);
    must(u"ip link set peers up"_s, m_bridge->descriptor);
    for (int server = 1; server <= size; ++server)
        addServer(server);
}

SeparateNetworks::~SeparateNetworks() = default;

void SeparateNetworks::addServer(int server)
{
    m_servers.push_back(std::make_unique<Namespace>());
    const int there = descriptor(server);
    const qint64 holder = m_servers.back()->holder.processId();
    must(u"ip link add to%1 netns %2 type veth peer name peers netns %3"_s.arg(server).arg(m_bridge->holder.processId()).arg(holder));
    must(u"ip link set to%1 up master peers"_s.arg(server), m_bridge->descriptor);
    must(u"ip addr add %1/24 dev peers"_s.arg(peerHost(server)), there);
    must(u"ip link set lo up"_s, there);
    must(u"ip link set peers up"_s, there);

    const QString ours = u"quorate%1-%2-%3"_s.arg(ownNumber()).arg(m_group).arg(server);
    must(u"ip link add %1 type veth peer name watch netns %2"_s.arg(ours).arg(holder));
    must(u"ip addr add %1/30 dev %2"_s.arg(address(server, 1), ours));
    must(u"ip link set %1 up"_s.arg(ours));
    must(u"ip addr add %1/30 dev watch"_s.arg(host(server)), there);
    must(u"ip link set watch up"_s, there);
}

/// Of 198.18.0.0/15, which is set aside for tests of networks: four for each server, the first is ours, the second its own.
QString SeparateNetworks::address(int server, int place) const
{
    return u"198.18.%1.%2"_s.arg(ownNumber()).arg(addressesOfGroup * m_group + 4 * server + place);
}

QString SeparateNetworks::host(int server) const { return address(server, 2); }
QString SeparateNetworks::peerHost(int server) const { return u"198.19.%1.%2"_s.arg(ownNumber()).arg(server); }
int SeparateNetworks::descriptor(int server) const { return m_servers.at(static_cast<size_t>(server - 1))->descriptor; }
void SeparateNetworks::cutOff(int server) { must(u"ip link set to%1 nomaster"_s.arg(server), m_bridge->descriptor); }
void SeparateNetworks::reconnect(int server) { must(u"ip link set to%1 master peers"_s.arg(server), m_bridge->descriptor); }

} // namespace quorate::live
