// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/demo/code_scenarios.h"
#include "app/demo/demo_world.h"

#include <QObject>
#include <QStringList>

#include <chrono>
#include <memory>

namespace quorate {

/// Simulated clusters over real HTTP on loopback. A scenario of demoScenarios() has three Bufstream brokers, five Consul servers and one
/// OSAPI controller, breaking and healing as it says; one of codeScenarioNames() has one small cluster that raises this reason code;
/// "codes" has all of these. Runs in the thread that starts it.
class DemoClusters final : public QObject {
    Q_OBJECT
public:
    /// `scenario`: isDemoScenario().
    explicit DemoClusters(const QString &scenario, QObject *parent = nullptr);
    ~DemoClusters() override;

    /// Listens on ports from `portBase` up, or on free ones when it is 0. False: errorText() says what is in the way.
    [[nodiscard]] bool start(quint16 portBase = 0);
    [[nodiscard]] QString errorText() const;
    /// A configuration (TOML) for these clusters.
    [[nodiscard]] QString configuration() const;
    [[nodiscard]] QStringList urls() const;
    /// What there is to be seen, a line for each code; empty for a scenario of demoScenarios().
    [[nodiscard]] QStringList descriptions() const;

    // Of codes alone.
    [[nodiscard]] DemoPhase phase() const;
    /// From now on. Without it a code is raised as soon as its cluster has the past that it needs.
    void show(DemoPhase phase);
    /// The cluster named so refuses connections, whatever it has to say, or does no longer.
    void setSilent(const QString &cluster, bool silent);
    /// The simulated time goes on by that much at once.
    void advance(std::chrono::milliseconds by);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// A scenario of demoScenarios(), a code's, or "codes".
[[nodiscard]] bool isDemoScenario(const QString &name);

} // namespace quorate
