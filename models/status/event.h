// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/status/status.h"

namespace quorate {

/// What changed (JUDGE section 7). Verdict changes and changes that are no reasons.
enum class EventKind { VerdictChanged, LeaderChanged, Restarted, MembershipChanged, VersionChanged, ClockStepped, ConfigReloaded, PollingPaused, PollingResumed };

struct Event {
    EventKind kind = EventKind::VerdictChanged;
    ClusterName cluster;
    QString subject;
    Time at;             ///< when it was decided
    Instant since{};     ///< first evidence
    std::optional<Instant> notBefore; ///< last evidence of the contrary: with a coarse interval "between 03:05 and 03:10"
    bool muted = false;  ///< in maintenance: recorded, told to nobody
    Severity before = Severity::Unknown, after = Severity::Unknown;
    QList<Reason> reasons; ///< of the new verdict
    QStringList names;     ///< old and new leader, …
};

} // namespace quorate

Q_DECLARE_METATYPE(quorate::Event)
