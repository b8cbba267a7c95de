// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/pure_cost.h"

#include "models/judge/fleet.h"
#include "models/systems/system.h"
#include "models/tables/overview_model.h"
#include "tests/bench/reply_server.h"

#include <QElapsedTimer>
#include <QFile>

#include <functional>

namespace quorate::bench {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Microseconds of one call, as a mean over at least 0.4 s.
double timed(const std::function<void()> &call)
{
    call();
    QElapsedTimer timer;
    timer.start();
    qint64 calls = 0;
    while (timer.nsecsElapsed() < 400'000'000) {
        call();
        ++calls;
    }
    return static_cast<double>(timer.nsecsElapsed()) / static_cast<double>(calls) / 1000;
}

QByteArray fixture(const QString &path)
{
    QFile file(QStringLiteral(QUORATE_FIXTURES) + u'/' + path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

PureCost decodeCost(const QString &system, const Request &request, const QByteArray &body)
{
    Reply reply;
    reply.reach = Reach::Answered;
    reply.http = 200;
    reply.body = body;
    const System *known = systemNamed(system);
    return {u"decode %1 %2"_s.arg(system, request.key), body.size(), timed([&] { (void)known->decode(request, reply); })};
}

/// 1,000 components: as large as a status page can reasonably get.
QByteArray manyProbes()
{
    QByteArray body = R"({"probes":[)";
    for (int i = 0; i < 1'000; ++i)
        body += (i == 0 ? "" : ",") + QByteArray(R"({"name":"probe_)") + QByteArray::number(i) + R"(","status":"healthy","message":"3/3 member(s) healthy"})";
    return body + "]}";
}

FleetSpec specOf(int endpoints)
{
    FleetSpec fleet;
    for (int i = 0; i < endpoints; ++i) {
        if (i % 10 == 0) {
            fleet.append(ClusterSpec());
            fleet.last().name = ClusterName(u"cluster-%1"_s.arg(i / 10));
            fleet.last().system = u"bufstream"_s;
        }
        fleet.last().endpoints.append(EndpointUrl(u"http://broker-%1:9089"_s.arg(i)));
    }
    return fleet;
}

PureCost stepCost(int endpoints)
{
    Fleet fleet;
    Time now{Instant(1'800'000'000'000ms), 1'000'000ms, 1'000'000ms};
    const FleetSpec spec = specOf(endpoints);
    (void)step(fleet, spec, now);
    const System *system = systemNamed(u"bufstream");
    const Request request = system->plan({}).first();
    Reply reply;
    reply.reach = Reach::Answered;
    reply.http = 200;
    reply.body = brokerBody();
    Observation observation;
    observation.request = request.key;
    observation.path = request.path;
    observation.primary = true;
    observation.endpointDone = true;
    observation.reach = Reach::Answered;
    observation.http = 200;
    observation.facts = system->decode(request, reply).facts;
    int next = 0;
    const double cost = timed([&] {
        const ClusterSpec &cluster = spec.at(next / 10);
        observation.cluster = cluster.name;
        observation.endpoint = cluster.endpoints.at(next % 10);
        observation.at = now;
        observation.latencySeconds = 0.003 + next * 1e-6;
        (void)step(fleet, observation, now);
        next = (next + 1) % endpoints;
        now = now + 1ms;
    });
    return {u"step, %1 endpoints"_s.arg(endpoints), 0, cost};
}

FleetUpdate updateOf(int clusters, double latency)
{
    FleetUpdate update;
    update.at = {Instant(1'800'000'000'000ms), 1'000'000ms, 1'000'000ms};
    for (int i = 0; i < clusters; ++i) {
        ClusterStatus status;
        status.name = ClusterName(u"cluster-%1"_s.arg(i));
        status.system = u"bufstream"_s;
        status.severity = Severity::Ok;
        status.validUntil = update.at.boot + 1h;
        status.endpoints.append(EndpointStatus());
        status.endpoints.last().url = EndpointUrl(u"http://broker-%1:9089"_s.arg(i));
        status.endpoints.last().latency = latency;
        update.order.append(status.name);
        update.changed.append(status);
    }
    return update;
}

} // namespace

QList<PureCost> decodeCosts()
{
    return {
        decodeCost(u"bufstream"_s, systemNamed(u"bufstream")->plan({}).first(), manyProbes()),
        decodeCost(u"consul"_s, {.key = u"self"_s, .path = u"/v1/agent/self"_s}, fixture(u"consul/agent_self_leader.json"_s)),
        decodeCost(u"osapi"_s, {.key = u"status"_s, .path = u"/api/health/status"_s, .primary = true},
            fixture(u"osapi/status_latest_200_full.json"_s)),
    };
}

QList<PureCost> stepCosts() { return {stepCost(10), stepCost(1'000)}; }

QList<PureCost> mergeCosts()
{
    constexpr int rows = 10'000;
    OverviewModel model;
    model.apply(updateOf(rows, 0.003));
    FleetUpdate one = updateOf(rows, 0.004);
    one.changed = {one.changed.at(rows / 2)};
    double latency = 0.003;
    const double single = timed([&] {
        one.changed.first().endpoints.first().latency = latency += 1e-6;
        model.apply(one);
    });
    FleetUpdate all = updateOf(rows, 0.005);
    const double every = timed([&] {
        latency += 1e-6;
        for (ClusterStatus &status : all.changed)
            status.endpoints.first().latency = latency;
        model.apply(all);
    });
    return {{u"merge 1 changed of 10,000 rows"_s, 0, single}, {u"merge 10,000 changed of 10,000 rows"_s, 0, every}};
}

} // namespace quorate::bench
