// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/demo/demo_clusters.h"
#include "app/poll/engine.h"
#include "models/tables/fleet_models.h"

#include <set>

namespace quorate::test {

/// Simulated clusters of reason codes behind real sockets, an engine that polls them, and the window's models that show what it says. Time
/// goes on when it is told to.
class Zoo final : public QObject {
public:
    Zoo(const QString &scenario, Milliseconds interval);
    ~Zoo() override;

    /// Listens, and reads the configuration that is printed for people. `without`: clusters that are left out.
    [[nodiscard]] bool start(const QStringList &without = {});
    /// Polls everything, so many times; the interval passes before each.
    [[nodiscard]] bool pass(int rounds);
    /// Nothing is polled meanwhile.
    void wait(Milliseconds time);
    void show(DemoPhase phase) { clusters.show(phase); }

    [[nodiscard]] ClusterStatus status(const QString &cluster) const;
    /// As the window has it by now.
    [[nodiscard]] ClusterStatus shown(const QString &cluster);
    [[nodiscard]] QStringList names() const;
    [[nodiscard]] Time now() const;

    DemoClusters clusters;
    Config config;
    Engine engine;
    FleetModels models;
    QString error;

private:
    [[nodiscard]] bool pollAll();

    Milliseconds m_interval;
    Milliseconds m_ahead{};
};

/// The codes that count, each once, sorted, with a blank between them.
[[nodiscard]] QString counted(const ClusterStatus &status);
/// Those that don't: notes, and what is folded under another ("endpoint-down<raft-peer-down").
[[nodiscard]] QString beside(const ClusterStatus &status);
/// Null: the cluster has no such reason.
[[nodiscard]] const Reason *reasonOf(const ClusterStatus &status, const QString &code);

} // namespace quorate::test
