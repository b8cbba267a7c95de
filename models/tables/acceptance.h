// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"

#include <QList>
#include <QMetaType>

namespace quorate {

/// Something that a person may accept as it is now (JUDGE sections 5 and 6): from then on it is the measure. That changes no severity by
/// itself: the judge does, with the new measure.
struct Acceptance {
    enum class Kind { Size, DeadLetters, Agents };
    Kind kind = Kind::Size;
    QString subject; ///< DeadLetters: one queue; empty: all of them
    QString offer; ///< "Accept 2 voters"
    QString done; ///< "2 voters accepted, 5 were expected"
    friend bool operator==(const Acceptance &, const Acceptance &) = default;
};

/// What there is to accept, at most one of each kind, all queues together.
[[nodiscard]] QList<Acceptance> acceptances(const ClusterStatus &cluster);
/// The dead letters of one queue; absent: none are new.
[[nodiscard]] std::optional<Acceptance> acceptanceOf(const QueueStatus &queue);

} // namespace quorate

Q_DECLARE_METATYPE(quorate::Acceptance)
