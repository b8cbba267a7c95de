// SPDX-License-Identifier: GPL-3.0-or-later
// What systems report of their components, queues and agents.
#include "app/demo/code_tables.h"

namespace quorate {
using namespace Qt::StringLiterals;
using namespace codes;

namespace {

const std::array components{
    CodeScenario{.code = "component-failed"_L1,
        .system = bufstream,
        .shows = "the only broker can't write to its object store"_L1,
        .raise = [](World &world, double) { world.brokers[0].objectStorageFails = true; }},
    CodeScenario{.code = "component-degraded"_L1,
        .system = bufstream,
        .shows = "the broker reports a warning"_L1,
        .raise =
            [](World &world, double) {
                world.brokers[0].words = {{u"postgresql"_s, u"warning"_s}};
            }},
    CodeScenario{.code = "component-unknown"_L1,
        .system = bufstream,
        .shows = "the broker uses a word that nobody knows"_L1,
        .raise =
            [](World &world, double) {
                world.brokers[0].words = {{u"kafka_server"_s, u"simmering"_s}};
            }},
    CodeScenario{.code = "component-vanished"_L1,
        .system = bufstream,
        .shows = "a probe is reported no more"_L1,
        .raise = [](World &world, double) { world.brokers[0].omits = {u"kafka_server"_s}; },
        .wellSeconds = 10},
    CodeScenario{.code = "section-vanished"_L1,
        .system = osapi,
        .shows = "the streams are reported no more"_L1,
        .raise = [](World &world, double) { world.controller.omits = {u"streams"_s}; },
        .wellSeconds = 10},
    CodeScenario{.code = "system-degraded"_L1,
        .system = osapi,
        .shows = "the controller calls itself degraded, and no component is"_L1,
        .raise = [](World &world, double) { world.controller.overall = u"degraded"_s; }},
    CodeScenario{.code = "report-contradicts"_L1,
        .system = osapi,
        .shows = "the controller calls itself ok with a failed component"_L1,
        .raise =
            [](World &world, double) {
                world.controller.words = {{u"controller.notifier"_s, u"error"_s}};
            }},
    CodeScenario{.code = "members-down"_L1,
        .system = bufstream,
        .shows = "2 of 3 etcd members are healthy, and the broker is content"_L1,
        .raise =
            [](World &world, double) {
                world.brokers[0].etcdHealthy = 2;
                world.brokers[0].words = {{u"etcd"_s, u"healthy"_s}};
            }},
    CodeScenario{.code = "members-no-majority"_L1,
        .system = bufstream,
        .shows = "1 of 3 etcd members is healthy, and the broker is content"_L1,
        .raise =
            [](World &world, double) {
                world.brokers[0].etcdHealthy = 1;
                world.brokers[0].words = {{u"etcd"_s, u"healthy"_s}};
            }},
    CodeScenario{.code = "migrations-behind"_L1,
        .system = bufstream,
        .shows = "migration 3 of 4"_L1,
        .raise = [](World &world, double) { world.brokers[0].migrationsCurrent = 3; }},
    CodeScenario{.code = "connections-high"_L1,
        .system = bufstream,
        .shows = "PostgreSQL has about 95 of 100 connections in use"_L1,
        .raise = [](World &world, double) { world.brokers[0].connections = 95; }},
};

const std::array work{
    CodeScenario{.code = "queue-dead-letters"_L1,
        .system = osapi,
        .shows = "three dead letters"_L1,
        .raise = [](World &world, double) { world.controller.deadLetters = 3; }},
    CodeScenario{.code = "queue-stuck"_L1,
        .system = osapi,
        .shows = "jobs wait, nothing works on them, for more than five minutes"_L1,
        .raise = [](World &world, double) { world.controller.stuck = true; }},
    CodeScenario{.code = "queue-backlog"_L1,
        .system = osapi,
        .shows = "more jobs wait than the configured ten"_L1,
        .raise = [](World &world, double) { world.controller.backlog = true; },
        .lines = "backlog_limit = 10"_L1},
    CodeScenario{.code = "agents-not-ready"_L1,
        .system = osapi,
        .shows = "one of four agents is not ready"_L1,
        .raise = [](World &world, double) { world.controller.notReady = 1; }},
    CodeScenario{.code = "agents-missing"_L1,
        .system = osapi,
        .shows = "three agents where four are expected"_L1,
        .raise = [](World &world, double) { world.controller.agents = 3; },
        .lines = "expected_agents = 4"_L1},
    CodeScenario{.code = "agents-none"_L1,
        .system = osapi,
        .shows = "all agents have gone"_L1,
        .raise = [](World &world, double) { world.controller.agents = 0; },
        .wellSeconds = 10},
    CodeScenario{.code = "agent-condition"_L1,
        .system = osapi,
        .shows = "an agent reports DiskPressure"_L1,
        .raise = [](World &world, double) { world.controller.diskPressure = true; }},
    CodeScenario{.code = "internal-error"_L1,
        .system = bufstream,
        .shows = "a defect of Quorate itself: nothing that a server says may raise it"_L1},
};

} // namespace

std::span<const CodeScenario> componentCodes() { return components; }
std::span<const CodeScenario> workCodes() { return work; }

} // namespace quorate
