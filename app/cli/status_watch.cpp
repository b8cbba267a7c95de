// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/status_watch.h"

#include "app/cli/output.h"
#include "app/cli/status_command.h"
#include "app/cli/stop_signals.h"
#include "app/poll/engine.h"
#include "models/wording/wording.h"

#include <QEventLoop>
#include <QTimer>

#include <algorithm>

namespace quorate {
using namespace std::chrono_literals;

namespace {

bool everythingConcluded(const FleetStatus &fleet)
{
    return std::all_of(fleet.clusters.begin(), fleet.clusters.end(), [](const ClusterStatus &cluster) {
        return cluster.paused || std::none_of(cluster.endpoints.begin(), cluster.endpoints.end(), [](const EndpointStatus &endpoint) {
            return endpoint.reach == Reach::NotPolled;
        });
    });
}

/// With `--watch SECONDS` each report rests on a poll of its own.
Config withInterval(Config config, std::optional<Milliseconds> every)
{
    for (ClusterConfig &cluster : config.clusters)
        cluster.spec.interval = every.value_or(cluster.spec.interval);
    return config;
}

Milliseconds shortestInterval(const Config &config)
{
    Milliseconds shortest = config.clusters.isEmpty() ? ClusterSpec().interval : Milliseconds::max();
    for (const ClusterConfig &cluster : config.clusters)
        shortest = std::min(shortest, cluster.spec.interval);
    return shortest;
}

class Watch final : public QObject {
public:
    Watch(const Arguments &arguments, const Selection &selection)
        : m_arguments(arguments)
    {
        const Config config = withInterval(selection.config, arguments.watchEvery);
        m_engine.setMemory(selection.memory);
        m_engine.setNotices(selection.notices);
        m_engine.setConfig(config);
        m_period.setInterval(shortestInterval(config));
        connect(&m_engine, &Engine::updated, this, [this] {
            m_engine.taken();
            if (!m_period.isActive() && everythingConcluded(m_engine.status()))
                report();
        });
        connect(&m_period, &QTimer::timeout, this, &Watch::report);
        connect(&m_stop, &StopSignals::stopped, &m_loop, &QEventLoop::quit);
        // The first report waits until every endpoint has concluded, but not for ever.
        m_patience.setSingleShot(true);
        m_patience.setInterval(m_period.intervalAsDuration() + 5s);
        connect(&m_patience, &QTimer::timeout, this, &Watch::report);
    }

    int run()
    {
        m_patience.start();
        m_engine.start();
        m_loop.exec();
        m_engine.stop();
        return m_code;
    }

private:
    void report()
    {
        m_patience.stop();
        if (!m_period.isActive())
            m_period.start();
        const FleetStatus fleet = m_engine.status();
        m_code = exitCodeOf(worst(fleet.clusters));
        const Time now = currentTime();
        QByteArray text = reportFor(m_arguments, fleet, now);
        if (m_arguments.format == ReportFormat::Text && !text.isEmpty()) {
            text.prepend(wording::clock(now.wall, now).toUtf8() + '\n');
            if (std::exchange(m_reported, true))
                text.prepend('\n');
        }
        const Written written = writeOut(text);
        m_code = codeAfter(written, m_code);
        if (written != Written::Yes)
            m_loop.quit();
    }

    const Arguments &m_arguments;
    Engine m_engine;
    StopSignals m_stop;
    QTimer m_period, m_patience;
    QEventLoop m_loop;
    bool m_reported = false;
    int m_code = exitCodeOf(Severity::Unknown);
};

} // namespace

int watchStatus(const Arguments &arguments, const Selection &selection) { return Watch(arguments, selection).run(); }

} // namespace quorate
