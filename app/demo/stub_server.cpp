// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/stub_server.h"

#include <QHash>
#include <QSslCertificate>
#include <QSslSocket>
#include <QTcpServer>
#include <QTimer>

#include <sys/socket.h>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype largestHead = 64 * 1024; // a client that never ends its request is let go
constexpr qint64 repeatAhead = 256 * 1024; // bytes kept ready in the socket while repeating

QByteArray reasonPhrase(int status)
{
    static const QHash<int, QByteArray> phrases{{200, "OK"}, {204, "No Content"}, {301, "Moved Permanently"}, {302, "Found"},
        {400, "Bad Request"}, {401, "Unauthorized"}, {403, "Forbidden"}, {404, "Not Found"}, {405, "Method Not Allowed"},
        {429, "Too Many Requests"}, {500, "Internal Server Error"}, {502, "Bad Gateway"}, {503, "Service Unavailable"}};
    return phrases.value(status, "Status");
}

/// Cuts one request head off `buffer`; nothing when it is not whole yet. Bodies are not expected: status endpoints are read with GET.
std::optional<StubRequest> takeRequest(QByteArray &buffer)
{
    const qsizetype end = buffer.indexOf("\r\n\r\n");
    if (end < 0)
        return std::nullopt;
    const QList<QByteArray> lines = buffer.first(end).split('\n');
    buffer.remove(0, end + 4);
    const QList<QByteArray> words = lines.first().trimmed().split(' ');
    StubRequest request;
    request.method = words.value(0);
    request.path = words.value(1);
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            request.headers.append({line.first(colon).trimmed(), line.mid(colon + 1).trimmed()});
    }
    return request;
}

/// A server whose connections may speak TLS.
class Listener final : public QTcpServer {
public:
    using QTcpServer::QTcpServer;
    std::optional<QSslConfiguration> tls;
    std::function<void(QTcpSocket *)> arrived;

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto *socket = new QSslSocket(this);
        socket->setSocketDescriptor(descriptor);
        arrived(socket);
        if (tls) {
            socket->setSslConfiguration(*tls);
            socket->startServerEncryption();
        }
    }
};

void finish(QTcpSocket *socket, const StubAnswer &answer)
{
    if (answer.reset) {
        const linger hard{1, 0};
        ::setsockopt(static_cast<int>(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
        socket->abort();
    } else if (answer.close) {
        socket->disconnectFromHost();
    }
}

void drip(QTcpSocket *socket, const StubAnswer &answer, qsizetype next)
{
    if (next >= answer.bytes.size()) {
        finish(socket, answer);
        return;
    }
    socket->write(answer.bytes.mid(next, 1));
    QTimer::singleShot(answer.dripMs, socket, [=] { drip(socket, answer, next + 1); });
}

void repeat(QTcpSocket *socket, const QByteArray &bytes)
{
    while (socket->bytesToWrite() < repeatAhead)
        socket->write(bytes);
}

void send(QTcpSocket *socket, const StubAnswer &answer)
{
    if (answer.dripMs > 0) {
        drip(socket, answer, 0);
        return;
    }
    socket->write(answer.bytes);
    if (!answer.repeat.isEmpty()) {
        QObject::connect(socket, &QIODevice::bytesWritten, socket, [=] { repeat(socket, answer.repeat); });
        repeat(socket, answer.repeat);
    } else if (!answer.hang) {
        socket->flush();
        finish(socket, answer);
    }
}

} // namespace

struct StubServer::Private {
    Answerer answerer;
    Listener listener;
    QList<StubRequest> seen;
    int connections = 0;
    bool tls = false;
    QHostAddress address;

    void serve(QTcpSocket *socket)
    {
        const int number = ++connections;
        auto buffer = std::make_shared<QByteArray>();
        QObject::connect(socket, &QAbstractSocket::disconnected, socket, &QObject::deleteLater);
        QObject::connect(socket, &QIODevice::readyRead, socket, [this, socket, buffer, number] {
            *buffer += socket->readAll();
            while (auto request = takeRequest(*buffer)) {
                request->connection = number;
                if (const auto *secure = qobject_cast<QSslSocket *>(socket); secure && secure->isEncrypted())
                    request->clientName = secure->peerCertificate().subjectInfo(QSslCertificate::CommonName).value(0);
                seen.append(*request);
                const StubAnswer answer = answerer(*request);
                if (answer.delayMs > 0) // the timer dies with its socket: a client that leaves first costs nothing
                    QTimer::singleShot(answer.delayMs, socket, [socket, answer] { send(socket, answer); });
                else
                    send(socket, answer);
            }
            if (buffer->size() > largestHead)
                socket->abort();
        });
    }
};

StubAnswer StubAnswer::http(
    int status, const QByteArray &body, const QByteArray &contentType, const QList<QPair<QByteArray, QByteArray>> &headers)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonPhrase(status) + "\r\n";
    if (!contentType.isEmpty())
        head += "Content-Type: " + contentType + "\r\n";
    for (const auto &[name, value] : headers)
        head += name + ": " + value + "\r\n";
    head += "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n";
    return {.bytes = head + body};
}

StubServer::StubServer(Answerer answerer, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->answerer = std::move(answerer);
    d->listener.arrived = [this](QTcpSocket *socket) { d->serve(socket); };
}

StubServer::~StubServer() { stop(); }

bool StubServer::listen(const QHostAddress &address, quint16 port, const std::optional<QSslConfiguration> &tls)
{
    d->listener.tls = tls;
    d->tls = tls.has_value();
    d->address = address;
    return d->listener.listen(address, port);
}

void StubServer::stop()
{
    d->listener.close();
    // Direct children only: each QSslSocket owns a plain socket of its own.
    const auto sockets = d->listener.findChildren<QTcpSocket *>(QString(), Qt::FindDirectChildrenOnly);
    for (QTcpSocket *socket : sockets) {
        socket->disconnect();
        socket->abort();
        delete socket;
    }
}

quint16 StubServer::port() const { return d->listener.serverPort(); }

QString StubServer::url() const
{
    const bool v6 = d->address.protocol() == QAbstractSocket::IPv6Protocol;
    const QString host = v6 ? u"[%1]"_s.arg(d->address.toString()) : d->address.toString();
    return u"%1://%2:%3"_s.arg(d->tls ? u"https"_s : u"http"_s, host).arg(port());
}

QList<StubRequest> StubServer::seen() const { return d->seen; }
void StubServer::clearSeen() { d->seen.clear(); }

} // namespace quorate
