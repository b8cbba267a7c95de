// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/id.h"
#include "models/status/time.h"

#include <QList>
#include <QMap>
#include <QStringList>

#include <optional>

namespace quorate {

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
    bool withToken = true; ///< a token is configured; without one a refused access is no rejected token
    bool paused = false;
    friend bool operator==(const ClusterSpec &, const ClusterSpec &) = default;
};

using FleetSpec = QList<ClusterSpec>;

} // namespace quorate
