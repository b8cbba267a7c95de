// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/systems/system.h"

namespace quorate::consul {

/// The request keys: they name a request in plans, in decoders and in the state of an endpoint.
namespace key {
inline constexpr QLatin1String leader("leader");
inline constexpr QLatin1String peers("peers");
inline constexpr QLatin1String info("info");
inline constexpr QLatin1String self("self");
inline constexpr QLatin1String configuration("configuration");
inline constexpr QLatin1String nodes("nodes");
inline constexpr QLatin1String autopilot("autopilot");
inline constexpr QLatin1String limits("limits");
} // namespace key

/// What an endpoint is remembered by: no released Consul serves /v1/status/info, so that it is not asked again once `self` has answered.
namespace remembered {
inline constexpr QLatin1String info("info");
inline constexpr QLatin1String self("self");
} // namespace remembered

/// Settings that hardly ever change are asked for in the first poll of an endpoint, then in every so many.
inline constexpr int limitsEvery = 30;

[[nodiscard]] QList<Request> plan(const PollState &state);

/// autopilot/health, of the endpoint that leads as soon as one says so; else, once the round is settled, of one that answers and names a
/// leader. Never while every server that answers names nobody: it would only hang for the 7 s that Consul waits for a leader.
[[nodiscard]] std::optional<ForwardedRequest> planForwarded(const RoundState &state);

} // namespace quorate::consul
