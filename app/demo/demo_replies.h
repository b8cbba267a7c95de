// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/demo/demo_world.h"
#include "app/demo/stub_server.h"

namespace quorate {

// What the simulated servers say, in the systems' own wire formats. Pure.

/// The token that the simulated OSAPI controller accepts.
inline constexpr QByteArrayView demoToken = "demo-token";
/// Delay of a slow server, in ms: more than half of the demo's time limit of 3 s.
inline constexpr int demoSlowMs = 1'800;

[[nodiscard]] StubAnswer demoBrokerReply(const DemoWorld &world, int broker, const StubRequest &request);
[[nodiscard]] StubAnswer demoConsulReply(const DemoWorld &world, int server, const StubRequest &request);
[[nodiscard]] StubAnswer demoControllerReply(const DemoWorld &world, const StubRequest &request);

} // namespace quorate
