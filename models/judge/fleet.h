// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/judge/cluster_holds.h"
#include "models/judge/endpoint_holds.h"
#include "models/judge/flapping.h"
#include "models/judge/machine_state.h"
#include "models/judge/raft/identity.h"
#include "models/judge/raft_history.h"
#include "models/judge/work_history.h"
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
    int largestVoters = 0; ///< largest membership held
    std::optional<Instant> sizeAccepted; ///< when a person last did
    int acceptedOf = 0; ///< with so many endpoints configured or fewer, those of them that are no members are not expected: 0: all are
    std::optional<Instant> agentsAccepted; ///< when a person last took the agents that were there for all there should be
    QMap<QString, qint64> deadLettersKnown; ///< queue → accepted baseline
    QMap<QString, Instant> deadLettersSince; ///< when that was accepted, or fell
    QMap<QString, qint64> deadLettersInstead; ///< of which configured baseline it took the place
    Severity lastSeverity = Severity::Unknown;
    std::optional<Instant> lastSince;
    std::optional<Instant> lastSeen; ///< newest attempt that lastSeverity rests on
    QMap<EndpointUrl, QString> remembered; ///< rung or prefix that worked, per endpoint
    QList<Maintenance> maintenance; ///< asked for by a person
    friend bool operator==(const ClusterMemory &, const ClusterMemory &) = default;
};
using Memory = QMap<ClusterName, ClusterMemory>;

/// What is known of one endpoint: the newest observation of each request, and its facts merged.
struct EndpointState {
    EndpointUrl url;
    QString label; ///< host, with port where hosts repeat in the cluster
    QMap<QString, Observation> newest; ///< by request key
    struct Seen {
        Facts facts;
        Time at;
        bool lasts = false; ///< a setting that is asked once in a while: it does not grow old
    };
    QMap<QString, Seen> understood; ///< newest understood facts by request key
    std::optional<Time> attempted; ///< newest concluded attempt: attempt->at
    /// How the newest concluded attempt ended. A primary request concludes it at once, except one that was not understood while the poll
    /// goes on: a ladder of requests may still find a rung that works, so that one waits in `undecided` for the end of the poll.
    std::optional<Observation> attempt;
    std::optional<Observation> undecided;
    bool primarySeen = false; ///< in the poll under way
    QString version; ///< as last reported
    WorkHistory work; ///< OverTime only
    ServerIdentity identity;
    LogIndexes indexes;
    std::optional<Time> restarted; ///< seen to have been, newest

    std::optional<Time> polled; ///< end of the newest poll
    qint64 round = -1; ///< of the cluster: its newest poll belongs to it

    EndpointVerdict verdict; ///< what is wrong with it, as of the last step that touched it

    bool onThisMachine = false; ///< reached without any network
    std::optional<Time> answered; ///< newest whole HTTP reply, understood or not, that is not a captive portal's
};

/// Judging mode: one shot gives each level at its held severity; over time has holds.
enum class JudgeMode { OneShot, OverTime };

/// What a cluster was last judged to be; for `since` and for events.
struct LastVerdict {
    Severity severity = Severity::Unknown;
    std::optional<Instant> since;
    QList<Reason> reasons;
    bool settled = false; ///< no endpoint was waiting for its first poll
    Severity expected = Severity::Unknown; ///< once everything is decided
    std::optional<Instant> expectedSince; ///< first evidence of that
    QList<Maintenance> inForce; ///< what was in maintenance
};

/// The verdict that the newest event told of.
struct ToldVerdict {
    Severity severity = Severity::Unknown;
    QList<Reason> reasons;
    Milliseconds waits{-1}; ///< boot clock: since when there is another one that is not told yet; negative: there is none
};

struct ClusterState {
    ClusterSpec spec;
    ClusterMemory memory;
    QList<EndpointState> endpoints; ///< as configured
    Time configured; ///< when this configuration came
    std::optional<LastVerdict> last;
    std::optional<ToldVerdict> told;

    std::optional<bool> pausedByPerson; ///< overrides the configuration until that says something new
    QHash<EndpointUrl, qsizetype> index; ///< of endpoints; see endpointNamed()
    bool dirty = true; ///< something changed since `last`
    Milliseconds judgedBoot{-1}; ///< when `last` was made
    Milliseconds judgeAgain{-1}; ///< boot clock: after it something is too old and `last` does not hold
    qint64 round = 0; ///< polls of all endpoints; one that is polled again begins the next
    qsizetype polledInRound = 0;
    ClusterHolds holds; ///< of what all endpoints say together
    bool hasRaft = false; ///< judged by ages of seconds, so by every tick
    Flapping flapping;
    QString leader; ///< last one that a Raft group agreed on; a time without one does not clear it
    std::optional<Instant> leaderSeen; ///< newest evidence that it leads
    RaftHistory raftHistory;
    QStringList members; ///< addresses of the last known membership, sorted
    std::optional<Reason> unseen; ///< machine-offline or waking: counts instead of all that its endpoints say
    std::optional<Waiting> waiting;
    std::optional<Absence> absence;
    int votersHeld = 0; ///< voters under a live leader, and since when they are that many
    Time votersSince;

    [[nodiscard]] bool paused() const { return pausedByPerson.value_or(spec.paused); }
};

/// Everything the judge holds. Owned by the engine, by nobody else.
struct Fleet {
    JudgeMode mode = JudgeMode::OverTime;
    QList<ClusterState> clusters; ///< as configured
    Machine machine;
    Memory memory; ///< of clusters that are not configured (now): a typo must not cost a baseline
    bool configured = false; ///< a configuration was read before
    QHash<ClusterName, qsizetype> index; ///< of clusters
};

struct Tick { };
struct Wake { };
/// What a person asks for.
struct Intent {
    enum class Kind { Pause, Resume, AcceptSize, AcceptDeadLetters, AcceptAgents, Mute, Unmute } kind = Kind::Pause;
    ClusterName cluster;
    QString subject; ///< AcceptDeadLetters: the queue; empty: all queues. Mute, Unmute: the endpoint's URL; empty: the whole cluster
    std::optional<Instant> until = {}; ///< Mute
    QString note = {}; ///< Mute: a person's words
};
using Input = std::variant<Observation, Tick, Wake, FleetSpec, Memory, Intent, NetworkEvidence>;

/// The whole of judging: state and input in, events out. Pure but for `fleet`; no clock is read.
///
/// Cost: an observation makes anew only the findings of its own endpoint. The cluster is judged when those name another cause than before,
/// or when a Raft view changed in something else than its counters; a cluster of many endpoints at most ten times a second, the rest waits
/// for the next observation or tick. `judged()` always tells the newest. So the engine ticks at least once a second.
[[nodiscard]] QList<Event> step(Fleet &fleet, const Input &input, const Time &now);

/// The verdict as it stands: newest of each cluster, judged at `now`.
[[nodiscard]] ClusterStatus judged(const ClusterState &cluster, JudgeMode mode, const Time &now);

/// How often an endpoint should be asked: at least every 5 s while something about it, or about its whole cluster, is being checked. Else
/// the cluster's interval. Cheap; ask it after each poll.
[[nodiscard]] Milliseconds pollEvery(const ClusterState &cluster, const EndpointState &endpoint);

/// What should be kept over a restart.
[[nodiscard]] Memory memoryOf(const Fleet &fleet);

/// Null when there is none.
[[nodiscard]] ClusterState *clusterNamed(Fleet &fleet, const ClusterName &name);
[[nodiscard]] EndpointState *endpointNamed(ClusterState &cluster, const EndpointUrl &url);

} // namespace quorate
