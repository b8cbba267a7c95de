// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/status/hold_table.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace quorate {

namespace {
using namespace std::chrono_literals;
using enum ReasonCode;

/// A "refresh" of JUDGE section 7: OSAPI keeps its numbers for 15 s, so as many samples say something new only over that time.
constexpr Milliseconds refreshes(int count) { return (count - 1) * Milliseconds(15s); }

constexpr std::array rows{
    HoldRow{EndpointDown, 2, 3, 10s},
    HoldRow{EndpointTlsFailed, 2, 3, 0s},
    HoldRow{EndpointUnauthorised, 2, 3, 0s},
    HoldRow{EndpointNotUnderstood, 2, 3, 0s},
    HoldRow{EndpointThrottled, 3, 3, 0s},
    HoldRow{EndpointPartial, 3, 3, 0s},
    HoldRow{EndpointSlow, 3, 3, 30s},
    HoldRow{EndpointForeign, 2, 3, 0s},
    HoldRow{ClockSkew, 3, 3, 0s},
    HoldRow{VersionMixed, 1, 1, 10min},
    HoldRow{ComponentFailed, 2, 3, 0s},
    HoldRow{ComponentDegraded, 2, 3, 0s},
    HoldRow{ComponentUnknown, 2, 3, 0s},
    HoldRow{ComponentVanished, 3, 3, refreshes(3), Severity::Ok, true},
    HoldRow{SectionVanished, 3, 3, refreshes(3), Severity::Ok, true},
    HoldRow{SystemDegraded, 2, 3, 0s},
    HoldRow{ReportContradicts, 2, 3, 0s},
    HoldRow{MembersDown, 2, 3, 0s},
    HoldRow{MembersNoMajority, 2, 3, 0s},
    HoldRow{MigrationsBehind, 3, 3, 0s},
    HoldRow{ConnectionsHigh, 3, 3, 0s},
    HoldRow{RaftQuorumLost, 2, 3, 5s},
    HoldRow{RaftLeaderless, 1, 1, 20s, Severity::Warning},
    HoldRow{RaftLeaderSplit, 1, 1, 10s, Severity::Warning},
    HoldRow{RaftTwoLeaders, 1, 1, 10s, Severity::Warning},
    HoldRow{RaftLeaderUnconfirmed, 1, 1, 10s},
    HoldRow{RaftForwardFailed, 1, 1, 30s, Severity::Ok, false, true},
    HoldRow{RaftMembershipDiffers, 1, 1, 30s},
    HoldRow{RaftMarginZero, 2, 3, 15s},
    HoldRow{RaftLeaderUnknown, 2, 3, 0s},
    HoldRow{RaftPeerDown, 2, 3, 15s},
    HoldRow{RaftPeerIsolated, 2, 3, 15s},
    HoldRow{RaftPeerMissing, 1, 1, 15s},
    HoldRow{RaftPeerGhost, 1, 1, 60s},
    HoldRow{RaftPeerContact, 3, 3, 10s},
    HoldRow{RaftPeerLagging, 3, 3, 10s},
    HoldRow{RaftPeerTerm, 3, 3, 10s},
    HoldRow{RaftPeerNonvoter, 1, 1, 60s},
    HoldRow{RaftReportedUnhealthy, 3, 3, 15s},
    HoldRow{RaftVotersEven, 1, 1, 60s},
    HoldRow{RaftVotersMany, 1, 1, 60s},
    HoldRow{QueueDeadLetters, 2, 2, refreshes(2)},
    HoldRow{QueueStuck, 5, 5, 5min, Severity::Ok, true},
    HoldRow{QueueBacklog, 3, 3, 0s},
    HoldRow{AgentsNotReady, 2, 3, 0s},
    HoldRow{AgentsMissing, 1, 1, 60s},
    HoldRow{AgentsNone, 3, 3, 60s},
    HoldRow{AgentCondition, 2, 3, 0s},
};
static_assert(std::is_sorted(rows.begin(), rows.end(), [](const HoldRow &a, const HoldRow &b) { return a.code < b.code; }));
} // namespace

std::span<const HoldRow> holdTable() { return rows; }

const HoldRow *holdRow(ReasonCode code)
{
    const auto row = std::lower_bound(rows.begin(), rows.end(), code, [](const HoldRow &a, ReasonCode b) { return a.code < b; });
    return row != rows.end() && row->code == code ? &*row : nullptr;
}

HoldLimit limitOf(const Limits &limits, ReasonCode code)
{
    const auto set = limits.holds.constFind(code);
    if (set != limits.holds.cend())
        return *set;
    const HoldRow *row = holdRow(code);
    return row ? HoldLimit{row->needed, row->of, row->least} : HoldLimit{};
}

} // namespace quorate
