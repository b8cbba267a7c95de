// SPDX-License-Identifier: GPL-3.0-or-later
// How the endpoints are reached, and what they are.
#include "app/demo/code_tables.h"

namespace quorate {
using namespace Qt::StringLiterals;
using namespace codes;

namespace {

constexpr auto dead = [](World &world, double) { world.brokers[0].up = false; };

void bothBehindPortal(World &world)
{
    for (DemoBroker &broker : world.brokers)
        broker.manner = DemoManner::Portal;
}

const std::array scenarios{
    CodeScenario{.code = "not-polled"_L1,
        .system = bufstream,
        .shows = "nothing was concluded yet: the broker never answers, and the time limit is long"_L1,
        .raise = [](World &world, double) { world.brokers[0].manner = DemoManner::Hang; },
        .lines = "timeout = \"60s\""_L1},
    CodeScenario{.code = "nothing-to-observe"_L1,
        .system = bufstream,
        .shows = "the cluster is paused in the configuration"_L1,
        .raise = nothing,
        .lines = "paused = true"_L1},
    CodeScenario{.code = "machine-offline"_L1,
        .system = bufstream,
        .endpoints = 2,
        .shows = "the same sign-in page answers for both brokers: this machine's network is behind a portal"_L1,
        .raise = [](World &world, double) { bothBehindPortal(world); },
        .outThere = true},
    CodeScenario{.code = "waking"_L1,
        .system = bufstream,
        .endpoints = 2,
        .shows = "the portal has let this machine in, and the brokers don't answer yet: for two minutes, then they are down"_L1,
        .raise =
            [](World &world, double seconds) {
                constexpr double letIn = 20;
                bothBehindPortal(world);
                for (DemoBroker &broker : world.brokers)
                    broker.up = seconds < letIn;
            },
        .outThere = true},
    CodeScenario{.code = "stale"_L1,
        .system = bufstream,
        .shows = "about the machine that runs Quorate: nobody looked, as after its program was stopped (kill -STOP) for a minute"_L1},
    CodeScenario{.code = "endpoint-down"_L1, .system = bufstream, .shows = "the only broker refuses connections"_L1, .raise = dead},
    CodeScenario{.code = "endpoint-tls-failed"_L1,
        .system = bufstream,
        .shows = "the broker's certificate is signed by a stranger"_L1,
        .raise = nothing,
        .lines = "tls = { ca = \"%1/ca.pem\" }"_L1,
        .certificate = DemoCertificate::Stranger},
    CodeScenario{.code = "endpoint-unauthorised"_L1,
        .system = osapi,
        .shows = "the controller refuses the token"_L1,
        .raise = [](World &world, double) { world.controller.manner = DemoManner::Unauthorised; }},
    CodeScenario{.code = "secret-unavailable"_L1,
        .system = osapi,
        .shows = "the token's file is missing, so nothing is sent"_L1,
        .raise = nothing,
        .lines = "token = { file = \"%1/token\" }"_L1,
        .tokenFile = true},
    CodeScenario{.code = "endpoint-not-understood"_L1,
        .system = bufstream,
        .shows = "a page answers in place of the broker"_L1,
        .raise = [](World &world, double) { world.brokers[0].manner = DemoManner::Garbage; }},
    CodeScenario{.code = "endpoint-throttled"_L1,
        .system = bufstream,
        .endpoints = 2,
        .shows = "one of two brokers is behind a rate limit"_L1,
        .raise = [](World &world, double) { world.brokers[0].manner = DemoManner::Throttled; }},
    CodeScenario{.code = "endpoint-partial"_L1,
        .system = consul,
        .endpoints = 3,
        .shows = "the agent information of one server ends with an error"_L1,
        .raise = [](World &world, double) { world.servers[2].selfFails = true; },
        .servers = 3},
    CodeScenario{.code = "endpoint-slow"_L1,
        .system = bufstream,
        .shows = "the broker needs more than half of the time limit"_L1,
        .raise =
            [](World &world, double) {
                world.brokers[0].manner = DemoManner::Slow;
                world.slowMs = 1'400;
            },
        .lines = "timeout = \"2s\""_L1},
    CodeScenario{.code = "endpoint-foreign"_L1,
        .system = consul,
        .endpoints = 4,
        .shows = "one endpoint belongs to another datacentre"_L1,
        .raise =
            [](World &world, double) {
                world.servers[3].group = 1;
                callsItselfLeader(world, 3);
            },
        .servers = 4},
    CodeScenario{.code = "endpoint-duplicate"_L1,
        .system = consul,
        .endpoints = 4,
        .shows = "two URLs lead to one server"_L1,
        .raise =
            [](World &world, double) {
                world.servers[3].sameAs = 2;
                notMembers(world, 3);
            },
        .servers = 4},
    CodeScenario{.code = "endpoint-shared"_L1,
        .system = consul,
        .endpoints = 4,
        .shows = "one endpoint is a client agent"_L1,
        .raise =
            [](World &world, double) {
                world.servers[3].agent = true;
                notMembers(world, 3);
            },
        .servers = 4},
    CodeScenario{.code = "facts-narrowed"_L1,
        .system = consul,
        .endpoints = 3,
        .shows = "one server does not let the token read its operator API"_L1,
        .raise = [](World &world, double) { world.servers[2].denied = true; },
        .servers = 3},
    CodeScenario{.code = "certificate-expires"_L1,
        .system = bufstream,
        .shows = "the broker's certificate ends in 20 days"_L1,
        .raise = nothing,
        .lines = "tls = { ca = \"%1/ca.pem\" }"_L1,
        .certificate = DemoCertificate::Expiring},
    CodeScenario{.code = "clock-skew"_L1,
        .system = bufstream,
        .shows = "the broker's clock is years behind"_L1,
        .raise = [](World &world, double) { world.date = u"Thu, 01 Jan 2015 00:00:00 GMT"_s; },
        .hasDate = true},
    CodeScenario{.code = "version-mixed"_L1,
        .system = bufstream,
        .endpoints = 2,
        .shows = "two brokers of different versions, for more than ten minutes"_L1,
        .raise = [](World &world, double) { world.brokers[1].version = u"0.3.28"_s; }},
    CodeScenario{.code = "flapping"_L1,
        .system = bufstream,
        .shows = "the broker comes and goes every 40 seconds"_L1,
        .raise = [](World &world, double seconds) { world.brokers[0].up = static_cast<qint64>(seconds / 40) % 2 == 1; }},
};

} // namespace

std::span<const CodeScenario> endpointCodes() { return scenarios; }

} // namespace quorate
