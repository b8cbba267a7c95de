// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/fleet.h"

namespace quorate {

// Maintenance of a cluster or of endpoints of it, until a time: judged and recorded, told to nobody. It alters no severity. Times are those
// of the wall clock, as people plan.

/// The longest that a person can ask for.
inline constexpr Milliseconds longestMute = std::chrono::hours(30 * 24);

/// A person's maintenance of a cluster (`endpoint` empty), or of one of its endpoints, for `longestMute` at most. It replaces what was
/// asked for the same before.
void mute(ClusterMemory &memory, const QString &endpoint, Instant until, const QString &note, Instant now);
/// Ends it before its time. What ended is remembered for a while, so that it also ends for a program that has not heard of it yet.
void unmute(ClusterMemory &memory, const QString &endpoint, Instant now);
/// As an intent asks for. What is no endpoint of the cluster is left alone; without a time nothing happens.
void applyMute(ClusterState &cluster, const Intent &intent, const Time &now);

/// Is over, and nobody has to be told any more.
[[nodiscard]] bool isForgotten(const Maintenance &maintenance, Instant now);
/// Of two memories: for the same endpoints what was asked for last. The order does not matter, nor how often it is done.
[[nodiscard]] QList<Maintenance> mergedMaintenance(const QList<Maintenance> &a, const QList<Maintenance> &b);

/// Of the configuration and of persons, what is not over.
[[nodiscard]] QList<Maintenance> maintenanceInForce(const ClusterState &cluster, Instant now);
/// Of the whole cluster, the one that ends last.
[[nodiscard]] std::optional<Maintenance> clusterMaintenance(const ClusterState &cluster, Instant now);
/// Its own or its cluster's, the one that ends last.
[[nodiscard]] std::optional<Maintenance> endpointMaintenance(const ClusterState &cluster, const EndpointUrl &endpoint, Instant now);

/// From one verdict to the next nothing has changed but at endpoints that are in maintenance.
[[nodiscard]] bool isOfMaintenance(const ClusterState &cluster, const QList<Reason> &before, const QList<Reason> &after, Instant now);
/// Some maintenance was in force at the last verdict, is over now, and leaves something bad that nobody may have been told of.
[[nodiscard]] bool leavesUntold(const ClusterState &cluster, const QList<Reason> &reasons, Instant now);

} // namespace quorate
