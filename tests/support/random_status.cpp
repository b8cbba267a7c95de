// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/random_status.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace quorate::test {
using namespace Qt::StringLiterals;

namespace {
class Dice {
public:
    explicit Dice(std::mt19937_64 &random)
        : m_random(random)
    {
    }

    qint64 number(qint64 from, qint64 to) { return std::uniform_int_distribution<qint64>(from, to)(m_random); }
    bool chance() { return number(0, 1) == 1; }
    double real() { return std::uniform_real_distribution<double>(0, 1e6)(m_random); }
    qint64 size() { return chance() ? number(0, 1000) : number(0, std::numeric_limits<qint64>::max()); }
    quint64 index() { return static_cast<quint64>(size()); }
    int small() { return static_cast<int>(number(1, 99)); }
    Instant instant() { return Instant(Milliseconds(number(0, 4'000'000'000'000))); }
    template <class Enum>
    Enum pick(Enum last)
    {
        return static_cast<Enum>(number(0, static_cast<qint64>(last)));
    }
    QString text()
    {
        static const QStringList texts{u"node-1"_s, u"http://10.1.2.3:8500"_s, u"<b>bold & \"quoted\"</b>"_s, u"a|b\\c `d` 'e'"_s,
            u"line\nbreak\ttab"_s, u"\u202Eright to left\u202C"_s, u"\u5317\u4EAC \U0001F600"_s, u"x"_s.repeated(300), u"{label=\"v\"}"_s};
        return texts.at(number(0, texts.size() - 1)) + QString::number(number(0, 9999));
    }
    QStringList texts()
    {
        QStringList list;
        for (qint64 n = number(0, 3); n > 0; --n)
            list.append(text());
        return list;
    }
    template <class Make>
    auto maybe(Make make)
    {
        return chance() ? std::optional(make()) : std::nullopt;
    }
    template <class Make>
    auto list(Make make)
    {
        QList<decltype(make())> items;
        for (qint64 n = number(0, 3); n > 0; --n)
            items.append(make());
        return items;
    }
    template <class Make>
    auto named(Make make)
    {
        auto items = list(make);
        std::stable_sort(items.begin(), items.end(), [](const auto &a, const auto &b) { return a.name < b.name; });
        return items;
    }
    Severity severity() { return pick(Severity::Critical); }
    Reach reach() { return pick(Reach::NotPolled); }
    ReasonCode code() { return allReasonCodes().at(number(0, allReasonCodes().size() - 1)); }
    QString textOrNone() { return chance() ? text() : QString(); }
    std::optional<qint64> size64()
    {
        return maybe([&] { return size(); });
    }
    std::optional<double> maybeReal()
    {
        return maybe([&] { return real(); });
    }
    std::optional<Pending> maybePending()
    {
        return maybe([&] { return Pending{severity(), instant(), small(), small()}; });
    }
    std::optional<Instant> maybeInstant()
    {
        return maybe([&] { return instant(); });
    }

private:
    std::mt19937_64 &m_random;
};

Reason reason(Dice &dice)
{
    Reason reason;
    reason.code = dice.code();
    reason.severity = dice.severity();
    reason.clusterSeverity = dice.severity();
    reason.subject = dice.textOrNone();
    reason.endpoints = dice.texts();
    reason.count = dice.maybe([&] { return dice.small(); });
    reason.of = dice.maybe([&] { return dice.small(); });
    reason.value = dice.maybeReal();
    reason.limit = dice.maybeReal();
    reason.unit = dice.chance() ? u"entries"_s : QString();
    reason.since = dice.maybeInstant();
    reason.derived = dice.chance();
    reason.foldedUnder = dice.maybe([&] { return dice.code(); });
    reason.pending = dice.maybePending();
    return reason;
}

EndpointStatus endpoint(Dice &dice)
{
    EndpointStatus endpoint;
    endpoint.url = EndpointUrl(dice.text());
    endpoint.id = dice.textOrNone();
    endpoint.reach = dice.reach();
    endpoint.http = dice.chance() ? 200 : 0;
    endpoint.latency = dice.maybeReal();
    endpoint.observed = dice.maybeInstant();
    endpoint.factsAge = dice.maybeReal();
    endpoint.stale = dice.chance();
    endpoint.version = dice.textOrNone();
    endpoint.uptime = dice.maybeReal();
    endpoint.severity = dice.severity();
    endpoint.reported = dice.textOrNone();
    endpoint.error = dice.textOrNone();
    endpoint.certificateExpires = dice.maybeInstant();
    endpoint.maintenanceUntil = dice.maybeInstant();
    endpoint.shared = dice.chance();
    endpoint.pending = dice.maybePending();
    endpoint.requests = dice.list([&] {
        RequestStatus request;
        request.path = dice.text();
        request.reach = dice.reach();
        request.http = dice.chance() ? 503 : 0;
        request.latency = dice.maybeReal();
        return request;
    });
    return endpoint;
}

ComponentStatus component(Dice &dice)
{
    const auto pair = [&] { return std::pair{dice.size(), dice.size()}; };
    ComponentStatus component;
    component.name = dice.text();
    component.group = dice.textOrNone();
    component.endpoint = EndpointUrl(dice.textOrNone());
    component.severity = dice.severity();
    component.reported = dice.textOrNone();
    component.message = dice.textOrNone();
    component.address = dice.textOrNone();
    component.pending = dice.maybePending();
    component.numbers = {dice.maybe(pair), dice.maybe(pair), dice.maybe(pair), dice.maybe([&] { return dice.text(); })};
    return component;
}

PeerStatus peer(Dice &dice)
{
    PeerStatus peer;
    peer.id = dice.textOrNone();
    peer.name = dice.textOrNone();
    peer.address = dice.text();
    peer.role = dice.pick(PeerRole::Unknown);
    peer.voter = dice.chance();
    peer.state = dice.pick(PeerState::Unseen);
    peer.severity = dice.severity();
    const auto index = [&] { return dice.index(); };
    peer.term = dice.maybe(index);
    peer.commit = dice.maybe(index);
    peer.applied = dice.maybe(index);
    peer.lastLog = dice.maybe(index);
    peer.trailing = dice.size64();
    peer.trailingPerSecond = dice.maybeReal();
    peer.pending = dice.maybePending();
    peer.lastContact = dice.maybeReal();
    peer.stableSince = dice.maybeInstant();
    peer.hasEndpoint = dice.chance();
    if (peer.hasEndpoint) {
        peer.reach = dice.reach();
        peer.believesLeader = dice.maybe([&] { return dice.textOrNone(); });
    }
    peer.reasons = dice.list([&] { return dice.code(); });
    return peer;
}

RaftStatus raft(Dice &dice)
{
    RaftStatus raft;
    raft.group = dice.textOrNone();
    raft.leader = dice.textOrNone();
    raft.leaderSince = dice.maybeInstant();
    raft.leaderSinceExact = raft.leaderSince && dice.chance();
    raft.leaderChanges = dice.maybe([&] { return dice.small(); });
    raft.term = dice.maybe([&] { return dice.index(); });
    raft.agreement = dice.pick(Agreement::Unseen);
    if (dice.chance()) {
        raft.expected = dice.small();
        raft.voters = dice.small();
        raft.live = dice.small();
        raft.quorum = dice.small();
    }
    raft.margin = dice.maybe([&] { return static_cast<int>(dice.number(-3, 3)); });
    raft.missing = dice.texts();
    raft.views = {dice.small(), dice.small(), dice.small()};
    raft.reported = dice.maybe([&] { return RaftReported{dice.maybe([&] { return dice.chance(); }), dice.size64()}; });
    raft.peers = dice.list([&] { return peer(dice); });
    std::stable_sort(raft.peers.begin(), raft.peers.end(), [](const PeerStatus &a, const PeerStatus &b) { return a.address < b.address; });
    return raft;
}

QueueStatus queue(Dice &dice)
{
    return {dice.text(), dice.severity(), dice.size64(), dice.size64(), dice.size64(), dice.size64(), dice.size64(), dice.size64(),
        dice.size64(), dice.size64(), dice.maybeReal(), dice.maybeReal(), dice.maybeReal(), dice.maybeReal(), dice.maybeReal()};
}

AgentStatus agent(Dice &dice)
{
    AgentStatus agent;
    agent.facts.name = dice.text();
    agent.facts.kind = dice.textOrNone();
    agent.facts.ageSeconds = dice.maybeReal();
    agent.facts.ageText = dice.textOrNone();
    agent.facts.conditions = dice.texts();
    agent.facts.labels = dice.textOrNone();
    agent.facts.cpuPercent = dice.maybeReal();
    agent.facts.memoryBytes = dice.size64();
    agent.severity = dice.severity();
    return agent;
}

void fillWork(Dice &dice, ClusterStatus &cluster)
{
    cluster.queues = dice.maybe([&] { return dice.named([&] { return queue(dice); }); });
    cluster.streams = dice.maybe([&] {
        return dice.named([&] { return StreamFact{dice.text(), dice.size64(), dice.size64(), dice.size64()}; });
    });
    cluster.buckets = dice.maybe([&] { return dice.named([&] { return BucketFact{dice.text(), dice.size64(), dice.size64()}; }); });
    cluster.objectStores = dice.maybe([&] { return dice.named([&] { return ObjectStoreFact{dice.text(), dice.size64()}; }); });
    cluster.consumers = dice.maybe([&] {
        return ConsumersFact{dice.size64(), dice.named([&] {
                                 return ConsumerFact{dice.text(), dice.size64(), dice.size64(), dice.size64()};
                             })};
    });
    cluster.nats = dice.maybe([&] { return NatsFact{dice.textOrNone(), dice.textOrNone()}; });
    cluster.agents = dice.maybe([&] {
        AgentsStatus agents{dice.size64(), dice.size64(), dice.list([&] { return agent(dice); })};
        std::stable_sort(
            agents.list.begin(), agents.list.end(), [](const AgentStatus &a, const AgentStatus &b) { return a.facts.name < b.facts.name; });
        return agents;
    });
}

ClusterStatus cluster(Dice &dice)
{
    ClusterStatus cluster;
    cluster.name = ClusterName(dice.text());
    cluster.system = QStringList{u"bufstream"_s, u"consul"_s, u"osapi"_s}.at(dice.number(0, 2));
    cluster.severity = dice.severity();
    cluster.since = dice.maybeInstant();
    cluster.pending = dice.maybePending();
    cluster.observed = dice.maybeInstant();
    cluster.maintenanceUntil = dice.maybeInstant();
    if (cluster.maintenanceUntil)
        cluster.maintenanceNote = dice.textOrNone();
    const auto worseFirst = [](const Reason &a, const Reason &b) {
        if (a.clusterSeverity != b.clusterSeverity)
            return a.clusterSeverity > b.clusterSeverity;
        return a.code != b.code ? name(a.code) < name(b.code) : a.subject < b.subject;
    };
    for (QList<Reason> *reasons : {&cluster.reasons, &cluster.checking}) {
        *reasons = dice.list([&] { return reason(dice); });
        std::stable_sort(reasons->begin(), reasons->end(), worseFirst);
    }
    cluster.endpoints = dice.list([&] { return endpoint(dice); });
    cluster.components = dice.list([&] { return component(dice); });
    std::stable_sort(cluster.components.begin(), cluster.components.end(),
        [](const ComponentStatus &a, const ComponentStatus &b) { return a.fullName() < b.fullName(); });
    cluster.raft = dice.list([&] { return raft(dice); });
    fillWork(dice, cluster);
    return cluster;
}
} // namespace

FleetStatus randomFleet(std::mt19937_64 &random)
{
    Dice dice(random);
    FleetStatus fleet;
    fleet.time = dice.instant();
    fleet.host = dice.textOrNone();
    fleet.notices = dice.list([&] { return Notice{dice.text(), dice.textOrNone()}; });
    fleet.clusters = dice.list([&] { return cluster(dice); });
    return fleet;
}

} // namespace quorate::test
