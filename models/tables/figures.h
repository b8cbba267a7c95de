// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"
#include "models/tables/recent.h"

#include <QList>
#include <QString>

namespace quorate {

/// One number at the head of a cluster page: caption over value, with a quiet note. The first are the most important: a narrow page drops
/// from the right.
struct Figure {
    QString caption{};
    QString value{}; ///< "–": applies, but is not known
    QString note{}; ///< quiet, after the value; may be empty
    Severity severity = Severity::Ok; ///< ink of the value
    bool quiet = false; ///< nothing was reported
    friend bool operator==(const Figure &, const Figure &) = default;
};

/// What matters of a cluster of this system. `recent` knows what changed in the last ten minutes (sample.h); ages are told at `now`.
[[nodiscard]] QList<Figure> figures(const ClusterStatus &cluster, const Recent &recent, const Time &now);

} // namespace quorate
