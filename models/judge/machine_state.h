// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/observation.h"
#include "models/status/status.h"

#include <QSet>

namespace quorate {

/// What this machine tells of its own network; a positive sign of being offline needs no more than one of them (JUDGE section 4).
struct NetworkEvidence {
    bool onlyLoopback = false; ///< no other interface is up with an address
    bool noRoute = false;
    bool disconnected = false; ///< says the desktop's network service
    std::optional<bool> referenceAnswers; ///< the configured `reference`; absent: none is configured, or it has not been asked yet
    friend bool operator==(const NetworkEvidence &, const NetworkEvidence &) = default;
};

enum class OfflineSign { OnlyLoopback, NoRoute, Disconnected, Reference, Portal };

/// This machine sees none of what it watches, and that is its own fault.
struct Offline {
    OfflineSign sign = OfflineSign::OnlyLoopback;
    QString portal; ///< the host that all are redirected to; empty: none is named
    int endpoints = 0; ///< that the portal answers for
    Time since;
};

/// What is known of the machine that the judge runs on: its network and its clocks.
struct Machine {
    std::optional<Time> looked; ///< newest step
    std::optional<Offline> offline;
    NetworkEvidence evidence; ///< newest
    std::optional<Time> evidenceAt;
    NetworkEvidence disproved; ///< something answered in spite of it: it counts for nothing until it is another one
    std::optional<Time> answered; ///< newest answer of any kind by something that is not this machine
    bool unseen = false; ///< some cluster is
    bool lookAgain = false; ///< something came that may mean offline, or no longer

    // For the engine, which takes and clears them after each step.
    bool evidenceWanted = false; ///< ask now
    QSet<ClusterName> pollsWanted; ///< ask these at once
};

/// This machine woke up, or its network came back, and a cluster has not answered since.
struct Waiting {
    Time since;
    bool woke = false; ///< from sleep
};

/// A cluster was not watched for a while: what it was before. Nobody is told of what happens until it is known again, and then only of what
/// is different (JUDGE section 4).
struct Absence {
    Severity severity = Severity::Unknown;
    QList<Reason> reasons;
    Milliseconds since{}; ///< boot clock: attempts before it say nothing of now
    Milliseconds until = Milliseconds::max(); ///< boot clock: by then it is told of as it is
};

} // namespace quorate
