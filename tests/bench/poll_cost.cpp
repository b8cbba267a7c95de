// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/poll_cost.h"

#include "app/poll/engine.h"
#include "models/tables/endpoint_model.h"
#include "models/tables/fleet_models.h"
#include "models/tables/probe_model.h"
#include "models/tables/sample.h"
#include "tests/bench/child.h"
#include "tests/bench/reply_server.h"
#include "tests/bench/spread.h"
#include "tests/bench/usage.h"

#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QThread>
#include <QTimer>

namespace quorate::bench {
using namespace Qt::StringLiterals;

namespace {

constexpr int clusterSize = 10;
constexpr int repetitions = 9;
constexpr int flushEvery = 100; ///< ms; as in the window

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

/// One bare manager, and what a round of plain GETs through it costs.
class BareGets {
public:
    explicit BareGets(const QStringList &urls)
        : m_urls(urls)
    {
    }

    void round()
    {
        QEventLoop loop;
        qsizetype open = m_urls.size();
        for (const QString &url : m_urls) {
            QNetworkRequest request{QUrl(url + u"/-/status"_s)};
            request.setRawHeader("Accept", "application/json");
            request.setRawHeader("Accept-Encoding", "identity");
            QNetworkReply *reply = m_manager.get(request);
            QObject::connect(reply, &QNetworkReply::finished, &loop, [&loop, &open, reply] {
                (void)reply->readAll();
                reply->deleteLater();
                if (--open == 0)
                    loop.quit();
            });
        }
        loop.exec();
        // The engine lets its updates wait as long: both come to a cache that has cooled.
        QTimer::singleShot(flushEvery, &loop, &QEventLoop::quit);
        loop.exec();
    }

private:
    QStringList m_urls;
    QNetworkAccessManager m_manager;
};

/// The engine in its thread, and the models that the window feeds with every update: those of the fleet and of the one page that is open.
class WholePolls {
public:
    explicit WholePolls(const QStringList &urls)
        : m_engine(new Engine)
    {
        m_engine->moveToThread(&m_thread);
        m_thread.start();
        QObject::connect(m_engine, &Engine::updated, &m_models, [this](const FleetUpdate &update) { apply(update); });
        QObject::connect(m_engine, &Engine::roundFinished, &m_models, [this] { m_finished = true; });
        const Config config = configOf(urls);
        const auto configure = [engine = m_engine, config] { engine->setConfig(config); };
        QMetaObject::invokeMethod(m_engine, configure, Qt::BlockingQueuedConnection);
    }

    ~WholePolls()
    {
        QMetaObject::invokeMethod(m_engine, &Engine::stop, Qt::BlockingQueuedConnection);
        m_engine->deleteLater();
        m_thread.quit();
        m_thread.wait();
    }

    /// Until the last observation has come to the models.
    void round()
    {
        m_finished = false;
        QMetaObject::invokeMethod(m_engine, &Engine::runOnce, Qt::QueuedConnection);
        m_loop.exec();
    }

private:
    void apply(const FleetUpdate &update)
    {
        m_models.apply(update);
        for (const ClusterStatus &status : update.changed) {
            sample(m_recent, status);
            if (status.name.text() != u"bufstream-0"_s)
                continue;
            m_endpoints.merge(endpointRows(status, m_recent), update.at);
            m_probes.apply(probes(status), update.at);
        }
        QMetaObject::invokeMethod(m_engine, &Engine::taken, Qt::QueuedConnection);
        if (m_finished)
            m_loop.quit();
    }

    QThread m_thread;
    Engine *m_engine;
    FleetModels m_models;
    Recent m_recent;
    EndpointModel m_endpoints;
    ProbeModel m_probes;
    QEventLoop m_loop;
    bool m_finished = false;
};

/// CPU microseconds of one request.
template <class Polls>
double cost(Polls &polls, int rounds, qsizetype endpoints)
{
    const double before = cpuSeconds();
    for (int i = 0; i < rounds; ++i)
        polls.round();
    return (cpuSeconds() - before) * 1e6 / rounds / double(endpoints);
}

} // namespace

int measurePolls(int endpoints)
{
    const ReplyServers servers(endpoints);
    if (servers.urls().size() != endpoints)
        return 1;
    const int rounds = endpoints >= 1'000 ? 3 : 10;
    BareGets bare(servers.urls());
    WholePolls whole(servers.urls());
    // Connections are made and remembered in rounds that do not count.
    (void)cost(bare, 2, endpoints);
    (void)cost(whole, 2, endpoints);
    QList<double> bares, wholes, ratios;
    for (int i = 0; i < repetitions; ++i) {
        bares += cost(bare, rounds, endpoints);
        wholes += cost(whole, rounds, endpoints);
        ratios += wholes.last() / bares.last();
    }
    const Spread ratio = spreadOf(ratios);
    tell(u"bare"_s, spreadOf(bares).median);
    tell(u"whole"_s, spreadOf(wholes).median);
    tell(u"ratio"_s, ratio.median);
    tell(u"lowest"_s, ratio.lowest);
    tell(u"highest"_s, ratio.highest);
    return 0;
}

} // namespace quorate::bench
