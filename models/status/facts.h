// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/severity.h"
#include "models/status/time.h"

#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace quorate {

// What a decoder understood in a reply. Every member is optional or a list inside an optional: ABSENT IS NOT ZERO.
// All texts come from servers: plain text, already bounded by boundedText() (no control characters, at most 4,000 characters).

/// What a component's message says in numbers (Bufstream: "3/3 member(s) healthy", "connections: 20/100", …).
struct ComponentNumbers {
    std::optional<std::pair<qint64, qint64>> members;     ///< healthy, all
    std::optional<std::pair<qint64, qint64>> migrations;  ///< current, target
    std::optional<std::pair<qint64, qint64>> connections; ///< used, limit
    std::optional<QString> version;                       ///< without "Version: " and a leading v
    friend bool operator==(const ComponentNumbers &, const ComponentNumbers &) = default;
};

/// What the system itself says of a part. Reported words are kept as sent; unknown words are never healthy.
enum class ComponentState { Healthy, Degraded, Failed, Disabled, NotUnderstood };

struct ComponentFact {
    QString name;      ///< without its group prefix ("api", "etcd")
    QString group;     ///< "controller", "agent", … ; empty when the system has no groups
    QString reported;  ///< the word as sent ("healthy", "STATUS_ERROR", "disabled"); empty when it was an unknown icon
    ComponentState state = ComponentState::NotUnderstood;
    QString message;   ///< message or error
    QString address;
    ComponentNumbers numbers;
    friend bool operator==(const ComponentFact &, const ComponentFact &) = default;
};

/// A server in the Raft configuration (Consul: /v1/operator/raft/configuration).
struct RaftMember {
    QString id;      ///< server identity (Consul: node UUID); may be empty
    QString name;    ///< node name; empty when unknown to gossip
    QString address; ///< host:port, IPv6 in brackets
    bool leader = false;
    bool voter = true;
    bool unknownToGossip = false; ///< Consul: Node "(unknown)", a ghost
    std::optional<quint64> lastIndex;
    friend bool operator==(const RaftMember &, const RaftMember &) = default;
};

/// One server as the leader's autopilot sees it.
struct AutopilotServer {
    QString id;
    QString name;
    QString address;
    QString serfStatus; ///< none alive leaving left failed
    QString version;
    bool leader = false;
    bool voter = true;
    bool healthy = false;
    std::optional<Milliseconds> lastContact; ///< absent when unreachable (sent as "-1ns"); microseconds are kept in lastContactSeconds
    std::optional<double> lastContactSeconds;
    bool unreachable = false;                ///< LastContact was negative
    std::optional<quint64> lastTerm;
    std::optional<quint64> lastIndex;
    std::optional<Instant> stableSince;
    friend bool operator==(const AutopilotServer &, const AutopilotServer &) = default;
};

struct AutopilotFacts {
    bool healthy = false;
    std::optional<qint64> failureTolerance;
    std::optional<QList<AutopilotServer>> servers; ///< absent when sent as null (about 4 s after an election)
    friend bool operator==(const AutopilotFacts &, const AutopilotFacts &) = default;
};

/// What the group itself calls too much (Consul: /v1/operator/autopilot/configuration).
struct RaftLimits {
    std::optional<double> lastContactSeconds; ///< LastContactThreshold
    std::optional<qint64> trailingEntries;    ///< MaxTrailingLogs
    friend bool operator==(const RaftLimits &, const RaftLimits &) = default;
};

/// What one server says of its Raft group and of itself.
struct RaftView {
    std::optional<bool> server;        ///< false: a client agent, gives no view
    std::optional<QString> id;         ///< own identity (Consul: NodeID)
    std::optional<QString> name;       ///< own node name
    std::optional<QString> datacenter;
    std::optional<QString> address;    ///< own Raft address host:port, where the server tells it
    std::optional<QString> leader;     ///< address it names as the leader; "" = names nobody
    std::optional<QStringList> peers;  ///< addresses, as sent
    std::optional<QString> state;      ///< "Leader" "Follower" "Candidate" "Shutdown" as sent
    std::optional<bool> saysLeader;    ///< consul.leader
    std::optional<quint64> term, commit, applied, lastLog, fsmPending;
    std::optional<double> lastContactSeconds; ///< since last contact with the leader; absent for "never"; 0 for a leader
    bool neverContacted = false;              ///< sent as "never"
    std::optional<QList<RaftMember>> membership;
    std::optional<AutopilotFacts> autopilot;
    std::optional<RaftLimits> limits;
    std::optional<bool> knownLeader;                  ///< X-Consul-KnownLeader of a 2xx reply
    std::optional<double> headerLastContactSeconds;   ///< X-Consul-LastContact of a 2xx reply
    std::optional<qint64> gossipFailed;               ///< serf_lan.failed
    friend bool operator==(const RaftView &, const RaftView &) = default;
};

