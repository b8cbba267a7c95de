// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/endpoint_probe.h"

#include "app/poll/proxy.h"
#include "app/poll/tls_identity.h"
#include "models/status/facts.h"

#include <QHostAddress>
#include <QHostInfo>
#include <QSslCertificate>
#include <QSslCipher>
#include <QSslConfiguration>

#include <limits>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

QString connectAdvice(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::ConnectionRefusedError:
        return u"the host is there but nothing listens on that port: check the port and whether the process runs"_s;
    case QAbstractSocket::SocketTimeoutError:
    case QAbstractSocket::NetworkError:
        return u"check routes, VPN and firewalls between this machine and that host"_s;
    default:
        return {};
    }
}

QString tlsErrors(const QSslSocket &socket)
{
    QStringList texts;
    for (const QSslError &error : socket.sslHandshakeErrors())
        texts.append(error.errorString());
    texts.removeDuplicates();
    return boundedText(texts.isEmpty() ? socket.errorString() : texts.join(u"; "_s), 400);
}

QString tlsAdvice(const QSslSocket &socket)
{
    for (const QSslError &error : socket.sslHandshakeErrors()) {
        switch (error.error()) {
        case QSslError::CertificateExpired:
            return u"renew the server's certificate"_s;
        case QSslError::HostNameMismatch:
            return u"use the name that the certificate is for, or give it with server_name (--servername)"_s;
        default:
            break;
        }
    }
    return socket.sslHandshakeErrors().isEmpty() ? u"does this port speak TLS at all? Try http:// instead of https://"_s
                                                 : u"give the authority that signed the server's certificate: ca (--cacert)"_s;
}

QString certificateText(const QSslCertificate &certificate)
{
    if (certificate.isNull())
        return u"no certificate"_s;
    const QString subject = certificate.subjectInfo(QSslCertificate::CommonName).join(u", "_s);
    const QString issuer = certificate.issuerInfo(QSslCertificate::CommonName).join(u", "_s);
    const qint64 days = QDateTime::currentDateTimeUtc().daysTo(certificate.expiryDate().toUTC());
    return boundedText(u"certificate of \"%1\", signed by \"%2\", expires %3 (%4 days)"_s.arg(
                           subject, issuer, certificate.expiryDate().toUTC().toString(u"yyyy-MM-dd"_s), QString::number(days)),
        400);
}

} // namespace

EndpointProbe::EndpointProbe(const ClusterConfig &cluster, const EndpointUrl &endpoint, Resolver &resolver, QObject *parent)
    : QObject(parent)
    , m_endpoint(endpoint)
    , m_tls(cluster.tls)
    , m_resolver(resolver)
    , m_url(endpoint.text())
{
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(cluster.spec.timeout);
    connect(&m_deadline, &QTimer::timeout, this, &EndpointProbe::overdue);
    connect(&m_socket, &QSslSocket::connected, this, &EndpointProbe::connected);
    connect(&m_socket, &QSslSocket::encrypted, this, &EndpointProbe::encrypted);
    connect(&m_socket, &QSslSocket::errorOccurred, this, &EndpointProbe::failed);
}

void EndpointProbe::start()
{
    const QNetworkProxy proxy = proxyFor(m_url, QProcessEnvironment::systemEnvironment());
    m_proxied = proxy.type() != QNetworkProxy::NoProxy;
    m_host = m_proxied ? proxy.hostName() : m_url.host();
    m_port = m_proxied ? proxy.port() : quint16(m_url.port(m_url.scheme() == "https"_L1 ? 443 : 80));
    m_socket.setProxy(QNetworkProxy::NoProxy); // it is walked to by hand
    m_deadline.start();
    next(u"name"_s);
    m_resolver.resolve(m_host, this, [this](bool found) { resolved(found); });
}

void EndpointProbe::resolved(bool found)
{
    if (m_step.isEmpty())
        return;
    if (!found) {
        add(false, u"%1 has no address"_s.arg(m_host), u"check the spelling of the name and this machine's DNS"_s);
        return end();
    }
    if (!QHostAddress(m_host).isNull()) {
        add(true, u"%1 is an address"_s.arg(m_host));
        return connectNow();
    }
    // Known by now, and kept: this does not look it up again.
    QHostInfo::lookupHost(m_host, this, [this](const QHostInfo &info) {
        if (m_step.isEmpty())
            return;
        QStringList addresses;
        for (const QHostAddress &address : info.addresses())
            addresses.append(address.toString());
        add(true, m_host + u" is "_s + addresses.join(u", "_s));
        connectNow();
    });
}

void EndpointProbe::connectNow()
{
    next(m_proxied ? u"connect to the proxy"_s : u"connect"_s);
    m_socket.connectToHost(m_host, m_port);
}

void EndpointProbe::connected()
{
    add(true, u"%1 port %2 accepted"_s.arg(m_host).arg(m_port));
    if (m_proxied || m_url.scheme() != "https"_L1)
        return end();
    shakeHands();
}

void EndpointProbe::shakeHands()
{
    next(u"TLS"_s);
    const auto configuration = loadTls(m_tls);
    if (!configuration) {
        add(false, configuration.error().text);
        return end();
    }
    m_socket.setSslConfiguration(configuration.value());
    m_socket.setPeerVerifyName(m_tls.serverName.isEmpty() ? m_url.host() : m_tls.serverName);
    m_socket.startClientEncryption();
}

void EndpointProbe::encrypted()
{
    const QString unchecked = m_tls.insecure ? u", not checked (insecure)"_s : QString();
    add(true, m_socket.sessionCipher().protocolString() + u", "_s + certificateText(m_socket.peerCertificate()) + unchecked);
    end();
}

void EndpointProbe::failed()
{
    if (m_step.isEmpty())
        return;
    if (m_step == "TLS"_L1) {
        const QSslCertificate certificate = m_socket.peerCertificate();
        add(false, tlsErrors(m_socket) + (certificate.isNull() ? QString() : u"; "_s + certificateText(certificate)), tlsAdvice(m_socket));
    } else {
        add(false, boundedText(m_socket.errorString(), 200), connectAdvice(m_socket.error()));
    }
    end();
}

void EndpointProbe::overdue()
{
    if (m_step.isEmpty())
        return;
    const QString limit = u"no answer within %1 s"_s.arg(double(m_deadline.interval()) / 1000);
    add(false, limit,
        m_step == "name"_L1      ? u"this machine's DNS does not answer"_s
            : m_step == "TLS"_L1 ? u"does this port speak TLS at all? Try http:// instead of https://"_s
                                 : connectAdvice(QAbstractSocket::SocketTimeoutError));
    end();
}

void EndpointProbe::next(const QString &step)
{
    m_step = step;
    m_clock.start();
}

void EndpointProbe::add(bool ok, const QString &text, const QString &advice)
{
    m_steps.append({m_step, ok, double(m_clock.nsecsElapsed()) / 1e9, text, advice});
    Q_EMIT stepped();
}

void EndpointProbe::end()
{
    m_step.clear();
    m_deadline.stop();
    m_socket.abort();
    // From the event loop: the walk may have ended inside start().
    QMetaObject::invokeMethod(this, &EndpointProbe::finished, Qt::QueuedConnection);
}

} // namespace quorate
