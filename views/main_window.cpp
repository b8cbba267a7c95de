// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/main_window.h"

#include "views/delegates/table_view.h"
#include "views/main_window_actions.h"
#include "views/pages/banner.h"
#include "views/pages/cluster_page.h"
#include "views/pages/empty_page.h"
#include "views/pages/overview_page.h"
#include "views/pages/sidebar.h"
#include "views/pages/status_strip.h"
#include "views/theme/metrics.h"

#include <QAbstractScrollArea>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QHeaderView>
#include <QScreen>
#include <QSettings>
#include <QStackedWidget>
#include <QTimer>

namespace quorate {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr auto longestBare = 100ms; ///< that the window waits for its first paint before it is filled
}

MainWindow::MainWindow(FleetModels *models, QSettings *settings, QWidget *parent)
    : QMainWindow(parent)
    , m_models(models)
    , m_settings(settings)
    , m_actions(std::make_unique<Actions>())
    , m_title(tr("Quorate"))
{
    setObjectName(u"mainWindow"_s);
    updateTitle();
    restoreFrame();
}

MainWindow::~MainWindow() = default;

ThemeChoice MainWindow::savedTheme(const QSettings &settings)
{
    return static_cast<ThemeChoice>(std::clamp(settings.value(u"window/theme"_s, 0).toInt(), 0, 2));
}

void MainWindow::restoreFrame()
{
    m_theme = savedTheme(*m_settings);
    if (restoreGeometry(m_settings->value(u"window/geometry"_s).toByteArray()))
        return;
    const QSize room = screen() ? screen()->availableSize() * 0.9 : QSize(1366, 768);
    resize(QSize(1366, 768).boundedTo(room));
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    // Nobody paints a window that is shown minimised, or behind a lock screen.
    QTimer::singleShot(longestBare, this, &MainWindow::fill);
}

void MainWindow::paintEvent(QPaintEvent *event)
{
    QMainWindow::paintEvent(event);
    if (!m_stack)
        QMetaObject::invokeMethod(this, &MainWindow::fill, Qt::QueuedConnection);
}

void MainWindow::fleetChanged()
{
    m_clusterPage->keepOnly(m_models->order());
    const ClusterName wanted = ClusterListModel::clusterOf(m_wantedPage);
    if (!wanted.isEmpty() && m_models->shown(wanted)) {
        m_wantedPage.clear();
        showPage(ClusterListModel::idOf(wanted), false);
    }
    const ClusterName shown = ClusterListModel::clusterOf(m_shown);
    const bool gone = !shown.isEmpty() && !m_models->order().contains(shown);
    const bool empty = m_models->hasUpdate() && m_models->order().isEmpty();
    if (m_shown.isEmpty() || gone || empty != (m_stack->currentWidget() == m_empty))
        showPage(m_shown.isEmpty() || gone || empty ? ClusterListModel::overviewId() : m_shown, false);
    else
        m_sidebar->setCurrentId(m_shown); // a row may have come or moved
    updateActions();
}

void MainWindow::choose(const QString &id) { showPage(id, true); }

void MainWindow::showOverview()
{
    fill();
    showPage(ClusterListModel::overviewId(), true);
}

void MainWindow::showCluster(const ClusterName &cluster)
{
    fill();
    if (m_models->order().contains(cluster))
        showPage(ClusterListModel::idOf(cluster), true);
}

void MainWindow::showRawReply()
{
    fill();
    if (m_stack->currentWidget() == m_overview && !cluster().isEmpty())
        showCluster(cluster());
    if (m_stack->currentWidget() == m_clusterPage)
        m_clusterPage->showRawReply();
}

ClusterName MainWindow::cluster() const
{
    const ClusterName shown = ClusterListModel::clusterOf(m_shown);
    return shown.isEmpty() && m_overview ? m_overview->current() : shown;
}

void MainWindow::showPage(const QString &id, bool remember)
{
    if (remember && !m_shown.isEmpty() && m_shown != id) {
        m_visited << m_shown;
        if (m_visited.size() > 50)
            m_visited.removeFirst();
    }
    m_shown = id;
    const bool fromList = m_sidebar->hasFocus();
    const ClusterName cluster = ClusterListModel::clusterOf(id);
    QWidget *page = m_overview;
    if (m_models->hasUpdate() && m_models->order().isEmpty())
        page = emptyPage();
    else if (!cluster.isEmpty())
        page = m_clusterPage;
    if (page == m_clusterPage)
        m_clusterPage->showCluster(cluster);
    m_stack->setCurrentWidget(page);
    m_sidebar->setCurrentId(id);
    if (!fromList)
        page->setFocus();
    updateTitle();
    updateActions();
}

