// SPDX-License-Identifier: GPL-3.0-or-later
// What one server tells of itself, against what it told before.
#include "models/judge/changes.h"
#include "models/judge/maintenance.h"

#include <algorithm>
#include <chrono>

namespace quorate {

namespace {
/// It has run for less long than before, or for less long than the two answers are apart: it may have been down and up between two polls.
bool hasNewUptime(const EndpointState::Seen &before, const Observation &observation)
{
    const auto &uptime = observation.facts.uptimeSeconds;
    if (!uptime || !before.facts.uptimeSeconds)
        return false;
    constexpr double rounding = 2; // servers tell whole seconds
    const double apart = std::chrono::duration<double>(observation.at.boot - before.at.boot).count();
    return *uptime < *before.facts.uptimeSeconds || *uptime + observation.latencySeconds + rounding < apart;
}

/// What a Raft server has committed and applied never falls while it runs, nor does it forget that it ever heard from a leader. Another
/// identity is another server behind the same URL.
bool hasNewRaft(const RaftView &before, const RaftView &after)
{
    if (before.id != after.id || before.name != after.name)
        return false;
    const auto fell = [](const std::optional<quint64> &from, const std::optional<quint64> &to) { return from && to && *to < *from; };
    return fell(before.commit, after.commit) || fell(before.applied, after.applied)
        || (after.neverContacted && !before.neverContacted && before.lastContactSeconds);
}

bool hasRestarted(const EndpointState::Seen &before, const Observation &observation)
{
    const auto &then = before.facts.raft, &now = observation.facts.raft;
    return hasNewUptime(before, observation) || (then && now && hasNewRaft(*then, *now));
}

/// Another server answers behind the same URL.
bool isOfAnother(const std::optional<RaftView> &before, const std::optional<RaftView> &after)
{
    return before && after && before->id && after->id && *before->id != *after->id;
}

QString identityOf(const EndpointState &endpoint)
{
    for (const EndpointState::Seen &seen : endpoint.understood) {
        if (seen.facts.raft && seen.facts.raft->id)
            return *seen.facts.raft->id;
    }
    return {};
}

/// Of two URLs of one server the first one tells of it, while it answers.
bool isSecondUrl(const ClusterState &cluster, const EndpointState &endpoint)
{
    const QString id = identityOf(endpoint);
    return !id.isEmpty() && std::any_of(cluster.endpoints.cbegin(), cluster.endpoints.cend(), [&](const EndpointState &other) {
        const bool answers = other.attempt && other.attempt->reach == Reach::Answered;
        return other.url < endpoint.url && answers && !other.identity.isShared() && identityOf(other) == id;
    });
}
} // namespace

QList<Event> serverChanges(const ClusterState &cluster, const EndpointState &endpoint, const Observation &observation, const Time &now)
{
    const auto before = endpoint.understood.constFind(observation.request);
    if (observation.reach != Reach::Answered || before == endpoint.understood.cend() || before->at.boot > observation.at.boot)
        return {};
    if (endpoint.identity.isShared() || isOfAnother(before->facts.raft, observation.facts.raft))
        return {};
    QList<Event> events;
    const auto add = [&](EventKind kind, const QStringList &names) {
        Event event = eventOf(cluster, kind, observation.at.wall, now);
        event.notBefore = before->at.wall;
        event.subject = endpoint.url.text();
        event.muted = endpointMaintenance(cluster, endpoint.url, now.wall).has_value();
        event.names = names;
        events.append(event);
    };
    const Facts &facts = observation.facts;
    if (hasRestarted(*before, observation))
        add(EventKind::Restarted, {});
    if (facts.version && before->facts.version && *facts.version != *before->facts.version)
        add(EventKind::VersionChanged, {*before->facts.version, *facts.version});
    return !events.isEmpty() && isSecondUrl(cluster, endpoint) ? QList<Event>() : events;
}

bool saysAnother(const RaftView &before, const RaftView &after)
{
    const auto withoutCounters = [](RaftView view) {
        view.commit = view.applied = view.lastLog = view.fsmPending = std::nullopt;
        view.lastContactSeconds = view.headerLastContactSeconds = std::nullopt;
        if (view.membership) {
            for (RaftMember &member : *view.membership)
                member.lastIndex.reset();
        }
        if (view.autopilot && view.autopilot->servers) {
            for (AutopilotServer &server : *view.autopilot->servers) {
                server.lastIndex.reset();
                server.lastContact.reset();
                server.lastContactSeconds.reset();
            }
        }
        return view;
    };
    return withoutCounters(before) != withoutCounters(after);
}

} // namespace quorate
