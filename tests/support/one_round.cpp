// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/one_round.h"

#include "models/status/schema1.h"
#include "models/wording/wording.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QSignalSpy>

namespace quorate {

ClusterConfig clusterOf(const QString &name, const QString &system, const QStringList &urls)
{
    ClusterConfig config;
    config.spec.name = ClusterName(name);
    config.spec.system = system;
    config.spec.timeout = Milliseconds(5'000);
    config.spec.interval = Milliseconds(1'000);
    for (const QString &url : urls)
        config.spec.endpoints.append(EndpointUrl(url));
    return config;
}

RoundResult oneRound(const QList<ClusterConfig> &clusters, EngineOptions options)
{
    options.mode = JudgeMode::OneShot;
    Engine engine(std::move(options));
    Config config;
    config.clusters = clusters;
    engine.setConfig(config);
    QSignalSpy finished(&engine, &Engine::roundFinished);
    QElapsedTimer clock;
    clock.start();
    engine.runOnce();
    RoundResult result;
    result.finished = finished.wait(20'000);
    result.milliseconds = int(clock.elapsed());
    result.status = engine.status();
    for (const ClusterConfig &cluster : clusters)
        result.replies += engine.replies(cluster.spec.name);
    return result;
}

Config configOf(const QList<ClusterConfig> &clusters)
{
    Config config;
    config.clusters = clusters;
    return config;
}

ClusterStatus RoundResult::cluster(const QString &name) const
{
    for (const ClusterStatus &one : status.clusters) {
        if (one.name.text() == name)
            return one;
    }
    return {};
}

QByteArray RoundResult::json() const { return QJsonDocument(toSchema1(status, {wording::sentence, wording::headline})).toJson(); }

} // namespace quorate
