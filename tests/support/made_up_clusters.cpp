// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/made_up_clusters.h"
#include "tests/support/made_up_parts.h"

using namespace Qt::StringLiterals;

namespace quorate::made_up {

Time now()
{
    const auto wall = fromRfc3339(u"2026-11-20T03:12:40Z");
    return {.wall = *wall, .monotonic = Milliseconds(36'000'000), .boot = Milliseconds(36'000'000)};
}

Instant ago(double seconds) { return now().wall - Milliseconds(qint64(seconds * 1000)); }

ClusterStatus cluster(const QString &name, const QString &system, Severity severity, double since)
{
    ClusterStatus status;
    status.name = ClusterName(name);
    status.system = system;
    status.group = u"Production"_s;
    status.severity = severity;
    status.since = ago(since);
    status.observed = ago(1);
    status.observedBoot = now().boot - std::chrono::seconds(1);
    status.validUntil = now().boot + std::chrono::seconds(40);
    return status;
}

EndpointStatus endpoint(const QString &url, const QString &label, double latency, double age)
{
    EndpointStatus status;
    status.url = EndpointUrl(url);
    status.label = label;
    status.reach = Reach::Answered;
    status.http = 200;
    status.latency = latency;
    status.observed = ago(age);
    status.factsAge = age;
    status.severity = Severity::Ok;
    return status;
}

RequestStatus request(const QString &path, double latency, int http)
{
    return {.path = path, .reach = Reach::Answered, .http = http, .latency = latency, .error = {}};
}

Reason reason(ReasonCode code, Severity severity, const QString &subject, double since, bool derived)
{
    Reason it;
    it.code = code;
    it.severity = it.clusterSeverity = severity;
    it.subject = subject;
    it.since = ago(since);
    it.derived = derived;
    return it;
}

ComponentStatus component(const QString &group, const QString &name, const QString &url, const QString &reported, const QString &message)
{
    ComponentStatus it;
    it.group = group;
    it.name = name;
    it.endpoint = EndpointUrl(url);
    it.reported = reported;
    it.disabled = reported == "disabled"_L1;
    it.severity = reported == "error"_L1 ? Severity::Critical : Severity::Ok;
    it.message = message;
    return it;
}

ClusterStatus neverPolled()
{
    ClusterStatus status = cluster(u"consul-edge"_s, u"consul"_s, Severity::Unknown, 0);
    status.observed.reset();
    status.since.reset();
    for (int i = 0; i < 3; ++i) {
        EndpointStatus server;
        server.url = EndpointUrl(u"http://10.9.0.%1:8500"_s.arg(i + 1));
        server.label = u"10.9.0.%1"_s.arg(i + 1);
        status.endpoints += server;
    }
    Reason waiting = reason(ReasonCode::NotPolled, Severity::Unknown, {}, 0, false);
    waiting.since.reset();
    waiting.count = waiting.of = 3;
    for (const EndpointStatus &server : std::as_const(status.endpoints))
        waiting.endpoints += server.url.text();
    status.reasons = {waiting};
    return status;
}

ClusterStatus unauthorised()
{
    ClusterStatus status = neverPolled();
    status.name = ClusterName(u"osapi-lab"_s);
    status.system = u"osapi"_s;
    status.observed = ago(2);
    status.since = ago(240);
    for (EndpointStatus &server : status.endpoints) {
        server.reach = Reach::Unauthorised;
        server.http = 401;
        server.latency = 0.004;
        server.observed = ago(2);
        server.error = u"Invalid token: token is expired by 26m3.12s"_s;
        server.requests = {request(u"/api/health"_s, 0.002),
            {.path = u"/api/health/status"_s, .reach = Reach::Unauthorised, .http = 401, .latency = 0.004, .error = server.error}};
    }
    Reason rejected = status.reasons.first();
    rejected.code = ReasonCode::EndpointUnauthorised;
    rejected.since = ago(240);
    rejected.detail = u"Invalid token: token is expired by 26m3.12s"_s;
    status.reasons = {rejected};
    return status;
}

} // namespace quorate::made_up
