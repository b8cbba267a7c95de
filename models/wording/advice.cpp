// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wording/sentences.h"
#include "models/wording/wording.h"

namespace quorate::wording {
using namespace Qt::StringLiterals;

namespace {
QString adviceForReach(const EndpointStatus *endpoint)
{
    switch (endpoint ? endpoint->reach : Reach::TimedOut) {
    case Reach::Refused:
        return Words::tr("The host answers but nothing listens on that port: check the port and whether the process runs");
    case Reach::DnsFailed:
        return Words::tr("Check the spelling of the host name and this machine's DNS");
    case Reach::ProxyFailed:
        return Words::tr("Check the proxy settings of this machine");
    case Reach::TlsFailed:
        return Words::tr("Renew the server's certificate");
    case Reach::Closed:
        return Words::tr("Check the port, and whether it speaks https:// where the URL says http://");
    case Reach::ServerError:
        return Words::tr("Look at the raw reply and the server's log");
    default: // no answer at all, for whatever reason
        return Words::tr("Check whether the process runs and a firewall lets this machine through");
    }
}

/// By the check that failed, as the judge names it.
QString adviceForTls(const Reason &reason)
{
    const QString check = reason.names.size() == 1 ? reason.names.first() : QString();
    if (check == "not-tls"_L1)
        return Words::tr("Check the port, or write http:// instead of https://");
    if (check == "client-certificate-missing"_L1)
        return Words::tr("Configure a client certificate and its key (tls.certificate, tls.key)");
    if (check == "expired"_L1)
        return Words::tr("Renew the server's certificate");
    if (check == "not-yet-valid"_L1)
        return Words::tr("Check the time of this machine and the server's certificate");
    if (check == "wrong-host"_L1)
        return Words::tr("Configure the name that the certificate is for (tls.server_name)");
    return Words::tr("Configure the certificate authority (tls.ca), or the name in the certificate (tls.server_name)");
}

QString adviceForReply(const EndpointStatus *endpoint)
{
    switch (endpoint ? endpoint->reach : Reach::Malformed) {
    case Reach::NotFound:
        return Words::tr("Check the port and the path of the URL, and the system that is configured for it");
    case Reach::Redirected:
        return Words::tr("Redirects are not followed, a token would follow too: configure the URL that it leads to");
    default: // an answer of something else
        return Words::tr(
            "Something else answers at this URL: look at the raw reply, check the port and the system that is configured for it");
    }
}
} // namespace

QString advice(const ClusterStatus &cluster, const Reason &reason)
{
    const EndpointStatus *endpoint = onlyEndpoint(cluster, reason);
    switch (reason.code) {
    case ReasonCode::EndpointDown:
        return adviceForReach(endpoint);
    case ReasonCode::EndpointNotUnderstood:
        return adviceForReply(endpoint);
    case ReasonCode::EndpointTlsFailed:
        return adviceForTls(reason);
    case ReasonCode::EndpointUnauthorised:
        return Words::tr("Configure a token, or renew it where it comes from; Quorate asks again as soon as its content changes");
    case ReasonCode::SecretUnavailable:
        return Words::tr("Make the token readable: set the variable, the file or the keyring entry that the configuration names");
    case ReasonCode::EndpointThrottled:
        return Words::tr("Raise the interval of this cluster");
    case ReasonCode::EndpointForeign:
        return Words::tr("Move this endpoint to a cluster of its own");
    case ReasonCode::EndpointDuplicate:
        return Words::tr("Remove one of the two endpoints");
    case ReasonCode::EndpointShared:
        return Words::tr("Configure the servers themselves instead of a load balancer or a client agent");
    case ReasonCode::FactsNarrowed:
        return Words::tr("Give the token the permission that is named to see more");
    case ReasonCode::CertificateExpires:
        return Words::tr("Renew the certificate");
    case ReasonCode::ClockSkew:
        return Words::tr("Check the time service on the server and on this machine");
    case ReasonCode::RaftQuorumLost:
        return Words::tr("Bring back voters that are down; recover from peers.json only when they are lost for good");
    case ReasonCode::RaftMarginZero:
        return Words::tr("Bring back the missing voter before any other is stopped");
    case ReasonCode::RaftPeerMissing:
        return Words::tr("Bring the server back, or accept the new size");
    case ReasonCode::RaftPeerGhost:
        return Words::tr("Remove the member from the Raft configuration");
    case ReasonCode::RaftPeerIsolated:
        return Words::tr("Check the network between this server and its peers");
    case ReasonCode::QueueDeadLetters:
        return Words::tr("Look at the jobs that failed, then delete them or accept their number");
    case ReasonCode::InternalError:
        return Words::tr("Please report this, with the replies that quorate doctor saves");
    default: // the sentence says all that is useful
        return {};
    }
}

} // namespace quorate::wording
