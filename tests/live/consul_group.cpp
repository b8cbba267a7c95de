// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/consul_group.h"

#include <QCoreApplication>
#include <QFile>

#include <csignal>
#include <sys/prctl.h>

namespace quorate::live {
using namespace Qt::StringLiterals;

namespace {
constexpr int fetchLimit = 300'000;

/// Test runs side by side must not meet: each takes a network of 127.0/16 of its own.
int network() { return 41 + int(QCoreApplication::applicationPid() % 200); }
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

ConsulGroup::ConsulGroup(const QString &binary, int size, const QString &extra)
    : m_binary(binary)
    , m_extra(extra)
    , m_servers(static_cast<size_t>(size))
{
    for (int server = 1; server <= size; ++server)
        start(server);
}

ConsulGroup::~ConsulGroup()
{
    for (int server = 1; server <= int(m_servers.size()); ++server)
        kill(server);
}

QString ConsulGroup::host(int server) const { return u"127.0.%1.%2"_s.arg(network()).arg(server); }
QString ConsulGroup::address(int server) const { return host(server) + u":8300"_s; }
qint64 ConsulGroup::pid(int server) const { return m_servers.at(static_cast<size_t>(server - 1))->processId(); }

QStringList ConsulGroup::urls() const
{
    QStringList urls;
    for (int server = 1; server <= int(m_servers.size()); ++server)
        urls.append(u"http://%1:8500"_s.arg(host(server)));
    return urls;
}

int ConsulGroup::serverAt(const QString &raftAddress) const
{
    for (int server = 1; server <= int(m_servers.size()); ++server) {
        if (address(server) == raftAddress)
            return server;
    }
    return 0;
}

QList<int> ConsulGroup::others(int server) const
{
    QList<int> result;
    for (int other = 1; other <= int(m_servers.size()); ++other) {
        if (other != server)
            result.append(other);
    }
    return result;
}

void ConsulGroup::start(int server)
{
    QStringList hosts;
    for (int other = 1; other <= int(m_servers.size()); ++other)
        hosts.append(u'"' + host(other) + u'"');
    const QString base = m_folder.filePath(u"server-%1"_s.arg(server));
    QFile file(base + u".hcl"_s);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("%s can't be written", qPrintable(file.fileName()));
    const QStringList lines{u"server = true"_s, u"bootstrap_expect = %1"_s.arg(m_servers.size()),
        u"node_name = \"server-%1\""_s.arg(server), u"data_dir = \"%1\""_s.arg(base), u"bind_addr = \"%1\""_s.arg(host(server)),
        u"client_addr = \"%1\""_s.arg(host(server)), u"retry_join = [%1]"_s.arg(hosts.join(u", "_s)), u"retry_interval = \"1s\""_s,
        u"disable_update_check = true"_s, u"performance { raft_multiplier = 1 }"_s, u"ports { dns = -1 }"_s, m_extra};
    file.write(lines.join(u'\n').toUtf8() + '\n');
    file.close();

    auto process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::MergedChannels);
    process->setStandardOutputFile(base + u".log"_s);
    process->setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
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

void ConsulGroup::freeze(int server) { ::kill(pid_t(pid(server)), SIGSTOP); }
void ConsulGroup::thaw(int server) { ::kill(pid_t(pid(server)), SIGCONT); }

} // namespace quorate::live