void MainWindow::updateTitle()
{
    const ClusterName cluster = ClusterListModel::clusterOf(m_shown);
    setWindowTitle(cluster.isEmpty() ? m_title : tr("%1 – %2", "cluster, title").arg(cluster.text(), m_title));
}

void MainWindow::back()
{
    while (!m_visited.isEmpty()) {
        const QString id = m_visited.takeLast();
        const ClusterName cluster = ClusterListModel::clusterOf(id);
        if (!cluster.isEmpty() && !m_models->order().contains(cluster))
            continue;
        showPage(id, false);
        return;
    }
    if (!ClusterListModel::clusterOf(m_shown).isEmpty())
        showPage(ClusterListModel::overviewId(), false);
}

void MainWindow::stepCluster(int by)
{
    const ClusterListModel &list = *m_models->clusterList();
    for (int row = list.rowOf(m_shown) + by; row >= 0 && row < list.rowCount(); row += by) {
        if (list.row(row).kind == ClusterListRow::Kind::Heading)
            continue;
        showPage(list.row(row).id, true);
        return;
    }
}

void MainWindow::focusNextView(bool forward)
{
    // The sidebar, then the page's views as they stand: from top to bottom, from left to right.
    QList<QAbstractScrollArea *> views;
    for (QAbstractScrollArea *view : m_stack->currentWidget()->findChildren<QAbstractScrollArea *>()) {
        if (view->isVisible() && view->focusPolicy() != Qt::NoFocus && !qobject_cast<QHeaderView *>(view))
            views << view;
    }
    std::sort(views.begin(), views.end(), [this](const QWidget *a, const QWidget *b) {
        const QPoint left = a->mapTo(this, QPoint()), right = b->mapTo(this, QPoint());
        return std::pair(left.y(), left.x()) < std::pair(right.y(), right.x());
    });
    if (m_sidebar->isVisible())
        views.prepend(m_sidebar);
    if (views.isEmpty())
        return;
    const auto focused = std::find_if(views.cbegin(), views.cend(), [](const QWidget *view) { return view->hasFocus(); });
    const qsizetype at = focused == views.cend() ? (forward ? -1 : 0) : focused - views.cbegin();
    views.at((at + (forward ? 1 : -1) + views.size()) % views.size())->setFocus(Qt::ShortcutFocusReason);
}

void MainWindow::copy(bool markdown)
{
    const bool onCluster = m_stack->currentWidget() == m_clusterPage;
    if (!onCluster && m_stack->currentWidget() != m_overview)
        return;
    const QString text = onCluster ? m_clusterPage->copyText(markdown) : m_overview->copyText(markdown);
    if (text.isEmpty())
        return;
    QApplication::clipboard()->setText(text);
    showMessage(markdown ? tr("copied as Markdown") : tr("copied"));
}

void MainWindow::setConfigPath(const QString &path)
{
    m_configPath = path;
    if (m_empty)
        m_empty->setConfigPath(path);
}

void MainWindow::setTitle(const QString &title)
{
    m_title = title;
    updateTitle();
}

void MainWindow::setReplies(const ClusterName &cluster, const QList<RawReply> &replies)
{
    if (m_clusterPage)
        m_clusterPage->setReplies(cluster, replies);
}

void MainWindow::showMessage(const QString &text)
{
    fill();
    m_strip->showMessage(text);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    saveSettings();
    event->accept();
    Q_EMIT quitWanted();
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::FontChange && m_sidebar)
        m_sidebar->setFixedWidth(Metrics(font()).sidebarWidth());
}

void MainWindow::saveSettings()
{
    if (!m_stack)
        return; // nobody can have changed anything
    m_settings->setValue(u"window/geometry"_s, saveGeometry());
    m_settings->setValue(u"window/sidebar"_s, !m_sidebar->isHidden());
    m_settings->setValue(u"window/theme"_s, int(m_theme));
    m_settings->setValue(u"window/page"_s, m_shown);
    m_settings->setValue(u"pages/overview"_s, m_overview->saved());
    m_settings->setValue(u"pages/cluster"_s, m_clusterPage->saved());
    m_settings->sync();
}

} // namespace quorate
