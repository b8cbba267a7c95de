// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/facts.h"
#include "models/systems/http.h"

namespace quorate::osapi {

/// The facts of OSAPI's StatusResponse, of any generation: an absent or null part is absent, unknown keys are nothing. The error names the
/// first known key that can't be read; it has no text when this is not that document at all: it has neither an overall word that is known
/// nor a component.
[[nodiscard]] Result<Facts, JsonError> factsOf(const QJsonValue &document);

/// "3d 4h", "7h 6m", "15s ago", in seconds; absent when it is none or is negative.
[[nodiscard]] std::optional<double> ageIn(const QString &text);

} // namespace quorate::osapi
