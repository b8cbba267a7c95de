// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wording/phrase.h"
#include "models/wording/wording.h"

#include <QUrl>

#include <algorithm>

namespace quorate::wording {
using namespace Qt::StringLiterals;

QString severityWord(Severity severity)
{
    switch (severity) {
    case Severity::Ok:
        return Words::tr("Ok");
    case Severity::Warning:
        return Words::tr("Warning");
    case Severity::Unknown:
        return Words::tr("Unknown");
    case Severity::Critical:
        return Words::tr("Critical");
    }
    Q_UNREACHABLE();
}

QString reachWord(Reach reach)
{
    switch (reach) {
    case Reach::Answered:
        return Words::tr("Answered");
    case Reach::Refused:
        return Words::tr("Refused");
    case Reach::TimedOut:
        return Words::tr("Timed out");
    case Reach::DnsFailed:
        return Words::tr("Name not found");
    case Reach::Unreachable:
        return Words::tr("Unreachable");
    case Reach::Closed:
        return Words::tr("Connection closed");
    case Reach::TlsFailed:
        return Words::tr("TLS failed");
    case Reach::ProxyFailed:
        return Words::tr("Proxy failed");
    case Reach::Unauthorised:
        return Words::tr("Unauthorised");
    case Reach::NotFound:
        return Words::tr("Not found");
    case Reach::ServerError:
        return Words::tr("Server error");
    case Reach::Throttled:
        return Words::tr("Throttled");
    case Reach::Malformed:
        return Words::tr("Not understood");
    case Reach::TooLarge:
        return Words::tr("Too large");
    case Reach::Redirected:
        return Words::tr("Redirected");
    case Reach::NoSecret:
        return Words::tr("No token");
    case Reach::NotPolled:
        return Words::tr("Not polled");
    }
    Q_UNREACHABLE();
}

QString systemTitle(const QString &system)
{
    if (system == "bufstream"_L1)
        return u"Bufstream"_s;
    if (system == "consul"_L1)
        return u"Consul"_s;
    if (system == "osapi"_L1)
        return u"OSAPI"_s;
    return system;
}

QString roleWord(PeerRole role)
{
    switch (role) {
    case PeerRole::Leader:
        return Words::tr("leader");
    case PeerRole::Follower:
        return Words::tr("follower");
    case PeerRole::Candidate:
        return Words::tr("candidate");
    case PeerRole::NonVoter:
        return Words::tr("non-voter");
    case PeerRole::Unknown:
        return Words::tr("unknown");
    }
    Q_UNREACHABLE();
}

QString peerStateWord(PeerState state)
{
    switch (state) {
    case PeerState::Live:
        return Words::tr("live");
    case PeerState::Lagging:
        return Words::tr("lagging");
    case PeerState::Slow:
        return Words::tr("slow");
    case PeerState::Isolated:
        return Words::tr("isolated");
    case PeerState::Down:
        return Words::tr("down");
    case PeerState::Missing:
        return Words::tr("missing");
    case PeerState::Ghost:
        return Words::tr("ghost");
    case PeerState::Unseen:
        return Words::tr("not seen");
    }
    Q_UNREACHABLE();
}

namespace {
/// The host where the text is a URL or host:port with an IPv6 in brackets; else the text.
QString hostOf(const QString &text)
{
    if (text.contains("://"_L1)) {
        const QString host = QUrl(text).host();
        return host.isEmpty() ? text : host;
    }
    const qsizetype colon = text.lastIndexOf(u':');
    bool isPort = false;
    const int port = QStringView(text).mid(colon + 1).toInt(&isPort);
    if (colon <= 0 || !isPort || port < 0)
        return text;
    const QString host = text.left(colon);
    if (host.startsWith(u'[') && host.endsWith(u']'))
        return host.mid(1, host.size() - 2);
    return host.contains(u':') ? text : host;
}
} // namespace

namespace {
/// "10.0.0.1:8500" of a URL, where hosts repeat.
QString authorityOf(const QString &url)
{
    const QString authority = QUrl(url).authority();
    return authority.isEmpty() ? url : authority;
}

bool isAlone(const ClusterStatus &cluster, const EndpointStatus &endpoint)
{
    return std::none_of(cluster.endpoints.begin(), cluster.endpoints.end(),
        [&](const EndpointStatus &other) { return other.label == endpoint.label && other.url != endpoint.url; });
}

bool isAlone(const RaftStatus &raft, const PeerStatus &peer)
{
    return std::none_of(raft.peers.begin(), raft.peers.end(),
        [&](const PeerStatus &other) { return other.name == peer.name && other.address != peer.address; });
}
} // namespace

QString subjectName(const ClusterStatus &cluster, const QString &subject)
{
    if (subject.isEmpty())
        return {};
    for (const EndpointStatus &endpoint : cluster.endpoints) {
        if (endpoint.url.text() == subject)
            return shortName(endpoint.label.isEmpty() ? hostOf(subject)
                    : isAlone(cluster, endpoint)      ? endpoint.label
                                                      : authorityOf(subject));
    }
    for (const RaftStatus &raft : cluster.raft) {
        for (const PeerStatus &peer : raft.peers) {
            if (subject == peer.address || subject == peer.id || subject == peer.name)
                return shortName(peer.name.isEmpty() || !isAlone(raft, peer) ? hostOf(peer.address) : peer.name);
        }
    }
    return shortName(hostOf(subject));
}

} // namespace quorate::wording
