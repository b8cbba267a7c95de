// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/machine.h"

#include <algorithm>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
QString offlineText(const Offline &offline)
{
    switch (offline.sign) {
    case OfflineSign::OnlyLoopback:
        return u"this machine is offline: no network interface is up"_s;
    case OfflineSign::NoRoute:
        return u"this machine is offline: it has no route to any endpoint"_s;
    case OfflineSign::Disconnected:
        return u"this machine is offline: its network service says that it is disconnected"_s;
    case OfflineSign::Reference:
        return u"this machine is offline: the reference address does not answer, and nothing else does"_s;
    case OfflineSign::Portal:
        return u"this machine is offline: a captive portal answers for %1 endpoints"_s.arg(offline.endpoints)
            + (offline.portal.isEmpty() ? QString() : u" (%1)"_s.arg(offline.portal));
    }
    return {};
}

bool answersHere(const ClusterState &cluster)
{
    return std::any_of(cluster.endpoints.cbegin(), cluster.endpoints.cend(),
        [](const EndpointState &endpoint) { return endpoint.onThisMachine && endpoint.attempt && isAnswer(*endpoint.attempt); });
}
} // namespace

QList<Notice> machineNotices(const Fleet &fleet)
{
    const Machine &machine = fleet.machine;
    if (machine.offline)
        return {{u"machine-offline"_s, offlineText(*machine.offline)}};
    const bool looksUp = machine.evidenceAt && (!signOf(machine.evidence) || machine.evidence == machine.disproved);
    if (!looksUp || !nothingAnswers(fleet))
        return {};
    qsizetype endpoints = 0;
    bool critical = false;
    for (const ClusterState &cluster : fleet.clusters) {
        if (cluster.paused())
            continue;
        if (answersHere(cluster))
            return {};
        endpoints += cluster.endpoints.size();
        critical = critical || (cluster.last && cluster.last->severity == Severity::Critical);
    }
    if (!critical) // it is being checked
        return {};
    const QString none = endpoints == 1 ? u"the only endpoint does not answer"_s : u"none of %1 endpoints answers"_s.arg(endpoints);
    return {{u"none-answers"_s, none + u"; this machine's network looks up"_s}};
}

} // namespace quorate
