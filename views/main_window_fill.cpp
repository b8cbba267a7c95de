// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: its content. Fonts, icons and pages cost several times what an empty window does, so that is painted first.
#include "views/delegates/table_view.h"
#include "views/main_window_actions.h"
#include "views/pages/banner.h"
#include "views/pages/cluster_page.h"
#include "views/pages/empty_page.h"
#include "views/pages/maintenance_menu.h"
#include "views/pages/overview_page.h"
#include "views/pages/sidebar.h"
#include "views/pages/status_strip.h"
#include "views/theme/metrics.h"

#include <QHBoxLayout>
#include <QMenuBar>
#include <QPainter>
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

void MainWindow::fill()
{
    if (m_stack)
        return;
    m_banner = new Banner(this);
    m_sidebar = new Sidebar(m_models->clusterList(), this);
    m_stack = new QStackedWidget(this);
    m_overview = new OverviewPage(m_models, this);
    m_clusterPage = new ClusterPage(this);
    m_strip = new StatusStrip(m_models, this);
    m_stack->addWidget(m_overview);
    m_stack->addWidget(m_clusterPage);
    QWidget *central = arrange();
    makeMenus();
    connectPages();
    restoreContent();
    catchUp();
    setCentralWidget(central);
    if (isVisible()) { // children of a window that is shown already are not shown with it
        menuBar()->show();
        central->show();
    }
    m_overview->focusTable();
    Q_EMIT filled();
}

/// With what the models were told before the pages were there.
void MainWindow::catchUp()
{
    m_banner->showNotices(m_models->notices());
    m_clusterPage->setNow(m_models->now());
    for (const ClusterName &cluster : m_models->order()) {
        if (const auto status = m_models->shown(cluster))
            m_clusterPage->apply(*status);
    }
    fleetChanged();
}

QWidget *MainWindow::arrange()
{
    auto *central = new QWidget(this);
    auto *middle = new QWidget(central);
    auto *columns = new QHBoxLayout(middle);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    columns->addWidget(m_sidebar);
    columns->addWidget(new Line(middle));
    columns->addWidget(m_stack, 1);
    auto *rows = new QVBoxLayout(central);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(m_banner);
    rows->addWidget(middle, 1);
    rows->addWidget(m_strip);
    return central;
}

void MainWindow::connectPages()
{
    connect(m_sidebar, &Sidebar::chosen, this, &MainWindow::choose);
    connect(m_overview, &OverviewPage::clusterOpened, this, &MainWindow::showCluster);
    connect(m_overview, &OverviewPage::pollWanted, this, &MainWindow::pollWanted);
    m_overview->table()->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_overview->table()->addActions({m_actions->open, m_actions->poll, m_actions->pause, m_actions->accept, m_maintenance->menuAction(),
        m_actions->copy, m_actions->copyMarkdown, m_overview->table()->columnMenu()->menuAction()});
    connect(m_overview->table(), &TableView::currentIdChanged, this, &MainWindow::updateActions);
    connect(m_overview, &OverviewPage::copyWanted, this, [this] { copy(false); });
    connect(m_clusterPage, &ClusterPage::pollNow, this, &MainWindow::pollWanted);
    connect(m_clusterPage, &ClusterPage::repliesWanted, this, &MainWindow::repliesWanted);
    connect(m_clusterPage, &ClusterPage::copied, this, &MainWindow::showMessage);
    connectCare();
    connect(m_models, &FleetModels::statusChanged, this, [this](const ClusterName &cluster) {
        if (const auto status = m_models->shown(cluster))
            m_clusterPage->apply(*status);
    });
    connect(m_models, &FleetModels::ticked, this, [this] { m_clusterPage->setNow(m_models->now()); });
    connect(m_models, &FleetModels::changed, this, &MainWindow::fleetChanged);
    connect(m_models, &FleetModels::noticesChanged, this, [this] { m_banner->showNotices(m_models->notices()); });
}

void MainWindow::restoreContent()
{
    m_sidebar->setFixedWidth(Metrics(font()).sidebarWidth());
    m_sidebar->setVisible(m_settings->value(u"window/sidebar"_s, true).toBool());
    m_overview->restore(m_settings->value(u"pages/overview"_s).toMap());
    m_clusterPage->restore(m_settings->value(u"pages/cluster"_s).toMap());
    m_wantedPage = m_settings->value(u"window/page"_s).toString();
    m_actions->restored(m_theme, !m_sidebar->isHidden());
}

EmptyPage *MainWindow::emptyPage()
{
    if (m_empty)
        return m_empty;
    m_empty = new EmptyPage(this);
    if (!m_configPath.isEmpty())
        m_empty->setConfigPath(m_configPath);
    connect(m_empty, &EmptyPage::demoWanted, this, &MainWindow::demoWanted);
    connect(m_empty, &EmptyPage::exampleWanted, this, &MainWindow::exampleWanted);
    m_stack->addWidget(m_empty);
    return m_empty;
}

} // namespace quorate
