// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace quorate {

// The simulated clusters as values: what each simulated server is and would answer, as a pure function of scenario and time.

/// How a simulated server answers, whatever it has to say.
enum class DemoManner { Normal, Slow, Hang, Garbage, Unauthorised, Throttled, Portal };

struct DemoBroker {
    DemoManner manner = DemoManner::Normal;
    bool up = true;
    bool objectStorageFails = false;
    int etcdHealthy = 3; ///< of 3 members
    int migrationsCurrent = 4; ///< target is 4
    int connections = 20; ///< of 100
    QString version = QStringLiteral("0.3.29");
    QMap<QString, QString> words; ///< probe → the word it reports instead of its usual one
    QStringList omits; ///< probes that it leaves out
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
    bool cutOff = false; ///< from its peers: it answers us, they do not see it
    bool voter = true;
    bool known = true; ///< to gossip; else a ghost of the configuration
    bool agent = false; ///< a client agent: no server at all
    bool calledUnhealthy = false; ///< by autopilot, whatever its numbers say
    bool denied = false; ///< the token may not read what needs operator:read
    bool selfFails = false; ///< /v1/agent/self ends with an error
    int sameAs = -1; ///< index of the server that really answers here; −1: its own
    int group = 0; ///< which Raft group it belongs to; each but 0 has a datacentre of its own
    int omitsPeer = -1; ///< index of a member that its list of peers lacks
};

struct DemoController {
    DemoManner manner = DemoManner::Normal;
    bool natsDown = false;
    int deadLetters = 0;
    bool diskPressure = false;
    bool backlog = false;
    bool stuck = false; ///< jobs wait, none is worked on, no number moves
    int agents = 4; ///< of four
    int notReady = 0; ///< of these
    QMap<QString, QString> words; ///< component → the word it reports instead of "ok"
    QString overall; ///< the word of the whole, instead of the usual one
    QStringList omits; ///< sections that it leaves out
};

struct DemoWorld {
    double seconds = 0; ///< since the simulation began
    int slowMs = 1'800; ///< delay of a slow server: more than half of the demo's time limit of 3 s
    QString network = QStringLiteral("127.0.11"); ///< of the Raft addresses
    QString date; ///< the Date header of every reply; empty: none is sent
    bool forwardFails = false; ///< what Consul forwards to its leader ends with an error
    QList<DemoBroker> brokers;
    QList<DemoConsulServer> servers;
    DemoController controller;
};

/// `calm tour leader-loss quorum-loss bufstream-degraded osapi-503 unauthorised slow garbage`.
[[nodiscard]] QStringList demoScenarios();
/// Absent: no such scenario. `seconds` since the simulation began; `tour` repeats every two minutes.
[[nodiscard]] std::optional<DemoWorld> demoWorld(const QString &scenario, double seconds);

/// Nothing is wrong: so many brokers, and so many Consul servers of which the second leads.
[[nodiscard]] DemoWorld calmWorld(int brokers = 3, int servers = 5);

// Changes that several scenarios share.

/// `leader` leads in `term`; every server that is up and not cut off follows it.
void elect(DemoWorld &world, int leader, quint64 term);
/// Every server is a candidate that names nobody.
void loseLeader(DemoWorld &world);

} // namespace quorate
