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

#include <atomic>
#include <cstdlib>
#include <thread>

namespace quorate::bench {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int clusterSize = 10;
constexpr QSize windowSize{1920, 1080};
constexpr double longestAllowed = 16; ///< ms that the GUI may be away

Arguments argumentsFor(const QString &config)
{
    Arguments arguments;
    arguments.configPath = config;
    return arguments;
}

/// How late the machine lets a thread go on that does nothing but sleep for a millisecond: what no program can be quicker than.
class IdleThread {
public:
    IdleThread()
        : m_thread([this] { run(); })
    {
    }
    ~IdleThread()
    {
        m_over = true;
        m_thread.join();
    }
    /// In ms, since it was asked last.
    [[nodiscard]] double takeLongest() { return double(m_longest.exchange(0)) / 1e6; }

private:
    void run()
    {
        while (!m_over) {
            const qint64 before = monotonicNanoseconds();
            std::this_thread::sleep_for(1ms);
            m_longest = std::max<qint64>(m_longest, monotonicNanoseconds() - before - 1'000'000);
        }
    }

    std::atomic<bool> m_over = false;
    std::atomic<qint64> m_longest = 0;
    std::thread m_thread;
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
        (void)m_idle.takeLongest();
        m_timer.start();
    }
    void report()
    {
        m_timer.stop();
        tell(u"median"_s, quantile(m_longest, 0.5));
        tell(u"p99"_s, quantile(m_longest, 0.99));
        tell(u"longest"_s, quantile(m_longest, 1));
        tell(u"busiest"_s, m_busiest);
        tell(u"idle"_s, m_idleLongest);
        tell(u"over"_s, m_over);
        tell(u"own"_s, m_own);
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
        const double idle = m_idle.takeLongest();
        m_idleLongest = std::max(m_idleLongest, idle);
        m_over += m_slot > longestAllowed ? 1 : 0;
        m_own += m_slot > longestAllowed && idle < longestAllowed / 2 ? 1 : 0;
        m_longest += std::exchange(m_slot, 0);
        m_slotBegin = now;
    }

    QTimer m_timer;
    IdleThread m_idle;
    qint64 m_begin = 0, m_last = 0, m_slotBegin = 0;
    double m_beginCpu = 0, m_lastCpu = 0;
    double m_slot = 0; ///< longest stall of this tenth of a second
    double m_busiest = 0;
    double m_idleLongest = 0;
    int m_over = 0, m_own = 0;
    QList<double> m_longest;
};

} // namespace

QString writeConfig(const QString &folder, const QStringList &urls, const QString &interval)
{
    QFile file(folder + u"/config.toml"_s);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("%s", qPrintable(file.errorString()));
    for (qsizetype i = 0; i < urls.size(); i += clusterSize) {
        const QString endpoints = urls.mid(i, clusterSize).join(u"\", \""_s);
        const QString block
            = u"[[cluster]]\nname = \"bufstream-%1\"\nsystem = \"bufstream\"\ninterval = \"%2\"\nendpoints = [\"%3\"]\n\n"_s;
        file.write(block.arg(QString::number(i / clusterSize), interval, endpoints).toUtf8());
    }
    return file.fileName();
}

int measureFirstPaint(int &argc, char **argv)
{
    const QString config = QString::fromLocal8Bit(argv[2]);
    WatchedApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"quorate"_s);
    Desktop desktop(argumentsFor(config));
    bool first = true, filled = false, rows = false;
    QObject::connect(&desktop, &Desktop::updated, &application, [&rows, &desktop] { rows = !desktop.clusters().isEmpty(); });
    application.handled = [&](const WatchedApplication::Handled &event) {
        if (!event.painted)
            return;
        if (std::exchange(first, false)) {
            tell(u"first-paint"_s, millisecondsSinceSpawn());
            tell(u"cpu"_s, cpuSeconds() * 1e3);
        }
        if (std::exchange(filled, false))
            tell(u"first-content"_s, millisecondsSinceSpawn());
        if (!rows || !desktop.window()->isFilled())
            return;
        tell(u"first-rows"_s, millisecondsSinceSpawn());
        tell(u"cpu-rows"_s, cpuSeconds() * 1e3);
        std::_Exit(0);
    };
    if (!desktop.start())
        return 1;
    QObject::connect(desktop.window(), &MainWindow::filled, &application, [&filled] { filled = true; });
    desktop.window()->resize(windowSize);
    desktop.window()->show();
    return QApplication::exec();
}

int measureStalls(int &argc, char **argv, ShownPage page, int endpoints, int seconds)
{
    WatchedApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"quorate"_s);
    const ReplyServers servers(endpoints);
    const QTemporaryDir folder;
    Desktop desktop(argumentsFor(writeConfig(folder.path(), servers.urls(), u"1s"_s)));
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
    QHash<QString, double> dearest; ///< CPU ms of one event of each kind
    QTimer::singleShot(5s, &application, [&] {
        watch.start();
        application.handled = [&dearest](const WatchedApplication::Handled &event) {
            double &most = dearest[u"event %1 %2"_s.arg(QLatin1StringView(event.receiver)).arg(int(event.type))];
            most = std::max(most, event.cpu * 1e3);
        };
    });
    QTimer::singleShot(5s + std::chrono::seconds(seconds), &application, &QCoreApplication::quit);
    QApplication::exec();
    application.handled = {};
    watch.report();
    for (auto it = dearest.cbegin(); it != dearest.cend(); ++it) {
        if (it.value() > 2)
            tell(it.key(), it.value());
    }
    tell(u"memory"_s, residentMebibytes());
    desktop.stop();
    return 0;
}

} // namespace quorate::bench
