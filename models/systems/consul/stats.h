// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/facts.h"
#include "models/systems/http.h"

#include <QJsonObject>

namespace quorate::consul {

/// What a server says of itself: the sections `build`, `consul`, `raft` and `serf_lan`, as /v1/status/info has them at its top and
/// /v1/agent/self in `Stats`. Leaves may be strings, numbers or booleans; one that is missing or of a wrong kind stays absent, but not what
/// Raft is judged by: the error names the leaf of `raft` that is there and can't be read. `raft` is set.
[[nodiscard]] Result<Facts, JsonError> factsOfStats(const QJsonObject &stats);

/// Whether there is anything that tells a Consul agent: whether it is a server, its Raft state or its term.
[[nodiscard]] bool tellsAnAgent(const Facts &facts);

/// The servers in Go's print of a Raft configuration, "[{Suffrage:Voter ID:… Address:…} …]"; absent when it is none.
[[nodiscard]] std::optional<QList<RaftMember>> membersOfGoText(QStringView text);

/// A leaf that Go wrote as a duration: "43.302939ms", "0", or a bare JSON number of nanoseconds. In seconds.
[[nodiscard]] std::optional<double> seconds(const QJsonValue &value);

} // namespace quorate::consul
