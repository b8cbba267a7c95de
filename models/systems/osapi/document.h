// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/facts.h"

#include <QJsonValue>

namespace quorate::osapi {

/// The facts of OSAPI's StatusResponse, of any generation: an absent, null or wrongly typed part is absent, unknown keys are nothing.
/// Null when it is not that document: it has neither an overall word that is known nor a component.
[[nodiscard]] std::optional<Facts> factsOf(const QJsonValue &document);

/// "3d 4h", "7h 6m", "15s ago", in seconds; absent when it is none or is negative.
[[nodiscard]] std::optional<double> ageIn(const QString &text);

} // namespace quorate::osapi
