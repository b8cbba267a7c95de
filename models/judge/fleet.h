// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/cluster_spec.h"
#include "models/status/event.h"
#include "models/status/observation.h"
#include "models/status/status.h"

#include <QHash>
#include <QMap>

#include <variant>

namespace quorate {

/// The durable part of the state (JUDGE section 2): what survives a restart and is read by the command too.
struct ClusterMemory {
    int largestVoters = 0;                 ///< largest membership held
    QMap<QString, qint64> deadLettersKnown;///< queue → accepted baseline
    Severity lastSeverity = Severity::Unknown;
    std::optional<Instant> lastSince;
    QMap<EndpointUrl, QString> remembered; ///< rung or prefix that worked, per endpoint
    friend bool operator==(const ClusterMemory &, const ClusterMemory &) = default;
};
using Memory = QMap<ClusterName, ClusterMemory>;

/// What is known of one endpoint: the newest observation of each request, and its facts merged.
struct EndpointState {
    EndpointUrl url;
    QMap<QString, Observation> newest;   ///< by request key
    struct Seen {
        Facts facts;
        Time at;
    };
    QMap<QString, Seen> understood;      ///< newest understood facts by request key
    std::optional<Time> attempted;       ///< newest concluded primary attempt
};

/// Judging mode: one shot gives each level at its held severity; over time has holds (next issue).
enum class JudgeMode { OneShot, OverTime };

struct ClusterState {
    ClusterSpec spec;
    ClusterMemory memory;
    QList<EndpointState> endpoints; ///< as configured
    Time configured;                ///< when this configuration came
    std::optional<ClusterStatus> last; ///< newest verdict, for `since` and events
};

/// Everything the judge holds. Owned by the engine, by nobody else.
struct Fleet {
    JudgeMode mode = JudgeMode::OverTime;
    QList<ClusterState> clusters; ///< as configured
    bool machineOffline = false;
};

struct Tick { };
struct Wake { };
/// What a person asks for.
struct Intent {
    enum class Kind { Pause, Resume, AcceptSize, AcceptDeadLetters } kind = Kind::Pause;
    ClusterName cluster;
    QString subject;
};
using Input = std::variant<Observation, Tick, Wake, FleetSpec, Memory, Intent>;

/// The whole of judging: state and input in, events out. Pure but for `fleet`; no clock is read.
[[nodiscard]] QList<Event> step(Fleet &fleet, const Input &input, const Time &now);

/// The verdict as it stands: newest of each cluster, judged at `now`.
[[nodiscard]] ClusterStatus judged(const ClusterState &cluster, JudgeMode mode, const Time &now);

/// What should be kept over a restart.
[[nodiscard]] Memory memoryOf(const Fleet &fleet);

} // namespace quorate
