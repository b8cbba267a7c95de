// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/judge/endpoint_state.h"
#include "models/judge/maintenance.h"
#include "models/judge/rows.h"

#include <algorithm>
#include <chrono>

namespace quorate {

namespace {
QList<RequestStatus> requestRows(const EndpointState &endpoint)
{
    QList<const Observation *> observations;
    for (const Observation &observation : endpoint.newest)
        observations.append(&observation);
    std::stable_sort(observations.begin(), observations.end(), [](const auto *a, const auto *b) { return a->primary && !b->primary; });
    QList<RequestStatus> rows;
    for (const Observation *observation : std::as_const(observations)) {
        RequestStatus row{observation->path, observation->reach, observation->http, std::nullopt, observation->error};
        if (observation->latencySeconds > 0)
            row.latency = observation->latencySeconds;
        rows.append(row);
    }
    return rows;
}

/// Of its reach and of what it says of itself; not of queues and agents, which all endpoints report alike.
Severity severityOf(const QList<Finding> &findings)
{
    Severity severity = Severity::Ok;
    for (const Finding &finding : findings) {
        if (scopeOf(finding.code) != Scope::Shared)
            severity = worst(severity, finding.severity);
    }
    return severity;
}

void addAttempt(EndpointStatus &row, const Observation &attempt)
{
    row.reach = attempt.reach;
    row.http = attempt.http;
    row.error = attempt.error;
    row.observed = attempt.at.wall;
    row.certificateExpires = attempt.certificateExpires;
    if (attempt.latencySeconds > 0)
        row.latency = attempt.latencySeconds;
}

void addRaft(EndpointStatus &row, const std::optional<RaftVerdict> &raft)
{
    const auto known = raft ? raft->endpoints.constFind(row.url) : QHash<EndpointUrl, RaftVerdict::Endpoint>::const_iterator();
    if (!raft || known == raft->endpoints.cend())
        return;
    row.id = known->id;
    row.shared = known->shared;
    if (!known->label.isEmpty())
        row.label = known->label;
    if (!known->reported.isEmpty())
        row.reported = known->reported;
}
} // namespace

const Facts &EndpointView::facts() const
{
    static const Facts nothing;
    if (merged)
        return *merged;
    return state->understood.isEmpty() ? nothing : state->understood.first().facts;
}

QList<EndpointView> viewsOf(const ClusterState &cluster, JudgeMode mode, const Time &now)
{
    const Milliseconds limit = evidenceLimit(cluster.spec);
    QList<EndpointView> views;
    views.reserve(cluster.endpoints.size());
    for (const EndpointState &endpoint : cluster.endpoints) {
        const bool answering = isAnswering(endpoint, limit, now) && !cluster.paused();
        views.append({&endpoint, answering, now.boot - limit, newestFactsAt(endpoint), std::nullopt, std::nullopt});
        if (mode == JudgeMode::OverTime)
            views.last().verdict = currentVerdict(cluster, endpoint, mode, now);
        if (endpoint.understood.size() > 1)
            views.last().merged = allFacts(endpoint);
    }
    return views;
}

EndpointStatus endpointRow(
    const ClusterState &cluster, const EndpointView &view, const std::optional<RaftVerdict> &raft, JudgeMode mode, const Time &now)
{
    const EndpointState &endpoint = *view.state;
    EndpointStatus row;
    row.url = endpoint.url;
    row.label = endpoint.label.isEmpty() ? endpoint.url.text() : endpoint.label;
    const Facts &facts = view.facts();
    row.version = facts.version.value_or(QString());
    row.uptime = facts.uptimeSeconds;
    row.reported = facts.reported.value_or(QString());
    if (const Observation *attempt = attemptOf(endpoint)) {
        addAttempt(row, *attempt);
        row.stale = now.boot > attempt->at.boot + evidenceLimit(cluster.spec);
    }
    if (view.factsAt)
        row.factsAge = std::chrono::duration<double>(now.boot - view.factsAt->boot).count();
    if (const auto maintenance = endpointMaintenance(cluster, endpoint.url, now.wall)) {
        row.maintenanceUntil = maintenance->until;
        row.maintenanceNote = maintenance->note;
    }
    addRaft(row, raft);
    row.requests = requestRows(endpoint);
    const EndpointVerdict verdict = view.verdict ? *view.verdict : currentVerdict(cluster, endpoint, mode, now);
    row.severity = severityOf(verdict.counted);
    row.pending = pendingOf(verdict, row.severity, severityOf(verdict.expected));
    if (cluster.unseen && !view.answering) {
        row.severity = Severity::Unknown;
        row.pending.reset();
    }
    if (cluster.paused())
        row.severity = worst(row.severity, Severity::Unknown);
    return row;
}

} // namespace quorate
