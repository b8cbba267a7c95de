// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/facts.h"

#include <QString>

namespace quorate {

/// What was understood in a reply, in a few words: "version 1.8.7; Follower, names 10.1.10.12:8300". Empty: nothing.
[[nodiscard]] QString factsSummary(const Facts &facts);

} // namespace quorate
