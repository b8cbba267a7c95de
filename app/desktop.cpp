// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop.h"

#include "app/cli/selection.h"
#include "app/config/config_source.h"
#include "app/config/example.h"
#include "app/config/parse_config.h"
#include "app/config/paths.h"
#include "app/demo/demo_clusters.h"
#include "app/intents.h"
#include "app/poll/engine.h"
#include "app/poll/state_file.h"
#include "app/raw_replies.h"
#include "app/session/colour_scheme.h"
#include "models/tables/fleet_models.h"
#include "views/main_window.h"

#include <QDesktopServices>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QIcon>
#include <QImageReader>
#include <QSemaphore>
#include <QSettings>
#include <QThread>
#include <QThreadPool>
#include <QTimer>
#include <QUrl>

namespace quorate {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto longestStop = 1s;
const QString darkKey = u"session/dark"_s; ///< what the desktop preferred last

/// Runs `work` in the thread of `object`, without waiting.
template <class Object, class Work>
void post(Object *object, Work work)
{
    QMetaObject::invokeMethod(object, std::move(work), Qt::QueuedConnection);
}

QString settingsFile(const Arguments &arguments)
{
    // Pictures show the window as it is by default, and leave no trace.
    return arguments.pictureFolder.isEmpty() ? statePath(u"window.ini"_s) : QString();
}

/// Looks for the machine's fonts and loads the plug-ins for images, each some milliseconds, beside the window's thread, which needs both as
/// soon as its frame is painted. Qt guards both: the one who comes second waits or finds them there.
void warmUp()
{
    QThreadPool::globalInstance()->start([font = QGuiApplication::font()] {
        (void)QFontMetricsF(font).height();
        (void)QImageReader::supportedImageFormats();
    });
}

} // namespace

struct Desktop::Private {
    explicit Private(Arguments given)
        : arguments(std::move(given))
        , settings(settingsFile(arguments), QSettings::IniFormat)
        , scheme(settings.value(darkKey).toBool())
    {
    }

    Arguments arguments;
    QSettings settings;
    Config config;
    QString error;

    FleetModels models;
    std::unique_ptr<MainWindow> window;
    ColourScheme scheme;
    QTimer tick;

    QThread engineThread;
    Engine *engine = nullptr; // lives in engineThread
    ConfigSource *source = nullptr; // lives in engineThread: reading it keeps no window waiting
    QThread demoThread;
    DemoClusters *demo = nullptr; // lives in demoThread

    void makeEngine()
    {
        EngineOptions options;
        if (!arguments.demo)
            options.stateFile = stateFilePath();
        engine = new Engine(options);
        engine->moveToThread(&engineThread);
        source = new ConfigSource({configFile(arguments), statePath(u"last-good.toml"_s), systemNames()});
        source->moveToThread(&engineThread);
        engineThread.setObjectName(u"engine"_s);
        engineThread.start();
    }

    /// Memory and configuration, read by the engine's thread.
    void readFiles()
    {
        post(engine, [engine = engine, source = source] {
            if (const auto memory = readState(stateFilePath()))
                engine->setMemory(memory.value());
            else
                qWarning("%s; going on without it", qPrintable(memory.error().text));
            source->start();
            engine->setNotices(source->notices());
            engine->setConfig(source->config());
            connect(source, &ConfigSource::noticesChanged, engine, &Engine::setNotices);
            connect(source, &ConfigSource::configChanged, engine, &Engine::setConfig);
        });
    }

    /// The simulated clusters, in a thread of their own so that they never cost the window a frame.
    [[nodiscard]] bool startDemo()
    {
        const QString scenario = arguments.scenario.isEmpty() ? u"tour"_s : arguments.scenario;
        demo = new DemoClusters(scenario);
        demo->moveToThread(&demoThread);
        demoThread.setObjectName(u"demo"_s);
        demoThread.start();
        bool listening = false;
        QMetaObject::invokeMethod(
            demo, [this] { return demo->start(); }, Qt::BlockingQueuedConnection, &listening);
        if (!listening) {
            error = demo->errorText();
            return false;
        }
        const auto parsed = parseConfig(demo->configuration().toUtf8(), {}, systemNames());
        Q_ASSERT(parsed);
        config = parsed.value();
        post(engine, [engine = engine, source = source, config = config] {
            source->disconnect(engine); // the file no longer matters
            engine->setConfig(config);
        });
        window->setTitle(QCoreApplication::translate("Desktop", "Quorate: simulated clusters"));
        return true;
    }

    void openConfig()
    {
        const QString path = source->path();
        if (!QDesktopServices::openUrl(QUrl::fromLocalFile(path)))
            window->showMessage(QCoreApplication::translate("Desktop", "No program opens %1; edit it by hand").arg(shownPath(path)));
    }

    void makeExample()
    {
        const auto written = writeExample(source->path());
        if (!written && written.error().kind != ExampleError::Kind::Exists) {
            window->showMessage(written.error().text);
            return;
        }
        post(source, [source = source] { source->reload(); });
        openConfig();
    }

