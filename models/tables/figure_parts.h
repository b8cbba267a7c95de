// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/tables/figures.h"

#include <QCoreApplication>

#include <initializer_list>

namespace quorate::figure_parts {

// What the figures of all systems share, and the figures of each kind of system.

struct Text {
    Q_DECLARE_TR_FUNCTIONS(quorate::Figures)
};

/// "3 of 5"
[[nodiscard]] QString outOf(qint64 part, qint64 whole);
/// The first of these codes that the cluster has; null when it has none.
[[nodiscard]] const Reason *firstOf(const ClusterStatus &cluster, std::initializer_list<ReasonCode> codes);
[[nodiscard]] Severity ink(const Reason *reason);
/// How many endpoints answer, and how the others do not.
[[nodiscard]] Figure answering(const ClusterStatus &cluster, const QString &caption);

[[nodiscard]] QList<Figure> ofRaft(const ClusterStatus &cluster, const Recent &recent, const Time &now);
[[nodiscard]] QList<Figure> ofProbes(const ClusterStatus &cluster);
[[nodiscard]] QList<Figure> ofQueues(const ClusterStatus &cluster);

} // namespace quorate::figure_parts
