// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/fetch.h"

#include "app/poll/resolver.h"
#include "models/status/facts.h"

#include <QSslCertificate>
#include <QSslConfiguration>

#include <algorithm>
#include <utility>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
constexpr qint64 readAhead = 256 * 1024; ///< Qt stops reading some 64 KiB before the size is reached

QByteArrayView trimmed(const QByteArray &body) { return QByteArrayView(body).trimmed(); }

/// What is cut anywhere does not look whole. Text may.
bool showsItsEnd(const QByteArray &body)
{
    const QByteArrayView text = trimmed(body);
    if (text.isEmpty() || text.front() == '{' || text.front() == '[' || text.front() == '"')
        return true;
    return text.last(std::min<qsizetype>(text.size(), 7)).compare("</html>", Qt::CaseInsensitive) == 0;
}

bool closesAfterwards(const QNetworkReply &reply) { return reply.rawHeader("Connection").toLower().contains("close"); }
} // namespace

Fetch::Fetch(const FetchOrder &order, FetchRoute route, Resolver &resolver, Done done, QObject *parent)
    : QObject(parent)
    , m_route(std::move(route))
    , m_resolver(resolver)
    , m_done(std::move(done))
    , m_deadline(this)
{
    m_route.request.setUrl(order.url);
    for (const auto &[name, value] : order.headers)
        m_route.request.setRawHeader(name, value);
    m_outcome.url = order.url;
    m_outcome.proxy = m_route.proxy;
    m_outcome.limit = order.timeout;
    m_outcome.cap = bodyCap;
    m_outcome.clientCertificate = !order.tls.certificateFile.isEmpty();
}

Fetch::~Fetch() { drop(); }

void Fetch::start()
{
    m_clock.start();
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        m_outcome.cut = Outcome::Cut::Deadline;
        conclude();
    });
    m_deadline.start(m_outcome.limit);
    m_resolver.resolve(m_route.peer, this, [this](bool found) { resolved(found); });
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
    send();
}

void Fetch::send()
{
    m_outcome.stage = Stage::Connecting;
    m_reply = m_route.manager->get(m_route.request);
    m_reply->setReadBufferSize(bodyCap + readAhead); // memory stays flat however much is sent
    watch();
}

void Fetch::watch()
{
    connect(m_reply, &QNetworkReply::requestSent, this, [this] { m_outcome.stage = Stage::Waiting; });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, [this] { m_outcome.stage = Stage::Receiving; });
    connect(m_reply, &QNetworkReply::readyRead, this, &Fetch::received);
    connect(m_reply, &QNetworkReply::finished, this, &Fetch::conclude);
    if (m_outcome.url.scheme() != "https"_L1)
        return;
    connect(m_reply, &QNetworkReply::encrypted, this, [this] { m_outcome.encrypted = true; });
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        for (const QSslError &error : errors)
            m_outcome.tlsErrors.append(error.error());
    });
}

void Fetch::received()
{
    if (m_reply->bytesAvailable() <= bodyCap)
        return;
    m_outcome.cut = Outcome::Cut::TooLarge;
    conclude();
}

void Fetch::endFlooded()
{
    m_outcome.flooded = true;
    if (!m_route.proxy.isEmpty())
        return; // the connection of another request by this proxy, perhaps: Qt will tell the one whose it was
    m_outcome.cut = Outcome::Cut::Endless;
    conclude();
}

void Fetch::takeOutcome()
{
    m_outcome.http = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    m_outcome.error = m_reply->error();
    m_outcome.location = m_reply->rawHeader("Location");
    m_outcome.age = m_reply->rawHeader("Age");
    m_outcome.warning = m_reply->rawHeader("Warning");
    m_outcome.received = m_reply->bytesAvailable();
    bool ok = false;
    const qint64 announced = m_reply->rawHeader("Content-Length").toLongLong(&ok);
    if (ok && announced >= 0)
        m_outcome.announced = announced;
    if (m_outcome.cut == Outcome::Cut::None && m_reply->isOpen()) // a closed device warns when read
        m_body = m_reply->readAll();
    // Qt takes a reset, and TLS that ends without its goodbye, for the proper end of a body without a length, and at times a close between
    // two chunks for that of one in chunks.
    m_outcome.endIsKnown = m_outcome.announced || showsItsEnd(m_body) || (m_reply->hasRawHeader("Transfer-Encoding") && staysConnected());
}

/// After the last chunk a connection is kept unless the server says otherwise.
bool Fetch::staysConnected() const { return !closesAfterwards(*m_reply) && !connectionsTo(peers()).isEmpty(); }

QSet<Peer> Fetch::peers() const
{
    QSet<Peer> all;
    for (const QHostAddress &address : addressesOf(m_route.peer))
        all.insert({address, m_route.peerPort});
    return all;
}

void Fetch::conclude()
{
    const Done done = std::exchange(m_done, nullptr);
    if (!done)
        return;
    m_deadline.stop();
    if (m_reply)
        takeOutcome();
    const Reply reply = replyOf(endingOf(m_outcome));
    drop();
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
    if (!m_reply)
        return reply;
    reply.http = m_outcome.http;
    reply.headers = m_reply->rawHeaderPairs();
    reply.body = m_body;
    if (m_outcome.url.scheme() != "https"_L1)
        return reply;
    const QSslCertificate certificate = m_reply->sslConfiguration().peerCertificate();
    if (!certificate.isNull()) {
        reply.certificateExpires = Instant(Milliseconds(certificate.expiryDate().toMSecsSinceEpoch()));
        reply.certificateSubject = boundedText(certificate.subjectInfo(QSslCertificate::CommonName).join(u", "_s), 300);
    }
    return reply;
}

void Fetch::drop()
{
    if (QNetworkReply *reply = std::exchange(m_reply, nullptr)) {
        reply->disconnect(this);
        if (reply->isRunning())
            reply->abort();
        reply->deleteLater(); // we may be in its signal
    }
}

} // namespace quorate
