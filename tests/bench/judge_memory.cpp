// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/judge_memory.h"

#include "models/judge/fleet.h"
#include "tests/bench/child.h"

#include <QElapsedTimer>
#include <QRandomGenerator>

#include <malloc.h>

namespace quorate::bench {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr int endpointsEach = 3, observations = 1'000'000, parts = 10;
const QStringList systems{u"bufstream"_s, u"consul"_s, u"osapi"_s};

FleetSpec fleetOf(int clusters)
{
    FleetSpec fleet;
    for (int i = 0; i < clusters; ++i) {
        ClusterSpec cluster;
        cluster.system = systems.at(i % systems.size());
        cluster.name = ClusterName(u"%1-%2"_s.arg(cluster.system).arg(i));
        for (int k = 0; k < endpointsEach; ++k)
            cluster.endpoints.append(EndpointUrl(u"http://node-%1-%2:80"_s.arg(i).arg(k)));
        fleet.append(cluster);
    }
    return fleet;
}

/// What servers say that are never twice the same.
class Restless {
public:
    Observation next(const ClusterSpec &cluster, int endpoint, const Time &now)
    {
        ++m_told;
        Observation observation;
        observation.cluster = cluster.name;
        observation.endpoint = cluster.endpoints.at(endpoint);
        observation.request = observation.path = u"status"_s;
        observation.primary = observation.endpointDone = true;
        observation.at = now;
        observation.latencySeconds = m_random.generateDouble();
        const quint32 kind = m_random.bounded(10U);
        observation.reach = kind == 0 ? Reach::Refused : kind == 1 ? Reach::Malformed : Reach::Answered;
        if (observation.reach == Reach::Answered)
            observation.facts = facts(cluster.system, endpoint);
        return observation;
    }

private:
    /// One of so many names that are in use just now.
    QString name(QStringView kind, quint32 of) { return u"%1-%2"_s.arg(kind).arg(m_told / 300 + m_random.bounded(of)); }
    qint64 number(quint32 below) { return m_random.bounded(below); }

    Facts facts(const QString &system, int endpoint)
    {
        Facts facts;
        facts.version = name(u"1", 3);
        facts.uptimeSeconds = double(number(1'000'000));
        if (system == "consul"_L1)
            facts.raft = view(endpoint);
        else
            facts.components = components();
        if (system == "osapi"_L1)
            addWork(facts);
        return facts;
    }

    QList<ComponentFact> components()
    {
        QList<ComponentFact> list;
        for (int i = 0; i < 5; ++i) {
            ComponentFact component;
            component.name = name(u"part", 20);
            component.state = m_random.bounded(4U) == 0 ? ComponentState::Failed : ComponentState::Healthy;
            component.reported = name(u"word", 4);
            list.append(component);
        }
        return list;
    }

    RaftView view(int endpoint)
    {
        RaftView view;
        view.server = true;
        view.id = u"id-%1"_s.arg(endpoint);
        view.name = u"server-%1"_s.arg(endpoint);
        view.leader = name(u"10.0.0", 5) + u":8300"_s;
        view.term = quint64(number(1'000'000));
        view.commit = view.applied = view.lastLog = quint64(number(1'000'000));
        view.lastContactSeconds = m_random.generateDouble();
        QList<RaftMember> members;
        for (int i = 0; i < 3; ++i) {
            RaftMember member;
            member.id = name(u"id", 20);
            member.name = name(u"server", 20);
            member.address = name(u"10.0.0", 20) + u":8300"_s;
            members.append(member);
        }
        view.membership = members;
        return view;
    }

    void addWork(Facts &facts)
    {
        QList<QueueFact> queues;
        for (int i = 0; i < 3; ++i)
            queues.append({name(u"queue", 20), number(1'000), number(100), number(10), number(100), number(100), number(20)});
        facts.queues = queues;
        AgentsFact agents;
        for (int i = 0; i < 3; ++i) {
            AgentFact agent;
            agent.name = name(u"host", 20);
            agent.kind = u"agent"_s;
            agents.list.append(agent);
        }
        agents.total = agents.ready = 3;
        facts.agents = agents;
    }

    QRandomGenerator m_random{20'261'120};
    quint32 m_told = 0; ///< observations; new names come with them and old ones go
};

double kibibytesInUse() { return double(mallinfo2().uordblks + mallinfo2().hblkhd) / 1024; }
} // namespace

int measureJudgeMemory()
{
    const FleetSpec spec = fleetOf(9);
    Fleet fleet;
    Time now{Instant(1'800'000'000'000ms), 1'000'000ms, 1'000'000ms};
    std::ignore = step(fleet, spec, now);
    Restless restless;
    QElapsedTimer timer;
    timer.start();
    for (int part = 1; part <= parts; ++part) {
        for (int i = 0; i < observations / parts; ++i) {
            const ClusterSpec &cluster = spec.at(i % spec.size());
            now = now + 400ms;
            std::ignore = step(fleet, restless.next(cluster, i / static_cast<int>(spec.size()) % endpointsEach, now), now);
        }
        tell(QString::number(observations / parts * part), kibibytesInUse());
    }
    tell(u"each"_s, double(timer.nsecsElapsed()) / observations / 1'000);
    return 0;
}

} // namespace quorate::bench
