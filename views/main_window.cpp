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
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QScreen>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace quorate {
using namespace Qt::StringLiterals;

namespace {
/// The 1 px line beside the sidebar.
class Line final : public QWidget {
public:
    explicit Line(QWidget *parent)
        : QWidget(parent)
    {
        setFixedWidth(1);
    }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        Q_UNUSED(event)
        QPainter(this).fillRect(rect(), separator(palette()));
    }
};
} // namespace

MainWindow::MainWindow(FleetModels *models, QSettings *settings, QWidget *parent)
    : QMainWindow(parent)
    , m_models(models)
    , m_settings(settings)
    , m_banner(new Banner(this))
    , m_sidebar(new Sidebar(models->clusterList(), this))
    , m_stack(new QStackedWidget(this))
    , m_overview(new OverviewPage(models, this))
    , m_clusterPage(new ClusterPage(this))
    , m_empty(new EmptyPage(this))
    , m_strip(new StatusStrip(models, this))
    , m_actions(std::make_unique<Actions>())
{
    setObjectName(u"mainWindow"_s);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_overview);
    m_stack->addWidget(m_clusterPage);
    auto *line = new Line(this);
    auto *middle = new QWidget(this);
    auto *columns = new QHBoxLayout(middle);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    columns->addWidget(m_sidebar);
    columns->addWidget(line);
    columns->addWidget(m_stack, 1);
    auto *central = new QWidget(this);
    auto *rows = new QVBoxLayout(central);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(m_banner);
    rows->addWidget(middle, 1);
    rows->addWidget(m_strip);
    setCentralWidget(central);
    makeMenus();
    connectPages();
    restoreSettings();
    fleetChanged();
    m_overview->focusTable();
}

MainWindow::~MainWindow() = default;

void MainWindow::connectPages()
{
    connect(m_sidebar, &Sidebar::chosen, this, &MainWindow::choose);
    connect(m_overview, &OverviewPage::clusterOpened, this, &MainWindow::showCluster);
    connect(m_overview, &OverviewPage::pollWanted, this, &MainWindow::pollWanted);
    m_overview->table()->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_overview->table()->addActions({m_actions->open, m_actions->poll, m_actions->pause, m_actions->copy, m_actions->copyMarkdown});
    connect(m_overview->table(), &TableView::currentIdChanged, this, &MainWindow::updateActions);
    connect(m_overview, &OverviewPage::copyWanted, this, [this] { copy(false); });
    connect(m_clusterPage, &ClusterPage::pollNow, this, &MainWindow::pollWanted);
    connect(m_clusterPage, &ClusterPage::repliesWanted, this, &MainWindow::repliesWanted);
    connect(m_clusterPage, &ClusterPage::copied, this, &MainWindow::showMessage);
    connect(m_empty, &EmptyPage::demoWanted, this, &MainWindow::demoWanted);
    connect(m_empty, &EmptyPage::exampleWanted, this, &MainWindow::exampleWanted);
    connect(m_models, &FleetModels::statusChanged, this, [this](const ClusterName &cluster) {
        if (const auto status = m_models->shown(cluster))
            m_clusterPage->apply(*status);
    });
    connect(m_models, &FleetModels::ticked, this, [this] { m_clusterPage->setNow(m_models->now()); });
    connect(m_models, &FleetModels::changed, this, &MainWindow::fleetChanged);
    connect(m_models, &FleetModels::noticesChanged, this, [this] { m_banner->showNotices(m_models->notices()); });
    m_banner->showNotices(m_models->notices());
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
void MainWindow::showOverview() { showPage(ClusterListModel::overviewId(), true); }
void MainWindow::showCluster(const ClusterName &cluster)
{
    if (m_models->order().contains(cluster))
        showPage(ClusterListModel::idOf(cluster), true);
}

void MainWindow::showRawReply()
{
    if (m_stack->currentWidget() == m_overview && !cluster().isEmpty())
        showCluster(cluster());
    if (m_stack->currentWidget() == m_clusterPage)
        m_clusterPage->showRawReply();
}

ClusterName MainWindow::cluster() const
{
    const ClusterName shown = ClusterListModel::clusterOf(m_shown);
    return shown.isEmpty() ? m_overview->current() : shown;
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
        page = m_empty;
    else if (!cluster.isEmpty())
        page = m_clusterPage;
    if (page == m_clusterPage)
        m_clusterPage->showCluster(cluster);
    m_stack->setCurrentWidget(page);
    m_sidebar->setCurrentId(id);
    if (!fromList)
        page->setFocus();
    setWindowTitle(cluster.isEmpty() ? tr("Quorate") : tr("%1 – Quorate").arg(cluster.text()));
    updateActions();
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

void MainWindow::setConfigPath(const QString &path) { m_empty->setConfigPath(path); }
void MainWindow::setReplies(const ClusterName &cluster, const QList<RawReply> &replies) { m_clusterPage->setReplies(cluster, replies); }
void MainWindow::showMessage(const QString &text) { m_strip->showMessage(text); }

void MainWindow::closeEvent(QCloseEvent *event)
{
    saveSettings();
    event->accept();
    Q_EMIT quitWanted();
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        m_sidebar->setFixedWidth(Metrics(font()).sidebarWidth());
}

void MainWindow::saveSettings()
{
    m_settings->setValue(u"window/geometry"_s, saveGeometry());
    m_settings->setValue(u"window/sidebar"_s, !m_sidebar->isHidden());
    m_settings->setValue(u"window/theme"_s, int(m_theme));
    m_settings->setValue(u"window/page"_s, m_shown);
    m_settings->setValue(u"pages/overview"_s, m_overview->saved());
    m_settings->setValue(u"pages/cluster"_s, m_clusterPage->saved());
    m_settings->sync();
}

void MainWindow::restoreSettings()
{
    m_sidebar->setFixedWidth(Metrics(font()).sidebarWidth());
    if (!restoreGeometry(m_settings->value(u"window/geometry"_s).toByteArray())) {
        const QSize room = screen() ? screen()->availableSize() * 0.9 : QSize(1366, 768);
        resize(QSize(1366, 768).boundedTo(room));
    }
    m_sidebar->setVisible(m_settings->value(u"window/sidebar"_s, true).toBool());
    m_theme = static_cast<ThemeChoice>(std::clamp(m_settings->value(u"window/theme"_s, 0).toInt(), 0, 2));
    m_overview->restore(m_settings->value(u"pages/overview"_s).toMap());
    m_clusterPage->restore(m_settings->value(u"pages/cluster"_s).toMap());
    m_wantedPage = m_settings->value(u"window/page"_s).toString();
    m_actions->restored(m_theme, !m_sidebar->isHidden());
}

} // namespace quorate