struct QueueFact {
    QString name;
    std::optional<qint64> total, unprocessed, processing, completed, failed, dead;
    friend bool operator==(const QueueFact &, const QueueFact &) = default;
};
struct StreamFact {
    QString name;
    std::optional<qint64> messages, bytes, consumers;
    friend bool operator==(const StreamFact &, const StreamFact &) = default;
};
struct BucketFact {
    QString name;
    std::optional<qint64> keys, bytes;
    friend bool operator==(const BucketFact &, const BucketFact &) = default;
};
struct ObjectStoreFact {
    QString name;
    std::optional<qint64> bytes;
    friend bool operator==(const ObjectStoreFact &, const ObjectStoreFact &) = default;
};
struct ConsumerFact {
    QString name;
    std::optional<qint64> pending, ackPending, redelivered;
    friend bool operator==(const ConsumerFact &, const ConsumerFact &) = default;
};
struct ConsumersFact {
    std::optional<qint64> total;
    QList<ConsumerFact> list;
    friend bool operator==(const ConsumersFact &, const ConsumersFact &) = default;
};
struct NatsFact {
    QString url, version;
    friend bool operator==(const NatsFact &, const NatsFact &) = default;
};
/// A process of the registry, or an agent of the older list.
struct AgentFact {
    QString name;       ///< host name
    QString kind;       ///< agent, controller, nats
    QString reported;   ///< "Ready"; empty when the list carries no word
    std::optional<double> ageSeconds; ///< parsed from ageText
    QString ageText;    ///< "7h 6m", "15s ago" as sent
    QStringList conditions;
    QString labels;     ///< sorted "k=v, k=v"
    std::optional<double> cpuPercent;
    std::optional<qint64> memoryBytes;
    friend bool operator==(const AgentFact &, const AgentFact &) = default;
};
struct AgentsFact {
    std::optional<qint64> total, ready;
    QList<AgentFact> list; ///< registry rows (all kinds) where there is a registry, else agents
    friend bool operator==(const AgentsFact &, const AgentsFact &) = default;
};

struct Facts {
    std::optional<QString> version;
    std::optional<double> uptimeSeconds;
    std::optional<QString> uptimeText;          ///< as sent, also when it could not be parsed
    std::optional<QString> reported;            ///< overall word as sent ("ok", "degraded")
    std::optional<ComponentState> reportedState;///< what that word means
    std::optional<QList<ComponentFact>> components;
    std::optional<RaftView> raft;
    std::optional<QList<QueueFact>> queues;
    std::optional<QList<StreamFact>> streams;
    std::optional<QList<BucketFact>> buckets;
    std::optional<QList<ObjectStoreFact>> objectStores;
    std::optional<ConsumersFact> consumers;
    std::optional<AgentsFact> agents;
    std::optional<NatsFact> nats;
    QStringList narrowed; ///< a permission or an API that is missing ("operator:read", "/v1/status/info"): note `facts-narrowed`
    bool credentialRejected = false; ///< the server does not know the token at all, though it answers what needs none: `endpoint-unauthorised`
    friend bool operator==(const Facts &, const Facts &) = default;
};

/// `newer` laid over `older`: what newer knows wins, member by member (RaftView member by member too); narrowed is the union.
[[nodiscard]] Facts overlay(const Facts &older, const Facts &newer);

/// Text from a server as data: control characters, line breaks and direction marks become spaces, cut after `limit` characters with "…".
[[nodiscard]] QString boundedText(QStringView text, qsizetype limit = 4000);

/// Go's duration ("1m2.5s", "872.199µs", "-1ns", "0", days and spaces tolerated: "5d 3h"), in seconds. Absent: not a duration.
[[nodiscard]] std::optional<double> parseGoDuration(QStringView text);

} // namespace quorate
