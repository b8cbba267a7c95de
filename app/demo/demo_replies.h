// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/demo/demo_world.h"
#include "app/demo/stub_server.h"

namespace quorate {

// What the simulated servers say, in the systems' own wire formats. Pure.

/// The token that the simulated OSAPI controller accepts.
inline constexpr QByteArrayView demoToken = "demo-token";

[[nodiscard]] StubAnswer demoBrokerReply(const DemoWorld &world, int broker, const StubRequest &request);
[[nodiscard]] StubAnswer demoConsulReply(const DemoWorld &world, int server, const StubRequest &request);
[[nodiscard]] StubAnswer demoControllerReply(const DemoWorld &world, const StubRequest &request);

/// One server of the simulated world.
struct DemoPlace {
    QLatin1String system; ///< "bufstream" "consul" "osapi"
    int index = 0; ///< of those of the system
};
/// What it answers, in its manner.
[[nodiscard]] StubAnswer demoReply(const DemoWorld &world, const DemoPlace &place, const StubRequest &request);
/// False: it refuses connections.
[[nodiscard]] bool isUp(const DemoWorld &world, const DemoPlace &place);

} // namespace quorate
