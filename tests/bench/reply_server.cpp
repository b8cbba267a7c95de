// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/reply_server.h"

#include "app/demo/demo_replies.h"
#include "app/demo/stub_server.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTimer>

#include <unistd.h>

#include <cstdio>
#include <memory>
#include <vector>

namespace quorate::bench {
using namespace Qt::StringLiterals;

QByteArray brokerBody()
{
    const StubAnswer answer = demoBrokerReply(*demoWorld(u"calm"_s, 0), 0, {.method = "GET", .path = "/-/status"});
    return answer.bytes.mid(answer.bytes.indexOf("\r\n\r\n") + 4);
}

int serveReplies(int count)
{
    const StubAnswer answer = StubAnswer::http(200, brokerBody());
    std::vector<std::unique_ptr<StubServer>> servers;
    QByteArray ports;
    for (int i = 0; i < count; ++i) {
        servers.push_back(std::make_unique<StubServer>([&answer](const StubRequest &) { return answer; }));
        if (!servers.back()->listen())
            return 1;
        ports += QByteArray::number(servers.back()->port()) + ' ';
    }
    ports += '\n';
    std::fwrite(ports.constData(), 1, static_cast<size_t>(ports.size()), stdout);
    std::fflush(stdout);
    QTimer forget;
    QObject::connect(&forget, &QTimer::timeout, qApp, [&servers] {
        for (const auto &server : servers)
            server->clearSeen();
    });
    forget.start(5'000);
    QSocketNotifier ended(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&ended, &QSocketNotifier::activated, qApp, &QCoreApplication::quit);
    return QCoreApplication::exec();
}

ReplyServers::ReplyServers(int count)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QCoreApplication::applicationFilePath(), {u"--serve"_s, QString::number(count)});
    QByteArray line;
    while (!line.endsWith('\n') && m_process.waitForReadyRead(30'000))
        line += m_process.readAllStandardOutput();
    for (const QByteArray &port : line.simplified().split(' ')) {
        if (!port.isEmpty())
            m_urls.append(u"http://127.0.0.1:%1"_s.arg(QString::fromLatin1(port)));
    }
}

ReplyServers::~ReplyServers()
{
    m_process.closeWriteChannel();
    m_process.waitForFinished(5'000);
}

} // namespace quorate::bench
