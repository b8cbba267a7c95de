// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/clocks.h"

#include "models/judge/absence.h"
#include "models/judge/wall_clock.h"

#include <chrono>
#include <cmath>

namespace quorate {
using namespace std::chrono_literals;

namespace {
constexpr Milliseconds sleptAtLeast = 2s;
constexpr Milliseconds steppedAtLeast = 2s;
constexpr Milliseconds stoodAtLeast = 10s; ///< there is a step every second

QString signedSeconds(Milliseconds by)
{
    const auto seconds = std::lround(std::chrono::duration<double>(by).count());
    return (seconds < 0 ? QString() : QString(u'+')) + QString::number(seconds);
}

Event stepped(Milliseconds by, const Time &now)
{
    Event event;
    event.kind = EventKind::ClockStepped;
    event.at = now;
    event.since = now.wall;
    event.names = {signedSeconds(by)};
    return event;
}
} // namespace

QList<Event> takeTime(Fleet &fleet, const Time &now)
{
    const std::optional<Time> before = std::exchange(fleet.machine.looked, now);
    if (!before || fleet.mode == JudgeMode::OneShot)
        return {};
    const Milliseconds ran = now.monotonic - before->monotonic;
    const Milliseconds passed = now.boot - before->boot;
    const Milliseconds jumped = (now.wall - before->wall) - passed;
    QList<Event> events;
    if (std::chrono::abs(jumped) >= steppedAtLeast) {
        moveWallClock(fleet, jumped);
        events.append(stepped(jumped, now));
    }
    if (passed - ran >= sleptAtLeast) {
        takeWake(fleet, now);
    } else if (ran >= stoodAtLeast) {
        for (ClusterState &cluster : fleet.clusters) {
            beginAbsence(cluster, now);
            endAbsence(cluster, now);
        }
    }
    return events;
}

void takeWake(Fleet &fleet, const Time &now)
{
    for (ClusterState &cluster : fleet.clusters) {
        if (cluster.paused() || cluster.endpoints.isEmpty())
            continue;
        if (fleet.mode == JudgeMode::OverTime) {
            beginAbsence(cluster, now);
            cluster.waiting = Waiting{now, true};
        }
        forgetReach(cluster, false, now);
    }
    fleet.machine.unseen = true;
    fleet.machine.evidenceWanted = true;
}

} // namespace quorate
