// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/raft/story.h"

#include <QRegularExpression>

namespace quorate::test {
using namespace Qt::StringLiterals;

namespace {
using Traits = QMap<QString, QString>;

struct Cast {
    QMap<QString, Traits> servers; ///< by letter, in order
    Traits options;
    QString leader;
    QStringList members;

    [[nodiscard]] bool is(const QString &letter, const QString &trait) const { return servers.value(letter).contains(trait); }
    [[nodiscard]] bool answers(const QString &letter) const
    {
        return servers.contains(letter) && !is(letter, u"down"_s) && !is(letter, u"timeout"_s) && !is(letter, u"rejected"_s);
    }
};

Traits traitsOf(const QString &text)
{
    Traits traits;
    for (const QString &word : text.split(u' ', Qt::SkipEmptyParts))
        traits.insert(word.section(u':', 0, 0), word.section(u':', 1));
    return traits;
}

/// Every pair of an option like "trails:B=1204,C=3".
QMap<QString, quint64> numbersOf(const Traits &options, const QString &name)
{
    QMap<QString, quint64> numbers;
    for (const QString &pair : options.value(name).split(u',', Qt::SkipEmptyParts))
        numbers.insert(pair.section(u'=', 0, 0), pair.section(u'=', 1).toULongLong());
    return numbers;
}

Cast castOf(const QString &text)
{
    Cast cast;
    static const QRegularExpression word(u"([A-Z])(?:\\(([^)]*)\\))?(?: |$)"_s);
    const QString servers = text.section(u';', 0, 0).trimmed();
    for (auto match = word.globalMatch(servers); match.hasNext();) {
        const auto found = match.next();
        cast.servers.insert(found.captured(1), traitsOf(found.captured(2)));
    }
    cast.options = traitsOf(text.section(u';', 1));
    for (const QString &letter : cast.servers.keys()) {
        if (cast.is(letter, u"leader"_s) && cast.leader.isEmpty())
            cast.leader = letter;
        if (!cast.is(letter, u"client"_s) && !cast.is(letter, u"is"_s))
            cast.members.append(letter);
    }
    cast.leader = cast.options.value(u"leads"_s, cast.leader);
    if (cast.options.contains(u"members"_s))
        cast.members = cast.options.value(u"members"_s).split(QString(), Qt::SkipEmptyParts);
    return cast;
}

QString addressOf(const QString &letter)
{
    return letter.isEmpty() ? QString() : u"10.0.0.%1:8300"_s.arg(letter.front().unicode() - u'A' + 1);
}

QString urlOf(const Cast &cast, const QString &letter)
{
    const QString host = addressOf(letter).section(u':', 0, 0);
    return u"http://%1:8500"_s.arg(cast.servers.value(letter).value(u"host"_s, host));
}

RaftMember memberOf(const Cast &cast, const QString &letter)
{
    RaftMember member;
    member.id = u"id-"_s + letter;
    member.address = addressOf(letter);
    member.unknownToGossip = cast.options.value(u"ghost"_s).contains(letter);
    member.name = member.unknownToGossip ? QString() : letter;
    member.voter = !cast.options.value(u"nonvoter"_s).contains(letter);
    return member;
}

AutopilotServer reportOf(const Cast &cast, const QString &letter)
{
    AutopilotServer server;
    server.id = u"id-"_s + letter;
    server.name = letter;
    server.address = addressOf(letter);
    server.leader = letter == cast.options.value(u"marks"_s, cast.leader);
    const bool gone = cast.servers.contains(letter) && !cast.answers(letter) && !cast.options.value(u"vouches"_s).contains(letter);
    server.unreachable = gone || cast.options.value(u"unreachable"_s).contains(letter);
    server.serfStatus = gone ? u"failed"_s : u"alive"_s;
    server.healthy = !server.unreachable;
    if (server.unreachable)
        return server;
    server.lastContactSeconds = double(numbersOf(cast.options, u"slow"_s).value(letter, server.leader ? 0 : 30)) / 1000;
    server.lastIndex = 100'000 - numbersOf(cast.options, u"trails"_s).value(letter, 0);
    server.lastTerm = 2;
    return server;
}

AutopilotFacts autopilotOf(const Cast &cast)
{
    AutopilotFacts autopilot;
    QList<AutopilotServer> servers;
    for (const QString &letter : cast.members) {
        if (!cast.options.value(u"ghost"_s).contains(letter))
            servers.append(reportOf(cast, letter));
    }
    autopilot.healthy = cast.options.value(u"autopilot"_s) != u"unhealthy"
        && std::all_of(servers.cbegin(), servers.cend(), [](const AutopilotServer &server) { return server.healthy; });
    autopilot.failureTolerance = 1;
    if (cast.options.value(u"autopilot"_s) != u"null")
        autopilot.servers = servers;
    return autopilot;
}

void tellOfItself(RaftView &view, const Cast &cast, const QString &letter, const Traits &traits)
{
    const QString self = traits.value(u"is"_s, letter);
    view.server = !traits.contains(u"client"_s);
    view.id = u"id-"_s + traits.value(u"id"_s, self);
    view.name = self;
    view.datacenter = traits.value(u"dc"_s, u"dc1"_s);
    QList<RaftMember> members;
    for (const QString &member : traits.value(u"peers"_s, cast.members.join(QString())).split(QString(), Qt::SkipEmptyParts))
        members.append(memberOf(cast, member));
    view.membership = members;
    if (*view.server == false)
        return;
    view.address = addressOf(self);
    view.saysLeader = traits.contains(u"leader"_s);
    view.state = traits.contains(u"leader"_s) ? u"Leader"_s : traits.contains(u"candidate"_s) ? u"Candidate"_s : u"Follower"_s;
    view.state = traits.value(u"state"_s, *view.state);
    view.term = traits.value(u"term"_s, u"2"_s).toULongLong();
    view.commit = traits.contains(u"never"_s) ? 0 : 100'000;
    view.applied = view.lastLog = 100'000;
    view.neverContacted = traits.contains(u"never"_s);
    if (!view.neverContacted)
        view.lastContactSeconds = traits.contains(u"leader"_s) ? 0 : traits.value(u"contact"_s, u"30"_s).toDouble() / 1000;
}

RaftView viewOf(const Cast &cast, const QString &letter)
{
    const Traits traits = cast.servers.value(letter);
    RaftView view;
    const bool nobody = traits.contains(u"nobody"_s) || traits.contains(u"candidate"_s);
    const QString own = traits.contains(u"leader"_s) ? letter : cast.leader;
    view.leader = nobody ? QString() : addressOf(traits.value(u"names"_s, own));
    QStringList peers;
    for (const QString &peer : traits.value(u"peers"_s, cast.members.join(QString())).split(QString(), Qt::SkipEmptyParts))
        peers.append(addressOf(peer));
    view.peers = peers;
    if (traits.contains(u"headers"_s)) {
        view.knownLeader = !view.leader->isEmpty();
        view.headerLastContactSeconds = traits.value(u"headers"_s).toDouble() / 1000;
    }
    if (!traits.contains(u"norights"_s) && !traits.contains(u"headers"_s))
        tellOfItself(view, cast, letter, traits);
    return view;
}

Observation observationOf(const EndpointState &endpoint, const QString &key, Reach reach, const Time &at)
{
    Observation observation;
    observation.endpoint = endpoint.url;
    observation.request = key;
    observation.primary = key == u"leader";
    observation.forwarded = key == u"autopilot";
    observation.at = at;
    observation.latencySeconds = 0.003;
    observation.reach = reach;
    observation.error = reach == Reach::Answered ? QString() : name(reach);
    return observation;
}

void understand(EndpointState &endpoint, const QString &key, const RaftView &view, const Time &at)
{
    Facts facts;
    facts.raft = view;
    endpoint.understood.insert(key, {facts, at});
}

EndpointState endpointOf(const Cast &cast, const QString &letter, const Time &at)
{
    EndpointState endpoint;
    endpoint.url = EndpointUrl(urlOf(cast, letter));
    endpoint.label = endpoint.url.text().section(u'/', 2).section(u':', 0, 0);
    if (cast.options.contains(u"silent"_s))
        return endpoint;
    const Reach reach = cast.is(letter, u"down"_s) ? Reach::Refused
        : cast.is(letter, u"timeout"_s)            ? Reach::TimedOut
        : cast.is(letter, u"rejected"_s)           ? Reach::Unauthorised
                                                   : Reach::Answered;
    endpoint.attempt = observationOf(endpoint, u"leader"_s, reach, at);
    endpoint.attempted = at;
    endpoint.newest.insert(u"leader"_s, *endpoint.attempt);
    if (reach == Reach::Answered)
        understand(endpoint, u"leader"_s, viewOf(cast, letter), at);
    return endpoint;
}

/// The call by way of the leader: asked of it where it answers, else of the first that names it.
void forward(Story &story, const Cast &cast, const Time &at)
{
    if (cast.options.value(u"autopilot"_s) == u"none" || cast.leader.isEmpty())
        return;
    const bool hangs = cast.options.contains(u"forward"_s);
    for (EndpointState &endpoint : story.endpoints) {
        const bool answers = endpoint.attempt && endpoint.attempt->reach == Reach::Answered;
        if (!answers || (!hangs && cast.answers(cast.leader) && endpoint.url.text() != urlOf(cast, cast.leader)))
            continue;
        endpoint.newest.insert(u"autopilot"_s, observationOf(endpoint, u"autopilot"_s, hangs ? Reach::TimedOut : Reach::Answered, at));
        RaftView view;
        view.autopilot = autopilotOf(cast);
        if (!hangs)
            understand(endpoint, u"autopilot"_s, view, at);
        return;
    }
}
} // namespace

Story story(const QString &text)
{
    const Cast cast = castOf(text);
    Story made;
    const Time at{Instant(Milliseconds(1'800'000'000'000)), Milliseconds(500'000), Milliseconds(600'000)};
    made.now = at + Milliseconds(50);
    made.spec.name = ClusterName(u"consul"_s);
    made.spec.system = u"consul"_s;
    if (cast.options.contains(u"expected"_s))
        made.spec.expectedVoters = cast.options.value(u"expected"_s).toInt();
    made.memory.largestVoters = cast.options.value(u"held"_s).toInt();
    for (const QString &letter : cast.servers.keys()) {
        made.endpoints.append(endpointOf(cast, letter, at));
        made.spec.endpoints.append(made.endpoints.last().url);
    }
    forward(made, cast, at);
    return made;
}

QString toldPeers(const RaftVerdict &verdict)
{
    QStringList peers;
    for (const PeerStatus &peer : verdict.status.peers) {
        QString word = (peer.name.isEmpty() ? peer.address : peer.name) + u':' + name(peer.role) + u':' + name(peer.state);
        if (peer.severity != Severity::Ok)
            word += u':' + name(peer.severity);
        peers.append(word);
    }
    return peers.join(u' ');
}

namespace {
QString leaderOf(const RaftStatus &status)
{
    for (const PeerStatus &peer : status.peers) {
        if (peer.address == status.leader && !peer.name.isEmpty() && !status.leader.isEmpty())
            return peer.name;
    }
    return status.leader.isEmpty() ? u"nobody"_s : status.leader;
}

QString toldReason(const Reason &reason)
{
    QString text = name(reason.clusterSeverity) + u' ' + name(reason.code);
    if (!reason.subject.isEmpty())
        text += u' ' + reason.subject;
    return reason.foldedUnder ? u'(' + text + u')' : text;
}
} // namespace

QString told(const RaftVerdict &verdict)
{
    const RaftStatus &status = verdict.status;
    QStringList reasons;
    for (const Reason &reason : verdict.reasons)
        reasons.append(toldReason(reason));
    const QString margin = status.margin ? QString::number(*status.margin) : u"?"_s;
    QString text
        = u"%1 %2 · %3/%4 margin %5"_s.arg(name(status.agreement), leaderOf(status)).arg(status.live).arg(status.voters).arg(margin);
    if (status.expected != status.voters)
        text += u" of %1"_s.arg(status.expected);
    if (!status.missing.isEmpty())
        text += u" without "_s + status.missing.join(u',');
    return reasons.isEmpty() ? text : text + u" · "_s + reasons.join(u", "_s);
}

Severity severityOf(const RaftVerdict &verdict)
{
    Severity severity = Severity::Ok;
    for (const Reason &reason : verdict.reasons) {
        if (!reason.foldedUnder)
            severity = worst(severity, reason.clusterSeverity);
    }
    return severity;
}

} // namespace quorate::test
