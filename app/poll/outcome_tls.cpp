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

/// Qt tells no alerts: what the server meant by closing can only be guessed.
QString aboutClientCertificate(const Outcome &outcome)
{
    return outcome.clientCertificate ? u"does not accept the client certificate"_s : u"wants a client certificate and none is configured"_s;
}
} // namespace

Ending handshakeFailed(const Outcome &outcome)
{
    if (!outcome.tlsErrors.isEmpty())
        return badCertificate(outcome);
    return {Reach::TlsFailed, TlsProblem::NotTls,
        u"the TLS handshake with %1 failed: no TLS is spoken there, or none that is accepted here (TLS 1.2 or newer), or it %2"_s.arg(
            hostAndPort(outcome.url), aboutClientCertificate(outcome))};
}

Ending closedInHandshake(const Outcome &outcome)
{
    return {Reach::TlsFailed, TlsProblem::Other,
        u"%1 closed the connection in the TLS handshake: it %2, or no TLS is spoken there"_s.arg(
            hostAndPort(outcome.url), aboutClientCertificate(outcome))};
}

Ending closedAfterHandshake(const Outcome &outcome)
{
    if (outcome.clientCertificate)
        return {Reach::TlsFailed, TlsProblem::Other,
            u"%1 closed the connection right after the TLS handshake; it may not accept the client certificate"_s.arg(
                hostAndPort(outcome.url))};
    return {Reach::TlsFailed, TlsProblem::ClientCertificateMissing,
        u"%1 closed the connection right after the TLS handshake; it wants a client certificate and none is configured"_s.arg(
            hostAndPort(outcome.url))};
}

} // namespace quorate
