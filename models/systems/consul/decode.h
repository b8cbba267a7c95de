// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/systems/system.h"

namespace quorate::consul {

/// Any reply of any of the requests of plan.h → facts.
[[nodiscard]] Decoded decode(const Request &request, const Reply &reply);

// One request each, in its own file; decode() has seen to statuses that no document comes with.
[[nodiscard]] Decoded decodeLeader(const Reply &reply);
[[nodiscard]] Decoded decodePeers(const Reply &reply);
[[nodiscard]] Decoded decodeInfo(const Reply &reply);
[[nodiscard]] Decoded decodeSelf(const Reply &reply);
[[nodiscard]] Decoded decodeConfiguration(const Reply &reply);
[[nodiscard]] Decoded decodeNodes(const Reply &reply);
[[nodiscard]] Decoded decodeAutopilot(const Reply &reply);
[[nodiscard]] Decoded decodeLimits(const Reply &reply);

/// An answer that was understood.
[[nodiscard]] Decoded understood(Facts facts);

} // namespace quorate::consul
