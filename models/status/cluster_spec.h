// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/id.h"
#include "models/status/reason_code.h"
#include "models/status/time.h"

#include <QList>
#include <QMap>
#include <QStringList>

#include <optional>

namespace quorate {

/// How long something must be bad before it counts: `needed` bad of the last `of` samples, and at least `least` between the first and the
/// newest bad one. Both must hold.
struct HoldLimit {
    int needed = 1, of = 1;
    Milliseconds least{};
    friend bool operator==(const HoldLimit &, const HoldLimit &) = default;
};

/// The limits of JUDGE section 7 that can be set, each at its default.
struct Limits {
    QMap<ReasonCode, HoldLimit> holds; ///< instead of the table of models/status/hold_table.h
    double slowShare = 0.5; ///< of the timeout: over it an endpoint is slow
    double expiryDays = 30; ///< a certificate that ends sooner
    double skewSeconds = 300; ///< difference of a server's clock
    double connectionShare = 0.9; ///< of a database's connections
    std::optional<double> lastContactSeconds; ///< of a follower; absent: what the group itself calls too much, else 0.2
    std::optional<qint64> trailingEntries; ///< behind the leader; absent: what the group itself calls too much, else 250
    friend bool operator==(const Limits &, const Limits &) = default;
};

/// A time of planned work: judged and recorded, told to nobody (JUDGE section 4: a state of its own).
struct Maintenance {
    Instant until{};
    QList<EndpointUrl> endpoints; ///< empty: the whole cluster
    QString note; ///< a person's words; plain text
    std::optional<Instant> asked = {}; ///< when a person did; of the configuration: absent
    friend bool operator==(const Maintenance &, const Maintenance &) = default;
};

/// What the judge needs to know of a configured cluster. No secrets, no TLS: those stay in app/config.
struct ClusterSpec {
    ClusterName name;
    QString system;
    QString group;
    QStringList tags;
    QList<EndpointUrl> endpoints;
    Milliseconds interval{10'000};
    Milliseconds timeout{10'000};
    double criticalShare = 0.5; ///< more than this share of the endpoints → Critical
    std::optional<int> expectedVoters;
    std::optional<int> expectedAgents;
    std::optional<qint64> deadLettersKnown;
    std::optional<qint64> backlogLimit; ///< unprocessed over it: queue-backlog
    Limits limits;
    bool withToken = true; ///< a token is configured; without one a refused access is no rejected token
    bool paused = false;
    QList<Maintenance> maintenance; ///< as configured; a person's own is in the memory
    friend bool operator==(const ClusterSpec &, const ClusterSpec &) = default;
};

using FleetSpec = QList<ClusterSpec>;

} // namespace quorate
