// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QList>
#include <QString>

namespace quorate::bench {

struct PureCost {
    QString what;
    qsizetype bytes = 0;
    double microseconds = 0;
};

/// Decoding of the largest captured reply of each system.
[[nodiscard]] QList<PureCost> decodeCosts();
/// step() for one observation in fleets of 10 and of 1,000 endpoints.
[[nodiscard]] QList<PureCost> stepCosts();
/// Merging one changed row and all changed rows into a table of 10,000.
[[nodiscard]] QList<PureCost> mergeCosts();

} // namespace quorate::bench
