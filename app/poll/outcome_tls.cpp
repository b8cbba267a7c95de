// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/poll/outcome_tls.h"

#include <algorithm>
#include <array>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
TlsProblem problemOf(QSslError::SslError error)
{
    switch (error) {
    case QSslError::CertificateExpired:
        return TlsProblem::Expired;
    case QSslError::CertificateNotYetValid:
        return TlsProblem::NotYetValid;
    case QSslError::SelfSignedCertificate:
        return TlsProblem::SelfSigned;
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
    case QSslError::InvalidCaCertificate:
        return TlsProblem::UnknownCa;
    case QSslError::HostNameMismatch:
    case QSslError::SubjectIssuerMismatch:
        return TlsProblem::WrongHost;
    default:
        return TlsProblem::Other;
    }
}

// The problem that a person mends first stands first: an expired certificate fails for everybody.
constexpr std::array order{
    TlsProblem::Expired, TlsProblem::NotYetValid, TlsProblem::SelfSigned, TlsProblem::UnknownCa, TlsProblem::WrongHost, TlsProblem::Other};

QString words(TlsProblem problem, const QString &host)
{
    switch (problem) {
    case TlsProblem::Expired:
        return u"has expired"_s;
    case TlsProblem::NotYetValid:
        return u"is not valid yet"_s;
    case TlsProblem::SelfSigned:
        return u"is self-signed and not among the trusted ones"_s;
    case TlsProblem::UnknownCa:
        return u"is signed by a CA that is not trusted"_s;
    case TlsProblem::WrongHost:
        return u"is not made for %1"_s.arg(host);
    case TlsProblem::None:
    case TlsProblem::ClientCertificateMissing:
    case TlsProblem::NotTls:
    case TlsProblem::Other:
        break;
    }
    return u"failed a check"_s;
}
bool wantsCertificate(const Outcome &outcome)
{
    // TLS 1.3 has an alert for it; before that servers say "handshake failure", which may also be about versions and ciphers.
    return !outcome.clientCertificate
        && (outcome.alert == QSsl::AlertType::CertificateRequired || outcome.alert == QSsl::AlertType::HandshakeFailure);
}

bool refusesCertificate(const Outcome &outcome)
{
    static constexpr std::array alerts{QSsl::AlertType::BadCertificate, QSsl::AlertType::UnsupportedCertificate,
        QSsl::AlertType::CertificateRevoked, QSsl::AlertType::CertificateExpired, QSsl::AlertType::CertificateUnknown,
        QSsl::AlertType::UnknownCa, QSsl::AlertType::AccessDenied};
    return outcome.clientCertificate && outcome.alert && std::find(alerts.begin(), alerts.end(), *outcome.alert) != alerts.end();
}

Ending missing(const Outcome &outcome)
{
    return {Reach::TlsFailed, TlsProblem::ClientCertificateMissing,
        u"%1 wants a client certificate and none is configured"_s.arg(hostAndPort(outcome.url))};
}

Ending refused(const Outcome &outcome)
{
    return {Reach::TlsFailed, TlsProblem::Other, u"%1 does not accept the client certificate"_s.arg(hostAndPort(outcome.url))};
}

Ending badCertificate(const Outcome &outcome)
{
    TlsProblem first = TlsProblem::Other;
    QStringList said;
    for (const TlsProblem problem : order) {
        if (std::none_of(
                outcome.tlsErrors.begin(), outcome.tlsErrors.end(), [&](QSslError::SslError error) { return problemOf(error) == problem; }))
            continue;
        if (said.isEmpty())
            first = problem;
        said.append(words(problem, outcome.url.host()));
    }
    return {Reach::TlsFailed, first, u"the certificate of %1 %2"_s.arg(hostAndPort(outcome.url), said.join(u" and "_s))};
}
} // namespace

Ending handshakeFailed(const Outcome &outcome)
{
    if (!outcome.tlsErrors.isEmpty())
        return badCertificate(outcome);
    if (wantsCertificate(outcome))
        return missing(outcome);
    if (refusesCertificate(outcome))
        return refused(outcome);
    const QString server = hostAndPort(outcome.url);
    if (outcome.alert)
        return {Reach::TlsFailed, TlsProblem::Other,
            u"%1 refused the TLS handshake (alert %2); TLS 1.2 or newer is spoken here"_s.arg(server).arg(int(*outcome.alert))};
    if (outcome.error == QAbstractSocket::RemoteHostClosedError)
        return {Reach::TlsFailed, TlsProblem::Other,
            u"%1 closed the connection in the TLS handshake: it %2, or no TLS is spoken there"_s.arg(
                server, outcome.clientCertificate ? u"does not accept the client certificate"_s : u"wants a client certificate"_s)};
    return {Reach::TlsFailed, TlsProblem::NotTls,
        u"the TLS handshake with %1 failed: no TLS is spoken there, or none that is accepted here (TLS 1.2 or newer)"_s.arg(server)};
}

Ending closedAfterHandshake(const Outcome &outcome)
{
    if (refusesCertificate(outcome))
        return refused(outcome);
    if (!outcome.clientCertificate)
        return missing(outcome);
    return {Reach::TlsFailed, TlsProblem::Other,
        u"%1 closed the connection right after the TLS handshake; it may not accept the client certificate"_s.arg(
            hostAndPort(outcome.url))};
}

} // namespace quorate
