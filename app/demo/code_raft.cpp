// SPDX-License-Identifier: GPL-3.0-or-later
// Raft groups.
#include "app/demo/code_tables.h"

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;
using namespace codes;

namespace {

void stopServers(World &world, std::initializer_list<int> which)
{
    for (const int server : which)
        world.servers[server].up = false;
}

/// It answers us, sees none of its peers and stands for election again and again.
void cutOff(World &world, int which, double seconds)
{
    DemoConsulServer &server = world.servers[which];
    server.cutOff = true;
    server.state = u"Candidate"_s;
    server.names = -1;
    server.term += 4 + static_cast<quint64>(seconds / 10);
    server.lastContact = 20 + seconds;
}

/// Two others after the one before.
void changeLeaders(World &world, double seconds)
{
    constexpr double first = 90; // seconds
    elect(world, seconds < first ? 2 : 3, seconds < first ? 5118 : 5119);
}

void raiseTerm(World &world, double seconds) { elect(world, 1, 5118 + std::min<quint64>(2, static_cast<quint64>(seconds / 30))); }

void leaveGroup(World &world, int which)
{
    world.servers[which].member = false;
    world.servers[which].up = false;
}

void everybody(World &world, DemoManner manner)
{
    for (DemoConsulServer &server : world.servers)
        server.manner = manner;
}

const std::array scenarios{
    CodeScenario{.code = "raft-quorum-lost"_L1,
        .system = consul,
        .endpoints = 3,
        .shows = "two of three servers are dead"_L1,
        .raise =
            [](World &world, double) {
                loseLeader(world);
                stopServers(world, {0, 1});
            },
        .servers = 3},
    CodeScenario{.code = "raft-leaderless"_L1,
        .system = consul,
        .endpoints = 3,
        .shows = "all servers answer and can't elect a leader"_L1,
        .raise = [](World &world, double) { loseLeader(world); },
        .servers = 3},
    CodeScenario{.code = "raft-leader-split"_L1,
        .system = consul,
        .endpoints = 5,
        .shows = "one server names another leader than the rest"_L1,
        .raise = [](World &world, double) { world.servers[4].names = 0; }},
    CodeScenario{.code = "raft-two-leaders"_L1,
        .system = consul,
        .endpoints = 5,
        .shows = "two servers call themselves leader"_L1,
        .raise = [](World &world, double) { callsItselfLeader(world, 0); }},
    CodeScenario{.code = "raft-leader-unconfirmed"_L1,
        .system = consul,
        .endpoints = 5,
        .shows = "the leader is dead, and the rest name it still"_L1,
        .raise = [](World &world, double) { stopServers(world, {1}); }},
    CodeScenario{.code = "raft-forward-failed"_L1,
        .system = consul,
        .endpoints = 3,
        .shows = "what is forwarded to the leader ends with an error"_L1,
        .raise = [](World &world, double) { world.forwardFails = true; },
        .servers = 3},
    CodeScenario{.code = "raft-membership-differs"_L1,
        .system = consul,
        .endpoints = 3,
        .shows = "one server lists one peer less"_L1,
        .raise = [](World &world, double) { world.servers[2].omitsPeer = 0; },
        .servers = 3},
    CodeScenario{.code = "raft-margin-zero"_L1,
        .system = consul,
        .endpoints = 3,
        .shows = "one of three servers is dead: none more may fail"_L1,
        .raise = [](World &world, double) { stopServers(world, {2}); },
        .servers = 3},
    CodeScenario{.code = "raft-margin-unknown"_L1,
        .system = consul,
        .shows = "the only endpoint does not let the token read who votes"_L1,
        .raise = [](World &world, double) { world.servers[0].denied = true; },
        .servers = 3},
    CodeScenario{.code = "raft-single-view"_L1,
        .system = consul,
        .endpoints = 2,
        .shows = "one of two endpoints is a client agent"_L1,
        .raise =
            [](World &world, double) {
                world.servers[0].agent = true;
                world.servers[0].member = false;
            },
        .servers = 4},
    CodeScenario{.code = "raft-leader-unknown"_L1,
        .system = consul,
        .endpoints = 3,
        .shows = "every server refuses the token, after it took it"_L1,
        .raise = [](World &world, double) { everybody(world, DemoManner::Unauthorised); },
        .servers = 3,
        .wellSeconds = 10},
    CodeScenario{.code = "raft-peer-down"_L1,
        .system = consul,
        .endpoints = 5,
        .shows = "one of five servers is dead"_L1,
        .raise = [](World &world, double) { stopServers(world, {4}); }},
    CodeScenario{.code = "raft-peer-isolated"_L1,
        .system = consul,
        .endpoints = 5,
        .shows = "one server is cut off from its peers"_L1,
        .raise = [](World &world, double seconds) { cutOff(world, 4, seconds); }},
    CodeScenario{.code = "raft-peer-missing"_L1,
        .system = consul,
        .endpoints = 5,
        .shows = "a dead server was removed from the group"_L1,
        .raise = [](World &world, double) { leaveGroup(world, 4); }},
    CodeScenario{.code = "raft-peer-ghost"_L1,
        .system = consul,
        .endpoints = 4,
        .shows = "a member that gossip does not know"_L1,
        .raise = [](World &world, double) { world.servers[4].known = world.servers[4].up = false; }},
    CodeScenario{.code = "raft-peer-contact"_L1,
        .system = consul,
        .endpoints = 5,
        .shows = "one server hears from the leader too seldom"_L1,
        .raise = [](World &world, double) { world.servers[4].lastContact = 0.412; }},
    CodeScenario{.code = "raft-peer-lagging"_L1,
        .system = consul,
        .endpoints = 5,
        .shows = "one server trails by 900 entries"_L1,
        .raise = [](World &world, double) { world.servers[4].behind = 900; }},
    CodeScenario{.code = "raft-peer-term"_L1,
        .system = consul,
        .endpoints = 5,
        .shows = "one server is in an older term"_L1,
        .raise = [](World &world, double) { world.servers[4].term -= 1; }},
    CodeScenario{.code = "raft-peer-nonvoter"_L1,
        .system = consul,
        .endpoints = 5,
        .shows = "one server has no vote"_L1,
        .raise = [](World &world, double) { world.servers[4].voter = false; }},
    CodeScenario{.code = "raft-leader-churn"_L1,
        .system = consul,
        .endpoints = 5,
        .shows = "a third leader within ten minutes"_L1,
        .raise = changeLeaders,
        .wellSeconds = 10,
        .calms = true},
    CodeScenario{.code = "raft-term-churn"_L1,
        .system = consul,
        .endpoints = 5,
        .shows = "three elections in a minute, won by the same server"_L1,
        .raise = raiseTerm,
        .wellSeconds = 10,
        .calms = true},
    CodeScenario{.code = "raft-reported-unhealthy"_L1,
        .system = consul,
        .endpoints = 5,
        .shows = "autopilot calls a server unhealthy, and its numbers are good"_L1,
        .raise = [](World &world, double) { world.servers[4].calledUnhealthy = true; }},
    CodeScenario{.code = "raft-voters-even"_L1,
        .system = consul,
        .endpoints = 4,
        .shows = "a group of four"_L1,
        .raise = [](World &world, double) { notMembers(world, 4); }},
    CodeScenario{.code = "raft-voters-many"_L1,
        .system = consul,
        .endpoints = 5,
        .shows = "a group of seven"_L1,
        .raise = nothing,
        .servers = 7,
        .before = [](World &world) { notMembers(world, 5); }},
};

} // namespace

namespace codes {

void callsItselfLeader(World &world, int which)
{
    world.servers[which].state = u"Leader"_s;
    world.servers[which].names = which;
    world.servers[which].term -= 1;
}

void notMembers(World &world, int from)
{
    for (int i = from; i < world.servers.size(); ++i)
        world.servers[i].member = false;
}

} // namespace codes

std::span<const CodeScenario> raftCodes() { return scenarios; }

} // namespace quorate
