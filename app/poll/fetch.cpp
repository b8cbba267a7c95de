// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/fetch.h"

#include "app/poll/resolver.h"
#include "models/status/facts.h"

#include <utility>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
/// The bytes of the request. Nothing is asked for but the document as it is: not compressed, so that no bomb is unpacked and no half of it
/// looks whole.
QByteArray requestOf(const FetchOrder &order, const FetchRoute &route)
{
    QByteArray target = order.url.path(QUrl::FullyEncoded).toUtf8();
    if (target.isEmpty())
        target = "/";
    if (order.url.hasQuery())
        target += '?' + order.url.query(QUrl::FullyEncoded).toUtf8();
    if (route.absolute)
        target.prepend("http://" + hostAndPort(order.url).toUtf8());
    const bool defaultPort = order.url.port() < 0;
    const QByteArray host = defaultPort ? hostAndPort(order.url).section(u':', 0, -2).toUtf8() : hostAndPort(order.url).toUtf8();
    QByteArray bytes = "GET " + target + " HTTP/1.1\r\nHost: " + host
        + "\r\nUser-Agent: quorate/" QUORATE_VERSION "\r\nAccept-Encoding: identity\r\nConnection: keep-alive\r\n";
    if (!route.proxyCredential.isEmpty())
        bytes += "Proxy-Authorization: " + route.proxyCredential + "\r\n";
    bool accepts = false;
    for (const auto &[name, value] : order.headers) {
        bytes += name + ": " + value + "\r\n";
        accepts = accepts || name.compare("Accept", Qt::CaseInsensitive) == 0;
    }
    return bytes + (accepts ? "\r\n" : "Accept: */*\r\n\r\n");
}
} // namespace

Fetch::Fetch(FetchOrder order, FetchRoute route, Resolver &resolver, Done done, QObject *parent)
    : QObject(parent)
    , m_order(std::move(order))
    , m_route(std::move(route))
    , m_resolver(resolver)
    , m_done(std::move(done))
    , m_deadline(this)
{
    m_outcome.url = m_order.url;
    m_outcome.proxy = m_route.proxy;
    m_outcome.limit = m_order.timeout;
    m_outcome.clientCertificate = !m_order.tls.certificateFile.isEmpty();
}

Fetch::~Fetch() { leave(); }

void Fetch::start()
{
    m_clock.start();
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        m_outcome.deadline = true;
        conclude();
    });
    m_deadline.start(m_order.timeout);
    m_resolver.resolve(m_route.lookUp, this, [this](bool found) { resolved(found); });
}

void Fetch::resolved(bool found)
{
    if (!m_done)
        return;
    m_outcome.found = found;
    if (!found) {
        conclude();
        return;
    }
    m_clock.start(); // latency is the server's, not the name server's
    use(m_route.pool->take());
}

void Fetch::use(Connection *connection)
{
    m_connection = connection;
    m_outcome.used = connection->used;
    connect(connection, &Connection::arrived, this, &Fetch::arrived);
    connect(connection, &Connection::ended, this, &Fetch::ended);
    if (connection->isReady()) {
        send();
        return;
    }
    m_outcome.stage = Stage::Connecting;
    connect(connection, &Connection::connected, this, [this] { m_outcome.stage = Stage::Securing; });
    connect(connection, &Connection::ready, this, &Fetch::send);
    connection->open();
}

void Fetch::send()
{
    m_outcome.stage = Stage::Waiting;
    m_connection->send(requestOf(m_order, m_route));
}

void Fetch::arrived()
{
    if (m_outcome.stage < Stage::Waiting)
        return;
    m_parser.feed(m_connection->read());
    if (m_parser.status() > 0)
        m_outcome.stage = Stage::Receiving;
    if (m_parser.state() == ReplyParser::State::Over)
        conclude();
}

void Fetch::ended()
{
    arrived(); // what was still on its way
    if (!m_done)
        return;
    // A server may close a connection that waited just when it is used again. A GET may be asked twice.
    if (m_outcome.used && !m_parser.hasBytes()) {
        leave();
        use(m_route.pool->fresh());
        return;
    }
    m_parser.end();
    conclude();
}

void Fetch::takeOutcome()
{
    m_outcome.problem = m_parser.problem();
    m_outcome.anyByte = m_parser.hasBytes();
    m_outcome.firstBytes = m_parser.firstBytes();
    m_outcome.http = m_parser.status();
    m_outcome.location = headerValue(m_parser.headers(), "Location");
    m_outcome.received = m_parser.body().size();
    m_outcome.announced = m_parser.announced();
    if (!m_connection)
        return;
    m_outcome.error = m_connection->error();
    m_outcome.tlsErrors = m_connection->tlsErrors();
    m_outcome.alert = m_connection->alert();
}

void Fetch::conclude()
{
    const Done done = std::exchange(m_done, nullptr);
    if (!done)
        return;
    m_deadline.stop();
    takeOutcome();
    const Reply reply = replyOf(endingOf(m_outcome));
    leave();
    m_route.pool.reset(); // it must not outlive the fetcher that owns its connections
    done(reply);
}

Reply Fetch::replyOf(const Ending &ending) const
{
    Reply reply;
    reply.reach = ending.reach;
    reply.tls = ending.tls;
    reply.error = ending.error;
    const auto elapsed = std::chrono::nanoseconds(m_clock.nsecsElapsed());
    reply.latency = std::chrono::duration_cast<Milliseconds>(elapsed);
    reply.latencySeconds = std::chrono::duration<double>(elapsed).count();
    reply.http = m_outcome.http;
    reply.headers = m_parser.headers();
    reply.body = m_parser.body();
    const auto certificate = m_connection ? m_connection->certificate() : std::nullopt;
    if (certificate && !certificate->isNull()) {
        reply.certificateExpires = Instant(Milliseconds(certificate->expiryDate().toMSecsSinceEpoch()));
        reply.certificateSubject = boundedText(certificate->subjectInfo(QSslCertificate::CommonName).join(u", "_s), 300);
    }
    return reply;
}

/// Gives the connection back when it can go on, closes it otherwise.
void Fetch::leave()
{
    Connection *connection = std::exchange(m_connection, nullptr);
    if (!connection)
        return;
    connection->disconnect(this);
    if (m_parser.canGoOn() && connection->isIdle())
        m_route.pool->give(connection);
    else
        connection->deleteLater(); // we may be in its signal
}

} // namespace quorate
