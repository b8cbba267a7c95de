// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/flooding_server.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace quorate {

namespace {
bool sendAll(int connection, const QByteArray &bytes)
{
    for (qsizetype sent = 0; sent < bytes.size();) {
        const ssize_t count = ::send(connection, bytes.constData() + sent, size_t(bytes.size() - sent), MSG_NOSIGNAL);
        if (count <= 0)
            return false;
        sent += count;
    }
    return true;
}
} // namespace

FloodingServer::FloodingServer(QByteArray healthy, QByteArray begin, QByteArray more)
    : m_healthy(std::move(healthy))
    , m_begin(std::move(begin))
    , m_more(more.repeated(64 * 1024 / more.size()))
    , m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(m_listener, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0 || ::listen(m_listener, 64) != 0)
        qFatal("no port to listen on");
    m_accepts = std::thread([this] { serve(); });
}

FloodingServer::~FloodingServer()
{
    m_over = true;
    ::shutdown(m_listener, SHUT_RDWR);
    m_accepts.join();
    for (const int connection : m_connections)
        ::shutdown(connection, SHUT_RDWR);
    for (std::thread &thread : m_threads)
        thread.join();
    for (const int connection : m_connections)
        ::close(connection);
    ::close(m_listener);
}

QString FloodingServer::url() const
{
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &size);
    return QStringLiteral("http://127.0.0.1:%1").arg(ntohs(address.sin_port));
}

void FloodingServer::serve()
{
    for (;;) {
        const int connection = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0)
            return;
        m_connections.push_back(connection); // read by the destructor when this thread is over
        m_threads.emplace_back([this, connection] { answer(connection); });
    }
}

void FloodingServer::answer(int connection)
{
    QByteArray request(8 * 1024, '\0');
    while (!m_over && ::recv(connection, request.data(), size_t(request.size()), 0) > 0) {
        if (!m_floods) {
            sendAll(connection, m_healthy);
            continue;
        }
        ++m_begun;
        if (!sendAll(connection, m_begin))
            return;
        while (!m_over && sendAll(connection, m_more)) { }
        return;
    }
}

} // namespace quorate
