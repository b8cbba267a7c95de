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
    QMap<ReasonCode, HoldLimit> holds; ///< instead of the table of models/judge/limits.h
    double slowShare = 0.5; ///< of the timeout: over it an endpoint is slow
    double expiryDays = 30; ///< a certificate that ends sooner
    double skewSeconds = 300; ///< difference of a server's clock
    double connectionShare = 0.9; ///< of a database's connections
    double lastContactSeconds = 0.2; ///< Consul's LastContactThreshold
    qint64 trailingEntries = 250; ///< Consul's MaxTrailingLogs
    friend bool operator==(const Limits &, const Limits &) = default;
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
    friend bool operator==(const ClusterSpec &, const ClusterSpec &) = default;
};

using FleetSpec = QList<ClusterSpec>;

} // namespace quorate
