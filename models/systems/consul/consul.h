// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/systems/system.h"

namespace quorate {

/// HashiCorp Consul, polled server by server: /v1/status/{leader,peers,info}, /v1/agent/self, /v1/operator/raft/configuration and
/// /v1/operator/autopilot/{health,configuration}, with /v1/catalog/nodes for its headers where operator rights are missing.
[[nodiscard]] const System &consulSystem();

} // namespace quorate
