// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wording/sentences.h"
#include "models/wording/sums.h"
#include "models/wording/wording.h"

#include <QUrl>

#include <cmath>

namespace quorate::wording {
using namespace Qt::StringLiterals;

namespace {
/// What one endpoint that gives no answer does: "fra-c-2 refuses connections".
QString silence(const QString &name, const EndpointStatus &endpoint)
{
    switch (endpoint.reach) {
    case Reach::Refused:
        return Words::tr("%1 refuses connections").arg(name);
    case Reach::TimedOut:
        return Words::tr("%1 timed out").arg(name);
    case Reach::DnsFailed:
        return Words::tr("%1: name not found").arg(name);
    case Reach::Unreachable:
        return Words::tr("%1 is unreachable").arg(name);
    case Reach::Closed:
        return Words::tr("%1 closed the connection").arg(name);
    case Reach::ProxyFailed:
        return Words::tr("%1 can't be reached through the proxy").arg(name);
    case Reach::TlsFailed:
        return Words::tr("%1: certificate has expired").arg(name);
    case Reach::ServerError:
        return endpoint.http == 0 ? Words::tr("%1 answers with an error").arg(name)
                                  : Words::tr("%1 answers HTTP %2").arg(name, QString::number(endpoint.http));
    case Reach::Answered:
    case Reach::Unauthorised:
    case Reach::NotFound:
    case Reach::Throttled:
    case Reach::Malformed:
    case Reach::TooLarge:
    case Reach::Redirected:
    case Reach::NoSecret:
    case Reach::NotPolled:
        return Words::tr("%1 is down").arg(name);
    }
    Q_UNREACHABLE();
}

QString nameOf(const ClusterStatus &cluster, const Reason &reason)
{
    const QStringList names = endpointNames(cluster, reason);
    if (!names.isEmpty())
        return listOf(names, 2);
    if (!reason.subject.isEmpty())
        return subjectName(cluster, reason.subject);
    if (cluster.endpoints.size() == 1)
        return subjectName(cluster, cluster.endpoints.first().url.text());
    return Words::tr("An endpoint");
}

/// The server's words, or those of the only endpoint where the reason has none.
QString words(const ClusterStatus &cluster, const Reason &reason)
{
    const EndpointStatus *endpoint = onlyEndpoint(cluster, reason);
    return quoted(reason.detail.isEmpty() && endpoint ? endpoint->error : reason.detail);
}

QStringList down(const ClusterStatus &cluster, const Reason &reason)
{
    const Share part = share(cluster, reason);
    const EndpointStatus *endpoint = onlyEndpoint(cluster, reason);
    if (endpoint && part.count <= 1) {
        const QString others = part.of > 1 ? Words::tr("1 of %1").arg(endpointsNoun(cluster.system, part.of)) : QString();
        return {silence(endpointName(cluster, endpoint->url.text()), *endpoint), others, words(cluster, reason)};
    }
    const QString noun = endpointsNoun(cluster.system, part.of);
    if (part.count >= part.of)
        return {Words::tr("None of %1 answers").arg(noun), words(cluster, reason)};
    const QStringList names = endpointNames(cluster, reason);
    const QString first = Words::tr("%1 of %2 down").arg(count(part.count), noun);
    return {names.isEmpty() ? first : first + u": "_s + listOf(names, 2), words(cluster, reason)};
}

/// The check that failed, as the judge names it; more than one over several endpoints say no more than "TLS failed".
QString tlsFailure(const Reason &reason)
{
    const QString check = reason.names.size() == 1 ? reason.names.first() : QString();
    if (check == "self-signed"_L1)
        return Words::tr("Certificate is self-signed");
    if (check == "unknown-ca"_L1)
        return Words::tr("Certificate of an unknown authority");
    if (check == "expired"_L1)
        return Words::tr("Certificate has expired");
    if (check == "not-yet-valid"_L1)
        return Words::tr("Certificate is not yet valid");
    if (check == "wrong-host"_L1)
        return Words::tr("Certificate is for another host");
    if (check == "client-certificate-missing"_L1)
        return Words::tr("Server asks for a client certificate");
    if (check == "not-tls"_L1)
        return Words::tr("No TLS agreed on");
    return Words::tr("TLS failed");
}

QString tokenRefused(const ClusterStatus &cluster, const Reason &reason)
{
    int http = 0;
    for (const EndpointStatus &endpoint : cluster.endpoints) {
        const bool meant = reason.endpoints.isEmpty() || reason.endpoints.contains(endpoint.url.text());
        if (meant && endpoint.reach == Reach::Unauthorised)
            http = endpoint.http;
    }
    const bool sent = !reason.names.contains("no-token"_L1);
    const QString first = sent ? Words::tr("Token rejected") : Words::tr("No token configured, access refused");
    const QString code = http == 0 ? QString() : u" (%1)"_s.arg(http);
    return first + code + where(cluster, reason);
}

QString notUnderstood(const ClusterStatus &cluster, const Reason &reason)
{
    const EndpointStatus *endpoint = onlyEndpoint(cluster, reason);
    switch (endpoint ? endpoint->reach : Reach::Malformed) {
    case Reach::NotFound:
        return Words::tr("Status not found") + where(cluster, reason);
    case Reach::Redirected:
        return Words::tr("Redirected elsewhere") + where(cluster, reason);
    case Reach::TooLarge:
        return Words::tr("Reply too large") + where(cluster, reason);
    default: // every other reach is worded as what it is: an answer that says nothing
        return Words::tr("Reply not understood") + where(cluster, reason);
    }
}

QString certificate(const ClusterStatus &cluster, const Reason &reason)
{
    const QString name = nameOf(cluster, reason);
    if (!reason.value)
        return Words::tr("Certificate of %1 expires soon").arg(name);
    if (*reason.value <= 0)
        return Words::tr("Certificate of %1 has expired").arg(name);
    const QString left = reason.unit == "s"_L1 ? duration(reason.value) : measured(std::floor(*reason.value), u"days"_s);
    return Words::tr("Certificate of %1 expires in %2").arg(name, left);
}

QString skew(const ClusterStatus &cluster, const Reason &reason)
{
    const QString name = nameOf(cluster, reason);
    if (!reason.value)
        return Words::tr("Clock of %1 is wrong, or this machine's").arg(name);
    const QString limit = reason.limit ? Words::tr(" (limit %1)").arg(duration(reason.limit)) : QString();
    return Words::tr("Clock of %1 differs by %2").arg(name, duration(std::abs(*reason.value))) + limit;
}

/// By their addresses: the server's name is the same for all of them.
QString duplicates(const Reason &reason)
{
    QStringList addresses;
    for (const QString &url : reason.endpoints)
        addresses.append(QUrl(url).authority());
    if (addresses.size() < 2)
        return Words::tr("%1 is asked twice").arg(reason.subject.isEmpty() ? Words::tr("A server") : shortName(reason.subject));
    return Words::tr("%1 are one server").arg(addresses.join(Words::tr(" and ")));
}

QString slow(const ClusterStatus &cluster, const Reason &reason)
{
    const bool several = endpointNames(cluster, reason).size() > 1;
    const QString name = nameOf(cluster, reason);
    if (!reason.value)
        return (several ? Words::tr("%1 answer slowly") : Words::tr("%1 answers slowly")).arg(name);
    return (several ? Words::tr("%1 answer in %2") : Words::tr("%1 answers in %2")).arg(name, measured(*reason.value, reason.unit))
        + limitOf(reason);
}

QStringList partial(const ClusterStatus &cluster, const Reason &reason)
{
    const EndpointStatus *endpoint = onlyEndpoint(cluster, reason);
    QStringList failed = reason.names;
    if (failed.isEmpty() && endpoint) {
        for (const RequestStatus &request : endpoint->requests) {
            if (request.reach != Reach::Answered)
                failed.append(request.path);
        }
    }
    const bool several = endpointNames(cluster, reason).size() > 1;
    return {(several ? Words::tr("%1 answer only in part") : Words::tr("%1 answers only in part")).arg(nameOf(cluster, reason)),
        failed.isEmpty() ? QString() : Words::tr("no usable answer to %1").arg(listOf(failed)), quoted(reason.detail)};
}
} // namespace

QStringList endpointFacts(const ClusterStatus &cluster, const Reason &reason)
{
    switch (reason.code) {
    case ReasonCode::EndpointDown:
        return down(cluster, reason);
    case ReasonCode::EndpointTlsFailed:
        return {tlsFailure(reason) + where(cluster, reason), whichOnes(cluster, reason), words(cluster, reason)};
    case ReasonCode::EndpointUnauthorised:
        return {tokenRefused(cluster, reason), whichOnes(cluster, reason), words(cluster, reason)};
    case ReasonCode::SecretUnavailable:
        return {Words::tr("Token can't be read, nothing is sent"), words(cluster, reason)};
    case ReasonCode::EndpointNotUnderstood:
        return {notUnderstood(cluster, reason), whichOnes(cluster, reason), words(cluster, reason)};
    case ReasonCode::EndpointThrottled:
        return {Words::tr("Rate limit reached") + where(cluster, reason), whichOnes(cluster, reason),
            reason.value ? Words::tr("asks for a pause of %1").arg(duration(reason.value)) : QString(), words(cluster, reason)};
    case ReasonCode::EndpointPartial:
        return partial(cluster, reason);
    case ReasonCode::EndpointSlow:
        return {slow(cluster, reason), quoted(reason.detail)};
    case ReasonCode::EndpointForeign:
        return {Words::tr("%1 belongs to another cluster").arg(nameOf(cluster, reason)), listOf(reason.names), quoted(reason.detail)};
    case ReasonCode::EndpointDuplicate:
        return {duplicates(reason), listOf(reason.names), quoted(reason.detail)};
    case ReasonCode::EndpointShared: {
        const bool agent = reason.names.contains("client-agent"_L1);
        return {(agent ? Words::tr("%1 is a client agent, no server") : Words::tr("%1 leads to more than one server"))
                    .arg(nameOf(cluster, reason)),
            Words::tr("gives no view of its own"), quoted(reason.detail)};
    }
    case ReasonCode::FactsNarrowed: {
        const QString missing = reason.names.isEmpty() ? quoted(reason.detail) : listOf(reason.names);
        return {missing.isEmpty() ? Words::tr("Some facts are not available") : Words::tr("Not available: %1").arg(missing),
            Words::tr("less is known")};
    }
    case ReasonCode::CertificateExpires:
        return {certificate(cluster, reason), quoted(reason.detail)};
    case ReasonCode::ClockSkew:
        return {skew(cluster, reason), quoted(reason.detail)};
    case ReasonCode::VersionMixed:
        return {reason.names.isEmpty() ? Words::tr("Different versions run side by side")
                                       : Words::tr("Different versions: %1").arg(listOf(reason.names)),
            quoted(reason.detail)};
    default:
        return misplaced(reason);
    }
}

} // namespace quorate::wording
