// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pictures.h"

#include "app/desktop.h"
#include "models/tables/fleet_models.h"
#include "views/main_window.h"

#include <QApplication>
#include <QDir>
#include <QSettings>
#include <QTimer>

#include <cstdio>
#include <functional>

namespace quorate {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto longestWait = 30s;
constexpr auto sparklineTime = 6s; ///< so that a latency line has points
constexpr auto settleTime = 400ms; ///< layouts, replies on their way

struct Page {
    QString name;
    std::function<void(MainWindow &)> show;
};

class Photographer final : public QObject {
public:
    Photographer(Desktop &desktop, const Arguments &arguments, QList<ClusterName> clusters)
        : m_window(*desktop.window())
        , m_arguments(arguments)
    {
        m_pages.append({u"overview"_s, [](MainWindow &window) { window.showOverview(); }});
        for (const ClusterName &cluster : clusters) {
            m_pages.append({cluster.text(), [cluster](MainWindow &window) { window.showCluster(cluster); }});
            m_pages.append({cluster.text() + u"-raw"_s, [cluster](MainWindow &window) {
                                window.showCluster(cluster);
                                window.showRawReply();
                            }});
        }
    }

    void next()
    {
        if (m_at == m_pages.size()) {
            QCoreApplication::exit(m_failed ? 3 : 0);
            return;
        }
        m_pages.at(m_at).show(m_window);
        QTimer::singleShot(settleTime, this, [this] {
            if (!save(m_window, m_pages.at(m_at).name, m_arguments))
                m_failed = true;
            ++m_at;
            next();
        });
    }

    static bool save(QWidget &window, const QString &page, const Arguments &arguments)
    {
        const QString name = u"%1-%2-%3x%4.png"_s.arg(page, isDark(window.palette()) ? u"dark"_s : u"light"_s)
                                 .arg(arguments.pictureSize.width())
                                 .arg(arguments.pictureSize.height());
        const QString path = QDir(arguments.pictureFolder).filePath(name);
        if (window.grab().save(path))
            return true;
        std::fprintf(stderr, "quorate: %s can't be written\n", qPrintable(path));
        return false;
    }

private:
    MainWindow &m_window;
    const Arguments &m_arguments;
    QList<Page> m_pages;
    qsizetype m_at = 0;
    bool m_failed = false;
};

void setPictureSize(QWidget &window, const Arguments &arguments)
{
    window.resize(arguments.pictureSize / window.devicePixelRatioF());
    window.show();
}

/// The first page of somebody who has no configuration.
bool pictureOfNothing(const Arguments &arguments)
{
    FleetModels models;
    QSettings settings(QString(), QSettings::IniFormat);
    MainWindow window(&models, &settings);
    window.fill();
    window.setConfigPath(u"~/.config/quorate/config.toml"_s);
    models.setNow(currentTime());
    FleetUpdate nothing;
    nothing.at = currentTime();
    models.apply(nothing);
    setPictureSize(window, arguments);
    return Photographer::save(window, u"empty"_s, arguments);
}

} // namespace

int takePictures(Desktop &desktop, const Arguments &arguments)
{
    if (!QDir().mkpath(arguments.pictureFolder)) {
        std::fprintf(stderr, "quorate: the folder %s can't be made\n", qPrintable(arguments.pictureFolder));
        return 3;
    }
    if (!pictureOfNothing(arguments))
        return 3;
    setPictureSize(*desktop.window(), arguments);
    std::unique_ptr<Photographer> photographer;
    const auto begin = [&] {
        photographer = std::make_unique<Photographer>(desktop, arguments, desktop.clusters());
        photographer->next();
    };
    bool begun = false;
    const auto beginOnce = [&](Milliseconds after) {
        if (!std::exchange(begun, true))
            QTimer::singleShot(after, qApp, begin);
    };
    QObject::connect(&desktop, &Desktop::updated, qApp, [&] {
        if (desktop.hasSeenEverything())
            beginOnce(arguments.pictureAfter.value_or(sparklineTime));
    });
    QTimer::singleShot(longestWait, qApp, [&] { beginOnce(0ms); });
    return QApplication::exec();
}

} // namespace quorate
