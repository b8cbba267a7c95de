// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/codes/expected.h"

#include <array>

namespace quorate::test {

namespace {
using enum Severity;

/// Of one shot: what can't be judged without a past.
constexpr const char *nothing = "";

const std::array rows{
    Expected{"nothing-to-observe", Unknown, Unknown, "nothing-to-observe"},
    Expected{"machine-offline", Unknown, Unknown, "machine-offline"},
    Expected{"endpoint-down", Critical, Critical, "endpoint-down"},
    Expected{"endpoint-tls-failed", Unknown, Unknown, "endpoint-tls-failed"},
    Expected{"endpoint-unauthorised", Unknown, Unknown, "endpoint-unauthorised"},
    Expected{"secret-unavailable", Unknown, Unknown, "secret-unavailable"},
    Expected{"endpoint-not-understood", Unknown, Unknown, "endpoint-not-understood"},
    Expected{"endpoint-throttled", Warning, Warning, "endpoint-throttled"},
    Expected{"endpoint-partial", Warning, Warning, "endpoint-partial"},
    Expected{"endpoint-slow", Warning, Warning, "endpoint-slow"},
    Expected{"endpoint-foreign", Warning, Warning, "endpoint-foreign", "", "raft-voters-even"},
    // Its identity is another than a moment ago: so long it may be a balancer.
    Expected{"endpoint-duplicate", Ok, Ok, "", "endpoint-duplicate", "raft-voters-even", Expected::Late},
    Expected{"endpoint-shared", Ok, Ok, "", "endpoint-shared", "raft-voters-even"},
    Expected{"facts-narrowed", Ok, Ok, "", "facts-narrowed"},
    Expected{"certificate-expires", Warning, Warning, "certificate-expires"},
    Expected{"clock-skew", Ok, Warning, "", "clock-skew"},
    Expected{"version-mixed", Ok, Ok, "", "version-mixed", "", Expected::Late},
    Expected{"component-failed", Critical, Critical, "component-failed"},
    Expected{"component-degraded", Warning, Warning, "component-degraded"},
    Expected{"component-unknown", Unknown, Unknown, "component-unknown"},
    Expected{"component-vanished", Warning, Unknown, "component-vanished", "", "", Expected::Soon, Ok, nothing},
    Expected{"section-vanished", Warning, Unknown, "section-vanished", "", "", Expected::Soon, Ok, nothing},
    Expected{"system-degraded", Critical, Critical, "system-degraded"},
    Expected{"report-contradicts", Critical, Warning, "component-failed report-contradicts"},
    Expected{"members-down", Warning, Warning, "members-down"},
    Expected{"members-no-majority", Critical, Critical, "members-no-majority"},
    Expected{"migrations-behind", Warning, Warning, "migrations-behind"},
    Expected{"connections-high", Warning, Warning, "connections-high"},
    Expected{"raft-quorum-lost", Critical, Critical, "endpoint-down raft-quorum-lost",
        "raft-margin-zero<raft-quorum-lost raft-peer-down<endpoint-down raft-single-view"},
    Expected{"raft-leaderless", Critical, Critical, "raft-leaderless"},
    Expected{"raft-leader-split", Critical, Critical, "raft-leader-split"},
    Expected{"raft-two-leaders", Critical, Critical, "raft-leader-split raft-peer-term raft-two-leaders"},
    Expected{"raft-leader-unconfirmed", Warning, Warning, "raft-forward-failed raft-leader-unconfirmed raft-peer-down",
        "endpoint-down<raft-peer-down"},
    Expected{"raft-forward-failed", Warning, Warning, "raft-forward-failed"},
    Expected{"raft-membership-differs", Warning, Warning, "raft-membership-differs"},
    Expected{"raft-margin-zero", Warning, Warning, "raft-margin-zero raft-peer-down", "endpoint-down<raft-peer-down"},
    Expected{"raft-margin-unknown", Ok, Ok, "", "facts-narrowed raft-margin-unknown raft-single-view", "raft-single-view"},
    Expected{"raft-single-view", Ok, Ok, "", "endpoint-shared raft-single-view", "raft-voters-even"},
    // Without a past it is not known that there is a group.
    Expected{"raft-leader-unknown", Unknown, Unknown, "endpoint-unauthorised raft-leader-unknown", "", "", Expected::Soon, Unknown,
        "endpoint-unauthorised"},
    Expected{"raft-peer-down", Warning, Critical, "raft-peer-down", "endpoint-down<raft-peer-down"},
    Expected{"raft-peer-isolated", Warning, Critical, "raft-peer-isolated"},
    Expected{"raft-peer-missing", Warning, Warning, "raft-peer-missing", "endpoint-down<raft-peer-missing"},
    Expected{"raft-peer-ghost", Warning, Warning, "raft-peer-ghost"},
    Expected{"raft-peer-contact", Warning, Warning, "raft-peer-contact"},
    Expected{"raft-peer-lagging", Warning, Warning, "raft-peer-lagging"},
    Expected{"raft-peer-term", Warning, Warning, "raft-peer-term"},
    Expected{"raft-peer-nonvoter", Warning, Warning, "raft-peer-nonvoter", "raft-voters-even"},
    Expected{"raft-leader-churn", Warning, Warning, "raft-leader-churn", "", "", Expected::Once, Ok, nothing},
    Expected{"raft-term-churn", Warning, Warning, "raft-term-churn", "", "", Expected::Once, Ok, nothing},
    Expected{"raft-reported-unhealthy", Warning, Warning, "raft-reported-unhealthy"},
    Expected{"raft-voters-even", Ok, Ok, "", "raft-voters-even"},
    Expected{"raft-voters-many", Ok, Ok, "", "raft-voters-many"},
    Expected{"queue-dead-letters", Warning, Warning, "queue-dead-letters"},
    Expected{"queue-stuck", Warning, Warning, "queue-stuck", "", "", Expected::Late, Ok, nothing},
    Expected{"queue-backlog", Warning, Warning, "queue-backlog"},
    Expected{"agents-not-ready", Warning, Warning, "agents-not-ready"},
    Expected{"agents-missing", Warning, Warning, "agents-missing"},
    Expected{"agents-none", Critical, Critical, "agents-none", "", "", Expected::Soon, Ok, nothing},
    Expected{"agent-condition", Warning, Warning, "agent-condition"},
};
} // namespace

std::span<const Expected> expectedCodes() { return rows; }

} // namespace quorate::test
