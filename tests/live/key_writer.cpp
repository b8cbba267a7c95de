// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/key_writer.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTcpSocket>
#include <QTimer>

#include <deque>
#include <optional>
#include <vector>

namespace quorate::live {
using namespace Qt::StringLiterals;

namespace {
constexpr quint16 httpPort = 8500;
constexpr int connections = 64;
constexpr int pace = 5; ///< milliseconds
} // namespace

class KeyWriter::Connection {
public:
    Connection(const QString &host, int number)
    {
        m_socket.connectToHost(host, httpPort);
        m_request = "PUT /v1/kv/drill/" + QByteArray::number(number) + " HTTP/1.1\r\nHost: " + host.toLatin1()
            + "\r\nContent-Length: 24\r\n\r\nabcdefghijklmnopqrstuvwx";
    }

    QTcpSocket &socket() { return m_socket; }
    void write() { m_socket.write(m_request); }

    /// The whole answer came: whether it confirms the write. Absent: not yet.
    std::optional<bool> answer()
    {
        m_answer += m_socket.readAll();
        const qsizetype head = m_answer.indexOf("\r\n\r\n");
        const qsizetype length = m_answer.indexOf("Content-Length: ");
        if (head < 0)
            return std::nullopt;
        const qsizetype from = length + qsizetype(qstrlen("Content-Length: "));
        const qsizetype body = length < 0 || length > head ? 0 : m_answer.mid(from, m_answer.indexOf('\r', from) - from).toLongLong();
        if (m_answer.size() < head + 4 + body)
            return std::nullopt;
        const bool confirmed = m_answer.startsWith("HTTP/1.1 200") && m_answer.mid(head + 4).trimmed() == "true";
        m_answer.clear();
        return confirmed;
    }

private:
    QTcpSocket m_socket;
    QByteArray m_request, m_answer;
};

KeyWriter::KeyWriter(const QString &host, int perSecond)
    : m_thread(QThread::create([this, host, perSecond] { run(host, perSecond); }))
{
    m_thread->start();
}

KeyWriter::~KeyWriter()
{
    m_thread->quit();
    m_thread->wait();
}

void KeyWriter::run(const QString &host, int perSecond)
{
    QEventLoop loop;
    QElapsedTimer clock;
    clock.start();
    qint64 begun = 0;
    std::deque<Connection *> idle;
    std::vector<std::unique_ptr<Connection>> all;
    const auto writeDue = [&] {
        const qint64 due = clock.elapsed() * perSecond / 1000;
        for (; begun < due && !idle.empty(); ++begun) {
            idle.front()->write();
            idle.pop_front();
        }
    };
    for (int number = 0; number < connections; ++number) {
        Connection *connection = all.emplace_back(std::make_unique<Connection>(host, number)).get();
        QObject::connect(&connection->socket(), &QTcpSocket::connected, &loop, [&idle, connection] { idle.push_back(connection); });
        QObject::connect(&connection->socket(), &QTcpSocket::readyRead, &loop, [this, &idle, &writeDue, connection] {
            const std::optional<bool> confirmed = connection->answer();
            if (!confirmed)
                return;
            ++(*confirmed ? m_written : m_refused);
            idle.push_back(connection);
            writeDue();
        });
    }
    QTimer ticks;
    ticks.setTimerType(Qt::PreciseTimer);
    QObject::connect(&ticks, &QTimer::timeout, &loop, writeDue);
    ticks.start(pace);
    loop.exec();
}

} // namespace quorate::live
