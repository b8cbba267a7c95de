// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/window_cost.h"

#include "app/desktop.h"
#include "tests/bench/child.h"
#include "tests/bench/first_paint.h"
#include "tests/bench/reply_server.h"
#include "tests/bench/spread.h"
#include "tests/bench/usage.h"
#include "views/main_window.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdlib>

namespace quorate::bench {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int clusterSize = 10;
constexpr QSize windowSize{1920, 1080};

/// A configuration file of clusters of ten endpoints, in a folder of its own.
class ConfigFile {
public:
    explicit ConfigFile(const QStringList &urls, const QString &interval)
    {
        QFile file(path());
        if (!file.open(QIODevice::WriteOnly))
            qFatal("%s", qPrintable(file.errorString()));
        for (qsizetype i = 0; i < urls.size(); i += clusterSize) {
            const QStringList endpoints = urls.mid(i, clusterSize);
            const QString block
                = u"[[cluster]]\nname = \"bufstream-%1\"\nsystem = \"bufstream\"\ninterval = \"%2\"\nendpoints = [\"%3\"]\n\n"_s;
            file.write(block.arg(QString::number(i / clusterSize), interval, endpoints.join(u"\", \""_s)).toUtf8());
        }
    }
    [[nodiscard]] Arguments arguments() const
    {
        Arguments arguments;
        arguments.configPath = path();
        return arguments;
    }

private:
    [[nodiscard]] QString path() const { return m_folder.filePath(u"config.toml"_s); }
    QTemporaryDir m_folder;
};

/// Notices for how long the event loop was away: a timer that wants to fire every millisecond.
class StallWatch {
public:
    StallWatch()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(1ms);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { tick(); });
    }
    void start()
    {
        m_last = m_slotBegin = m_begin = monotonicNanoseconds();
        m_lastCpu = m_beginCpu = threadCpuSeconds();
        m_timer.start();
    }
    void report()
    {
        m_timer.stop();
        tell(u"median"_s, quantile(m_longest, 0.5));
        tell(u"p99"_s, quantile(m_longest, 0.99));
        tell(u"longest"_s, quantile(m_longest, 1));
        tell(u"busiest"_s, m_busiest);
        tell(u"load"_s, 100 * (threadCpuSeconds() - m_beginCpu) / (double(monotonicNanoseconds() - m_begin) / 1e9));
    }

private:
    void tick()
    {
        const qint64 now = monotonicNanoseconds();
        const double cpu = threadCpuSeconds();
        m_slot = std::max(m_slot, double(now - m_last) / 1e6 - 1);
        m_busiest = std::max(m_busiest, (cpu - m_lastCpu) * 1e3);
        m_last = now;
        m_lastCpu = cpu;
        if (now - m_slotBegin < 100'000'000)
            return;
        m_longest += std::exchange(m_slot, 0);
        m_slotBegin = now;
    }

    QTimer m_timer;
    qint64 m_begin = 0, m_last = 0, m_slotBegin = 0;
    double m_beginCpu = 0, m_lastCpu = 0;
    double m_slot = 0; ///< longest stall of this tenth of a second
    double m_busiest = 0;
    QList<double> m_longest;
};

} // namespace

int measureFirstPaint(int &argc, char **argv)
{
    QStringList urls;
    for (int i = 0; i < 300; ++i)
        urls += u"http://127.0.%1.%2:1"_s.arg(1 + i / 100).arg(1 + i % 100);
    const ConfigFile config(urls, u"10s"_s);
    PaintedApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"quorate"_s);
    Desktop desktop(config.arguments());
    bool first = true, rows = false;
    QObject::connect(&desktop, &Desktop::updated, &application, [&rows, &desktop] { rows = !desktop.clusters().isEmpty(); });
    application.painted = [&first, &rows] {
        if (std::exchange(first, false))
            tell(u"first-paint"_s, millisecondsSinceSpawn());
        if (!rows)
            return;
        tell(u"first-rows"_s, millisecondsSinceSpawn());
        std::_Exit(0);
    };
    if (!desktop.start())
        return 1;
    desktop.window()->resize(windowSize);
    desktop.window()->show();
    return QApplication::exec();
}

int measureStalls(int &argc, char **argv, ShownPage page, int endpoints, int seconds)
{
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"quorate"_s);
    const ReplyServers servers(endpoints);
    const ConfigFile config(servers.urls(), u"1s"_s);
    Desktop desktop(config.arguments());
    if (servers.urls().size() != endpoints || !desktop.start())
        return 1;
    desktop.window()->resize(windowSize);
    desktop.window()->show();
    StallWatch watch;
    QTimer::singleShot(4s, &application, [&] {
        if (!desktop.hasSeenEverything())
            qFatal("not every endpoint was polled within 4 s");
        if (page == ShownPage::Cluster)
            desktop.window()->showCluster(desktop.clusters().first());
    });
    QTimer::singleShot(5s, &application, [&watch] { watch.start(); });
    QTimer::singleShot(5s + std::chrono::seconds(seconds), &application, &QCoreApplication::quit);
    QApplication::exec();
    watch.report();
    tell(u"memory"_s, residentMebibytes());
    desktop.stop();
    return 0;
}

} // namespace quorate::bench
