// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/tables/acceptance.h"
#include "models/tables/fleet_models.h"
#include "views/pages/raw_reply.h"
#include "views/theme/theme.h"

#include <QMainWindow>

#include <functional>
#include <memory>

class QMenu;
class QSettings;
class QStackedWidget;

namespace quorate {

class AcceptActions;
class Banner;
class ClusterPage;
class EmptyPage;
class MaintenanceMenu;
class OverviewPage;
class Sidebar;
class StatusStrip;

/// The window: sidebar, one page at a time, status strip, menus. It knows no engine and no configuration: it shows `models` and says what a
/// person asks for. Whoever owns it feeds the models (apply, setNow once a second) and answers the signals.
/// It begins as a frame in the theme's colour with the geometry of the last run, and fills itself once that has been painted.
class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    /// Both must outlive the window. `settings` keeps geometry, columns, order, selection, splitters; nothing secret.
    MainWindow(FleetModels *models, QSettings *settings, QWidget *parent = nullptr);
    ~MainWindow() override;
    /// What was chosen in the last run, for a palette that is there before the window.
    [[nodiscard]] static ThemeChoice savedTheme(const QSettings &settings);

    void fill(); ///< at once, instead of after the first paint
    [[nodiscard]] bool isFilled() const { return m_stack; }
    void setTitle(const QString &title); ///< instead of "Quorate"; on a cluster's page its name stands before it
    void setConfigPath(const QString &path); ///< as shown to people, for the empty page and the File menu
    void setReplies(const ClusterName &cluster, const QList<RawReply> &replies); ///< the answer to repliesWanted()
    void showMessage(const QString &text); ///< in the status strip, for 4 s
    void showAccepted(const QString &done, bool canUndo); ///< what was accepted, with a way back
    void showOverview();
    void showCluster(const ClusterName &cluster);
    void showRawReply(); ///< of the cluster shown
    [[nodiscard]] ClusterName cluster() const; ///< the one shown, or selected in the overview; empty: none
    void saveSettings(); ///< also done when the window closes
    [[nodiscard]] ThemeChoice themeChoice() const { return m_theme; }

Q_SIGNALS:
    void pollWanted(const quorate::ClusterName &cluster); ///< empty: all
    void pauseWanted(const quorate::ClusterName &cluster, bool paused);
    void acceptWanted(const quorate::ClusterName &cluster, const quorate::Acceptance &acceptance);
    void undoWanted(); ///< take back what was accepted last
    /// An empty endpoint: the whole cluster.
    void maintenanceBegun(const quorate::ClusterName &cluster, const quorate::EndpointUrl &endpoint, quorate::Instant until);
    void maintenanceEnded(const quorate::ClusterName &cluster, const quorate::EndpointUrl &endpoint);
    void repliesWanted(const quorate::ClusterName &cluster);
    void configWanted(); ///< open it in an editor
    void exampleWanted(); ///< write the example file and open it
    void demoWanted();
    void themeChosen(quorate::ThemeChoice choice);
    void quitWanted();
    void filled(); ///< the content is there

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    struct Actions;
    void makeMenus();
    void makeFileMenu();
    void makeClusterMenu();
    void makeViewMenu();
    void makeGoMenu();
    void makeHelpMenu();
    void makeCareActions(QMenu *menu);
    void connectCare();
    void askUntil(const ClusterName &cluster, const EndpointUrl &endpoint);
    QAction *add(QMenu *menu, const QString &text, const QList<QKeySequence> &keys, std::function<void()> act);
    QWidget *arrange();
    void connectPages();
    void catchUp();
    void restoreFrame();
    void restoreContent();
    EmptyPage *emptyPage(); ///< made when it is first wanted

    void choose(const QString &id); ///< of a ClusterListModel row
    void showPage(const QString &id, bool remember);
    void back();
    void stepCluster(int by);
    void fleetChanged();
    void updateActions();
    void updateTitle();
    void focusNextView(bool forward);
    void copy(bool markdown);
    void showKeys();
    void showAbout();

    FleetModels *m_models;
    QSettings *m_settings;
    // All of these come with fill().
    Banner *m_banner = nullptr;
    Sidebar *m_sidebar = nullptr;
    QStackedWidget *m_stack = nullptr;
    OverviewPage *m_overview = nullptr;
    ClusterPage *m_clusterPage = nullptr;
    EmptyPage *m_empty = nullptr; ///< later still: when there is nothing to show
    StatusStrip *m_strip = nullptr;
    AcceptActions *m_accept = nullptr;
    MaintenanceMenu *m_maintenance = nullptr; ///< of the whole cluster
    std::unique_ptr<Actions> m_actions;
    QString m_shown; ///< id of the page shown
    QString m_title;
    QString m_configPath;
    QString m_wantedPage; ///< of the last run, until its cluster is there
    QStringList m_visited; ///< for going back
    ThemeChoice m_theme = ThemeChoice::System;
};

} // namespace quorate
