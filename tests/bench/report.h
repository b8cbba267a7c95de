// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

#include <optional>

namespace quorate::bench {

/// Where the numbers come from: processor, cores, Qt, kind of build.
void printConditions();
void printHeading(const QString &title);
/// One line of the table. With a target: whether `value` is within it.
void printRow(
    const QString &what, double value, const QString &unit, std::optional<double> target = std::nullopt, const QString &note = {});

} // namespace quorate::bench
