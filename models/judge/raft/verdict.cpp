// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/raft.h"

namespace quorate {

RaftVerdict judgeRaft(const ClusterSpec &spec, const QList<EndpointState> &endpoints, const ClusterMemory &memory, const Time &now)
{
    Q_UNUSED(memory);
    Q_UNUSED(now);
    RaftVerdict verdict;
    verdict.status.views.asked = int(endpoints.size());
    verdict.status.expected = spec.expectedVoters.value_or(0);
    return verdict;
}

} // namespace quorate
