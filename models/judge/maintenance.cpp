// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/maintenance.h"

#include "models/judge/folding.h"

#include <algorithm>
#include <tuple>

namespace quorate {
using namespace std::chrono_literals;

namespace {
/// Programs that share the state file take over from each other every minute.
constexpr Milliseconds spreads = 1h;

QList<EndpointUrl> endpointsOf(const QString &endpoint)
{
    return endpoint.isEmpty() ? QList<EndpointUrl>() : QList<EndpointUrl>{EndpointUrl(endpoint)};
}

auto rankOf(const Maintenance &maintenance) { return std::tie(maintenance.asked, maintenance.until, maintenance.note); }

/// Sorted by endpoints, each of them once: two memories that say the same are equal.
void lay(QList<Maintenance> &list, const Maintenance &maintenance)
{
    const auto place = std::lower_bound(
        list.begin(), list.end(), maintenance, [](const Maintenance &a, const Maintenance &b) { return a.endpoints < b.endpoints; });
    if (place == list.end() || place->endpoints != maintenance.endpoints)
        list.insert(place, maintenance);
    else if (rankOf(*place) < rankOf(maintenance))
        *place = maintenance;
}

const Maintenance *askedFor(const ClusterMemory &memory, const QList<EndpointUrl> &endpoints)
{
    const auto found = std::find_if(memory.maintenance.cbegin(), memory.maintenance.cend(),
        [&](const Maintenance &maintenance) { return maintenance.endpoints == endpoints; });
    return found == memory.maintenance.cend() ? nullptr : &*found;
}

/// Later than what it replaces, whatever the clock did in between.
/// Of a person's, what no person can have asked for was asked for by a clock that was wrong: it would silence for years.
bool isInForce(const Maintenance &maintenance, Instant now)
{
    constexpr Milliseconds slack = 24h; ///< clocks of two machines, or before and after a step
    return maintenance.until > now && (!maintenance.asked || maintenance.until <= now + longestMute + slack);
}

Instant askedAt(const Maintenance *before, Instant now) { return before && before->asked ? std::max(now, *before->asked + 1ms) : now; }

template <class Concerns>
std::optional<Maintenance> last(const ClusterState &cluster, Instant now, Concerns concerns)
{
    std::optional<Maintenance> found;
    for (const QList<Maintenance> *list : {&cluster.spec.maintenance, &cluster.memory.maintenance}) {
        for (const Maintenance &maintenance : *list) {
            if (isInForce(maintenance, now) && concerns(maintenance) && (!found || found->until < maintenance.until))
                found = maintenance;
        }
    }
    return found;
}

/// What is bad where: a reason at several endpoints is one cause at each of them.
struct Cause {
    ReasonCode code;
    QString subject, endpoint; ///< subject empty: the endpoint itself; endpoint empty: none is named
    Severity severity;
    std::optional<double> limit; ///< some are told again when they come nearer
    [[nodiscard]] auto key() const { return std::tie(code, subject, endpoint); }
    [[nodiscard]] auto allOfIt() const { return std::tie(code, subject, endpoint, severity, limit); }
};

QList<Cause> causesOf(const QList<Reason> &reasons)
{
    QList<Cause> causes;
    for (const Reason &reason : reasons) {
        const bool undecided = reason.code == ReasonCode::NotPolled || (reason.pending && reason.clusterSeverity == Severity::Unknown);
        if (!counts(reason) || undecided)
            continue;
        const QString subject = reason.endpoints.contains(reason.subject) ? QString() : reason.subject;
        for (const QString &endpoint : reason.endpoints)
            causes.append({reason.code, subject, endpoint, reason.clusterSeverity, reason.limit});
        if (reason.endpoints.isEmpty())
            causes.append({reason.code, subject, {}, reason.clusterSeverity, reason.limit});
    }
    return causes;
}

template <class Key>
QList<Cause> difference(QList<Cause> a, QList<Cause> b, Key key)
{
    const auto less = [&](const Cause &x, const Cause &y) { return key(x) < key(y); };
    std::sort(a.begin(), a.end(), less);
    std::sort(b.begin(), b.end(), less);
    QList<Cause> changed;
    std::set_symmetric_difference(a.cbegin(), a.cend(), b.cbegin(), b.cend(), std::back_inserter(changed), less);
    return changed;
}
} // namespace

void mute(ClusterMemory &memory, const QString &endpoint, Instant until, const QString &note, Instant now)
{
    const QList<EndpointUrl> endpoints = endpointsOf(endpoint);
    lay(memory.maintenance, {std::min(until, now + longestMute), endpoints, note, askedAt(askedFor(memory, endpoints), now)});
}

void unmute(ClusterMemory &memory, const QString &endpoint, Instant now)
{
    const QList<EndpointUrl> endpoints = endpointsOf(endpoint);
    const Maintenance *before = askedFor(memory, endpoints);
    if (before && before->until > now)
        lay(memory.maintenance, {now, endpoints, {}, askedAt(before, now)});
}

void applyMute(ClusterState &cluster, const Intent &intent, const Time &now)
{
    const QList<EndpointUrl> &known = cluster.spec.endpoints;
    if (!intent.subject.isEmpty() && !known.contains(EndpointUrl(intent.subject)))
        return;
    if (intent.kind == Intent::Kind::Unmute)
        unmute(cluster.memory, intent.subject, now.wall);
    else if (intent.until)
        mute(cluster.memory, intent.subject, *intent.until, intent.note, now.wall);
    cluster.dirty = true;
}

bool isForgotten(const Maintenance &maintenance, Instant now)
{
    return std::max(maintenance.until, maintenance.asked.value_or(maintenance.until) + spreads) <= now;
}

QList<Maintenance> mergedMaintenance(const QList<Maintenance> &a, const QList<Maintenance> &b)
{
    QList<Maintenance> merged;
    for (const QList<Maintenance> *list : {&a, &b}) {
        for (const Maintenance &maintenance : *list)
            lay(merged, maintenance);
    }
    return merged;
}

QList<Maintenance> maintenanceInForce(const ClusterState &cluster, Instant now)
{
    QList<Maintenance> list = cluster.spec.maintenance + cluster.memory.maintenance;
    list.removeIf([&](const Maintenance &maintenance) { return !isInForce(maintenance, now); });
    return list;
}

std::optional<Maintenance> clusterMaintenance(const ClusterState &cluster, Instant now)
{
    return last(cluster, now, [](const Maintenance &maintenance) { return maintenance.endpoints.isEmpty(); });
}

std::optional<Maintenance> endpointMaintenance(const ClusterState &cluster, const EndpointUrl &endpoint, Instant now)
{
    return last(cluster, now,
        [&](const Maintenance &maintenance) { return maintenance.endpoints.isEmpty() || maintenance.endpoints.contains(endpoint); });
}

bool isOfMaintenance(const ClusterState &cluster, const QList<Reason> &before, const QList<Reason> &after, Instant now)
{
    if (maintenanceInForce(cluster, now).isEmpty())
        return false;
    const QList<Cause> then = causesOf(before), newest = causesOf(after);
    QList<Cause> changed = difference(then, newest, [](const Cause &cause) { return cause.key(); });
    if (changed.isEmpty()) // the same causes, counted otherwise
        changed = difference(then, newest, [](const Cause &cause) { return cause.allOfIt(); });
    return !changed.isEmpty() && std::all_of(changed.cbegin(), changed.cend(), [&](const Cause &cause) {
        return !cause.endpoint.isEmpty() && endpointMaintenance(cluster, EndpointUrl(cause.endpoint), now);
    });
}

bool leavesUntold(const ClusterState &cluster, const QList<Reason> &reasons, Instant now)
{
    if (!cluster.last || cluster.last->inForce.isEmpty())
        return false;
    const auto wasMuted = [&](const QString &endpoint) {
        return std::any_of(cluster.last->inForce.cbegin(), cluster.last->inForce.cend(), [&](const Maintenance &maintenance) {
            return maintenance.endpoints.isEmpty() || maintenance.endpoints.contains(EndpointUrl(endpoint));
        });
    };
    const QList<Cause> causes = causesOf(reasons);
    return std::any_of(causes.cbegin(), causes.cend(), [&](const Cause &cause) {
        const bool isMuted = cause.endpoint.isEmpty() ? clusterMaintenance(cluster, now).has_value()
                                                      : endpointMaintenance(cluster, EndpointUrl(cause.endpoint), now).has_value();
        return wasMuted(cause.endpoint) && !isMuted;
    });
}

} // namespace quorate
