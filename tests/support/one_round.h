// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/poll/engine.h"

namespace quorate {

/// A cluster as a configuration would give it.
[[nodiscard]] ClusterConfig clusterOf(const QString &name, const QString &system, const QStringList &urls);

/// The clusters as a whole configuration.
[[nodiscard]] Config configOf(const QList<ClusterConfig> &clusters);

/// What one round of the engine ended with.
struct RoundResult {
    bool finished = false; ///< false: the round did not end within 20 s
    FleetStatus status;
    QList<StoredReply> replies; ///< of all clusters
    int milliseconds = 0;

    [[nodiscard]] ClusterStatus cluster(const QString &name) const;
    [[nodiscard]] QByteArray json() const; ///< schema 1 with its sentences: what the command line prints and the window shows
};

/// Runs the engine as `quorate status` does: inline, one shot.
[[nodiscard]] RoundResult oneRound(const QList<ClusterConfig> &clusters, EngineOptions options = {});

} // namespace quorate
