// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/finding.h"

#include <algorithm>

namespace quorate {

bool sameCauses(const QList<Finding> &a, const QList<Finding> &b)
{
    return std::equal(a.cbegin(), a.cend(), b.cbegin(), b.cend(), sameCause);
}

Scope scopeOf(ReasonCode code)
{
    switch (code) {
    case ReasonCode::ReportContradicts:
    case ReasonCode::FactsNarrowed:
        return Scope::Endpoint;
    case ReasonCode::SystemDegraded:
        return Scope::Cluster;
    case ReasonCode::ComponentFailed:
    case ReasonCode::ComponentDegraded:
    case ReasonCode::ComponentUnknown:
    case ReasonCode::ComponentVanished:
    case ReasonCode::MembersDown:
    case ReasonCode::MembersNoMajority:
    case ReasonCode::MigrationsBehind:
    case ReasonCode::ConnectionsHigh:
        return Scope::Part;
    case ReasonCode::QueueDeadLetters:
    case ReasonCode::QueueBacklog:
    case ReasonCode::QueueStuck:
    case ReasonCode::AgentsNone:
    case ReasonCode::SectionVanished:
    case ReasonCode::AgentsNotReady:
    case ReasonCode::AgentsMissing:
    case ReasonCode::AgentCondition:
        return Scope::Shared;
    default:
        return Scope::Reach;
    }
}

} // namespace quorate