    /// Before the window is made too: a window that is not shown yet does not hear of another palette.
    void applyTheme()
    {
        const ThemeChoice choice = window ? window->themeChoice() : MainWindow::savedTheme(settings);
        const bool dark = arguments.dark || choice == ThemeChoice::Dark || (choice == ThemeChoice::System && scheme.prefersDark());
        applyPalette(dark);
    }
};

Desktop::Desktop(const Arguments &arguments, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(arguments))
{
    qRegisterMetaType<FleetUpdate>();
    qRegisterMetaType<QList<StoredReply>>();
}

Desktop::~Desktop() { stop(); }

bool Desktop::start()
{
    warmUp();
    d->applyTheme();
    d->window = std::make_unique<MainWindow>(&d->models, &d->settings);
    d->makeEngine();
    d->window->setConfigPath(shownPath(d->source->path()));
    connectEngine();
    connectWindow();
    if (!d->arguments.demo)
        d->readFiles();
    else if (!d->startDemo())
        return false;
    post(d->engine, [engine = d->engine] { engine->start(); });
    // Ages tick, and what nobody refreshed turns Unknown, with or without the engine's help.
    connect(&d->tick, &QTimer::timeout, this, [this] { d->models.setNow(currentTime()); });
    d->tick.start(1s);
    d->models.setNow(currentTime());
    return true;
}

void Desktop::connectEngine()
{
    connect(d->engine, &Engine::updated, this, [this](const FleetUpdate &update) {
        d->models.apply(update);
        post(d->engine, [engine = d->engine] { engine->taken(); });
        Q_EMIT updated();
    });
    connect(d->engine, &Engine::repliesReady, this, [this](const ClusterName &cluster, const QList<StoredReply> &replies) {
        d->window->setReplies(cluster, rawReplies(replies, d->config));
        Q_EMIT repliesShown();
    });
    connect(d->source, &ConfigSource::configChanged, this, [this](const Config &config) {
        if (!d->demo)
            d->config = config;
    });
}

void Desktop::connectWindow()
{
    MainWindow *window = d->window.get();
    connect(window, &MainWindow::pollWanted, this,
        [this](const ClusterName &cluster) { post(d->engine, [engine = d->engine, cluster] { engine->pollNow(cluster); }); });
    const QString stateFile = d->arguments.demo ? QString() : stateFilePath();
    new Intents(
        window, d->engine, [this]() -> const Config & { return d->config; }, stateFile, window);
    connect(window, &MainWindow::repliesWanted, this,
        [this](const ClusterName &cluster) { post(d->engine, [engine = d->engine, cluster] { engine->requestReplies(cluster); }); });
    connect(window, &MainWindow::configWanted, this, [this] { d->openConfig(); });
    connect(window, &MainWindow::exampleWanted, this, [this] { d->makeExample(); });
    connect(window, &MainWindow::demoWanted, this, [this] {
        if (!d->demo && !d->startDemo())
            d->window->showMessage(d->error);
    });
    connect(window, &MainWindow::quitWanted, qApp, &QCoreApplication::quit);
    connect(window, &MainWindow::themeChosen, this, [this] { d->applyTheme(); });
    connect(&d->scheme, &ColourScheme::changed, this, [this](bool dark) {
        d->settings.setValue(darkKey, dark); // so that the next start does not flash
        d->applyTheme();
    });
    // What nobody waits for: a bus that has to be greeted, an icon whose plug-in has to be loaded.
    connect(window, &MainWindow::filled, this, [this] {
        QTimer::singleShot(0, this, [this] {
            d->scheme.ask();
            QGuiApplication::setWindowIcon(QIcon(u":/icons/quorate.svg"_s));
        });
    });
}

QString Desktop::errorText() const { return d->error; }

void Desktop::stop()
{
    if (!d->engine)
        return;
    d->tick.stop();
    if (d->window)
        d->window->saveSettings();
    d->settings.sync();
    auto stopped = std::make_shared<QSemaphore>();
    disconnect(d->engine, nullptr, this, nullptr);
    disconnect(d->source, nullptr, this, nullptr);
    post(d->engine, [engine = d->engine, source = d->source, stopped] {
        engine->stop();
        source->deleteLater();
        engine->deleteLater();
        stopped->release();
    });
    const bool inTime = stopped->tryAcquire(1, std::chrono::milliseconds(longestStop).count());
    d->engine = nullptr;
    d->source = nullptr;
    d->engineThread.quit();
    if (d->demo) {
        d->demo->deleteLater();
        d->demo = nullptr;
        d->demoThread.quit();
        d->demoThread.wait(500);
    }
    if (!inTime || !d->engineThread.wait(500))
        qWarning("The engine did not stop within a second; leaving without it");
}

MainWindow *Desktop::window() const { return d->window.get(); }

QList<ClusterName> Desktop::clusters() const { return d->models.order(); }

bool Desktop::hasSeenEverything() const
{
    return d->models.hasUpdate() && d->models.order().size() == d->config.clusters.size()
        && d->models.answeredCount() == d->models.endpointCount();
}

} // namespace quorate
