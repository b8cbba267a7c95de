// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demo_world.h"

#include <array>
#include <cmath>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {

constexpr double tourLength = 120;

bool between(double t, double from, double to) { return t >= from && t < to; }

/// The measured course of a killed leader (JUDGE section 5), shortened: named on, nobody, a new one, removed.
void killLeader(DemoWorld &world, double t, double removedAfter)
{
    world.servers[1].up = false;
    if (t < 8)
        return; // the survivors still name it
    if (t < 16) {
        loseLeader(world);
        return;
    }
    elect(world, 2, 5118);
    world.servers[1].member = t < removedAfter;
}

void loseQuorum(DemoWorld &world)
{
    for (const int i : {0, 1, 2})
        world.servers[i].up = false;
    loseLeader(world);
}

void splitLeaders(DemoWorld &world)
{
    elect(world, 3, 5118);
    for (const int i : {1, 0}) {
        world.servers[i].names = 1;
        world.servers[i].term = 5117;
        world.servers[i].state = i == 1 ? u"Leader"_s : u"Follower"_s;
    }
    world.servers[4].up = false;
}

void lag(DemoWorld &world, double t)
{
    world.servers[3].behind = 700 + static_cast<qint64>(t * 25);
    world.servers[3].lastContact = 0.412;
}

void degradeBufstream(DemoWorld &world)
{
    world.brokers[0].objectStorageFails = true;
    for (DemoBroker &broker : world.brokers)
        broker.etcdHealthy = 2;
    world.brokers[2].version = u"0.3.28"_s;
    world.brokers[2].migrationsCurrent = 3;
}

void setManner(DemoWorld &world, DemoManner manner)
{
    for (DemoBroker &broker : world.brokers)
        broker.manner = manner;
    for (DemoConsulServer &server : world.servers)
        server.manner = manner;
    world.controller.manner = manner;
}

void slowDown(DemoWorld &world)
{
    setManner(world, DemoManner::Slow);
    world.brokers[1].manner = DemoManner::Hang;
    world.servers[3].manner = DemoManner::Hang;
}

/// Two minutes in which each system is seen in each severity.
void tour(DemoWorld &world, double t)
{
    if (t < 40)
        world.brokers[0].objectStorageFails = true;
    if (t < 20)
        world.brokers[2].objectStorageFails = true;
    if (between(t, 75, 95)) {
        world.brokers[1].manner = DemoManner::Garbage;
        world.brokers[2].manner = DemoManner::Unauthorised;
    }
    if (t < 30)
        lag(world, t);
    else if (between(t, 50, 82))
        killLeader(world, t - 50, 99);
    else if (between(t, 82, 90))
        elect(world, 2, 5118);
    else if (between(t, 90, 105))
        splitLeaders(world);
    else if (t >= 105)
        elect(world, 1, 5119);
    if (between(t, 20, 45)) {
        world.controller.deadLetters = 3;
        world.controller.diskPressure = true;
        world.controller.backlog = true;
    }
    if (between(t, 60, 80))
        world.controller.manner = DemoManner::Unauthorised;
    world.controller.natsDown = between(t, 80, 100);
}

struct Scenario {
    QLatin1String name;
    void (*apply)(DemoWorld &, double t);
};
constexpr std::array scenarios{
    Scenario{"calm"_L1, [](DemoWorld &, double) {}},
    Scenario{"tour"_L1, [](DemoWorld &world, double t) { tour(world, std::fmod(t, tourLength)); }},
    Scenario{"leader-loss"_L1, [](DemoWorld &world, double t) { killLeader(world, t, 30); }},
    Scenario{"quorum-loss"_L1, [](DemoWorld &world, double) { loseQuorum(world); }},
    Scenario{"bufstream-degraded"_L1, [](DemoWorld &world, double) { degradeBufstream(world); }},
    Scenario{"osapi-503"_L1, [](DemoWorld &world, double) { world.controller.natsDown = true; }},
    Scenario{"unauthorised"_L1, [](DemoWorld &world, double) { setManner(world, DemoManner::Unauthorised); }},
    Scenario{"slow"_L1, [](DemoWorld &world, double) { slowDown(world); }},
    Scenario{"garbage"_L1, [](DemoWorld &world, double) { setManner(world, DemoManner::Garbage); }},
};

} // namespace

DemoWorld calmWorld(int brokers, int servers)
{
    DemoWorld world;
    world.brokers.resize(brokers);
    world.servers.resize(servers);
    if (servers > 1)
        world.servers[1].state = u"Leader"_s;
    return world;
}

void elect(DemoWorld &world, int leader, quint64 term)
{
    for (int i = 0; i < world.servers.size(); ++i) {
        DemoConsulServer &server = world.servers[i];
        if (!server.up || server.cutOff)
            continue;
        server.names = leader;
        server.state = i == leader ? u"Leader"_s : u"Follower"_s;
        server.term = term;
    }
}

void loseLeader(DemoWorld &world)
{
    for (DemoConsulServer &server : world.servers) {
        server.names = -1;
        server.state = u"Candidate"_s;
        server.term += 3;
        server.lastContact = 9.4;
    }
}

QStringList demoScenarios()
{
    QStringList names;
    for (const Scenario &scenario : scenarios)
        names.append(scenario.name);
    return names;
}

std::optional<DemoWorld> demoWorld(const QString &scenario, double seconds)
{
    for (const Scenario &known : scenarios) {
        if (scenario == known.name) {
            DemoWorld world = calmWorld();
            world.seconds = seconds;
            known.apply(world, seconds);
            return world;
        }
    }
    return std::nullopt;
}

} // namespace quorate
