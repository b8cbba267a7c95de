// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/poll_cost.h"

#include "app/poll/engine.h"
#include "models/tables/endpoint_model.h"
#include "models/tables/overview_model.h"
#include "models/tables/probe_model.h"
#include "tests/bench/usage.h"

#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkReply>

namespace quorate::bench {
using namespace Qt::StringLiterals;

namespace {

constexpr int clusterSize = 10;

void getAll(QNetworkAccessManager &manager, const QStringList &urls)
{
    QEventLoop loop;
    qsizetype open = urls.size();
    for (const QString &url : urls) {
        QNetworkRequest request{QUrl(url + u"/-/status"_s)};
        request.setRawHeader("Accept", "application/json");
        request.setRawHeader("Accept-Encoding", "identity");
        QNetworkReply *reply = manager.get(request);
        QObject::connect(reply, &QNetworkReply::finished, &loop, [&loop, &open, reply] {
            (void)reply->readAll();
            reply->deleteLater();
            if (--open == 0)
                loop.quit();
        });
    }
    loop.exec();
}

Config configOf(const QStringList &urls)
{
    Config config;
    for (qsizetype i = 0; i < urls.size(); ++i) {
        if (i % clusterSize == 0) {
            ClusterConfig cluster;
            cluster.spec.name = ClusterName(u"bufstream-%1"_s.arg(i / clusterSize));
            cluster.spec.system = u"bufstream"_s;
            config.clusters.append(cluster);
        }
        config.clusters.last().spec.endpoints.append(EndpointUrl(urls.at(i)));
    }
    return config;
}

/// The engine with the models that the window feeds on every update.
struct PolledFleet {
    explicit PolledFleet(const QStringList &urls)
    {
        QObject::connect(&engine, &Engine::updated, &engine, [this](const FleetUpdate &update) {
            overview.apply(update);
            for (const ClusterStatus &status : update.changed) {
                if (status.name.text() == u"bufstream-0") { // the one page that is open
                    endpoints.apply(status, update.at);
                    probes.apply(status, update.at);
                }
            }
            engine.taken();
        });
        engine.setConfig(configOf(urls));
    }
    void round()
    {
        QEventLoop loop;
        QObject::connect(&engine, &Engine::roundFinished, &loop, &QEventLoop::quit);
        engine.runOnce();
        loop.exec();
    }
    OverviewModel overview;
    EndpointModel endpoints;
    ProbeModel probes;
    Engine engine;
};

} // namespace

double bareGetCost(const QStringList &urls, int rounds)
{
    QNetworkAccessManager manager;
    getAll(manager, urls);
    const double before = cpuSeconds();
    for (int i = 0; i < rounds; ++i)
        getAll(manager, urls);
    return (cpuSeconds() - before) / rounds / static_cast<double>(urls.size());
}

double wholePollCost(const QStringList &urls, int rounds)
{
    PolledFleet fleet(urls);
    fleet.round();
    const double before = cpuSeconds();
    for (int i = 0; i < rounds; ++i)
        fleet.round();
    return (cpuSeconds() - before) / rounds / static_cast<double>(urls.size());
}

double polledMemory(const QStringList &urls, int rounds)
{
    PolledFleet fleet(urls);
    for (int i = 0; i < rounds; ++i)
        fleet.round();
    return residentMebibytes();
}

} // namespace quorate::bench
