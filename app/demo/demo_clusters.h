// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/demo/demo_world.h"

#include <QObject>
#include <QStringList>

#include <memory>

namespace quorate {

/// Three Bufstream brokers, five Consul servers and one OSAPI controller over real HTTP on loopback, breaking and healing as the scenario
/// says. Runs in the thread that starts it.
class DemoClusters final : public QObject {
    Q_OBJECT
public:
    /// `scenario` is one of demoScenarios().
    explicit DemoClusters(const QString &scenario, QObject *parent = nullptr);
    ~DemoClusters() override;

    /// Listens on nine ports from `portBase` up, or on free ones when it is 0. False: errorText() says which port is taken.
    [[nodiscard]] bool start(quint16 portBase = 0);
    [[nodiscard]] QString errorText() const;
    /// A configuration (TOML) for these clusters.
    [[nodiscard]] QString configuration() const;
    [[nodiscard]] QStringList urls() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace quorate
