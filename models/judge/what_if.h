// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"
#include "models/status/what_if.h"

namespace quorate {

/// `without`: names, addresses, ids, or hosts of addresses, without regard to case.
[[nodiscard]] WhatIf whatIf(const RaftStatus &raft, const QStringList &without);

} // namespace quorate
