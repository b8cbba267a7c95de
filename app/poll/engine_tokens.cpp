// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens that were rejected or can't be read: noticed as soon as there is another, whatever the interval.
#include "app/poll/engine_private.h"

namespace quorate {

void Engine::Private::lookAtTokens()
{
    const std::map<ClusterName, ClusterPoller *> all = pollers; // what is found may end in another configuration
    for (const auto &[name, poller] : all) {
        if (poller->isTokenInDoubt() && !isPaused(name))
            poller->lookAtToken();
    }
}

void Engine::Private::pollWithNewToken(const ClusterName &cluster)
{
    ClusterPoller *poller = pollerOf(cluster);
    if (!running || !poller || isPaused(cluster))
        return;
    schedule.polled(cluster, now().monotonic);
    poller->beginRound();
    schedulePolls();
}

} // namespace quorate
