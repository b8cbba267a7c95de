// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/demo/code_scenarios.h"

#include <array>

namespace quorate {

// The parts of codeScenarios(), in its order.
[[nodiscard]] std::span<const CodeScenario> endpointCodes();
[[nodiscard]] std::span<const CodeScenario> componentCodes();
[[nodiscard]] std::span<const CodeScenario> raftCodes();
[[nodiscard]] std::span<const CodeScenario> workCodes();

namespace codes {

using World = DemoWorld;
inline constexpr QLatin1String bufstream{"bufstream"}, consul{"consul"}, osapi{"osapi"};

/// For what the servers don't do: it is in the configuration, or in how they are reached.
inline constexpr auto nothing = [](World &, double) {};

void callsItselfLeader(World &world, int which);
/// This one and all after it are in no group.
void notMembers(World &world, int from);

} // namespace codes
} // namespace quorate
