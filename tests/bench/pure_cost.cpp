// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/pure_cost.h"

#include "models/judge/fleet.h"
#include "models/systems/system.h"
#include "models/tables/overview_model.h"
#include "tests/bench/child.h"
#include "tests/bench/reply_server.h"
#include "tests/bench/spread.h"

#include <QElapsedTimer>
#include <QFile>

#include <functional>

namespace quorate::bench {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Time start{Instant(1'800'000'000'000ms), 1'000'000ms, 1'000'000ms};

/// Microseconds of one call: the median of seven means over at least 60 ms each.
double timed(const std::function<void()> &call)
{
    QList<double> means;
    for (int i = 0; i < 7; ++i) {
        QElapsedTimer timer;
        timer.start();
        qint64 calls = 0;
        while (timer.nsecsElapsed() < 60'000'000) {
            call();
            ++calls;
        }
        means += double(timer.nsecsElapsed()) / double(calls) / 1000;
    }
    return spreadOf(means).median;
}

QByteArray fixture(const QString &path)
{
    QFile file(QStringLiteral(QUORATE_FIXTURES) + u'/' + path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// 1,000 components: as large as a status page can reasonably get.
QByteArray manyProbes()
{
    QByteArray body = R"({"status":"healthy","probes":[)";
    for (int i = 0; i < 1'000; ++i)
        body += (i == 0 ? "" : ",") + QByteArray(R"({"name":")") + (i == 0 ? QByteArray("etcd") : "probe_" + QByteArray::number(i))
            + R"(","status":"healthy","message":"3/3 member(s) healthy"})";
    return body + "]}";
}

void decodes(const QString &system, const Request &request, const QByteArray &body)
{
    Reply reply;
    reply.reach = Reach::Answered;
    reply.http = 200;
    reply.body = body;
    const System *known = systemNamed(system);
    if (body.isEmpty() || known->decode(request, reply).reach != Reach::Answered)
        qFatal("%s: the reply is not understood", qPrintable(system));
    tell(u"decode: %1, %2 bytes"_s.arg(known->title, QLocale::c().toString(body.size())),
        timed([&] { (void)known->decode(request, reply); }));
}

FleetSpec specOf(int clusters, int endpoints)
{
    FleetSpec fleet;
    for (int i = 0; i < clusters; ++i) {
        ClusterSpec cluster;
        cluster.name = ClusterName(u"cluster-%1"_s.arg(i));
        cluster.system = u"bufstream"_s;
        for (int k = 0; k < endpoints; ++k)
            cluster.endpoints.append(EndpointUrl(u"http://broker-%1-%2:9089"_s.arg(i).arg(k)));
        fleet.append(cluster);
    }
    return fleet;
}

Observation observed(const QByteArray &body)
{
    const System *system = systemNamed(u"bufstream");
    const Request request = system->plan({}).first();
    Reply reply;
    reply.reach = Reach::Answered;
    reply.http = 200;
    reply.body = body;
    Observation observation;
    observation.request = request.key;
    observation.path = request.path;
    observation.primary = true;
    observation.endpointDone = true;
    observation.reach = Reach::Answered;
    observation.http = 200;
    observation.facts = system->decode(request, reply).facts;
    return observation;
}

/// Steps over all endpoints in turn. With `changing`, every second answer of an endpoint names a cause, so that each step judges.
void steps(const QString &what, int clusters, int endpoints, bool changing)
{
    Fleet fleet;
    Time now = start;
    const FleetSpec spec = specOf(clusters, endpoints);
    (void)step(fleet, spec, now);
    const QByteArray good = brokerBody();
    const std::array answers{observed(good), observed(changing ? QByteArray(good).replace("\"healthy\"", "\"error\"") : good)};
    const int all = clusters * endpoints;
    int next = 0;
    const auto one = [&] {
        const ClusterSpec &cluster = spec.at((next % all) / endpoints);
        Observation observation = answers.at(size_t(next / all % 2));
        observation.cluster = cluster.name;
        observation.endpoint = cluster.endpoints.at(next % endpoints);
        observation.at = now;
        observation.latencySeconds = 0.003 + (next % all) * 1e-6;
        (void)step(fleet, observation, now);
        ++next;
        now = now + 1ms;
    };
    for (int i = 0; i < 2 * all; ++i)
        one();
    tell(what, timed(one));
}

void ticks(int clusters, int endpoints)
{
    Fleet fleet;
    Time now = start;
    const FleetSpec spec = specOf(clusters, endpoints);
    (void)step(fleet, spec, now);
    Observation observation = observed(brokerBody());
    for (const ClusterSpec &cluster : spec) {
        for (const EndpointUrl &endpoint : cluster.endpoints) {
            observation.cluster = cluster.name;
            observation.endpoint = endpoint;
            observation.at = now;
            (void)step(fleet, observation, now);
        }
    }
    tell(
        u"a tick of the judge, %1 clusters of %2 endpoints"_s.arg(clusters).arg(endpoints), timed([&] { (void)step(fleet, Tick{}, now); }));
}

OverviewRow rowNamed(const QString &id)
{
    OverviewRow row;
    row.id = id;
    row.system = u"Bufstream"_s;
    row.severity = Severity::Ok;
    row.summary = u"all well"_s;
    return row;
}

void merges()
{
    constexpr int rows = 10'000;
    QList<OverviewRow> all;
    for (int i = 0; i < rows; ++i)
        all.append(rowNamed(u"cluster-%1"_s.arg(i)));
    OverviewModel model;
    model.merge(all, start);
    double latency = 0;
    tell(u"merge: 1 changed row of 10,000"_s, timed([&] {
        OverviewRow row = all.at(rows / 2);
        row.latency = latency += 1e-6;
        model.mergeSome({row}, start);
    }));
    tell(u"merge: 10,000 changed rows of 10,000"_s, timed([&] {
        latency += 1e-6;
        for (OverviewRow &row : all)
            row.latency = latency;
        model.merge(all, start);
    }));
}

} // namespace

int measurePure()
{
    decodes(u"bufstream"_s, systemNamed(u"bufstream")->plan({}).first(), manyProbes());
    decodes(u"consul"_s, {u"self"_s, u"/v1/agent/self"_s, {}}, fixture(u"consul/agent_self_follower.json"_s));
    decodes(u"osapi"_s, {u"status"_s, u"/api/health/status"_s, {}, true}, fixture(u"osapi/status_latest_200_full.json"_s));
    steps(u"step: 1,000 endpoints in 100 clusters"_s, 100, 10, false);
    steps(u"step: 1,000 endpoints in one cluster"_s, 1, 1'000, false);
    steps(u"step: the same 100 clusters, each answer changes the verdict"_s, 100, 10, true);
    ticks(100, 10);
    merges();
    return 0;
}

} // namespace quorate::bench
