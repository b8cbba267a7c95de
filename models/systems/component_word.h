// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/facts.h"

#include <QStringView>

namespace quorate {

/// What a status word means: "healthy", "ok", "STATUS_ERROR", "not ready". Case, spaces and hyphens do not matter; an enum prefix is
/// stripped when it is one ("STATUS_", "PROBE_STATUS_"), so "NOT_OK" and "ALMOST_HEALTHY" never become healthy. Any other word is
/// NotUnderstood.
[[nodiscard]] ComponentState stateOfWord(QStringView word);

/// The longest name of a component, queue, … that is kept.
inline constexpr qsizetype nameLimit = 200;
/// A name from a server: bounded; "(unnamed)" for an empty one.
[[nodiscard]] QString boundedName(QStringView name);

/// Gives a number to the second, third … component of the same name and group, so that none hides another.
void makeUnique(QList<ComponentFact> &components);

} // namespace quorate
