// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/facts.h"
#include "models/status/id.h"
#include "models/status/reach.h"
#include "models/status/reason_code.h"
#include "models/status/severity.h"
#include "models/status/time.h"

#include <QList>
#include <QMetaType>
#include <QStringList>

#include <optional>

namespace quorate {

// The tree of schema 1 (DESIGN section 7) as values. What is not known is absent. Made by the judge only.

/// A change of severity that is being checked: its hold is not over (JUDGE section 2).
struct Pending {
    Severity severity = Severity::Unknown; ///< what it would become
    Instant since{}; ///< first evidence
    int seen = 0, needed = 0; ///< samples
    friend bool operator==(const Pending &, const Pending &) = default;
};

/// A coded cause with its subject and numbers. A *note* has severity Ok: shown, never counted.
struct Reason {
    ReasonCode code = ReasonCode::InternalError;
    Severity severity = Severity::Unknown;        ///< of the part (endpoint, component, peer …)
    Severity clusterSeverity = Severity::Unknown; ///< what it counts for in the cluster
    QString subject;          ///< endpoint URL, component, peer, queue, host; empty: the cluster itself
    QStringList endpoints;    ///< URLs concerned
    std::optional<int> count, of; ///< "on 1 of 40"
    std::optional<double> value, limit;
    QString unit;             ///< entries, s, ms, connections, letters, agents, days …; empty: a plain number
    std::optional<Instant> since;
    bool derived = false;     ///< Quorate's own finding; otherwise reported by the system
    std::optional<ReasonCode> foldedUnder; ///< shown under that reason, not counted
    QString detail;           ///< the server's own words, or what came and what was expected; plain text
    QStringList names;        ///< further names the sentence needs (leaders, missing peers, versions), in a fixed order
    /// Its hold is not over. In `ClusterStatus::checking` it counts for nothing yet; in `reasons` it counts as its severities say: Unknown
    /// where there was no severity before, a Warning that may become Critical.
    std::optional<Pending> pending;
    friend bool operator==(const Reason &, const Reason &) = default;
};

struct RequestStatus {
    QString path;
    Reach reach = Reach::NotPolled;
    int http = 0; ///< 0: none
    std::optional<double> latency; ///< seconds
    QString error;
    friend bool operator==(const RequestStatus &, const RequestStatus &) = default;
};

struct EndpointStatus {
    EndpointUrl url;
    QString id;   ///< server identity or node name, where known
    QString label;///< short name for a column header: node name, else host (with port where hosts repeat); not in the schema
    Reach reach = Reach::NotPolled;
    int http = 0;
    std::optional<double> latency;   ///< seconds, of the primary request
    std::optional<Instant> observed; ///< newest concluded attempt
    std::optional<double> factsAge;  ///< seconds, at the time of the status
    bool stale = false;
    QString version;
    std::optional<double> uptime; ///< seconds
    Severity severity = Severity::Unknown;
    QString reported; ///< overall word as sent, role for Raft ("follower")
    QString error;
    std::optional<Instant> certificateExpires;
    bool shared = false;
    std::optional<Instant> maintenanceUntil; ///< its own, or its cluster's
    QString maintenanceNote; ///< a person's words; not in the schema
    std::optional<Pending> pending;
    QList<RequestStatus> requests;
    friend bool operator==(const EndpointStatus &, const EndpointStatus &) = default;
};

struct ComponentStatus {
    QString name, group;
    EndpointUrl endpoint;
    Severity severity = Severity::Unknown;
    bool disabled = false;         ///< neutral; not in the schema beyond its reported word
    Severity derived = Severity::Ok; ///< what Quorate finds in its numbers, beside what is reported; not in the schema
    QString reported, message, address;
    ComponentNumbers numbers;
    std::optional<Pending> pending; ///< of the worse of both severities
    /// With its group, as the system names it ("controller.api"): unique on an endpoint; what reasons call it.
    [[nodiscard]] QString fullName() const { return group.isEmpty() ? name : group + QLatin1Char('.') + name; }
    friend bool operator==(const ComponentStatus &, const ComponentStatus &) = default;
};

enum class Agreement { Agreed, Partial, Split, Leaderless, Unconfirmed, SingleView, Unseen };
enum class PeerRole { Leader, Follower, Candidate, NonVoter, Unknown };
enum class PeerState { Live, Lagging, Slow, Isolated, Down, Missing, Ghost, Unseen };
[[nodiscard]] QLatin1String name(Agreement agreement);
[[nodiscard]] QLatin1String name(PeerRole role);
[[nodiscard]] QLatin1String name(PeerState state);
[[nodiscard]] std::optional<Agreement> agreementFromName(QStringView name);
[[nodiscard]] std::optional<PeerRole> peerRoleFromName(QStringView name);
[[nodiscard]] std::optional<PeerState> peerStateFromName(QStringView name);

struct PeerStatus {
    QString id, name, address;
    PeerRole role = PeerRole::Unknown;
    bool voter = true;
    PeerState state = PeerState::Unseen;
    Severity severity = Severity::Unknown;
    std::optional<quint64> term, commit, applied, lastLog;
    std::optional<qint64> trailing;      ///< entries behind the leader, only from numbers that can be compared
    std::optional<double> trailingPerSecond; ///< how fast that changes: negative while it catches up
    std::optional<double> lastContact;   ///< seconds; 0 for a leader, absent for an unreachable peer
    std::optional<Instant> stableSince;
    Reach reach = Reach::NotPolled;      ///< of its own endpoint
    bool hasEndpoint = false;            ///< false: "not asked"; not in the schema (believes_leader and reach are then absent)
    EndpointUrl endpoint;                ///< its own endpoint; not in the schema
    std::optional<double> latency;       ///< seconds, of its own endpoint's primary request; not in the schema
    QString version;                     ///< not in the schema
    std::optional<Pending> pending;
    std::optional<QString> believesLeader; ///< address it names; "" = nobody; absent: not asked or no answer
    QList<ReasonCode> reasons;
    friend bool operator==(const PeerStatus &, const PeerStatus &) = default;
};

struct RaftViews {
    int asked = 0, answered = 0, naming = 0;
    friend bool operator==(const RaftViews &, const RaftViews &) = default;
};
struct RaftReported {
    std::optional<bool> healthy;
    std::optional<qint64> failureTolerance;
    friend bool operator==(const RaftReported &, const RaftReported &) = default;
};

struct RaftStatus {
    QString group; ///< empty for a system with one group
    QString leader;///< address; empty: none is known
    std::optional<quint64> term;
    Agreement agreement = Agreement::Unseen;
    int expected = 0, voters = 0, live = 0, quorum = 0;
    std::optional<int> margin; ///< live − quorum; absent: raft-margin-unknown
    QStringList missing;
    RaftViews views;
    std::optional<RaftReported> reported;
    QList<PeerStatus> peers;
    std::optional<Instant> leaderSince;  ///< first seen as the leader
    bool leaderSinceExact = false;       ///< it was seen to become the leader then; otherwise it leads for longer
    std::optional<int> leaderChanges;    ///< in the last hour, as far as it was watched
    double lastContactLimit = 0.2; ///< seconds; Consul's LastContactThreshold; not in the schema
    qint64 trailingLimit = 250;    ///< entries; Consul's MaxTrailingLogs; not in the schema
    friend bool operator==(const RaftStatus &, const RaftStatus &) = default;
};

struct QueueStatus {
    QString name;
    Severity severity = Severity::Unknown;
    std::optional<qint64> total, unprocessed, processing, completed, failed, dead;
    std::optional<qint64> other;     ///< total − sum of the parts, when positive or zero
    std::optional<qint64> deadKnown; ///< baseline
    std::optional<double> backlogPerMinute; ///< net change, over the shortest of the windows below that is known
    std::optional<double> drainSeconds;     ///< until nothing waits, while the backlog falls
    std::optional<double> backlogPerMinute1, backlogPerMinute5, backlogPerMinute15; ///< over so many minutes
    friend bool operator==(const QueueStatus &, const QueueStatus &) = default;
};

struct AgentStatus {
    AgentFact facts;
    Severity severity = Severity::Unknown;
    friend bool operator==(const AgentStatus &, const AgentStatus &) = default;
};
struct AgentsStatus {
    std::optional<qint64> total, ready;
    QList<AgentStatus> list;
    friend bool operator==(const AgentsStatus &, const AgentsStatus &) = default;
};

struct ClusterStatus {
    ClusterName name;
    QString system;   ///< "bufstream" "consul" "osapi"
    QString group;    ///< of the configuration, for the sidebar; not in the schema
    Severity severity = Severity::Unknown;
    std::optional<Instant> since;
    std::optional<Pending> pending;
    std::optional<Instant> observed; ///< newest concluded attempt of any endpoint
    /// On the boot clock: after it nothing here may be shown as fresh; models turn the row Unknown by their own tick.
    Milliseconds validUntil{};
    Milliseconds observedBoot{}; ///< `observed` on the boot clock, for ages that a stepped wall clock does not spoil; not in the schema
    bool paused = false;
    std::optional<Instant> maintenanceUntil; ///< of the whole cluster
    QString maintenanceNote; ///< a person's words
    QList<Reason> reasons;
    QList<Reason> checking; ///< what may become reasons once their holds are over: shown, never counted
    QList<EndpointStatus> endpoints;
    QList<ComponentStatus> components;
    QList<RaftStatus> raft;
    std::optional<QList<QueueStatus>> queues;
    std::optional<QList<StreamFact>> streams;
    std::optional<QList<BucketFact>> buckets;
    std::optional<QList<ObjectStoreFact>> objectStores;
    std::optional<ConsumersFact> consumers;
    std::optional<NatsFact> nats;
    std::optional<AgentsStatus> agents;
    friend bool operator==(const ClusterStatus &, const ClusterStatus &) = default;
};

/// Something about Quorate itself that a person should know (invalid configuration, offline, readable secret).
struct Notice {
    QString code, text;
    friend bool operator==(const Notice &, const Notice &) = default;
};

struct FleetStatus {
    Instant time{};
    QString host; ///< of this machine
    QList<Notice> notices;
    QList<ClusterStatus> clusters; ///< as configured
    friend bool operator==(const FleetStatus &, const FleetStatus &) = default;
};

/// Worst over clusters; worst of nothing is Unknown (JUDGE section 1).
[[nodiscard]] Severity worst(const QList<ClusterStatus> &clusters);

/// The same status with everything Unknown for the reason `stale`, when `now` is past its validUntil; else unchanged.
[[nodiscard]] ClusterStatus expired(const ClusterStatus &status, const Time &now);

/// What the engine sends to the models: the newest status of each changed cluster, never more than 10 batches a second.
struct FleetUpdate {
    Time at;
    QList<ClusterName> order;      ///< every configured cluster, in order; a name that is gone has been removed
    QList<ClusterStatus> changed;
    QList<Notice> notices;
    QList<Instant> parsedReplies;  ///< since the last update: the pulse's ticks
    int requestsSent = 0;          ///< since the last update
};

} // namespace quorate

Q_DECLARE_METATYPE(quorate::FleetUpdate)
Q_DECLARE_METATYPE(quorate::ClusterStatus)
