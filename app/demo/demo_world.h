// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace quorate {

// The simulated clusters as values: what each simulated server is and would answer, as a pure function of scenario and time.

/// How a simulated server answers, whatever it has to say.
enum class DemoManner { Normal, Slow, Hang, Garbage, Unauthorised };

struct DemoBroker {
    DemoManner manner = DemoManner::Normal;
    bool up = true;
    bool objectStorageFails = false;
    int etcdHealthy = 3; ///< of 3 members
    int migrationsCurrent = 4; ///< target is 4
    int connections = 20; ///< of 100
    QString version = QStringLiteral("0.3.29");
};

struct DemoConsulServer {
    DemoManner manner = DemoManner::Normal;
    bool up = true;
    bool member = true; ///< in the Raft configuration
    int names = 1; ///< index of the server it names as the leader; −1: nobody
    QString state = QStringLiteral("Follower");
    quint64 term = 5117;
    qint64 behind = 0; ///< entries behind the leader
    double lastContact = 0.038; ///< seconds
};

struct DemoController {
    DemoManner manner = DemoManner::Normal;
    bool natsDown = false;
    int deadLetters = 0;
    bool diskPressure = false;
    bool backlog = false;
};

struct DemoWorld {
    double seconds = 0; ///< since the simulation began
    QList<DemoBroker> brokers;
    QList<DemoConsulServer> servers;
    DemoController controller;
};

/// `calm tour leader-loss quorum-loss bufstream-degraded osapi-503 unauthorised slow garbage`.
[[nodiscard]] QStringList demoScenarios();
/// Absent: no such scenario. `seconds` since the simulation began; `tour` repeats every two minutes.
[[nodiscard]] std::optional<DemoWorld> demoWorld(const QString &scenario, double seconds);

} // namespace quorate
